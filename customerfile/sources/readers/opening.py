"""The one way into the readers: looks at the content first and at the name last, and opens the right
reader.
"""

from pathlib import Path

from customerfile.sources.faults import EmptyFile
from customerfile.sources.readers.delimited import open_delimited
from customerfile.sources.readers.inflate import open_bytes, sniff_compression
from customerfile.sources.readers.limits import DEFAULT_LIMITS, ReadLimits
from customerfile.sources.readers.sniffing import sniff_format
from customerfile.sources.readers.text import open_text
from customerfile.sources.rows import ReadOptions, RowStream

_HEAD_BYTES = 4096
_NO_OPTIONS = ReadOptions()


def open_file(
    path: Path, options: ReadOptions = _NO_OPTIONS, *, name: str = "", limits: ReadLimits = DEFAULT_LIMITS
) -> RowStream:
    """Open a delivered file. `name` is its original name, where `path` is a copy. Raises a ReadFault."""
    compression = sniff_compression(path)
    with open_bytes(path, limits) as stream:
        head = stream.read(_HEAD_BYTES)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise EmptyFile(
            "The file is empty.", "Export it again; an export of nothing often means a wrong filter."
        )
    file_format = options.format or sniff_format(head, (name or path.name).lower())
    text = open_text(path, options.encoding, limits)
    return open_delimited(text, options, file_format=file_format, compression=compression)
