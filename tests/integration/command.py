"""The command `customerfile` in a process of its own, at a home of its own."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from customerfile.embedded import Home

PATIENCE_SECONDS = 300


def start(
    place: Home, *arguments: str, under: Sequence[str] = (), stderr: int = subprocess.PIPE
) -> "subprocess.Popen[str]":
    """Begin a command, `under` another that runs it. What concerns the product in our environment is kept from it."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("CUSTOMERFILE_", "DJANGO_", "DATABASE_URL"))
    }
    return subprocess.Popen(
        [*under, sys.executable, "-m", "customerfile", *arguments],
        env=kept
        | {"CUSTOMERFILE_HOME": str(place.path), "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
    )


def run(place: Home, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    process = start(place, *arguments)
    out, told = process.communicate(timeout=PATIENCE_SECONDS)
    return subprocess.CompletedProcess(arguments, process.returncode, out, told)
