"""Which role does what with which table, as data, and the GRANT statements that follow from it. Pure."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from psycopg import sql

from customerfile.base.database_roles import DatabaseRoles

VERBS = ("select", "insert", "update", "delete", "truncate")
_MAINTAIN = "maintain"  # to tidy and analyse a table, a right since PostgreSQL 17
_MAINTAIN_SINCE = 170000

type Columns = Mapping[str, str]  # role -> columns named with blanks between


@dataclass(frozen=True, slots=True)
class TableGrant:
    """What each role does with a table, as verbs with blanks between. Where `update` stands, all columns are meant.

    `rewritable` names the only columns that the application may update, `worker_rewritable` those of the worker.
    """

    application: str = ""
    worker: str = ""
    auditor: str = ""
    rewritable: str = ""
    worker_rewritable: str = ""

    def verbs(self, role: str) -> frozenset[str]:
        """The verbs of a role, as `application`, `worker` or `auditor`, on any column."""
        named = set(str(getattr(self, role)).split()) - {_MAINTAIN}
        return frozenset(named | ({"update"} if self.columns(role) else set()))

    def columns(self, role: str) -> tuple[str, ...]:
        """The only columns that the role may update; () where it may update all, or none."""
        listed = {"application": self.rewritable, "worker": self.worker_rewritable}
        return tuple(listed.get(role, "").split())


@dataclass(frozen=True, slots=True)
class Grants:
    """All that is granted. Sequences are counted on (`nextval`) and read, never set."""

    tables: Mapping[str, TableGrant]
    worker_sequences: Sequence[str]
    auditor_sequences: Sequence[str]
    functions: Sequence[str]  # run with the owner's rights, by the application
    worker_functions: Sequence[str] = ()  # those that the worker may run as well


def grant_statements(grants: Grants, roles: DatabaseRoles, *, server_version: int) -> list[str]:
    """Statements for the owner. They take away all that was granted before, so that what is not said is not given."""
    return [each.as_string() for each in _statements(grants, roles, server_version)]


def digest_of(statements: Sequence[str]) -> str:
    """Stands for a set of grants, to tell whether they were applied."""
    return hashlib.sha256("\n".join(statements).encode()).hexdigest()[:16]


def _statements(grants: Grants, roles: DatabaseRoles, server_version: int) -> Iterator[sql.Composed]:
    everybody = sql.SQL(", ").join(
        [sql.SQL("PUBLIC"), *map(sql.Identifier, (roles.application, roles.worker, roles.auditor))]
    )
    for kind in ("TABLES", "SEQUENCES"):
        yield sql.SQL("REVOKE ALL ON ALL {} IN SCHEMA public FROM {}").format(sql.SQL(kind), everybody)
    for table, grant in sorted(grants.tables.items()):
        for role in ("application", "worker", "auditor"):
            yield from _of_table(table, grant, role, str(getattr(roles, role)), server_version)
    yield from _of_sequences(grants, roles)
    for function in grants.functions:
        name = sql.SQL(function)
        yield sql.SQL("REVOKE ALL ON FUNCTION public.{} FROM {}").format(name, everybody)
        for role in (roles.application, *([roles.worker] if function in grants.worker_functions else [])):
            yield sql.SQL("GRANT EXECUTE ON FUNCTION public.{} TO {}").format(name, sql.Identifier(role))


def _of_table(
    table: str, grant: TableGrant, role: str, name: str, server_version: int
) -> Iterator[sql.Composed]:
    wanted = [each for each in str(getattr(grant, role)).split() if each != _MAINTAIN]
    if _MAINTAIN in str(getattr(grant, role)).split() and server_version >= _MAINTAIN_SINCE:
        wanted.append(_MAINTAIN)
    if wanted:
        yield _grant(sql.SQL(", ").join(map(sql.SQL, map(str.upper, wanted))), table, name)
    if columns := grant.columns(role):
        listed = sql.SQL(", ").join(map(sql.Identifier, columns))
        yield _grant(sql.SQL("UPDATE ({})").format(listed), table, name)


def _grant(what: sql.Composable, table: str, role: str) -> sql.Composed:
    return sql.SQL("GRANT {} ON TABLE public.{} TO {}").format(
        what, sql.Identifier(table), sql.Identifier(role)
    )


def _of_sequences(grants: Grants, roles: DatabaseRoles) -> Iterator[sql.Composed]:
    yield sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(
        sql.Identifier(roles.application)
    )
    for right, role, names in (
        ("USAGE, SELECT", roles.worker, grants.worker_sequences),
        ("SELECT", roles.auditor, grants.auditor_sequences),
    ):
        for name in names:
            yield sql.SQL("GRANT {} ON SEQUENCE public.{} TO {}").format(
                sql.SQL(right),
                sql.Identifier(name),
                sql.Identifier(role),
            )
