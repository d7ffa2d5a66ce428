"""Where Spark cannot work, it is said what is missing and what to do."""

import socket

import pytest
from py4j.protocol import Py4JError
from pyspark.errors import PySparkRuntimeError

from customerfile.matching.batch import engines
from customerfile.matching.batch.engines import spark_engine
from customerfile.matching.batch.errors import BatchFailed, NoSpark
from customerfile.matching.batch.spark.errors import reason, spark_failures_in_words
from customerfile.matching.batch.spark.same_code import OtherCode, code_digest, require_same_code
from customerfile.matching.batch.spark.session import require_spark

IN_A_WORKER = """Job aborted due to stage failure: Task 0 in stage 11.0 failed 4 times.
org.apache.spark.api.python.PythonException: Traceback (most recent call last):
  File "worker.py", line 5, in main
{said}

\tat org.apache.spark.api.python.BasePythonRunner.handlePythonException(PythonRunner.scala:581)
Driver stacktrace:
Caused by: org.apache.spark.SparkException: Task failed while writing rows.
"""


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    with pytest.raises(
        NoSpark, match=r"PySpark, which is not installed.*pip install 'customerfile\[spark\]'"
    ):
        spark_engine("local[*]")


@pytest.mark.parametrize("home", ["", "/nowhere"])
def test_without_java(home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("JAVA_HOME", home)
    with pytest.raises(NoSpark, match=r"needs Java, and there is none on this machine\. Install Java 17"):
        require_spark("local[*]")


def test_where_no_master_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: name)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(NoSpark, match=f"No Spark master answers at spark://{place}. Start it"):
            require_spark(f"spark://{place}")
        taken.listen()
        require_spark(f"spark://{place}")
        require_spark(f"spark://127.0.0.1:1,{place}")  # one of several masters stands by


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ModuleNotFoundError: No module named 'customerfile'", "No module named 'customerfile'."),
        (
            "customerfile.matching.batch.spark.same_code.OtherCode: a worker has another version of Customerfile",
            "a worker has another version of Customerfile.",
        ),
    ],
)
def test_what_a_worker_lacks(said: str, told: str) -> None:
    with pytest.raises(BatchFailed) as failure, spark_failures_in_words():
        raise Py4JError(IN_A_WORKER.format(said=said))
    assert failure.value.reason == f"Matching the whole file on Spark failed: {told}"
    assert failure.value.remedy.startswith("Every worker needs the same Python and the same version")


def test_a_python_that_is_not_there() -> None:
    text = 'x\nCaused by: java.io.IOException: Cannot run program "/no/python": error=2\n'
    assert (
        reason(f"{text}Caused by: java.io.IOException: error=2, No such file")
        == 'Cannot run program "/no/python": error=2.'
    )


def test_anything_else_is_told_in_one_line() -> None:
    told = pytest.raises(BatchFailed, match=r"failed: the disk is full\. Nothing has been changed")
    with told as failure, spark_failures_in_words():
        raise Py4JError("An error occurred.\n: java.lang.IllegalStateException: the disk is full\n\tat x")
    assert "\n" not in str(failure.value)
    with pytest.raises(BatchFailed, match=r"failed: no reason was given. Nothing"), spark_failures_in_words():
        raise PySparkRuntimeError("")


def test_workers_of_another_version_are_refused() -> None:
    require_same_code(code_digest())
    with pytest.raises(OtherCode):
        require_same_code("another")
