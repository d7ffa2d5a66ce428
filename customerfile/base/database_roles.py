"""The five roles of a customer file in PostgreSQL: their names, and the statements that make them."""

from dataclasses import dataclass

from psycopg import sql

from customerfile.base.database import statement

PREFIX = "customerfile"
_OWNER_SUFFIX = "_owner"
_SCRIPT = sql.SQL(statement(__package__, "database_roles"))


@dataclass(frozen=True, slots=True)
class DatabaseRoles:
    """The names of the roles of one customer file. On a server with several files each has its own prefix."""

    prefix: str = PREFIX

    @property
    def owner(self) -> str:
        """Owns every object; nobody can log in as it."""
        return f"{self.prefix}{_OWNER_SUFFIX}"

    @property
    def migrator(self) -> str:
        """Becomes the owner to change tables."""
        return f"{self.prefix}_migrator"

    @property
    def application(self) -> str:
        """Pages, interface and commands."""
        return f"{self.prefix}_application"

    @property
    def worker(self) -> str:
        """Works beside the pages: seals the audit ledger, sends webhooks."""
        return f"{self.prefix}_worker"

    @property
    def auditor(self) -> str:
        """Reads the audit ledger alone."""
        return f"{self.prefix}_auditor"

    @property
    def logins(self) -> tuple[str, ...]:
        """Those that have a password."""
        return (self.migrator, self.application, self.worker, self.auditor)

    @property
    def all(self) -> tuple[str, ...]:
        """All five, the owner first."""
        return (self.owner, *self.logins)


def roles_of_owner(owner: str) -> DatabaseRoles | None:
    """The roles of the file whose database this role owns; None where one login owns all, as without roles."""
    prefix = owner.removesuffix(_OWNER_SUFFIX)
    return DatabaseRoles(prefix) if prefix and prefix != owner else None


def roles_script(roles: DatabaseRoles, database: str) -> str:
    """Statements that make the roles and give them what is in `database`. They set no password."""
    names = {"owner": roles.owner, "migrator": roles.migrator, "application": roles.application}
    names |= {"worker": roles.worker, "auditor": roles.auditor}
    identifiers = {name: sql.Identifier(role) for name, role in names.items()}
    literals = {f"{name}_name": sql.Literal(role) for name, role in names.items()}
    return _SCRIPT.format(database=sql.Identifier(database), **identifiers, **literals).as_string()
