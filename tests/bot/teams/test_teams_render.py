"""Neutral replies as Adaptive Cards: valid, small, nothing lost, nobody's words as markup."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.reply import Button, Card, Chart, Fact, Form, Reply, Table
from actions.words import plain
from bot.teams.markup import escaped, harmless
from bot.teams.render import rendered
from bot.translation import Locale
from tests.bot.slack.strategies import cards, locales, replies, some_words
from tests.bot.teams.valid import Json, labels, markdown, of_type, parts, presses, problems, words

LINK = "https://lund.slack.com/archives/C0ELSEWHERE/p1795470000000100"


def _cards(reply: Reply, locale: Locale = "sv") -> list[Json]:
    return [message.card for message in rendered(reply, locale).messages()]


@settings(deadline=None)
@given(replies, locales)
def test_every_card_is_valid_and_small_enough(reply: Reply, locale: Locale) -> None:
    for message in rendered(reply, locale).messages():
        assert problems(message.card) == []
        assert 0 < len(message.text) <= 300
        assert message.activity()["attachments"][0]["content"] is message.card


@settings(deadline=None)
@given(replies, locales)
def test_no_words_of_a_person_become_markup(reply: Reply, locale: Locale) -> None:
    for card in _cards(reply, locale):
        for text in markdown(card):
            assert not re.search(r"[*_~`<>|#\\\[\]]|&[#\w]+;|\{\{|://|www\.", text)
        for action in of_type(card, "Action.OpenUrl"):
            assert re.fullmatch(r"https://[\w.-]*slack\.com/archives/\w+/p\d+", action["url"])


@given(some_words)
def test_what_reads_markdown_gets_no_mark_that_stands_alone(text: str) -> None:
    bare = re.sub(r"\\[\\`*_{}\[\]<>#~|&]", "", escaped(text))
    assert not re.search(r"[\\`*_{}\[\]<>#~|&]", bare)


@pytest.mark.parametrize(
    "text",
    [
        "*b*",
        "[x](y)",
        "a_b_c",
        "- a",
        "1. a",
        "<at>Anna</at>",
        "&lt;b&gt;",
        "www.x.se",
        "http://x",
        "a\nb",
        "",
    ],
)
def test_such_words_never_stand_where_markdown_is_read(text: str) -> None:
    assert not harmless(text)


@given(st.lists(cards, min_size=1, max_size=60), locales)
@settings(deadline=None, max_examples=40)
def test_no_button_and_no_card_is_lost(shown: list[Card], locale: Locale) -> None:
    sent = [
        press
        for card in _cards(Reply(plain("Hej"), tuple(shown)), locale)
        for press in presses(card)
    ]
    wanted = [(b.press, b.value) for card in shown for b in card.buttons]
    assert sorted(sent) == sorted(wanted)


def test_many_cards_become_several_messages() -> None:
    card = Card(plain("Anna"), None, (Fact(plain("Ort"), plain("Lund")),), (_button("Be"),))
    made = _cards(Reply(plain("Hej"), (card,) * 200))
    assert len(made) > 1
    assert sum(labels(part).count("Be") for part in made) == 200


def test_a_long_text_is_divided_and_not_cut() -> None:
    text = " ".join(f"örd{n}" for n in range(9_000))
    made = _cards(Reply(plain(text)))
    assert len(made) > 1
    assert " ".join(words(card) for card in made).split() == text.split()


def test_a_monstrous_card_is_taken_apart_and_what_a_button_uncovers_stays_with_it() -> None:
    facts = tuple(Fact(plain(f"Ort {n}"), plain("å" * 70)) for n in range(200))
    buttons = (Button(plain("Kasta"), "draft.discard", "1", "danger"),) * 20
    made = _cards(Reply(plain("Hej"), (Card(plain("Anna"), None, facts, buttons),)))
    assert len(made) > 1
    assert [problems(card) for card in made] == [[]] * len(made)
    assert "\n".join(words(card) for card in made).count("å" * 70) == 200


def test_a_long_table_is_divided_under_the_same_heads() -> None:
    rows = tuple((plain(f"Anna {n}"), plain("Lund")) for n in range(300))
    made = _cards(Reply(plain("Hej"), (Table((plain("Namn"), plain("Ort")), rows),)))
    tables = [table for card in made for table in of_type(card, "Table")]
    assert len(tables) > 1
    assert all(words({"body": table["rows"][0]}) == "Namn\nOrt" for table in tables)
    assert sum(len(table["rows"]) - 1 for table in tables) == 300
    assert [problems(card) for card in made] == [[]] * len(made)
    told = tables[0]["fallback"]
    assert "Anna 0 · Ort: Lund" in words({"body": told})


def test_a_row_too_large_for_a_table_is_told_in_words() -> None:
    table = Table((plain("Namn"), plain("Text")), ((plain("Anna"), plain("ord " * 3_000)),))
    made = _cards(Reply(plain("Hej"), (table,)))
    assert not any(of_type(card, "Table") for card in made)
    assert "".join(words(card) for card in made).count("ord") == 3_000


def test_more_than_six_buttons_stand_in_several_sets() -> None:
    (card,) = _cards(Reply(plain("Vem?"), tuple(_button(f"Anna {n}") for n in range(14))))
    assert [len(row["actions"]) for row in of_type(card, "ActionSet")] == [6, 6, 2]


def test_a_label_too_long_for_its_button_stands_in_full() -> None:
    label = "Anna " * 30
    (card,) = _cards(Reply(plain("Vem?"), (_button(label),)))
    assert label.strip() in words(card)
    assert labels(card)[0].endswith("…")


def test_nothing_dangerous_is_one_press() -> None:
    discard = Button(plain("Kasta"), "draft.discard", "1", "danger")
    (card,) = _cards(Reply(plain("Utkast"), (Card(plain("Anna"), None, (), (discard,)), discard)))
    hidden = [part for part in parts(card) if part.get("isVisible") is False]
    inside = [action for part in hidden for action in of_type(part, "Action.Submit")]
    assert presses(card) == [("draft.discard", "1")] * 2
    assert inside == of_type(card, "Action.Submit")
    shows = [t for t in of_type(card, "Action.ToggleVisibility") if t["title"] == "Kasta"]
    assert [t["targetElements"] for t in shows] == [[part["id"]] for part in hidden]
    assert "Säker? Tryck på ”Kasta” en gång till." in words(card)


def test_a_lone_ampersand_is_no_markup() -> None:
    assert harmless("H&M (Teamledare)")


def test_harmless_titles_are_headings_and_short_facts_a_set() -> None:
    facts = (Fact(plain("Ort"), plain("Lund")), Fact(plain("Om"), plain("ord " * 40)))
    (card,) = _cards(Reply(plain("Hej"), (Card(plain("Anna Svensson"), None, facts),)))
    (title,) = of_type(card, "TextBlock")
    assert (title["text"], title["style"]) == ("Anna Svensson", "heading")
    (set_,) = of_type(card, "FactSet")
    assert set_["facts"] == [{"title": "Ort", "value": "Lund"}]
    assert "ord ord" in words(card)


def test_facts_of_which_one_may_be_markup_are_all_words_and_look_alike() -> None:
    facts = (Fact(plain("Ort"), plain("Lund")), Fact(plain("Länk"), plain("[x](https://y)")))
    (card,) = _cards(Reply(plain("Hej"), facts))
    assert of_type(card, "FactSet") == []
    assert words(card).splitlines()[1:] == ["Ort  Lund", "Länk  [x](https://y)"]


def test_a_column_is_as_wide_as_its_words() -> None:
    rows = ((plain("Bo"), plain("Naturvetenskapliga fakulteten")),)
    (card,) = _cards(Reply(plain("Hej"), (Table((plain("Namn"), plain("Enhet")), rows),)))
    (table,) = of_type(card, "Table")
    assert [column["width"] for column in table["columns"]] == [6, 31]


def test_only_the_address_of_a_slack_message_can_be_followed() -> None:
    (card,) = _cards(Reply(plain(f"Ring [x](https://evil.example) {LINK} https://evil.example")))
    assert [action["url"] for action in of_type(card, "Action.OpenUrl")] == [LINK]
    (run,) = [part for part in of_type(card, "TextRun") if "selectAction" in part]
    assert run["text"] == LINK


def test_a_chart_is_told_in_numbers() -> None:
    chart = Chart(plain("Mentorer"), ((plain("Handels"), 1_200_000.5), (plain("Teknik"), 3.0)))
    shown = words(_cards(Reply(plain("Hej"), (chart,)))[0]).splitlines()
    assert shown[1:] == [
        "Mentorer",
        "Handels",
        "█" * 10,
        "1\N{NO-BREAK SPACE}200\N{NO-BREAK SPACE}000,5",
        "Teknik",
        "█",
        "3",
    ]


def test_two_forms_never_share_a_card() -> None:
    forms = (Form("a", plain("A"), ()), Form("b", plain("B"), ()))
    made = _cards(Reply(plain("Hej"), forms))
    sent = [[a["data"]["submit"] for a in of_type(card, "Action.Submit")] for card in made]
    assert sent == [["a"], ["b"]]


def test_what_opens_a_form_stands_before_what_discards_it() -> None:
    discard = Button(plain("Kasta"), "draft.discard", "1", "danger")
    form = Form("lecture.save", plain("Gästföreläsning"), ())
    (card,) = _cards(Reply(plain("Vem?"), (discard, form)))
    assert labels(card)[:2] == ["Fyll i som formulär", "Kasta"]


def _button(label: str) -> Button:
    return Button(plain(label), "contact.ask", "1:mentor")
