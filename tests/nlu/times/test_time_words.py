"""The tables of words: nothing said twice, nothing the grammar does not know, no eager speller."""

from types import ModuleType

import pytest

from nlu.times.clocks import PRODUCTIONS as CLOCKS
from nlu.times.dates import PRODUCTIONS as DATES
from nlu.times.feasts import FEASTS, HOLIDAYS, STRETCHES
from nlu.times.grammar import _FILLERS, _LINKS
from nlu.times.lexemes import read
from nlu.times.lexicon import _entries, correction, weekday_part
from nlu.times.normal import fold
from nlu.times.periods import PRODUCTIONS as PERIODS
from nlu.times.repeats import PRODUCTIONS as REPEATS
from nlu.times.shifts import PRODUCTIONS as SHIFTS
from nlu.times.words import en, sv

PATTERNS = "".join(p.pattern.pattern for p in (*CLOCKS, *DATES, *PERIODS, *SHIFTS, *REPEATS))
ELSEWHERE = {"X", "NO", "NOT", "INSTEAD", "CHANGE", "EXCEPT", "WD2"}


@pytest.mark.parametrize("table", [sv, en], ids=["sv", "en"])
def test_no_phrase_means_two_things(table: ModuleType) -> None:
    meanings: dict[tuple[str, ...], set[str]] = {}
    for entry in _entries(table):
        meanings.setdefault(entry.exact or entry.words, set()).add(entry.symbol)
    assert {phrase: said for phrase, said in meanings.items() if len(said) > 1} == {}


@pytest.mark.parametrize("table", [sv, en], ids=["sv", "en"])
def test_every_symbol_is_used_by_the_grammar(table: ModuleType) -> None:
    names = {symbol.partition("=")[0] for symbol in table.SYMBOLS}
    names = {"EDGE" if name.endswith("EDGE") else name for name in names}
    known = {name for name in names if name in PATTERNS} | ELSEWHERE | set(_LINKS) | _FILLERS
    assert names - known == set()


@pytest.mark.parametrize("table", [sv, en], ids=["sv", "en"])
def test_every_holiday_has_its_day(table: ModuleType) -> None:
    for symbol in table.SYMBOLS:
        kind, _, name = symbol.partition("=")
        if kind == "HOL":
            assert name in HOLIDAYS
        if kind == "FEAST":
            assert name in FEASTS or name in STRETCHES


@pytest.mark.parametrize("table", [sv, en], ids=["sv", "en"])
def test_no_word_is_its_own_typo(table: ModuleType) -> None:
    known = {entry.words[0] for entry in _entries(table) if len(entry.words) == 1}
    known -= {fold(word) for word in sv.EXACT}
    for word in table.NOT_TYPOS:
        assert correction(word) is None
        assert word not in known


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(("onsag", "onsdag"), ("torsdgen", "torsdagen"), ("fredga", "fredag")),
        *(("tomorroww", "tomorrow"), ("wednsday", "wednesday")),
        *(("lördgag", "lordag"), ("oktorber", "oktober")),
    ],
)
def test_one_slip_is_corrected(typed: str, meant: str) -> None:
    assert correction(fold(typed)) == meant


@pytest.mark.parametrize(
    "word",
    "mandat frida augusta sunda verka mangden timmers varda morgan decembers mars man son"
    " lor fredrik marsch tisdagsgruppen".split(),
)
def test_other_words_are_left_alone(word: str) -> None:
    assert correction(word) is None


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("mån", "WDA=0 "),
        ("man", "X "),
        ("son lor ar", "X X UNIT=year "),
        ("är åt än mår", "X X X X "),
        ("fredagskväll", "WDPART=4:evening "),
        ("tisdagsmöte", "X "),
        ("HT-gruppen 5-årig FEK101", "NO NO X NO NO X X NO "),
        ("kl.9 v.42", "KL N=9 WEEK N=42 "),
        ("twenty-five past", "W=25 PAST "),
        ("Tom tom", "X UNTIL "),
    ],
)
def test_symbols(text: str, symbols: str) -> None:
    assert read(text, "sv").symbols == symbols


def test_compounds_of_weekday_and_part() -> None:
    assert weekday_part("mandagsmorgnar") == "WDPARTS=0:morning"
    assert weekday_part("fredagsmys") is None
    assert weekday_part("vardagskvall") is None
