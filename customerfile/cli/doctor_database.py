"""Examines a running database, ours or another: version, checksums, who is let in, what is durable."""

from collections.abc import Callable, Iterator
from datetime import date

import psycopg

from customerfile.cli.findings import Finding
from customerfile.config.database_grants import are_granted, roles_in
from customerfile.matching.preparation_rules import PREPARATION_VERSION

OLDEST = 15
END_OF_SUPPORT = {
    15: date(2027, 11, 11),
    16: date(2028, 11, 9),
    17: date(2029, 11, 8),
    18: date(2030, 11, 14),
}
DURABLE_SETTINGS = ("fsync", "full_page_writes", "synchronous_commit")
UNSAFE_METHODS = {"trust", "password", "ident", "md5"}
CONNECT_SECONDS = 5

type Migrations = Callable[[], list[str]]


def examine_database(conninfo: str, *, today: date, migrations: Migrations | None) -> Iterator[Finding]:
    """Every finding about the database behind `conninfo`; only the failure, where it cannot be reached."""
    try:
        with psycopg.connect(conninfo, connect_timeout=CONNECT_SECONDS, autocommit=True) as session:
            yield _version(session, today)
            yield _checksums(session)
            yield _authentication(session)
            yield _durability(session)
            yield _roles(session)
            yield from _preparation(session)
    except psycopg.OperationalError as problem:
        yield Finding(
            "database connection",
            False,
            f"The database cannot be reached: {_first_line(problem)}",
            "Check that it runs, and the address, account and password in DATABASE_URL.",
        )
        return
    if migrations is not None:
        yield _migrations(migrations())


def version_finding(number: int, today: date) -> Finding:
    """Judge a server by its version number, as PostgreSQL counts it (180004 is 18.4)."""
    major, minor = divmod(number, 10000)
    detail = f"PostgreSQL {major}.{minor}"
    if major < OLDEST:
        remedy = f"Customerfile needs PostgreSQL {OLDEST} or newer."
        return Finding("database version", False, f"{detail} is too old", remedy)
    ends = END_OF_SUPPORT.get(major)
    if ends is not None and ends <= today:
        remedy = "Move to a newer PostgreSQL; this one gets no more corrections."
        return Finding("database version", False, f"{detail}, out of support since {ends}", remedy)
    return Finding("database version", True, detail + (f", supported until {ends}" if ends else ""))


def preparation_finding(version: int | None) -> Finding:
    """Judge a file by the rules that its records were prepared by; None where nothing is in it yet."""
    if version is None or version >= PREPARATION_VERSION:
        return Finding("matching", True, "the records are prepared by the rules of this version")
    return Finding(
        "matching",
        False,
        "the records were prepared by an earlier version; some that belong together are not found",
        "Run once: customerfile match reconcile",
    )


def _version(session: psycopg.Connection, today: date) -> Finding:
    return version_finding(session.info.server_version, today)


def _checksums(session: psycopg.Connection) -> Finding:
    if _setting(session, "data_checksums") == "on":
        return Finding("data checksums", True, "on: damage on the disk is noticed")
    return Finding(
        "data checksums",
        False,
        "off: damage on the disk would go unnoticed",
        "Stop the database and run pg_checksums --enable on its data.",
    )


def _authentication(session: psycopg.Connection) -> Finding:
    name = "database sign-in"
    try:
        rows = session.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules ORDER BY 1").fetchall()
    except psycopg.errors.InsufficientPrivilege:
        return Finding(name, True, "not examined: this account may not read the server's rules")
    methods = [str(row[0]) for row in rows]
    unsafe = sorted(UNSAFE_METHODS.intersection(methods))
    if unsafe:
        detail = f"lets accounts in by {', '.join(unsafe)}"
        return Finding(name, False, detail, "Use scram-sha-256 or peer in pg_hba.conf, and reload.")
    return Finding(name, True, ", ".join(methods))


def _durability(session: psycopg.Connection) -> Finding:
    values = {setting: _setting(session, setting) for setting in DURABLE_SETTINGS}
    off = [setting for setting, value in values.items() if value == "off"]
    if off:
        detail = f"off: {', '.join(off)}; a power cut would lose or damage data"
        return Finding("durability", False, detail, "Turn them on (ALTER SYSTEM SET ... = on) and reload.")
    return Finding("durability", True, ", ".join(f"{setting} {value}" for setting, value in values.items()))


def _roles(session: psycopg.Connection) -> Finding:
    """Whether the rights of the logins are parted, and as this version has them."""
    name = "database roles"
    roles = roles_in(session)
    if roles is None:
        detail = "one login owns the tables and may do all; customerfile database roles prints how to part its rights"
        return Finding(name, True, detail)
    if are_granted(session) or session.execute("SELECT to_regclass('django_migrations')").fetchone() == (
        None,
    ):
        return Finding(name, True, f"{', '.join(roles.all)}, each with its own rights")
    remedy = f"Run any command; on your own server with CUSTOMERFILE_MIGRATOR_URL for {roles.migrator}."
    return Finding(name, False, "their rights are those of another version", remedy)


def _preparation(session: psycopg.Connection) -> Iterator[Finding]:
    """Whether the records are prepared for matching by the rules of this version. Nothing where tables are missing."""
    if session.execute("SELECT to_regclass('preparation')").fetchone() == (None,):
        return
    row = session.execute("SELECT max(version) FROM preparation WHERE finished_at IS NOT NULL").fetchone()
    yield preparation_finding(row[0] if row else None)


def _migrations(missing: list[str]) -> Finding:
    if not missing:
        return Finding("tables", True, "up to date")
    detail = f"{len(missing)} changes not applied yet: {', '.join(missing[:5])}"
    return Finding(
        "tables", False, detail, "Run any customerfile command that uses the database; it applies them."
    )


def _setting(session: psycopg.Connection, name: str) -> str:
    row = session.execute("SELECT current_setting(%s)", [name]).fetchone()
    return str(row[0]) if row else ""


def _first_line(problem: Exception) -> str:
    return str(problem).splitlines()[0] if str(problem) else type(problem).__name__
