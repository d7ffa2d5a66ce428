"""Applies the grants to a database, and tells whether they were: their digest is kept as a comment on a table."""

from typing import Any

import psycopg
from psycopg import sql

from customerfile.base.database_roles import DatabaseRoles, roles_of_owner
from customerfile.base.grants import digest_of, grant_statements
from customerfile.config.table_grants import GRANTS

_LOCK = 0x6AA7
_OWNER = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
_APPLIED = "SELECT obj_description(to_regclass('public.django_migrations'), 'pg_class')"

type Session = psycopg.Connection[Any]


def roles_in(session: Session) -> DatabaseRoles | None:
    """The roles of this database; None where one login owns everything."""
    roles = roles_of_owner(str(_scalar(session, _OWNER)))
    if roles is None:
        return None
    found = "SELECT 1 FROM pg_roles WHERE rolname = %s"
    return roles if _scalar(session, found, roles.application) else None


def are_granted(session: Session) -> bool:
    """Have the grants of this version been applied? True where there are no roles to grant anything to."""
    roles = roles_in(session)
    return roles is None or _scalar(session, _APPLIED) == digest_of(_statements(session, roles))


def may_own(session: Session, roles: DatabaseRoles) -> bool:
    """May this login act as the owner of the tables?"""
    return bool(_scalar(session, "SELECT pg_has_role(current_user, %s, 'MEMBER')", roles.owner))


def apply_grants(session: Session) -> None:
    """Apply the grants, all or none; whoever is logged in must be able to become the owner."""
    roles = roles_in(session)
    if roles is None:
        return
    statements = _statements(session, roles)
    with session.transaction():
        session.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        session.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(roles.owner)))
        for each in statements:
            session.execute(each.encode())
        comment = sql.SQL("COMMENT ON TABLE public.django_migrations IS {}")
        session.execute(comment.format(sql.Literal(digest_of(statements))))


def _statements(session: Session, roles: DatabaseRoles) -> list[str]:
    return grant_statements(GRANTS, roles, server_version=session.info.server_version)


def _scalar(session: Session, question: str, *parameters: object) -> object:
    row = session.execute(question.encode(), parameters).fetchone()
    return row[0] if row else None
