"""What can go wrong on Spark, in words for the person who started it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException

from customerfile.base.told import told
from customerfile.matching.batch.errors import BatchFailed, failures_in_words

_WORKERS = (
    "Every worker needs the same Python and the same version of Customerfile as this machine: install it there, and"
    " name that Python in PYSPARK_PYTHON. Nothing has been changed."
)
_FOLDER = (
    "Every worker must see --shared-folder under the same path, as the same user. Nothing has been changed."
)
_ANYTHING = "Nothing has been changed. The lines that Spark wrote above this tell more."
_REMEDIES = {
    "another version of Customerfile": _WORKERS,
    "No module named": _WORKERS,
    "PYTHON_VERSION_MISMATCH": _WORKERS,
    "Cannot run program": _WORKERS,
    "PATH_NOT_FOUND": _FOLDER,
    "does not exist": _FOLDER,
    "Permission denied": _FOLDER,
    "Mkdirs failed": _FOLDER,
}
_SAID = re.compile(r"^(?:Caused by: |: )?([\w.$]*(?:Error|Exception|OtherCode)): (.+)$", re.MULTILINE)


@contextmanager
def spark_failures_in_words() -> Iterator[None]:
    """Spark tells a failure with all that it was doing; what went wrong first is kept."""
    try:
        with failures_in_words():
            yield
    except (PySparkException, Py4JError) as failure:
        said = reason(str(failure))
        remedy = next((words for mark, words in _REMEDIES.items() if mark in said), _ANYTHING)
        raise BatchFailed(
            told("Matching the whole file on Spark failed: {reason}", reason=said), remedy
        ) from failure


def reason(text: str) -> str:
    """The line that tells what to do about it; or the last error that Python or Java names; or the first line."""
    said = [words for _, words in _SAID.findall(text)]
    known = [words for words in said if any(mark in words for mark in _REMEDIES)]
    first = (known or said[-1:] or text.strip().splitlines() or ["no reason was given"])[0]
    return first.strip().rstrip(".") + "."
