"""Who sits at the keyboard: the name under which commands are written down in the audit ledger."""

import getpass


def operator() -> str:
    """The account of the operating system that runs this command."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
