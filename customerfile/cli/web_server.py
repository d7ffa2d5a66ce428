"""Runs the web server in this process tree, and notes where it is while it runs."""

import json
import os

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from customerfile.cli.importer import importing_meanwhile
from customerfile.cli.measurer import measuring_meanwhile
from customerfile.cli.sealer import sealing_meanwhile
from customerfile.cli.startup import worker_conninfo
from customerfile.cli.webhook_sender import sending_meanwhile
from customerfile.embedded import Home

# Requests. Those that write to one source at the same time are written together: a few have to be able to wait for one.
_AT_ONCE = 12
# Seconds that requests under way have to end in. A worker that is told to end while it still loads does not hear of it.
_LAST_REQUESTS = 10


def serve_pages(home: Home, host: str, port: int) -> None:
    """Serve until interrupted. `run/serve.json` says where, for the other commands."""
    note = home.run / "serve.json"
    note.write_text(json.dumps({"pid": os.getpid(), "address": f"http://{host}:{port}"}), encoding="utf-8")
    login = worker_conninfo()
    server = Granian(
        "customerfile.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=_AT_ONCE,
        respawn_failed_workers=True,
        workers_kill_timeout=_LAST_REQUESTS,
        log_level=LogLevels.error,  # what it warns of is how it is set up
        log_access=False,
    )
    try:
        with (
            sealing_meanwhile(login=login),
            sending_meanwhile(home, login=login),
            importing_meanwhile(home, login=login),
            measuring_meanwhile(login=login),
        ):
            server.serve()
    finally:
        note.unlink(missing_ok=True)
