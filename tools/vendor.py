"""Copies the pinned style sheet, script and icons of the pages from npm packages, with licences and checksums.

Run `python tools/vendor.py` after changing a pin; with `--check` it compares the files with VERSIONS.txt.
The packages are fetched by npm, wherever it is set up to fetch from; nothing is fetched when the product runs.
"""

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "customerfile" / "web" / "static" / "vendor"
TEST_TARGET = ROOT / "tests" / "browser" / "vendor"

ICONS = (
    "arrow-left",
    "at",
    "building",
    "chart-bar",
    "chevron-left",
    "chevron-right",
    "chevrons-left",
    "chevrons-right",
    "clock",
    "download",
    "file-import",
    "history",
    "keyboard",
    "link",
    "logout",
    "note",
    "receipt-refund",
    "search",
    "shield-lock",
    "shopping-cart",
    "users",
)


@dataclass(frozen=True, slots=True)
class Package:
    """An npm package at one version, and which of its files are wanted under which name."""

    name: str
    version: str
    target: Path
    files: Mapping[str, str]


PACKAGES = (
    # The package carries no licence file; LICENSE.tabler.txt beside the style sheet is kept by hand.
    Package("@tabler/core", "1.6.1", TARGET, {"dist/css/tabler.min.css": "tabler.min.css"}),
    Package("htmx.org", "4.0.1", TARGET, {"dist/htmx.min.js": "htmx.min.js", "LICENSE": "LICENSE.htmx.txt"}),
    Package("@tabler/icons", "3.49.0", TARGET, {"LICENSE": "LICENSE.tabler-icons.txt"}),
    Package(
        "axe-core", "4.14.1", TEST_TARGET, {"axe.min.js": "axe.min.js", "LICENSE": "LICENSE.axe-core.txt"}
    ),
)


def main() -> int:
    """Copy the files, or check them where asked. The exit code is 1 where a file is not what VERSIONS.txt says."""
    if "--check" in sys.argv[1:]:
        return _check()
    with tempfile.TemporaryDirectory() as folder:
        for package in PACKAGES:
            _copy(package, _unpacked(package, Path(folder)))
    for target in (TARGET, TEST_TARGET):
        (target / "VERSIONS.txt").write_text(_versions(target))
    return 0


def _unpacked(package: Package, folder: Path) -> Path:
    """The folder with the files of a package, as npm delivers it."""
    place = folder / package.name.replace("/", "-")
    place.mkdir()
    command = [
        "npm",
        "pack",
        "--silent",
        "--pack-destination",
        str(place),
        f"{package.name}@{package.version}",
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with tarfile.open(next(place.glob("*.tgz"))) as archive:
        archive.extractall(place, filter="data")
    return place / "package"


def _copy(package: Package, folder: Path) -> None:
    package.target.mkdir(parents=True, exist_ok=True)
    for origin, name in package.files.items():
        (package.target / name).write_bytes((folder / origin).read_bytes())
    if package.name == "@tabler/icons":
        (package.target / "icons.svg").write_text(_sprite(folder / "icons" / "outline"))


def _sprite(folder: Path) -> str:
    """One SVG file holding each wanted icon as a symbol, so that a page names an icon instead of repeating it."""
    symbols = []
    for name in ICONS:
        body = re.search(r"<svg[^>]*>(.*)</svg>", (folder / f"{name}.svg").read_text(), re.DOTALL)
        if body is None:
            raise ValueError(f"icon {name} is not an SVG file")
        paths = " ".join(body.group(1).split())
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{paths}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _versions(target: Path) -> str:
    packages = [f"{p.name} {p.version}" for p in PACKAGES if p.target == target]
    files = [f"{_digest(path)}  {path.name}" for path in _kept(target)]
    return "\n".join([*packages, "", *files, ""])


def _check() -> int:
    wrong = [
        target
        for target in (TARGET, TEST_TARGET)
        if (target / "VERSIONS.txt").read_text() != _versions(target)
    ]
    for target in wrong:
        print(f"{target.relative_to(ROOT)} differs from its VERSIONS.txt. Run: python tools/vendor.py")
    return 1 if wrong else 0


def _kept(target: Path) -> list[Path]:
    return sorted(path for path in target.iterdir() if path.name != "VERSIONS.txt")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
