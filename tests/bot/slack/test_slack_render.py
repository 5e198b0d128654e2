"""Neutral replies as Block Kit: within every limit, nothing lost, nobody's words as markup."""

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from actions.reply import (
    Button,
    Card,
    Chart,
    Element,
    Fact,
    File,
    Form,
    Reply,
    Table,
)
from actions.words import Text, plain
from bot.slack.limits import problems
from bot.slack.markup import escaped
from bot.slack.render import rendered
from bot.translation import Locale
from tests.bot.slack.driver import buttons, labels, words
from tests.bot.slack.strategies import cards, locales, replies


@given(replies, locales)
def test_every_reply_is_within_slacks_limits(reply: Reply, locale: Locale) -> None:
    for message in rendered(reply, locale).messages():
        assert problems(message.blocks) == []
        assert len(message.text) < 40_000


@given(replies, locales)
def test_no_words_of_a_person_become_markup(reply: Reply, locale: Locale) -> None:
    for message in rendered(reply, locale).messages():
        for text in _markup(message.blocks):
            bare = re.sub(r"\A\*([^*\n]+)\*(?=\n|\Z)", r"\1", text)
            assert not re.search(r"[*_~`<>&|#]|(?<!\w)@|:\w+:|://|www\.", bare)
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
    chart = Chart(plain("Mentorer"), ((plain("Handels"), 1_250.5), (plain("Teknik"), 3.0)))
    reply = Reply(plain("Hej"), (chart,))
    swedish, english = rendered(reply, "sv"), rendered(reply, "en")
    lines = words(swedish.blocks[1:]).splitlines()
    assert lines == ["*Mentorer*", f"{'█' * 10} Handels: 1\N{NO-BREAK SPACE}250,5", "█ Teknik: 3"]
    assert "Handels: 1,250.5" in words(english.blocks)
    assert "Handels: 1\N{NO-BREAK SPACE}250,5" in swedish.text


def test_a_line_above_cards_is_their_heading_and_a_long_value_has_the_whole_width() -> None:
    facts = (Fact(plain("Ort"), plain("Lund")), Fact(plain("Syfte"), plain("ett långt skäl " * 5)))
    card = Card(plain("Anna"), None, (*facts, Fact(plain("E-post"), plain("anna@lu.example"))))
    blocks = rendered(Reply(plain("Hej"), (plain("Mentorer (1)"), card)), "sv").blocks
    assert [block["type"] for block in blocks] == ["section", "header", *["section"] * 4]
    assert blocks[1]["text"]["text"] == "Mentorer (1)"
    assert [len(block.get("fields", ())) for block in blocks[3:]] == [1, 0, 1]
    assert blocks[5]["fields"][0]["text"] == "*E-post*\nanna@lu.example"


def test_what_opens_a_form_stands_before_what_discards_it() -> None:
    form = Form("lecture.save", plain("Gästföreläsning"), ())
    discard = Button(plain("Kasta"), "draft.discard", "1", "danger")
    shown = rendered(Reply(plain("Vem?"), (discard, form)), "sv")
    assert labels(shown.blocks)[-1] == "Kasta"


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
    if isinstance(value, File):  # its name and rows are in the file that follows
        return _said(value.description)
    if isinstance(value, Chart):
        return [*_said(value.title), *(text for name, _n in value.series for text in _said(name))]
    return []


def test_a_table_is_told_row_by_row_under_its_heads() -> None:
    heads = (plain("Namn"), plain("Enhet"), plain("Läge"))
    rows = ((plain("Bo"), plain(""), plain("Läst")),)
    (message,) = rendered(Reply(plain("Alla:"), (Table(heads, rows),)), "sv").messages()
    assert "Namn · Enhet · Läge\nBo · – · Läst" in words(message.blocks)
