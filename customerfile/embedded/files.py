"""Writing small files whole: a reader sees the old text or the new, and no link is followed."""

import os
import secrets
from pathlib import Path

from customerfile.embedded.account import Account


def write_whole(path: Path, text: str, *, account: Account | None = None) -> None:
    """Put `text` at `path`, readable by its owner alone (by `account`, where that is another than ours)."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        _write(draft, text, account)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)  # there only after a failure, such as a full disk


def _write(draft: Path, text: str, account: Account | None) -> None:
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)
        if account is not None and account.other:
            os.fchown(descriptor, account.uid, account.gid)
