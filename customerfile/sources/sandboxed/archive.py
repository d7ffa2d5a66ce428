"""A look at a workbook's archive before a parser sees it: declared sizes, sheets, and the rectangle a sheet spans."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.etree import ElementTree

from customerfile.base.told import noted_text
from customerfile.sources.sandboxed.request import Refusal, Request

_MOST_PARTS = 10_000
_LONGEST_INDEX = 8 << 20  # of the two small parts that list the sheets
_BLOCK = 1 << 20
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_PLACED_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_VALUELESS = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*(?:<(?:\w+:)?v\s*(?:/>|></(?:\w+:)?v>)\s*)?</(?:\w+:)?c>"
)
_AS_CSV = noted_text("Save the sheet as CSV and import that.")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    part: str  # its path in the archive
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Extent:
    """What a sheet spans: its last row and column, the cells in it, and formulas that hold no value."""

    rows: int
    columns: int
    cells: int
    valueless_formulas: int


def open_archive(request: Request) -> zipfile.ZipFile:
    """The archive, once its declared sizes are sane. Raises Refusal."""
    try:
        archive = zipfile.ZipFile(request.path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Refusal(
            noted_text("The workbook is damaged or cut short."),
            noted_text("Save it again, or copy it again."),
        ) from error
    parts = archive.infolist()
    size, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if len(parts) > _MOST_PARTS or size > request.unpacked_bytes:
        limit = request.unpacked_bytes >> 20
        raise Refusal(
            noted_text("The workbook unpacks to more than {limit} MiB.").format(limit=f"{limit:,}"),
            _AS_CSV,
            is_limit=True,
        )
    if size > request.ratio_from_bytes and size > packed * request.inflation_ratio:
        ratio = request.inflation_ratio
        raise Refusal(
            noted_text("The workbook grows more than {ratio} times when unpacked.").format(ratio=ratio),
            _AS_CSV,
            is_limit=True,
        )
    return archive


def sheets(archive: zipfile.ZipFile) -> list[Sheet]:
    """The worksheets in the order of the workbook. Raises Refusal where this is no XLSX workbook."""
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names:
        raise Refusal(
            noted_text("The file is an archive, but not an Excel workbook (.xlsx)."),
            noted_text("Save it as .xlsx or CSV."),
        )
    targets = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in _xml(archive, "xl/_rels/workbook.xml.rels")
    }
    found = []
    for element in _xml(archive, "xl/workbook.xml").iter():
        if element.tag.rpartition("}")[2] == "sheet":
            target = targets.get(element.get(_RELATION) or element.get(_STRICT_RELATION) or "", "")
            part = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
            if part in names:
                hidden = element.get("state", "visible") != "visible"
                found.append(Sheet(element.get("name", ""), part, hidden))
    return found


def extent(archive: zipfile.ZipFile, sheet: Sheet) -> Extent:
    """Read from the cells themselves: what a sheet declares about its size may be false."""
    rows = implied_rows = widest = cells = valueless = 0
    letters: set[bytes] = set()
    for block in _blocks(archive, sheet.part):
        found = _PLACED_CELL.findall(block)
        letters.update(column for column, _ in found)
        rows = max(rows, max((int(number) for _, number in found), default=0))
        cells += len(_CELL.findall(block))
        valueless += len(_VALUELESS.findall(block))
        by_row = _ROW.split(block)
        implied_rows += len(by_row) - 1
        if not found:
            widest = max(widest, max(len(_CELL.findall(row)) for row in by_row))
    columns = max(widest, max(map(_column_number, letters), default=0))
    return Extent(max(rows, implied_rows), columns, cells, valueless)


def column_name(number: int) -> str:
    """1 -> A, 16384 -> XFD."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _blocks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part in blocks that end where a cell ends, so that no pattern is cut."""
    rest = b""
    try:
        with archive.open(part) as opened:
            while block := opened.read(_BLOCK):
                text = rest + block
                cut = text.rfind(b"</c>") + 4 if b"</c>" in text else text.rfind(b">") + 1
                yield text[:cut]
                rest = text[cut:]
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise Refusal(
            noted_text("The workbook is damaged or has a password."),
            noted_text("Save it again without a password."),
        ) from error
    yield rest


def _xml(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    try:
        if archive.getinfo(part).file_size > _LONGEST_INDEX:
            raise Refusal(noted_text("The list of sheets is too long."), _AS_CSV, is_limit=True)
        return ElementTree.fromstring(archive.read(part))  # noqa: S314 - in the limited child, small, no network
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile, RuntimeError, EOFError) as error:
        raise Refusal(
            noted_text("The workbook is damaged or has a password."),
            noted_text("Save it again without a password."),
        ) from error
