"""Forms as modals, the button that stands for them, and what comes back."""

import pytest
from hypothesis import given

from actions.reply import Field, Form, Kind
from actions.words import plain
from bot.slack.form_button import carried, unpacked
from bot.slack.limits import problems_of_view
from bot.slack.modal import context_of, modal, notice, submitted
from bot.translation import Locale
from tests.bot.slack.strategies import forms, locales


@given(forms, locales)
def test_every_form_is_within_slacks_limits(form: Form, locale: Locale) -> None:
    assert problems_of_view(modal(form, locale, {"channel": "D1"})) == []


@given(forms, locales)
def test_a_forms_button_brings_back_the_form(form: Form, locale: Locale) -> None:
    value = carried(form, locale)
    assert len(value) <= 2_000
    back = unpacked(value)
    assert (back.submit, back.value) == (form.submit, form.value)
    assert back.form is None or (back.form, back.locale) == (form, locale)


@pytest.mark.parametrize("value", ["", "x", "x\ny", "x\ny\nz", "x\ny\n====", "x\ny\neJw="])
def test_a_damaged_button_brings_no_form(value: str) -> None:
    assert unpacked(value).form is None


def test_a_filled_modal_is_read_back() -> None:
    form = Form("lecture.save", plain("Gästföreläsning"), (), value="17")
    view = modal(form, "sv", {"channel": "D1", "message": "1.2"})
    values = {
        "who": {"who": {"type": "plain_text_input", "value": "Anna"}},
        "note": {"note": {"type": "plain_text_input", "value": None}},
        "day": {"day": {"type": "datepicker", "selected_date": "2027-03-12"}},
        "at": {"at": {"type": "timepicker", "selected_time": "13:00"}},
        "unit": {"unit": {"type": "static_select", "selected_option": {"value": "9"}}},
        "kinds": {
            "kinds": {"type": "checkboxes", "selected_options": [{"value": "a"}, {"value": "b"}]}
        },
    }
    assert submitted({**view, "state": {"values": values}}) == {
        "who": "Anna",
        "note": "",
        "day": "2027-03-12",
        "at": "13:00",
        "unit": "9",
        "kinds": "a,b",
    }
    assert context_of(view) == {"channel": "D1", "message": "1.2", "value": "17"}


def test_a_modal_opens_with_what_is_known() -> None:
    many = tuple((str(n), plain(f"Enhet {n}")) for n in range(250))
    form = Form(
        "lecture.save",
        plain("Registrera en gästföreläsning"),
        (
            Field("who", Kind.PERSON, plain("Vem"), value="Anna", error=plain("Vilken?")),
            Field("day", Kind.DATE, plain("Dag"), value="2027-03-12"),
            Field("odd", Kind.DATE, plain("Dag"), value="i morgon"),
            Field("at", Kind.TIME, plain("Tid"), value="13:00:00"),
            Field("unit", Kind.CHOICE, plain("Enhet"), value="240", options=many),
            Field("none", Kind.CHOICE, plain("Inget"), value="x"),
        ),
    )
    view = modal(form, "sv")
    assert problems_of_view(view) == []
    head, *inputs = view["blocks"]
    assert head["text"]["text"] == "Registrera en gästföreläsning"
    who, day, odd, at, unit, none = (block["element"] for block in inputs)
    assert who["initial_value"] == "Anna"
    assert inputs[0]["hint"]["text"] == "Vilken?"
    assert day["initial_date"] == "2027-03-12"
    assert "initial_date" not in odd
    assert at["initial_time"] == "13:00"
    assert unit["initial_option"]["value"] == "240"
    assert [len(group["options"]) for group in unit["option_groups"]] == [100, 100, 50]
    assert none["type"] == "plain_text_input"


def test_a_notice_is_a_view() -> None:
    assert problems_of_view(notice(plain("Ett ögonblick …"), "sv")) == []
