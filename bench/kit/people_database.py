"""A database full of people: the one that is named, or one of the benchmark's own, filled by the real import."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django

from bench.kit.home import bench_ground, run_command
from bench.make_people import write_people


@contextmanager
def people_database(url: str, *, rows: int, seed: int) -> Iterator[None]:
    """Set Django up on the database at the URL, which must have been migrated, or on a new one with `rows` people."""
    if url:
        _set_up(url)
        yield
        return
    with bench_ground() as ground:
        write_people(ground.folder, rows=rows, seed=seed)
        for name in ("people_a", "people_b"):
            path = str(ground.folder / f"{name}.csv")
            run_command(ground, "import", path, "--source", name, "--as", "customers", "--json")
        os.environ["CUSTOMERFILE_HOME"] = str(ground.home.path)
        _set_up(ground.connection.conninfo)
        try:
            yield
        finally:
            from django.db import connections  # noqa: PLC0415 - needs Django set up

            connections.close_all()


def _set_up(url: str) -> None:
    os.environ["CUSTOMERFILE_CONNECTION"] = url
    os.environ["DJANGO_SETTINGS_MODULE"] = "customerfile.config.settings"
    django.setup()
