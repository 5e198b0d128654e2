"""A reply as the page draws it, and what is read there."""

from html.parser import HTMLParser
from typing import Any

from actions.reply import Reply
from bot.translation import Locale, render
from bot.web.drawing import drawn_elements
from bot.web.rendering import Templates

_TEMPLATES = Templates()


class Seen(HTMLParser):
    """Collects the text, the tags and the values of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.values: list[str] = []
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.words.append(data.strip())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.values.extend(value or "" for name, value in attrs if name == "value")


def page_of(reply: Reply, locale: Locale) -> str:
    """Return the conversation's page with one reply on it."""

    class Me:
        id = 1

    entry = {"id": "m1", "kind": "reply", "lang": locale, "at": _At()}
    entry |= {"text": render(reply.text, locale), "groups": drawn_elements(reply, locale)}
    values = {"entries": [entry], "me": Me, "step": 1, "problem": "", "suggestions": ()}
    values |= {"here_in_words": "", "clock_problem": "", "elsewhere": ()}
    page = _TEMPLATES.page("fragment.html", locale, values)
    return bytes(page.body).decode()


class _At:
    def strftime(self, _form: str) -> str:
        return "08:00"

    def isoformat(self, timespec: str) -> str:
        return timespec


def told(value: Any) -> list[str]:
    """Return every word that an element tells, from the command line's form of it."""
    said = [value[key] for key in ("text", "label", "title", "subtitle", "value", "error")
            if isinstance(value.get(key), str) and key != "value"]  # fmt: skip
    said += [value["value"]] if value.get("type") == "fact" else []
    if value.get("type") == "file":  # its rows stand in the file
        return [value["name"], value["description"]]
    for name in ("facts", "buttons", "fields", "options", "series"):
        said += [word for part in value.get(name, ()) for word in told(part)]
    said += [part["value"] for part in value.get("facts", ())]
    said += [cell for row in (value.get("columns", ()), *value.get("rows", ())) for cell in row]
    return [word for word in said if word]
