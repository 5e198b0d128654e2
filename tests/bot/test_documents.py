"""What is written down agrees with the code: settings, compose, the catalogue's places."""

import re

from actions.words import Text
from bot.commands.settings import settings_table
from bot.settings import ROOT
from bot.translation import render, swedish

_PLACE = re.compile(r"\{(\w+)\}")


def test_the_table_of_settings_is_the_codes() -> None:
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == settings_table()


def test_every_place_of_a_message_stands_in_its_swedish() -> None:
    for message, forms in swedish().items():
        for form in forms:
            assert set(_PLACE.findall(form)) <= set(_PLACE.findall(message)) | {"n"}, message


def test_values_are_never_read_as_patterns() -> None:
    name = Text("{value}", {"value": "{value} {n} %s"})
    assert render(name, "sv") == "{value} {n} %s"
