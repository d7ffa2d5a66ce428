"""What can go wrong on Spark, in words for the person who started it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException

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
    "OtherCode": _WORKERS,
    "ModuleNotFoundError": _WORKERS,
    "PYTHON_VERSION_MISMATCH": _WORKERS,
    "Cannot run program": _WORKERS,
    "FileNotFoundException": _FOLDER,
    "PATH_NOT_FOUND": _FOLDER,
    "AccessControlException": _FOLDER,
    "Permission denied": _FOLDER,
    "Mkdirs failed": _FOLDER,
}
_SAID = re.compile(r"^(?:Caused by: )?([\w.]*(?:Error|Exception|OtherCode)): (.+)$", re.MULTILINE)


@contextmanager
def spark_failures_in_words() -> Iterator[None]:
    """Spark tells a failure with all that it was doing; what went wrong first is kept."""
    try:
        with failures_in_words():
            yield
    except (PySparkException, Py4JError) as failure:
        text = str(failure)
        remedy = next((words for mark, words in _REMEDIES.items() if mark in text), _ANYTHING)
        raise BatchFailed(f"Matching the whole file on Spark failed: {reason(text)}", remedy) from failure


def reason(text: str) -> str:
    """What a worker's Python said, or the last cause that Java names, or else the first line."""
    said = _SAID.findall(text)
    python = [words for kind, words in said if kind.endswith(("Error", "OtherCode")) and "java" not in kind]
    found = python or [words for _, words in said] or [text.strip()]
    return str(found[-1]).partition("\n")[0].strip().rstrip(".") + "."
