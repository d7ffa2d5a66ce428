"""In a network of its own, with a name server that changes its answers: nothing inside is reached."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]
NETWORK = """
set -e
ip link set lo up
for address in 10.0.0.1 169.254.169.254 93.184.215.14; do ip address add $address/32 dev lo; done
printf 'nameserver 127.0.0.1\\noptions timeout:1 attempts:1\\n' > "$1/resolv.conf"
printf 'hosts: files dns\\n' > "$1/nsswitch.conf"
mount --bind "$1/resolv.conf" /etc/resolv.conf
mount --bind "$1/nsswitch.conf" /etc/nsswitch.conf
exec "$2" -m tests.integration.webhooks.rebinding
"""


def _in_a_network_of_its_own(folder: Path) -> "subprocess.CompletedProcess[str]":
    apart = ["unshare", "--net", "--mount"] + ([] if os.geteuid() == 0 else ["--map-root-user"])
    return subprocess.run(
        [*apart, "sh", "-c", NETWORK, "sh", str(folder), sys.executable],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture
def possible(tmp_path: Path) -> None:
    """Skipped where this account may not make a network of its own."""
    if not shutil.which("unshare") or not shutil.which("ip"):
        pytest.skip("this machine has no unshare or ip")
    tried = subprocess.run(["unshare", "--net", "--mount", "--map-root-user", "true"], capture_output=True)
    if os.geteuid() and tried.returncode:
        pytest.skip("this account may not make a network of its own")


def test_nothing_inside_is_reached_and_the_probe_would_have_seen_it(possible, tmp_path):
    done = _in_a_network_of_its_own(tmp_path)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["turned"] == ["10.0.0.1", "127.0.0.1", "169.254.169.254", "93.184.215.14"]
    assert told["refusing"]["spellings"] >= 50
    assert told["refusing"]["inside"] == 0
    assert told["refusing"]["outside"] > 50
    assert told["allowing"]["inside"] > 200
