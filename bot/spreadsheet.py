"""A table as the text of a CSV file that Excel opens as it is; why so: decision 20."""

import csv
import io

from actions.reply import Table
from actions.words import Text
from bot.translation import Locale, render

MEDIA_TYPE = "text/csv; charset=utf-8"
_MARK = "\ufeff"  # tells Excel that it is UTF-8
_BETWEEN = ";"  # what a Swedish Excel parts columns by
# A cell that begins so is reckoned by a spreadsheet, whoever wrote it; also in their wide forms.
_RECKONED = frozenset("=+-@\t\r\n＝＋－＠")


def written(table: Table, locale: Locale) -> str:
    """Return the whole file, its byte order mark too; encoded as UTF-8 it is what is saved."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=_BETWEEN, lineterminator="\r\n")
    for row in (table.columns, *table.rows):
        writer.writerow([_harmless(cell, locale) for cell in row])
    return _MARK + text.getvalue()


def _harmless(cell: Text, locale: Locale) -> str:
    """Return a cell's words; an apostrophe keeps them from being reckoned as a formula."""
    words = render(cell, locale)
    return f"'{words}" if words[:1] in _RECKONED else words
