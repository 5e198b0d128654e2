"""A CSV file, looked at: its encoding, its delimiter, its header, its rows."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from storage.imports.columns import Column, Header, header_of, known_headings
from storage.imports.encoding import Encoding, encoding_of
from storage.imports.faults import BadFile
from storage.imports.records import LONGEST_LINE, Lines, Record, quoted_cells, records

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}


@dataclass(frozen=True, slots=True)
class Source:
    """A file whose header is understood.

    newline: what ends its lines, for a file written like it.
    """

    path: Path
    encoding: Encoding
    delimiter: str
    header: Header
    newline: str

    @property
    def told(self) -> str:
        """How the file was read, in words."""
        return f"{self.encoding.told}, {_DELIMITERS[self.delimiter]}"

    @contextmanager
    def records(self) -> Iterator[Iterator[Record]]:
        """Give the rows after the header, read as they are asked for."""
        with _opened(self.path, self.encoding) as file:
            lines = Lines(file)
            _header_cells(lines, self.delimiter)
            yield records(lines, self.delimiter, len(self.header.names))


def look_at(
    path: Path,
    columns: Sequence[Column],
    ignored: Sequence[str],
    refuses: Callable[[str], bool],
) -> Source:
    """Return a file as it is to be read.

    refuses: whether a text holds a personal identity number.

    Raises:
        BadFile: it cannot be opened or decoded, or its header lacks or has columns it should not.
    """
    try:
        encoding = encoding_of(path)
        with _opened(path, encoding) as file:
            first = file.readline(LONGEST_LINE)
            newline = file.newlines if isinstance(file.newlines, str) else "\n"
        delimiter = max(_DELIMITERS, key=lambda sign: _fit(first, sign, columns))
        with _opened(path, encoding) as file:
            cells = _header_cells(Lines(file), delimiter)
    except OSError as error:
        raise BadFile(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"The file is not whole {encoding.told}.") from error
    header = header_of(cells, columns, ignored, refuses)
    return Source(path, encoding, delimiter, header, newline)


def _opened(path: Path, encoding: Encoding) -> TextIO:
    return path.open(encoding=encoding.codec, errors=encoding.errors)


def _fit(line: str, delimiter: str, columns: Sequence[Column]) -> tuple[int, int]:
    """Rate a delimiter: how many known headings it parts, then how many cells."""
    cells = [cell.strip().strip('"') for cell in line.split(delimiter)]
    return known_headings(cells, columns), len(cells)


def _header_cells(lines: Lines, delimiter: str) -> list[str]:
    line = lines.next() or ""
    if '"' not in line:
        return line.split(delimiter)
    _text, cells = quoted_cells(line, lines, delimiter, None)
    if cells is None:
        raise BadFile('A quotation mark (") in the header is not closed.')
    return cells
