"""Every word, button and field of a reply stands on the page, whatever the words are."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.reply import Button, Card, Chart, Element, Fact, Field, File, Form, Kind, Reply, Table
from actions.words import Text, plain
from bot.contract import element_json
from bot.translation import Locale
from bot.web.drawing import drawn_elements
from bot.web.mrkdwn import slack_text
from tests.bot.web.drawn import Seen, page_of, told

_NASTY = ["<!channel>", "<script>alert(1)</script>", "*bold* _x_", "[x](y)", "\"'>", "{{ 7*7 }}"]
_LETTERS = st.characters(exclude_categories=("C", "Z"))
words = st.one_of(st.sampled_from(_NASTY), st.text(_LETTERS, min_size=1, max_size=20)).map(plain)
buttons = st.builds(Button, words, st.just("a.b"), st.text(_LETTERS, max_size=20))
facts = st.builds(Fact, words, words)
_CHOOSING = [Kind.CHOICE, Kind.CHOICES, Kind.PERSON]


def _fields(kinds: list[Kind], options: st.SearchStrategy[Any]) -> st.SearchStrategy[Field]:
    return st.builds(
        Field,
        st.sampled_from(["one", "two"]),
        st.sampled_from(kinds),
        words,
        st.booleans(),
        st.sampled_from(["", "a", "2027-03-12"]),
        options,
        st.one_of(st.none(), words),
    )


fields = st.one_of(
    _fields([kind for kind in Kind if kind not in _CHOOSING], st.just(())),
    _fields(_CHOOSING, st.lists(st.tuples(st.sampled_from("abc"), words), max_size=6).map(tuple)),
)
tables = st.builds(Table, st.tuples(words, words), st.lists(st.tuples(words, words)).map(tuple))
elements: st.SearchStrategy[Element] = st.one_of(
    words,
    facts,
    buttons,
    st.builds(
        Card,
        words,
        st.one_of(st.none(), words),
        st.lists(facts, max_size=3).map(tuple),
        st.lists(buttons, max_size=3).map(tuple),
    ),
    tables,
    st.builds(File, words, words, tables),
    st.builds(Chart, words, st.lists(st.tuples(words, st.floats(0, 1e6)), max_size=4).map(tuple)),
    st.builds(Form, st.just("f"), words, st.lists(fields, max_size=4).map(tuple)),
)


_MESSAGE = "https://lund.slack.com/archives/C0ELSEWHERE/p1795470000000100"


@pytest.mark.parametrize("locale", ["sv", "en"])
def test_only_the_address_of_a_slack_message_can_be_followed(locale: Locale) -> None:
    said = plain(f"<b> {_MESSAGE} https://evil.example/archives/C0/p1795470000000100")
    for reply in (Reply(said), Reply(plain("x"), (Card(said),)), Reply(plain("x"), (said,))):
        html = page_of(reply, locale)
        assert f'<a href="{_MESSAGE}" target="_blank" rel="noopener noreferrer">' in html
        assert "&lt;b&gt;" in html
        assert 'href="https://evil' not in html


def _drawn(reply: Reply, locale: Locale) -> Seen:
    return Seen(page_of(reply, locale))


@settings(deadline=None)
@given(st.lists(elements, max_size=4).map(tuple), st.sampled_from(["sv", "en"]))
def test_every_word_and_button_stands_on_the_page(
    given_elements: tuple[Element, ...], locale: Locale
) -> None:
    seen = _drawn(Reply(plain(""), given_elements), locale)
    shown = "\n".join(seen.words)
    for element in given_elements:
        value = element_json(element, locale)
        for word in told(value):
            assert word in shown
        pressed = [value] if value["type"] == "button" else value.get("buttons", [])
        for button in pressed:
            assert f"{button['press']}|{button['value']}" in seen.values
    assert not {"script", "iframe", "img"} & set(seen.tags)


@given(st.one_of(st.sampled_from(_NASTY), st.text(max_size=60)), st.sampled_from(["mrkdwn", "x"]))
def test_slack_text_never_becomes_foreign_markup(text: str, kind: str) -> None:
    seen = Seen(str(slack_text({"type": kind, "text": text})))
    assert set(seen.tags) <= {"b", "i", "s", "u", "code"}


def test_slack_marks_are_drawn() -> None:
    text = "*Anna* &lt;b&gt; _kursiv_ <https://example.com|länk> 2*3*4"
    assert str(slack_text({"type": "mrkdwn", "text": text})) == (
        "<b>Anna</b> &lt;b&gt; <i>kursiv</i> <u>länk</u> 2*3*4"
    )
    assert str(slack_text({"type": "plain_text", "text": "*Anna* <b>"})) == "*Anna* &lt;b&gt;"


def test_bars_are_as_long_as_their_numbers() -> None:
    chart = Chart(Text("x"), ((Text("a"), 50), (Text("b"), 200), (Text("c"), 0)))
    bars = drawn_elements(Reply(Text("x"), (chart,)), "sv")[0]["bars"]
    assert [(bar["percent"], bar["number"]) for bar in bars] == [
        (25.0, "50"),
        (100.0, "200"),
        (0.0, "0"),
    ]
