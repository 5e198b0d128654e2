"""What is written down agrees with the code: settings, compose, the catalogue's places."""

import re

import yaml

from actions.words import Text
from bot.commands.settings import settings_table
from bot.settings import ROOT, Settings
from bot.translation import render, swedish

_PLACE = re.compile(r"\{(\w+)\}")


def test_the_table_of_settings_is_the_codes() -> None:
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == settings_table()


def test_compose_names_settings_ports_and_paths_that_exist() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    known = {
        str(field.validation_alias or f"SPINDEL_{name.upper()}")
        for name, field in Settings.model_fields.items()
    }
    for service in ("bot", "migrate", "rasa"):
        assert set(compose["services"][service]["environment"]) <= known, service
    bot = compose["services"]["bot"]
    assert bot["ports"] == [f"127.0.0.1:{Settings.model_fields['port'].default}:8765"]
    assert "/readyz" in bot["healthcheck"]["test"][-1]
    assert compose["networks"]["inside"]["internal"] is True
    assert "ports" not in compose["services"]["rasa"]


def test_every_place_of_a_message_stands_in_its_swedish() -> None:
    for message, forms in swedish().items():
        for form in forms:
            assert set(_PLACE.findall(form)) <= set(_PLACE.findall(message)) | {"n"}, message


def test_values_are_never_read_as_patterns() -> None:
    name = Text("{value}", {"value": "{value} {n} %s"})
    assert render(name, "sv") == "{value} {n} %s"
