"""Keeps the catalogue of texts and their French.

python tools/translations.py bare [PATH ...]       texts that cannot be translated where they stand
python tools/translations.py missing [PATH ...]    texts without French, as JSON to be filled in
python tools/translations.py take FILE.json        puts what was filled in into the catalogue
python tools/translations.py update                after texts have changed; drops those that are gone
"""

import fcntl
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

from babel.messages.catalog import Catalog, Message  # noqa: E402
from babel.messages.mofile import write_mo  # noqa: E402
from babel.messages.pofile import read_po, write_po  # noqa: E402

from tools.translatable_texts import texts, untold  # noqa: E402

FOLDER = ROOT / "customerfile" / "web" / "locale" / "fr" / "LC_MESSAGES"
CATALOGUE, COMPILED = FOLDER / "django.po", FOLDER / "django.mo"
_CONTEXT_END = "\x04"  # as gettext itself parts a context from its text
_BREAKABLE = re.compile(r" (?=[:;?!»%](?!\())|(?<=«) ")
_MADE = datetime(2026, 1, 1, tzinfo=UTC)  # a catalogue that says when it was made differs each time


def main(arguments: Sequence[str]) -> int:
    """Do what is asked; 1 where something is left to be done."""
    match arguments:
        case ["bare", *paths]:
            return _print_bare(paths)
        case ["missing", *paths]:
            return _print_missing(paths)
        case ["take", file]:
            return _take(Path(file))
        case ["update"]:
            with _alone():
                write(current())
            return 0
    print(__doc__)
    return 2


def _print_bare(paths: Sequence[str]) -> int:
    found = [each for each in untold() if _is_under(each.path, paths)]
    for each in found:
        print(f"{each.path}: {each.text}")
    return 1 if found else 0


def _print_missing(paths: Sequence[str]) -> int:
    asked = {
        _key(message): ["", ""] if message.pluralizable else ""
        for message in current()
        if message.id
        and not _has_french(message)
        and any(_is_under(path, paths) for path, _ in message.locations)
    }
    print(json.dumps(asked, ensure_ascii=False, indent=1))
    return 1 if asked else 0


def _take(file: Path) -> int:
    given = json.loads(file.read_text("utf-8"))
    with _alone():
        catalogue = current()
        known = {_key(message): message for message in catalogue if message.id}
        wrong = [problem for key, french in given.items() for problem in _put(known.get(key), key, french)]
        write(catalogue)
    print("\n".join(wrong) or "All taken.")
    return 1 if wrong else 0


def _put(message: Message | None, key: str, french: str | list[str]) -> Iterator[str]:
    """Put the French of one text in; what is wrong with it, if anything."""
    if message is None:
        yield f"Not in the catalogue: {key}"
        return
    if not french or not all(french):
        return
    wanted = tuple(french) if isinstance(french, list) else french
    if (problem := wrong_with(message, wanted)) is not None:
        yield f"{problem}: {key} -> {french}"
        return
    message.string = _typeset(wanted)


def wrong_with(message: Message, french: str | tuple[str, ...]) -> str | None:
    """What a translation lost of its text, in words."""
    if message.pluralizable != isinstance(french, tuple):
        return "One text or two, as in English"
    english = message.id if message.pluralizable else (message.id,)
    wanted = [_marks(text) for text in english]
    for form, text in enumerate(french if isinstance(french, tuple) else (french,)):
        if _marks(text) not in (wanted if form == 0 else wanted[-1:]):
            return f"Places or tags differ ({', '.join(wanted[-1])})"
    return None


def _marks(text: str) -> list[str]:
    """The places for values and the tags of a text, sorted."""
    places = re.findall(r"%\(\w+\)s|\{\w*(?=[:}!.\[])", text)
    return sorted([*places, *re.findall(r"</?\w+[^>]*>", text)])


def current() -> Catalog:
    """The catalogue of the texts as they stand now, with the French that there is."""
    kept = {
        _key(message): _typeset(message.string) for message in _read() if message.id and not message.fuzzy
    }
    found = Catalog("fr", project="Customerfile", charset="utf-8", creation_date=_MADE, revision_date=_MADE)
    for text in texts():
        identity = (text.one, text.many) if text.many else text.one
        found.add(identity, locations=[(text.path, 1)], context=text.context or None)
    for message in found:
        french = kept.get(_key(message)) if message.id else None
        if french and wrong_with(message, french) is None:
            message.string = french
    return found


def _typeset(french: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """With the no-break spaces that French has inside its quotation marks and before its double signs."""
    if isinstance(french, tuple):
        return tuple(_BREAKABLE.sub("\u00a0", each) for each in french)
    return _BREAKABLE.sub("\u00a0", french)


def _read() -> Catalog:
    if not CATALOGUE.exists():
        return Catalog("fr")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="fr")


def written(catalogue: Catalog) -> tuple[bytes, bytes]:
    """The catalogue as its two files: for people, and for the server."""
    readable, compiled = BytesIO(), BytesIO()
    write_po(readable, catalogue, width=0, include_lineno=False, sort_output=True)
    write_mo(compiled, catalogue)
    return readable.getvalue(), compiled.getvalue()


def write(catalogue: Catalog) -> None:
    """Write both files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    readable, compiled = written(catalogue)
    CATALOGUE.write_bytes(readable)
    COMPILED.write_bytes(compiled)


def _key(message: Message) -> str:
    one = message.id[0] if message.pluralizable else message.id
    return f"{message.context}{_CONTEXT_END}{one}" if message.context else str(one)


def _has_french(message: Message) -> bool:
    said = message.string if message.pluralizable else (message.string,)
    return bool(said) and all(said)


def _is_under(path: str, paths: Sequence[str]) -> bool:
    return not paths or any(path == each or path.startswith(each.rstrip("/") + "/") for each in paths)


@contextmanager
def _alone() -> Iterator[None]:
    """Nobody else writes the catalogue meanwhile."""
    with Path(__file__).open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
