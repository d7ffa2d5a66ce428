"""The database and its roles inside a running server: made once, and anew where an earlier version made others."""

import psycopg
from psycopg import sql

from customerfile.base.database_roles import roles_script
from customerfile.embedded.account import Account
from customerfile.embedded.files import write_whole
from customerfile.embedded.home import Home
from customerfile.embedded.passwords import (
    FORMER_OWNER,
    ROLES,
    SUPERUSER,
    forget_password,
    make_passwords,
    password_of,
)

DATABASE = "customerfile"
READY_FILE = "customerfile.ready"
PREPARED = "roles"  # what the file says; homes from before there were roles have an empty one

type Session = psycopg.Connection[tuple[object, ...]]


def is_prepared(home: Home) -> bool:
    """Have the database and its roles been made, as this version has them?"""
    ready = home.data / READY_FILE
    return ready.exists() and ready.read_text(encoding="utf-8").strip() == PREPARED


def prepare_database(home: Home, account: Account, host: str) -> None:
    """Make the database and its roles in a running server, where they are not there yet."""
    make_passwords(home, ROLES.logins)
    with _superuser(home, host, "postgres") as session:
        _rename_former_owner(session)
        if not _is_there(session, "SELECT 1 FROM pg_database WHERE datname = %s", DATABASE):
            statement = sql.SQL("CREATE DATABASE {} TEMPLATE template0")
            session.execute(statement.format(sql.Identifier(DATABASE)))
    with _superuser(home, host, DATABASE) as session:
        session.execute(roles_script(ROLES, DATABASE).encode())
        for role in ROLES.logins:
            _set_password(session, home, role)
    write_whole(home.data / READY_FILE, PREPARED, account=account)
    forget_password(home, FORMER_OWNER)


def _superuser(home: Home, host: str, database: str) -> Session:
    return psycopg.connect(
        host=host, dbname=database, user=SUPERUSER, password=password_of(home, SUPERUSER), autocommit=True
    )


def _rename_former_owner(session: Session) -> None:
    """The one login there was becomes the application's; what it owns is given to the owner afterwards."""
    roles = "SELECT 1 FROM pg_roles WHERE rolname = %s"
    if _is_there(session, roles, FORMER_OWNER) and not _is_there(session, roles, ROLES.application):
        statement = sql.SQL("ALTER ROLE {} RENAME TO {}")
        session.execute(statement.format(sql.Identifier(FORMER_OWNER), sql.Identifier(ROLES.application)))


def _is_there(session: Session, question: str, name: str) -> bool:
    return session.execute(question.encode(), [name]).fetchone() is not None


def _set_password(session: Session, home: Home, role: str) -> None:
    """The server is sent what it keeps, never the password."""
    secret = session.pgconn.encrypt_password(
        password_of(home, role).encode(), role.encode(), b"scram-sha-256"
    )
    statement = sql.SQL("ALTER ROLE {} PASSWORD {}")
    session.execute(statement.format(sql.Identifier(role), sql.Literal(secret.decode())))
