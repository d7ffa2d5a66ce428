"""A database full of people: the one that is named, or a new one, filled by the real import."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from bench.kit.home import bench_ground, run_command
from bench.make_people import write_people
from customerfile.embedded import home, running_server


@contextmanager
def people_database(options: argparse.Namespace) -> Iterator[None]:
    """Set Django up on the database at the URL, on that of the home, or on a new one with people."""
    if options.database_url:
        with connected(options.database_url):
            yield
    elif options.home:
        with running_server(home(options.home)) as connection, connected(connection.conninfo):
            yield
    else:
        with _filled(options.rows, options.seed) as url, connected(url):
            yield


def add_database_options(parser: argparse.ArgumentParser) -> None:
    """Where the people are, or how many to make."""
    parser.add_argument("--database-url", default="", help="a database that has been migrated and filled")
    parser.add_argument("--home", type=Path, help="a home that was kept by bench/import_speed.py --keep")
    parser.add_argument("--rows", type=int, default=100_000, help="of a database of its own")
    parser.add_argument("--seed", type=int, default=7)


@contextmanager
def connected(url: str) -> Iterator[None]:
    """Set Django up on the database at a URL."""
    os.environ["CUSTOMERFILE_CONNECTION"] = url
    os.environ["CUSTOMERFILE_SECRET_KEY"] = "signs nothing of worth"
    os.environ["DJANGO_SETTINGS_MODULE"] = "customerfile.config.settings"
    django.setup()
    try:
        yield
    finally:
        from django.db import connections  # noqa: PLC0415 - needs Django set up

        connections.close_all()


@contextmanager
def _filled(rows: int, seed: int) -> Iterator[str]:
    with bench_ground() as ground:
        write_people(ground.folder, rows=rows, seed=seed)
        for name in ("people_a", "people_b"):
            path = str(ground.folder / f"{name}.csv")
            run_command(ground, "import", path, "--source", name, "--as", "customers", "--json")
        yield ground.connection.conninfo
