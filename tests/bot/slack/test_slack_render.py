"""Neutral replies as Block Kit: within every limit, nothing lost, nobody's words as markup."""

import re
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.reply import (
    Button,
    Card,
    Chart,
    Element,
    Fact,
    Field,
    Form,
    Kind,
    Reply,
    Table,
)
from actions.words import Text, plain
from bot.slack.form_button import carried, unpacked
from bot.slack.limits import problems, problems_of_view
from bot.slack.markup import escaped
from bot.slack.modal import context_of, modal, notice, submitted
from bot.slack.render import rendered
from bot.translation import Locale
from tests.bot.slack.driver import buttons, labels, words

NASTY = (
    "<!channel>",
    "<@U1>",
    "*b*",
    "[x](y)",
    "_i_",
    "~s~",
    "`c`",
    "> q",
    ":smile:",
    "a & b",
    "&lt;!here&gt;",
    "https://x.example",
    "www.x.example",
    "@channel",
    "#c",
    "{value}",
)
some_words = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40),
    st.builds(
        "{} {} {}".format,
        st.sampled_from(NASTY),
        st.text("aå ö", max_size=9),
        st.sampled_from(NASTY),
    ),
)
texts = some_words.map(plain)
locales = st.sampled_from(get_args(Locale))
facts = st.builds(Fact, texts, texts)
presses = st.builds(
    Button,
    texts,
    st.from_regex(r"\A[a-z]{1,20}\.[a-z]{1,20}\Z"),
    some_words,
    st.sampled_from(["plain", "primary", "danger"]),
)
cards = st.builds(
    Card,
    texts,
    st.none() | texts,
    st.lists(facts, max_size=12).map(tuple),
    st.lists(presses, max_size=4).map(tuple),
)
options = st.lists(
    st.tuples(st.from_regex(r"\A[a-z0-9]{1,9}\Z"), texts),
    max_size=12,
    unique_by=lambda option: option[0],
).map(tuple)
names = st.from_regex(r"\A[a-z]{1,12}\Z")
fields = st.builds(
    Field,
    names,
    st.sampled_from(Kind),
    texts,
    st.booleans(),
    some_words,
    options,
    st.none() | texts,
)
forms = st.builds(
    Form,
    names,
    texts,
    st.lists(fields, max_size=8, unique_by=lambda f: f.name).map(tuple),
    some_words,
)
tables = st.integers(1, 4).flatmap(
    lambda n: st.builds(
        Table, st.tuples(*[texts] * n), st.lists(st.tuples(*[texts] * n), max_size=5).map(tuple)
    )
)
charts = st.builds(
    Chart, texts, st.lists(st.tuples(texts, st.floats(-9, 1e6)), max_size=5).map(tuple)
)
elements = st.one_of(texts, facts, presses, cards, tables, charts, forms)
replies = st.builds(Reply, texts, st.lists(elements, max_size=8).map(tuple))


@given(replies, locales)
def test_every_reply_is_within_slacks_limits(reply: Reply, locale: Locale) -> None:
    for message in rendered(reply, locale).messages():
        assert problems(message.blocks) == []
        assert len(message.text) < 40_000


@given(forms, locales)
def test_every_form_is_within_slacks_limits(form: Form, locale: Locale) -> None:
    assert problems_of_view(modal(form, locale, {"channel": "D1"})) == []


@given(replies, locales)
def test_no_words_of_a_person_become_markup(reply: Reply, locale: Locale) -> None:
    for message in rendered(reply, locale).messages():
        for text in _markup(message.blocks):
            bare = re.sub(r"\A\*([^*\n]+)\*(?=\n|\Z)", r"\1", text)
            assert not re.search(r"[*_~`<>&|@#]|:\w+:|://|www\.", bare)
        assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", message.text)


@given(st.lists(cards, min_size=1, max_size=60), locales)
def test_no_button_and_no_card_is_lost(shown: list[Card], locale: Locale) -> None:
    message = rendered(Reply(plain("Hej"), tuple(shown)), locale)
    pressed = [
        (button["action_id"].rpartition("|")[0], button.get("value", ""))
        for part in message.messages()
        for button in buttons(part.blocks)
    ]
    assert pressed == [(b.press, b.value) for card in shown for b in card.buttons]


@given(replies, locales)
def test_every_word_is_shown(reply: Reply, locale: Locale) -> None:
    shown = " ".join(
        words(message.blocks).replace("*", " ") for message in rendered(reply, locale).messages()
    )
    for text in _said(reply):
        for word in text.replace("*", " ").split():
            assert word in shown


def test_many_cards_become_several_messages() -> None:
    card = Card(plain("Anna"), None, (Fact(plain("Ort"), plain("Lund")),), (_button("Be"),))
    message = rendered(Reply(plain("Hej"), (card,) * 60), "sv")
    assert [len(part.blocks) <= 50 for part in message.messages()] == [True] * 5
    assert sum(labels(part.blocks).count("Be") for part in message.messages()) == 60


def test_a_long_text_is_divided_and_not_cut() -> None:
    text = " ".join(f"ord{n}" for n in range(4_000))
    message = rendered(Reply(plain(text)), "sv")
    assert words([b for part in message.messages() for b in part.blocks]).split() == text.split()


def test_a_label_too_long_for_its_button_stands_in_full() -> None:
    label = "Anna " * 30
    message = rendered(Reply(plain("Vem?"), (_button(label),)), "sv")
    assert label.strip() in words(message.blocks[1:2])
    assert labels(message.blocks)[0].endswith("…")


def test_bold_is_kept_for_harmless_words() -> None:
    card = Card(plain("Anna Svensson"), plain("Kl. 13:00–15:00, FEK101"))
    (block,) = rendered(Reply(plain("Hej"), (card,)), "sv").blocks[1:]
    assert block["text"] == {
        "type": "mrkdwn",
        "text": "*Anna Svensson*\nKl. 13:00–15:00, FEK101",
        "verbatim": True,
    }


def test_a_chart_is_told_in_numbers() -> None:
    chart = Chart(plain("Mentorer"), ((plain("Handels"), 12.0), (plain("Teknik"), 3.0)))
    shown = words(rendered(Reply(plain("Hej"), (chart,)), "sv").blocks)
    assert "12 Handels" in shown
    assert "3 Teknik" in shown


def test_what_opens_a_form_stands_before_what_discards_it() -> None:
    form = Form("lecture.save", plain("Gästföreläsning"), ())
    discard = Button(plain("Kasta"), "draft.discard", "1", "danger")
    shown = rendered(Reply(plain("Vem?"), (discard, form)), "sv")
    assert labels(shown.blocks)[-1] == "Kasta"


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


@pytest.mark.parametrize(
    "block",
    [
        {"type": "section", "text": {"type": "plain_text", "text": "x" * 3_001}},
        {"type": "section", "fields": [{"type": "plain_text", "text": "x"}] * 11},
        {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
        {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}},
        {"type": "actions", "elements": []},
        {"type": "sektion", "text": {"type": "plain_text", "text": "x"}},
        {"type": "section", "txt": {"type": "plain_text", "text": "x"}},
        {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "action_id": "a|0",
                    "value": "v" * 2_001,
                    "text": {"type": "plain_text", "text": "x"},
                }
            ],
        },
        {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "action_id": "a|0",
                    "text": {"type": "plain_text", "text": "x" * 76},
                }
            ],
        },
        {
            "type": "actions",
            "elements": [
                {"type": "button", "action_id": "a|0", "text": {"type": "plain_text", "text": "x"}}
            ]
            * 2,
        },
        {
            "type": "input",
            "label": {"type": "plain_text", "text": "x"},
            "element": {"type": "plain_text_input", "action_id": "a"},
        },
    ],
)
def test_the_validator_finds_what_slack_refuses(block: dict[str, Any]) -> None:
    assert problems([block])


def test_the_validator_counts() -> None:
    block = {"type": "section", "text": {"type": "plain_text", "text": "x"}}
    assert problems([block] * 50) == []
    assert problems([block] * 51)
    assert problems([{**block, "block_id": "a"}] * 2)
    view = {"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": [block]}
    assert problems_of_view(view) == []
    assert problems_of_view({**view, "title": {"type": "plain_text", "text": "x" * 25}})
    assert problems_of_view({**view, "private_metadata": "x" * 3_001})
    assert problems_of_view({**view, "blocks": [block] * 101})


@given(st.text())
def test_fallback_text_holds_no_brackets(text: str) -> None:
    assert not re.search("[<>]", escaped(text))


def _button(label: str) -> Button:
    return Button(plain(label), "contact.ask", "1:mentor")


def _markup(value: Any) -> list[str]:
    if isinstance(value, list):
        return [text for part in value for text in _markup(part)]
    if not isinstance(value, dict):
        return []
    own = [value["text"]] if value.get("type") == "mrkdwn" else []
    return own + [text for part in value.values() for text in _markup(part)]


def _said(value: Reply | Element) -> list[str]:
    """Return every text of a reply but those in a form, which the modal shows."""
    if isinstance(value, Text):
        return [str(value.values.get("value", ""))]
    if isinstance(value, Reply):
        return [*_said(value.text), *(text for e in value.elements for text in _said(e))]
    if isinstance(value, Fact):
        return [*_said(value.label), *_said(value.value)]
    if isinstance(value, Button):
        return _said(value.label)
    if isinstance(value, Card):
        parts: tuple[Element, ...] = (
            value.title,
            *([value.subtitle] if value.subtitle else []),
            *value.facts,
            *value.buttons,
        )
        return [text for part in parts for text in _said(part)]
    if isinstance(value, Table):
        cells = (*value.columns, *(cell for row in value.rows for cell in row))
        return [text for cell in cells for text in _said(cell)]
    if isinstance(value, Chart):
        return [*_said(value.title), *(text for name, _n in value.series for text in _said(name))]
    return []
