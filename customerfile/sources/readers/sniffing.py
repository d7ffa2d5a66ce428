"""Which format a file has, by its first bytes; the name only decides what the content leaves open."""

from customerfile.base.told import noted_text, told
from customerfile.sources.faults import UnreadableFile

_FOREIGN = (
    (
        b"\xd0\xcf\x11\xe0",
        noted_text("an old Excel file (.xls) or a workbook with a password"),
        noted_text("Save it as .xlsx without a password."),
    ),
    (b"%PDF", noted_text("a PDF document"), noted_text("Ask for the data as CSV or XLSX.")),
    (b"Rar!", noted_text("an archive"), noted_text("Unpack it and import the files in it.")),
    (b"7z\xbc\xaf", noted_text("an archive"), noted_text("Unpack it and import the files in it.")),
    (b"SQLite format 3", noted_text("a database"), noted_text("Export the table as CSV.")),
    (b"\x89PNG", noted_text("a picture"), noted_text("Ask for the data as CSV or XLSX.")),
    (b"\xff\xd8\xff", noted_text("a picture"), noted_text("Ask for the data as CSV or XLSX.")),
)
FORMATS = ("csv", "tsv", "xlsx", "jsonl", "parquet", "vcard")
_TEXT_NAMES = {
    ".tsv": "tsv",
    ".tab": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".vcf": "vcard",
    ".vcard": "vcard",
}


def sniff_format(head: bytes, name: str) -> str:
    """One of csv, tsv, xlsx, jsonl, parquet, vcard. Raises UnreadableFile for what is known to be something
    else.
    """
    for magic, what, remedy in _FOREIGN:
        if head.startswith(magic):
            raise UnreadableFile(told("The file is {what}, not a table.", what=told(what)), remedy)
    if head.startswith(b"PK"):
        return "xlsx"
    if head.startswith(b"PAR1"):
        return "parquet"
    text = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if text[:11].upper() == b"BEGIN:VCARD":
        return "vcard"
    if text[:1] == b"{" and b":" in text:
        return "jsonl"
    if text[:1] == b"[" and text[1:].lstrip()[:1] == b"{":
        raise UnreadableFile(
            "The file is one JSON array.", "Write one object per line (JSON Lines): jq -c '.[]'."
        )
    if text[:14].lower() == b"<!doctype html" or text[:5].lower() in (b"<html", b"<?xml"):
        raise UnreadableFile("The file is a web page or XML, not a table.", "Export the data as CSV or XLSX.")
    return _by_name(name)


def _by_name(name: str) -> str:
    for ending in (".gz", ".zst", ".zstd"):
        name = name.removesuffix(ending)
    return next((kind for ending, kind in _TEXT_NAMES.items() if name.endswith(ending)), "csv")
