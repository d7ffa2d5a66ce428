"""Spark on this machine alone: a cluster of one master and two workers, and a process of its own that asks it."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep

import pytest

from customerfile.embedded import Home

ROOT = Path(__file__).resolve().parents[3]
needs_java = pytest.mark.skipif(
    shutil.which("java") is None and "JAVA_HOME" not in os.environ, reason="there is no Java on this machine"
)

_PATIENCE_SECONDS = 300
_SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # little is won by optimising what runs for seconds
_SETTINGS = f"""
spark.driver.host               127.0.0.1
spark.driver.bindAddress        127.0.0.1
spark.executor.memory           512m
spark.driver.extraJavaOptions   {_SHORT_LIVED}
spark.executor.extraJavaOptions {_SHORT_LIVED}
"""


@dataclass(frozen=True)
class LocalCluster:
    """`work`: where the workers keep what they do, a folder each. `conf`: Spark's own settings for it."""

    master: str
    work: Path
    conf: Path


def settings(folder: Path) -> Path:
    """Make a folder of Spark's own settings."""
    folder.mkdir()
    (folder / "spark-defaults.conf").write_text(_SETTINGS)
    return folder


def environment(conf: Path) -> dict[str, str]:
    """Of a process that uses Spark: this Python, this checkout, loopback, nothing of the product's own settings."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("CUSTOMERFILE_", "DJANGO_", "DATABASE_URL", "SPARK_", "PYSPARK_"))
    }
    return kept | {
        "PYTHONPATH": str(ROOT),
        "SPARK_CONF_DIR": str(conf),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_JAVA_OPTS": _SHORT_LIVED,
        "SPARK_DAEMON_MEMORY": "256m",
    }


@contextmanager
def local_cluster(folder: Path) -> Iterator[LocalCluster]:
    """One master, two workers with a core each; ended by their ids."""
    conf = settings(folder / "conf")
    with ExitStack() as running:
        log = folder / "master.log"
        running.enter_context(_daemon("master.Master", [], log=log))
        master = _seen(log, r"Starting Spark master at (spark://\S+)")
        for name in ("one", "two"):
            work = folder / "work" / name
            work.mkdir(parents=True)
            told = folder / f"{name}.log"
            limits = ["--cores", "1", "--memory", "1g", "--work-dir", str(work), master]
            running.enter_context(_daemon("worker.Worker", limits, log=told))
            _seen(told, r"(Successfully registered) with master")
        yield LocalCluster(master, folder / "work", conf)


def customerfile(
    place: Home, *arguments: str, conf: Path | None = None
) -> "subprocess.CompletedProcess[str]":
    """The command, at a home."""
    told = environment(conf) | {"CUSTOMERFILE_HOME": str(place.path)}
    return _ran([sys.executable, "-m", "customerfile", *arguments], told)


def spark_run(master: str, *folders: Path, conf: Path) -> None:
    """What spark_run.py does, in a process of its own: a process keeps the settings of its first session."""
    script = Path(__file__).with_name("spark_run.py")
    done = _ran([sys.executable, str(script), master, *map(str, folders)], environment(conf))
    assert done.returncode == 0, done.stderr


def _ran(command: Sequence[str], told: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, env=told, capture_output=True, text=True, timeout=_PATIENCE_SECONDS, check=False
    )


@contextmanager
def _daemon(name: str, arguments: Sequence[str], *, log: Path) -> Iterator[None]:
    spec = find_spec("pyspark")
    assert spec is not None
    assert spec.origin is not None
    place = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]
    starter = Path(spec.origin).parent / "bin" / "spark-class"
    with log.open("w") as out:
        process = subprocess.Popen(
            [str(starter), f"org.apache.spark.deploy.{name}", *place, *arguments],
            env=environment(log.parent / "conf"), stdout=out, stderr=out,
        )  # fmt: skip
        try:
            yield
        finally:
            process.terminate()
            process.wait(_PATIENCE_SECONDS)


def _seen(log: Path, pattern: str) -> str:
    """What a daemon says of itself, as soon as it does."""
    until = monotonic() + _PATIENCE_SECONDS
    while monotonic() < until:
        if found := re.search(pattern, log.read_text()):
            return found[1]
        sleep(0.1)
    raise TimeoutError(log.read_text())
