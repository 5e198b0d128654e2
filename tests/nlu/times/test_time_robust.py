"""Whatever is typed: no exception, honest spans, work that grows with the length and no faster."""

import re
import sys
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from types import FrameType
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.times import find
from nlu.times.clocks import PRODUCTIONS as CLOCKS
from nlu.times.dates import PRODUCTIONS as DATES
from nlu.times.normal import LIMIT
from nlu.times.periods import PRODUCTIONS as PERIODS
from nlu.times.repeats import PRODUCTIONS as REPEATS
from nlu.times.shifts import PRODUCTIONS as SHIFTS
from nlu.times.words import en, sv

REF = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
WORDS = sorted(
    {
        word.replace("_", " ")
        for table in (sv, en)
        for words in table.SYMBOLS.values()
        for word in words.split()
    }
    | {*sv.UNITS, *sv.ORDINALS, *en.UNITS, *en.ORDINALS}
)
NUMBERS = "0 1 2 3 9 12 13 24 25 31 32 53 54 99 0900 1330 2027 9.30 13:15 25:99 12/5 31/12 2-3"
NUMBERS += " 30/2 2027-02-30 2027-03-15 270115 999999 20270115 3:e 1st 1,5 0/0 00:00 24:00 9999 -27"
pieces = st.lists(
    st.sampled_from([*WORDS, *NUMBERS.split(), ",", ".", "-", "–", "!", "hej", "Maj", "mötet"]),
    max_size=12,
).map(" ".join)
refs = st.datetimes(
    datetime.fromisoformat("2020-01-01"),
    datetime.fromisoformat("2040-12-31"),
    timezones=st.just(UTC),
)
languages = st.sampled_from(["sv", "en", None])


def _is_honest(text: str, ref: datetime, lang: Literal["sv", "en"] | None) -> None:
    found = find(text, ref, lang=lang)
    found.to_json()
    assert (found.span is None) == (found.kind == "none")
    for start, end in (*found.spans, *([found.span] if found.span else [])):
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()
    assert list(found.spans) == sorted(found.spans)
    if found.kind in ("instant", "recurring"):
        first = found.values[0] if found.values else found.first
        assert isinstance(first, datetime) is found.has_time
    if found.kind == "range" and found.start and found.end:
        assert found.start <= found.end


@settings(deadline=None)
@given(text=st.text(max_size=300), lang=languages)
def test_any_text_is_answered(text: str, lang: Literal["sv", "en"] | None) -> None:
    _is_honest(text, REF, lang)


@settings(deadline=None)
@given(text=pieces, ref=refs, lang=languages)
def test_any_row_of_words_of_time_is_answered(
    text: str, ref: datetime, lang: Literal["sv", "en"] | None
) -> None:
    _is_honest(text, ref, lang)


@settings(deadline=None)
@given(text=pieces, ref=refs)
def test_instants_lie_ahead_and_what_has_been_is_refused(text: str, ref: datetime) -> None:
    found = find(text, ref, tz="UTC", lang="sv")
    now = ref.replace(tzinfo=None)
    if found.kind == "instant":
        # Seconds of the moment of asking are dropped: "om 5 minuter" at 10:30:40 is 10:35.
        assert all(
            value > now.replace(second=0, microsecond=0)
            for value in found.values
            if isinstance(value, datetime)
        )
    if found.kind == "date":
        assert all(value >= now.date() for value in found.values)
    if found.kind == "recurring":
        assert found.next[0] == found.first
    assert (found.kind == "past") == (found.action == "refuse")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "\x00",
            "😀" * 50,
            "/intent{}",
            "<!channel> *fredag* kl 9",
            "٣ mars",
            "²",
            "kl ⅔",
        ),
        *(
            "31/12 9999 kl 9",
            "om 5000 år",
            "9999-12-31",
            "om 99999999999 dagar",
            "0001-01-01",
            "v 0",
        ),
    ],
)
def test_odd_texts(text: str) -> None:
    _is_honest(text, REF, "sv")


@settings(deadline=None)
@given(text=pieces)
def test_composed_and_decomposed_letters_say_the_same(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    one, two = find(text, REF, lang="sv"), find(decomposed, REF, lang="sv")
    assert one.to_json() | {"span": None} == two.to_json() | {"span": None}
    for (start, end), (other_start, other_end) in zip(one.spans, two.spans, strict=True):
        shown = unicodedata.normalize("NFC", decomposed[other_start:other_end])
        assert shown == unicodedata.normalize("NFC", text[start:end])


def test_spans_are_of_the_text_as_given() -> None:
    text = unicodedata.normalize("NFD", "Åsa, hör av dig på måndag kl 9!")
    found = find(text, REF)
    assert [unicodedata.normalize("NFC", text[a:b]) for a, b in found.spans] == ["på måndag kl 9"]


def test_what_stands_beyond_the_limit_says_nothing() -> None:
    assert find("x " * LIMIT + "imorgon kl 9", REF).kind == "none"
    long = "imorgon kl 9 " + "måndag " * 100_000
    assert find(long, REF) == find(long[:LIMIT], REF)


class _Calls:
    """Counts function calls."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, _frame: FrameType, _event: str, _argument: object) -> None:
        self.number += 1


def _calls(text: str) -> int:
    count = _Calls()
    sys.setprofile(count)
    try:
        find(text, REF, lang="sv")
    finally:
        sys.setprofile(None)
    return count.number


@pytest.mark.parametrize(
    "unit",
    [
        *("och ", "- ", "1 - ", "måndag ", "en timme och ", "kl 9 ", "9-", "i ", "X1 ", "v 1 x "),
        *("halv ", "varje ", "12/5 x ", "före ", "a.b.", "1.", "å", "den 3 mars till "),
    ],
)
def test_work_grows_with_the_length_and_no_faster(unit: str) -> None:
    half, whole = (_calls((unit * length)[:length]) for length in (LIMIT // 2, LIMIT))
    assert whole <= 3 * half + 2000


def _repeats(tree: Iterable[object], *, inside: bool = False) -> bool:
    """Tell whether an unbounded repeat stands inside another."""
    for node in tree:
        if not isinstance(node, tuple) or len(node) != 2:
            continue
        operator, argument = node
        here = inside
        if str(operator) in ("MAX_REPEAT", "MIN_REPEAT") and str(argument[1]) == "MAXREPEAT":
            if inside:
                return True
            here = True
        if _repeats(_children(argument), inside=here):
            return True
    return False


def _children(argument: object) -> list[object]:
    if isinstance(argument, tuple | list):
        return [leaf for part in argument for leaf in ([part, *_children(part)])]
    if hasattr(argument, "data"):
        return [leaf for part in argument.data for leaf in ([part, *_children(part)])]
    return []


PATTERNS = [p.pattern for p in (*CLOCKS, *DATES, *PERIODS, *SHIFTS, *REPEATS)]


@pytest.mark.parametrize("pattern", PATTERNS, ids=range(len(PATTERNS)))
def test_no_pattern_can_run_away(pattern: re.Pattern[str]) -> None:
    parsed = re._parser.parse(pattern.pattern)  # type: ignore[attr-defined]
    assert not _repeats(_children(parsed))


def test_the_guard_sees_a_pattern_that_could() -> None:
    assert _repeats(_children(re._parser.parse("(?:a+b?)*c")))  # type: ignore[attr-defined]
