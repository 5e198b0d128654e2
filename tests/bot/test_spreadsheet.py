"""A table as a CSV file: every cell comes back, none is reckoned, and no database keeps it."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.reply import File, Reply, Table
from actions.words import Named, _, plain
from bot.contract import element_json, plain_text
from bot.reply_codec import decode, encode
from bot.spreadsheet import written

_CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('";\t\r\n=+-@,'))
_FORMULAS = ["=1+1", "+46", "-1", "@SUM(A1)", "\tx", "\rx", "=HYPERLINK(1)", "＝1"]


def _read(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";"))


@given(st.lists(st.tuples(_CELLS, _CELLS), max_size=5))
def test_every_cell_comes_back_and_none_begins_like_a_formula(rows: list[tuple[str, str]]) -> None:
    table = Table((plain("A"), plain("B")), tuple((plain(a), plain(b)) for a, b in rows))
    found = _read(written(table, "sv"))
    assert found[0] == ["A", "B"]
    for row, kept in zip(rows, found[1:], strict=True):
        for cell, saved in zip(row, kept, strict=True):
            assert saved in (cell, f"'{cell}")
            assert saved[:1] not in set("=+-@\t\r\n")


@pytest.mark.parametrize("cell", _FORMULAS)
def test_a_formula_is_words(cell: str) -> None:
    assert _read(written(Table((plain(cell),), ()), "en")) == [[f"'{cell}"]]


def test_columns_and_names_are_in_the_readers_language() -> None:
    table = Table((_("Unit"),), ((plain(Named("Handels", "Business")),),))
    assert _read(written(table, "sv")) == [["Enhet"], ["Handels"]]
    assert _read(written(table, "en")) == [["Unit"], ["Business"]]


def test_a_file_is_whole_in_json_and_named_in_text() -> None:
    file = File(plain("a.csv"), plain("en rad"), Table((plain("A"),), ((plain("ö"),),)))
    assert element_json(file, "sv") == {
        "type": "file",
        "name": "a.csv",
        "media_type": "text/csv; charset=utf-8",
        "description": "en rad",
        "content": "\ufeffA\r\nö\r\n",
    }
    assert plain_text(Reply(plain("Hej"), (file,)), "sv") == "Hej\na.csv: en rad"


def test_an_answer_that_is_kept_until_it_is_sent_keeps_no_rows() -> None:
    file = File(plain("a.csv"), plain("x"), Table((plain("A"),), ((plain("Hemlig"),),)))
    kept = json.dumps(encode(Reply(plain("Hej"), (file,))))
    assert "Hemlig" not in kept
    restored = plain_text(decode(json.loads(kept)), "sv")
    assert restored == "Hej\na.csv kom inte fram. Tryck på knappen en gång till."
