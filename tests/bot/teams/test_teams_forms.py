"""Forms inside cards: shown as they stand, wrong where they are wrong, and read back."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.reply import Button, Field, Form, Kind, Reply
from actions.words import plain
from bot.teams.reading import Done, submitted
from bot.teams.render import rendered
from bot.translation import Locale, render
from tests.bot.slack.strategies import forms, locales, replies
from tests.bot.teams.valid import Json, of_type, problems, words


def _card(*fields: Field, **more: Any) -> Json:
    return rendered(Reply(plain("Hej"), (Form("f", plain("Formulär"), fields, **more),)), "sv").card


def _input(field: Field) -> Json:
    card = _card(field)
    assert problems(card) == []
    (found,) = (part for part in of_type(card, *_INPUTS))
    return found


_INPUTS = tuple(
    f"Input.{kind}" for kind in ("Text", "ChoiceSet", "Date", "Time", "Number", "Toggle")
)


def _some(n: int) -> tuple[tuple[str, Any], ...]:
    return tuple((f"v{number}", plain(f"Enhet_{number}")) for number in range(n))


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        (
            Field("n", Kind.LINE, plain("Ort"), value="Lund"),
            {"type": "Input.Text", "value": "Lund"},
        ),
        (Field("n", Kind.PARAGRAPH, plain("Text")), {"type": "Input.Text", "isMultiline": True}),
        (
            Field("n", Kind.DATE, plain("Dag"), value="2027-03-12"),
            {"type": "Input.Date", "value": "2027-03-12"},
        ),
        (
            Field("n", Kind.TIME, plain("Tid"), value="13:00:00"),
            {"type": "Input.Time", "value": "13:00"},
        ),
        (
            Field("n", Kind.NUMBER, plain("Antal"), value="12"),
            {"type": "Input.Number", "value": 12},
        ),
        (
            Field("n", Kind.NUMBER, plain("Antal"), value="många"),
            {"type": "Input.Text", "value": "många"},
        ),
        (
            Field("n", Kind.CHOICE, plain("Enhet"), value="v1", options=_some(3)),
            {"type": "Input.ChoiceSet", "style": "expanded", "value": "v1"},
        ),
        (
            Field("n", Kind.CHOICE, plain("Enhet"), value="v9", options=_some(30)),
            {"type": "Input.ChoiceSet", "style": "compact", "value": "v9", "placeholder": "Välj"},
        ),
        (
            Field("n", Kind.CHOICES, plain("Enhet"), value="v1,v7,x", options=_some(8)),
            {"type": "Input.ChoiceSet", "isMultiSelect": True, "value": "v1,v7"},
        ),
        (
            Field("n", Kind.CHOICE, plain("Enhet"), options=(("", plain("Ingen")),)),
            {"type": "Input.Text"},
        ),
    ],
)
def test_each_field_is_asked_for_and_filled_in_as_it_stands(field: Field, wanted: Json) -> None:
    found = _input(field)
    assert wanted.items() <= found.items()
    label = render(field.label, "sv")
    assert (found["label"], found["isRequired"]) == (label, True)
    assert found["errorMessage"] == f"Fyll i ”{label}”."


@pytest.mark.parametrize("kind", [Kind.DATE, Kind.TIME])
def test_a_moment_that_is_none_leaves_the_field_empty(kind: Kind) -> None:
    assert "value" not in _input(Field("n", kind, plain("När"), value="snart"))


def test_marks_are_escaped_only_beside_boxes_where_clients_read_them() -> None:
    few, many = (_input(Field("n", Kind.CHOICE, plain("Enhet"), options=_some(n))) for n in (2, 20))
    assert few["choices"][0]["title"] == "Enhet\\_0"
    assert many["choices"][0]["title"] == "Enhet_0"


def test_a_field_that_is_not_needed_may_be_left_empty() -> None:
    found = _input(Field("n", Kind.LINE, plain("Ort"), required=False))
    assert "isRequired" not in found
    assert "errorMessage" not in found


def test_a_form_is_folded_away_until_it_is_asked_for() -> None:
    card = _card(Field("n", Kind.LINE, plain("Ort")))
    (form,) = (part for part in of_type(card, "Container") if "id" in part)
    opens, cancel = of_type(card, "Action.ToggleVisibility")
    assert form["isVisible"] is False
    assert (opens["title"], cancel["title"]) == ("Fyll i som formulär", "Avbryt")
    assert opens["targetElements"] == cancel["targetElements"] == [form["id"]]


def test_an_error_opens_the_form_and_stands_at_its_field() -> None:
    wrong = Field(
        "day", Kind.DATE, plain("Dag"), value="2027-03-12", error=plain("Den är upptagen")
    )
    card = _card(Field("n", Kind.LINE, plain("Ort"), value="Lund"), wrong)
    (form,) = (part for part in of_type(card, "Container") if "id" in part)
    assert form["isVisible"] is True
    kinds = [part["type"] for part in form["items"]]
    assert kinds == ["TextBlock", "Input.Text", "RichTextBlock", "Input.Date", "ActionSet"]
    (told,) = form["items"][2]["inlines"]
    assert (told["text"], told["color"]) == ("Den är upptagen", "attention")
    opens, cancel = of_type(card, "Action.ToggleVisibility")  # who shuts it may open it again
    assert opens["targetElements"] == cancel["targetElements"] == [form["id"]]
    assert [part.get("value") for part in of_type(card, *_INPUTS)] == ["Lund", "2027-03-12"]


def test_a_menu_too_long_for_a_card_is_typed_instead() -> None:
    card = _card(
        Field("few", Kind.CHOICE, plain("Enhet"), options=_some(20)),
        Field("many", Kind.CHOICE, plain("Person"), value="v3", options=_some(2_000)),
    )
    assert problems(card) == []
    assert [part["type"] for part in of_type(card, *_INPUTS)] == ["Input.ChoiceSet", "Input.Text"]


@settings(deadline=None)
@given(forms, locales)
def test_a_form_sent_as_it_stands_is_read_back(form: Form, locale: Locale) -> None:
    card = rendered(Reply(plain("Hej"), (form,)), locale).card
    (send,) = (a for a in of_type(card, "Action.Submit") if "submit" in a["data"])
    inputs = of_type(card, *_INPUTS)
    sent = {**{part["id"]: part.get("value", "") for part in inputs}, **send["data"]}
    done = submitted(sent)
    assert done is not None
    assert (done.press, done.submit, done.value) == ("", form.submit, form.value)
    assert set(done.values) == {field.name for field in form.fields}
    for field in form.fields:
        if field.kind in {Kind.LINE, Kind.PARAGRAPH}:
            assert done.values[field.name] == field.value


@settings(deadline=None)
@given(replies, locales)
def test_a_pressed_button_is_read_back_and_takes_no_fields_along(
    reply: Reply, locale: Locale
) -> None:
    for message in rendered(reply, locale).messages():
        for action in of_type(message.card, "Action.Submit"):
            if "press" in action["data"]:
                done = submitted(action["data"])
                assert done == Done(action["data"]["press"], "", action["data"]["value"])
                assert action["associatedInputs"] == "none"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=6,
)
_KEYS = st.sampled_from(["press", "submit", "value", "form", "f.a", "f.b", ".x", "."])


@given(st.dictionaries(_KEYS | st.text(max_size=5), _JSON))
def test_nothing_forged_raises_and_all_that_is_read_is_words(given_: dict[str, Any]) -> None:
    done = submitted(given_)
    if done is not None:
        assert bool(done.press) != bool(done.submit)
        told = [done.value, *done.values, *done.values.values()]
        assert all(isinstance(word, str) for word in told)


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (True, "true"),
        (12, "12"),
        (12.0, "12"),
        (0.5, "0.5"),
        (None, ""),
        (float("nan"), ""),
        (1e300, ""),
        pytest.param(10**5_000, "", id="huge"),
        ([1], ""),
        ({"a": 1}, ""),
        ("x" * 9_000, "x" * 4_000),
    ],
)
def test_odd_values_of_a_field(sent: object, read: str) -> None:
    done = submitted({"submit": "s", "form": "f", "f.a": sent})
    assert done is not None
    assert done.values == {"a": read}


@pytest.mark.parametrize("sent", [{}, {"press": 1, "submit": "x"}, {"press": "a", "submit": "b"}])
def test_what_no_card_of_ours_sends_is_nothing(sent: Json) -> None:
    assert submitted(sent) is None


def test_the_label_of_a_form_says_what_it_is_in_both_languages() -> None:
    reply = Reply(plain("Hej"), (Form("f", plain("F"), ()), Button(plain("B"), "a.b")))
    told = [words(rendered(reply, locale).card) for locale in ("sv", "en")]
    assert "Fyll i som formulär" in told[0]
    assert "Fill in as a form" in told[1]
