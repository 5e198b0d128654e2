"""What is kept of a message has nobody in it and is still a sentence to learn from."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import ROOT
from nlu.anonymous import anonymous
from nlu.ordinary import ordinary_words
from storage.folding import fold
from storage.queries.learning import words_of

NAMES = words_of(
    (
        "Anna", "Åsa", "Göran", "Per", "Maj", "May", "My", "Thi", "Clas", "Olof", "Björk", "Hall",
        "Svensson", "Åström", "Bergqvist", "Said", "O'Brien", "Lund", "Love", "Hans",
    )
)  # fmt: skip


def masked(text: str, *marked: tuple[int, int]) -> str:
    return anonymous(text, lambda word: not NAMES.isdisjoint(fold(word).split()), marked)


@pytest.mark.parametrize(
    "name",
    [
        "Anna", "anna", "ANNA", "annas", "Annas", "Anna's", "Anna’s",
        "Anna Svensson", "anna svensson", "ANNA SVENSSON", "Anna Svenssons", "Svensson, Anna",
        "Åsa Åström", "Asa Astrom", "åsa åströms", unicodedata.normalize("NFD", "Åsa Åström"),
        "Göran", "Goran", "Anna-Maj", "Per-Olof Bergqvist", "per bergqvist", "per hall",
        "Per", "Hall", "Said", "Love", "A\u200bnna", "O'Brien", "O’Briens", "Åsa Qvistmark",
        "Anna Lund", "björks", "anna.svensson@seb.example", "@anna.svensson",
        "https://www.linkedin.com/in/anna-svensson", "linkedin.com/in/annasvensson",
        "070-123 45 67", "+46 (0)31-786 00 00", "0046 70 1234567", "+1 (555) 123-4567",
        "811218-9876", "811218-9877", "19811218 9876", "1981-12-18-9876", "811218",
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["hmm {} det där kanske", "Vet du om {}, tack", "hmm, {}"])
def test_nobody_is_left(name: str, around: str) -> None:
    kept = masked(around.format(name))
    before, after = around.split("{}")
    assert kept.startswith(before)
    assert kept.endswith(after)
    left = kept.removeprefix(before).removesuffix(after)
    assert set(left) <= set("NNxs, "), kept


@pytest.mark.parametrize(
    "text",
    [
        "this is my class, per student",
        "Vad kan den hålla på med i en hall?",
        "hälsa hans mentor att det är klart",
        "is there something in May or June?",
        "den 12 mars 13–15, FEK101, 2026-11-24 10-12, kl 13.00-15.00, 2019-2023, 24/11-26",
        "remind me on 9 May at 10:15",
        "said and done, love it",
    ],
)
def test_ordinary_words_dates_and_hours_stay(text: str) -> None:
    assert masked(text) == text


def test_what_the_model_took_for_a_person_goes_too() -> None:
    assert masked("boka zlatko om AI", (5, 11)) == "boka NN om AI"


def test_a_register_of_many_names_leaves_the_sentences() -> None:
    """Every test sentence, with a thousand common given names as the register's."""
    common = {fold(word) for word in ("This", "Said", "Back", "Del", "Class", "Säger", "Inga")}
    lines = [json.loads(x) for x in (ROOT / "tests/nlu/half_a.jsonl").read_text().splitlines()]
    texts = [line["text"] for line in lines if line["text"].islower()]
    hurt = [t for t in texts if "NN" in anonymous(t, lambda w: fold(w) in common)]
    assert len(texts) > 200
    assert len(hurt) <= len(texts) / 100, hurt


def test_ordinary_words_are_no_names() -> None:
    assert {"this", "mentor", "säger", "don't"} <= ordinary_words()
    assert not {"anna", "karin", "volvo", "svensson", "johan"} & ordinary_words()


@given(st.text(max_size=200))
def test_any_text_is_masked_and_twice_is_once(text: str) -> None:
    once = masked(text)
    assert masked(once) == once
