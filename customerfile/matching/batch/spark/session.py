"""A Spark session of our own: on this machine or on a cluster, without an open page, what it spills encrypted."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

import customerfile
from customerfile.base.told import noted_text, told
from customerfile.matching.batch.errors import NoSpark

_SECONDS = 5.0  # to wait for a master's answer
_JAVA = noted_text(
    "Install Java 17 or newer (Debian: apt-get install openjdk-17-jre-headless), or set JAVA_HOME."
)
_ALWAYS = {
    "spark.ui.enabled": "false",  # it shows what it works on to anybody who asks
    "spark.io.encryption.enabled": "true",  # parts of records that do not fit in memory lie on workers' disks
    # The limit on weights, moved before the levels it is worked out from, would have Python asked for them twice.
    "spark.sql.optimizer.excludedRules": "org.apache.spark.sql.catalyst.optimizer.PushDownPredicates",
}
_ON_THIS_MACHINE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.authenticate": "true",  # other users of this machine
    "spark.log.level": "ERROR",
    "spark.ui.showConsoleProgress": "false",
}


@contextmanager
def spark_session(master: str, folder: Path) -> Iterator[SparkSession]:
    """A session that ends with the block. All else is set where Spark's own settings are (spark-defaults.conf).

    Raises NoSpark where it does not start.
    """
    _tell_by_environment(master)
    session = _started(master, folder)
    try:
        yield session
    finally:
        session.stop()


def require_spark(master: str) -> None:
    """Raises NoSpark where there is no Java, or nobody answers: what can be told before any work is done."""
    _require_java()
    _require_master(master)


def _tell_by_environment(master: str) -> None:
    """What Spark is told in no other way: the Python of the workers, and to stay off the network."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if _is_here(master):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")


def _require_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java" if not home else str(Path(home) / "bin" / "java")) is None:
        raise NoSpark("Spark needs Java, and there is none on this machine.", _JAVA)


def _require_master(master: str) -> None:
    """Spark itself would try for a minute, and then say something else."""
    if master.startswith("spark://") and not any(map(_answers, master.removeprefix("spark://").split(","))):
        raise NoSpark(
            told("No Spark master answers at {master}.", master=master),
            "Start it, or name another one with --spark-master.",
        )


def _answers(place: str) -> bool:
    at = urlsplit(f"//{place}")
    try:
        socket.create_connection((at.hostname or "", at.port or 7077), timeout=_SECONDS).close()
    except OSError:
        return False
    return True


def _started(master: str, folder: Path) -> SparkSession:
    builder = SparkSession.builder.master(master).appName("customerfile")
    for name, value in _settings(master, folder).items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except PySparkException as failure:
        remedy = f"{told(_JAVA)} {told('What it wrote above tells more.')}"
        raise NoSpark(
            told("Spark could not be started on {master}.", master=master),
            remedy,
        ) from failure


def _settings(master: str, folder: Path) -> Mapping[str, str]:
    settings = {**_ALWAYS, "spark.sql.warehouse.dir": (folder / "warehouse").as_uri()}
    if not _is_here(master):
        return settings
    found = str(Path(customerfile.__file__).parents[1])
    return {**settings, **_ON_THIS_MACHINE, "spark.executorEnv.PYTHONPATH": found}


def _is_here(master: str) -> bool:
    return master.startswith("local")
