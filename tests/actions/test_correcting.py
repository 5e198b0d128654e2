"""How corrections are read, without a model."""

import pytest

from actions.correcting import as_last_time, bare_answer, concerns, corrects, value_for

_ROOM = ("sal", "lokal", "room")


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("byt sal till B33", "B33"),
        ("salen är 7 istället", "7"),
        ("change the room to EDIT 3364, please", "EDIT 3364"),
        ("salen är bokad av någon", "bokad av någon"),
        ("boka en sal", None),
    ],
)
def test_a_field_is_named_with_its_value(said: str, value: str | None) -> None:
    assert value_for(said, _ROOM) == value


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("det ska handla om digital marknadsföring", "digital marknadsföring"),
        ("her name is Sofia Testgren", "Sofia Testgren"),
        ("ämnet är AI, tack", "AI"),
        ("The future of retail", "The future of retail"),
        ("Marknadsföring i praktiken", "Marknadsföring i praktiken"),
    ],
)
def test_an_answer_without_the_words_around_it(said: str, answer: str) -> None:
    assert bare_answer(said) == answer


@pytest.mark.parametrize("said", ["nej, torsdagen", "kl 15 istället", "sorry, I meant Friday"])
def test_corrections(said: str) -> None:
    assert corrects(said)


@pytest.mark.parametrize("said", ["på fredag", "Sofia Testgren", "jag vill ha en mentor"])
def test_no_corrections(said: str) -> None:
    assert not corrects(said)


@pytest.mark.parametrize("said", ["samma som sist", "samma sal som förra gången", "same as before"])
def test_as_last_time(said: str) -> None:
    assert as_last_time(said)


def test_what_it_concerns() -> None:
    assert concerns("det gäller ett exjobb om AI") == "ett exjobb om AI"
    assert concerns("ett exjobb om AI") is None
