"""Every call that the how-to shows is made, in its order, to a server with the file that the how-to takes."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from customerfile.embedded import home
from tests.integration.command import run
from tests.integration.serving import serving

pytestmark = pytest.mark.slow
HOW_TO = Path(__file__).resolve().parents[3] / "docs/how-to"
MEMBERS = "id,first name,last name,phone,e-mail\n17,Petra,Lehmann,+49 30 23125777,\n18,Rosa,Lindner,,rosa@example.org\n"
LETTERS = "id,first name,last name,e-mail\nA-2,Petra,Witt,petra.witt@example.org\nA-3,Rosa,Lindner,rosa@example.org\n"
MAY = [
    word
    for permission in (
        "deliveries.import",
        "deliveries.see",
        "definition.see",
        "customers.see",
        "customers.write",
        "customers.merge",
        "pairs.judge",
    )
    for word in ("--may", permission)
]
SHELL = {"sh": ("bash", "-ec"), "python": (sys.executable, "-c")}


def test_the_calls_of_the_page_work(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    place = home(tmp_path / "home")
    for name, text in (("members", MEMBERS), ("letters", LETTERS)):
        (tmp_path / f"{name}.csv").write_text(text)
        assert run(place, "import", str(tmp_path / f"{name}.csv"), "--source", name).returncode == 0
    token = json.loads(run(place, "token", "add", "shop", *MAY, "--json").stdout)["secret"]
    with serving(place) as (_, link):
        server = link.partition("/sign-in/")[0]
        blocks = re.findall(r"^```(sh|python)\n(.*?)^```$", (HOW_TO / "api.md").read_text(), re.M | re.S)
        for language, block in blocks:
            done = subprocess.run(
                [*SHELL[language], block],
                env={**os.environ, "TOKEN": token, "SERVER": server, "no_proxy": "*"},
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
