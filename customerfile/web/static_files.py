"""Addresses of style sheets, scripts and icons that change with what they hold, so that browsers may keep them."""

from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class VersionedStaticFiles(StaticFilesStorage):
    """Adds a digest of the file to its address."""

    def url(self, name: str | None) -> str:
        """The address of a file of ours, with the version that it has in this process."""
        return f"{super().url(name)}?v={_version(str(name))}"


@lru_cache(maxsize=256)
def _version(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(f"There is no static file {name}.")
    return blake2b(Path(found).read_bytes(), digest_size=6).hexdigest()
