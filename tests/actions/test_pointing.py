"""Which of several things a message points at, without a model."""

import pytest

from actions.pointing import Offered, pointed_at

SEB = Offered("draft.choose", "1", ("Anna Svensson, Ekonomprogrammet, SEB, Göteborg",))
VINGE = Offered("draft.choose", "2", ("Anna Svensson, Juristprogrammet, Vinge, Malmö",))
FRIDAY = Offered("draft.choose", "f", ("fredag 4 december 2026", "Friday 4 December 2026"))
THURSDAY = Offered("draft.choose", "t", ("torsdag 10 december 2026", "Thursday 10 December 2026"))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("den första", SEB),
        ("tvåan", VINGE),
        ("2", VINGE),
        ("nr två tack", VINGE),
        ("the last one", VINGE),
        ("hon på SEB", SEB),
        ("Malmö", VINGE),
        ("hon i Malmo", VINGE),
        ("juristen, tack", VINGE),
        ("nej förresten, hon på Vinge", VINGE),
        ("inte den på Vinge", SEB),
        ("inte hon på SEB, den andra", VINGE),
        ("Anna Svensson", None),
        ("den tredje", None),
        ("vem är koordinator i Malmö?", None),
        ("visa mentorer i Malmö", None),
        ("vilka andra finns", None),
        ("påminn mig imorgon", None),
        ("", None),
    ],
)
def test_people(said: str, meant: Offered | None) -> None:
    assert pointed_at(said, (SEB, VINGE)) is meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [("torsdagen", THURSDAY), ("Friday", FRIDAY), ("den 10", THURSDAY), ("kl 10", None)],
)
def test_days(said: str, meant: Offered | None) -> None:
    assert pointed_at(said, (FRIDAY, THURSDAY)) is meant


def test_a_long_message_points_only_when_its_other_words_are_read_elsewhere() -> None:
    said = "hon på SEB, det gäller ett mentorskap för en student"
    assert pointed_at(said, (SEB, VINGE)) is None
    assert pointed_at(said, (SEB, VINGE), loosely=True) is SEB
