"""Misspelt names are found; different words that look alike are not taken for each other."""

import pytest

from storage.matching import matches


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("garment industry", "game industry"),
        ("gastronomy", "astronomy"),
        ("construction", "instruction"),
        ("product management", "project management"),
        ("urban planning", "turban planning"),
    ],
)
def test_different_words_are_not_joined(said: str, name: str) -> None:
    assert matches(said, [(1, name)]) == []


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("hålbarhet", "hallbarhet"),
        ("Götebrog", "goteborg"),
        ("Handelhögskolan", "handelshogskolan"),
        ("sustainble finance", "sustainable finance"),
        ("Shalgrenska", "sahlgrenska"),
        ("projekt ledning", "projektledning"),
        ("marketting", "marketing"),
        ("entreprenurskap", "entreprenorskap"),
        ("agme industry", "game industry"),
    ],
)
def test_a_misspelt_name_is_found(said: str, name: str) -> None:
    assert matches(said, [(1, name), (2, "quite another")]) == [1]


def test_what_only_looks_nearest_hides_no_misspelt_name() -> None:
    assert matches("gastronomi", [(1, "astronomi"), (2, "gastronomy")]) == [2]
