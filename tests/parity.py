"""Every word and every button of a reply, in every channel: what keeps the reply neutral."""

from collections import Counter
from collections.abc import Iterator

from actions.reply import Form, Reply
from bot.contract import element_json, plain_text
from bot.slack.buttons import press_of
from bot.slack.form_button import OPEN, unpacked
from bot.slack.limits import problems as slack_problems
from bot.slack.limits import problems_of_view
from bot.slack.modal import modal
from bot.slack.render import rendered as slack
from bot.teams.render import rendered as teams
from bot.translation import Locale, render
from bot.web.replies import buttons_of, forms_of
from tests.bot.slack.driver import buttons as slack_buttons
from tests.bot.slack.driver import words as slack_words
from tests.bot.teams import valid
from tests.bot.web.drawn import Seen, page_of, told

_CUT = 75  # characters of an option in Slack's menus
Sent = tuple[str, str]


def same_everywhere(reply: Reply, locale: Locale) -> None:
    """Assert that Slack, Teams, the page and the terminal say and offer the same, validly."""
    wanted = _words(reply, locale)
    presses = Counter((button.press, button.value) for button in buttons_of(reply))
    forms = Counter((form.submit, form.value) for form in forms_of(reply))
    for name, (shown, pressed, opened) in {
        "Slack": _slack(reply, locale),
        "Teams": _teams(reply, locale),
        "page": _page(reply, locale),
    }.items():
        assert Counter(pressed) == presses, name
        assert Counter(opened) == forms, name
        missing = [word for word in wanted if word not in shown]
        assert not missing, f"{name} leaves out {missing}"
    terminal = plain_text(reply, locale)
    assert all(word in terminal for word in _words(reply, locale, options=False))


def _words(reply: Reply, locale: Locale, *, options: bool = True) -> set[str]:
    whole = [render(reply.text, locale)]
    for element in reply.elements:
        value = element_json(element, locale)
        if value["type"] == "file":  # in Slack its name is the file's
            whole.append(value["description"])
            continue
        for field in value.get("fields", ()):
            chosen = options and field["kind"] in {"choice", "choices"}
            field["options"] = [o for o in field["options"] if chosen and len(o["label"]) <= _CUT]
        whole.extend(told(value))
    return {word for text in whole for word in text.replace("*", " ").split()}


def _slack(reply: Reply, locale: Locale) -> tuple[str, Iterator[Sent], Iterator[Sent]]:
    messages = slack(reply, locale).messages()
    blocks = [block for message in messages for block in message.blocks]
    for message in messages:
        assert slack_problems(message.blocks) == []
    views = [modal(form, locale) for form in forms_of(reply)]
    for view in views:
        assert problems_of_view(view) == []
    every = [(press_of(b["action_id"]), b.get("value", "")) for b in slack_buttons(blocks)]
    opened = (unpacked(value) for press, value in every if press == OPEN)
    shown = "\n".join((slack_words(blocks), *map(slack_words, views)))
    shown += "\n".join(str(b["url"]) for b in _links(blocks))
    return (
        shown.replace("*", " "),
        (sent for sent in every if sent[0] != OPEN),
        ((carried.submit, carried.value) for carried in opened),
    )


def _links(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, list):
        for part in value:
            yield from _links(part)
    elif isinstance(value, dict):
        if value.get("type") == "link":
            yield value
        yield from _links(list(value.values()))


def _teams(reply: Reply, locale: Locale) -> tuple[str, Iterator[Sent], Iterator[Sent]]:
    cards = [message.card for message in teams(reply, locale).messages()]
    for card in cards:
        assert valid.problems(card) == []
    data = [a["data"] for card in cards for a in valid.of_type(card, "Action.Submit")]
    return (
        "\n".join(valid.words(card) for card in cards).replace("*", " "),
        ((sent["press"], sent["value"]) for sent in data if "press" in sent),
        ((sent["submit"], sent["value"]) for sent in data if "submit" in sent),
    )


def _page(reply: Reply, locale: Locale) -> tuple[str, Iterator[Sent], Iterator[Sent]]:
    seen = Seen(page_of(reply, locale))
    forms = [element for element in reply.elements if isinstance(element, Form)]
    pressed = [
        sent for b in buttons_of(reply) if "|".join(sent := (b.press, b.value)) in seen.values
    ]
    opened = ((f.submit, f.value) for f in forms if {f.submit, f.value} <= set(seen.values))
    return "\n".join(seen.words).replace("*", " "), iter(pressed), opened
