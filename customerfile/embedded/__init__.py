"""The PostgreSQL server that Customerfile runs itself: install, start, stop, inspect. No Django."""

from customerfile.embedded.errors import EmbeddedFault
from customerfile.embedded.home import Home, home, home_path
from customerfile.embedded.passwords import ROLES, SUPERUSER
from customerfile.embedded.server import Connection, connection_to, ensure_running, running_server, stop
from customerfile.embedded.status import Status, status
from customerfile.embedded.throwaway import throw_away_home

__all__ = [
    "ROLES",
    "SUPERUSER",
    "Connection",
    "EmbeddedFault",
    "Home",
    "Status",
    "connection_to",
    "ensure_running",
    "home",
    "home_path",
    "running_server",
    "status",
    "stop",
    "throw_away_home",
]
