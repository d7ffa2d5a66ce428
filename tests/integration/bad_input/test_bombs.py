"""Files that are small and mean a great deal: the command refuses them in words, in little memory, and lives."""

import gzip
import sys
import zipfile
from pathlib import Path

import pyarrow as pa
import pytest

from customerfile.embedded import Home
from tests.integration.command import PATIENCE_SECONDS, start

pytestmark = pytest.mark.slow
MIB = 1 << 20
MEMORY = 700 * MIB  # of the importing process; a bomb that is unpacked whole takes two thousand and more
HEAD = b"id,name,note\n"
ROW = b"1,Ann," + b"x" * (MIB - 7) + b"\n"


def _gzip(block: bytes) -> bytes:
    return gzip.compress(block, 6)


def _zstd(block: bytes) -> bytes:
    return bytes(pa.compress(block, "zstd", asbytes=True))


@pytest.mark.parametrize("pack", [_gzip, _zstd])
@pytest.mark.parametrize(
    "block",
    [b"\0" * 64 * MIB, ROW * 64, b"1,Ann,x\n" * (8 * MIB)],
    ids=["one line of nothing", "long rows", "short rows"],
)
def test_two_gigabytes_in_a_small_file_are_refused(place, tmp_path, pack, block):
    path = tmp_path / "bomb.csv.packed"
    path.write_bytes(pack(HEAD + b"0,Zoe,\n") + pack(block) * 32)
    assert path.stat().st_size < 16 * MIB

    _refused(place, path, "grows more than 250 times")


@pytest.mark.parametrize("pack", [_gzip, _zstd])
def test_two_gigabytes_of_vcard_in_a_small_file_are_refused(place, tmp_path, pack):
    path = tmp_path / "bomb.vcf"
    path.write_bytes(pack(b"BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nNOTE:") + pack(b"x" * 64 * MIB) * 32)

    _refused(place, path, "grows more than 250 times")


def test_a_spreadsheet_of_two_cells_that_spans_the_whole_sheet_is_refused(place, tmp_path):
    cell = '<row r="{}"><c r="{}" t="inlineStr"><is><t>x</t></is></c></row>'
    path = _workbook(tmp_path, (cell.format(1, "A1") + cell.format(1048576, "XFD1048576")).encode())
    assert path.stat().st_size < 2000

    _refused(place, path, "XFD1048576")


def test_a_spreadsheet_that_unpacks_to_two_gigabytes_is_refused(place, tmp_path):
    path = _workbook(tmp_path, *[b" " * 64 * MIB] * 33)

    _refused(place, path, "unpacks to more than", "grows more than")


def _workbook(folder: Path, *sheet: bytes) -> Path:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    path = folder / "bomb.xlsx"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{links}"><Relationship Id="r1" Type="{office}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{links}"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(f'<worksheet xmlns="{main}"><sheetData>'.encode())
            for block in sheet:
                part.write(block)
            part.write(b"</sheetData></worksheet>")
    return path


def _refused(place: Home, path: Path, *words: str) -> None:
    """The import ends with exit code 1, says why and what to do, took little memory, and left nothing behind."""
    code, told, memory = _import(place, path)

    assert code == 1, told
    assert "Traceback" not in told
    assert any(each in " ".join(told.split()) for each in words), told
    assert len(told.strip().splitlines()) >= 2, "the remedy is missing"
    assert memory < MEMORY
    assert list(place.spool.iterdir()) == []


# A process forked from a large one begins with its parent's peak: a small one stands between.
_MEASURE = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[2:])
_, status, usage = os.wait4(child.pid, 0)
open(sys.argv[1], "w").write(str(usage.ru_maxrss * 1024))
sys.exit(os.waitstatus_to_exitcode(status))
"""


def _import(place: Home, path: Path) -> tuple[int, str, int]:
    """Exit code, what was said, and the most memory that the process or one of its children held, in bytes."""
    note = path.with_name("peak")
    under = (sys.executable, "-c", _MEASURE, str(note))
    importer = start(place, "import", str(path), "--source", "crowd", "--json", under=under)
    _, told = importer.communicate(timeout=PATIENCE_SECONDS)
    return importer.returncode, told, int(note.read_text())
