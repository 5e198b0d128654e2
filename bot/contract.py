"""Replies as the JSON of the command line: every word and button, in one language."""

from typing import Any

from actions.reply import Button, Card, Chart, Element, Fact, Field, File, Form, Reply, Table
from actions.words import Text
from bot import spreadsheet
from bot.translation import Locale, number, render


def element_json(element: Element, locale: Locale) -> dict[str, Any]:
    """Return one element."""
    if isinstance(element, Text):
        return {"type": "text", "text": render(element, locale)}
    if isinstance(element, Fact):
        return {"type": "fact", **_fact(element, locale)}
    if isinstance(element, Button):
        return {"type": "button", **_button(element, locale)}
    if isinstance(element, Card):
        return _card(element, locale)
    if isinstance(element, Table):
        rows = [[render(cell, locale) for cell in row] for row in element.rows]
        return {
            "type": "table",
            "columns": [render(c, locale) for c in element.columns],
            "rows": rows,
        }
    if isinstance(element, Chart):
        series = [{"label": render(name, locale), "value": n} for name, n in element.series]
        return {"type": "chart", "title": render(element.title, locale), "series": series}
    if isinstance(element, File):
        return _file(element, locale)
    return _form(element, locale)


def plain_text(reply: Reply, locale: Locale) -> str:
    """Return the whole reply as plain text, as a terminal or a notification shows it."""
    parts = [render(reply.text, locale)]
    parts.extend(_lines(element, locale) for element in reply.elements)
    return "\n".join(part for part in parts if part)


def _fact(fact: Fact, locale: Locale) -> dict[str, str]:
    return {"label": render(fact.label, locale), "value": render(fact.value, locale)}


def _button(button: Button, locale: Locale) -> dict[str, str]:
    return {
        "label": render(button.label, locale),
        "press": button.press,
        "value": button.value,
        "style": button.style,
    }


def _card(card: Card, locale: Locale) -> dict[str, Any]:
    return {
        "type": "card",
        "title": render(card.title, locale),
        "subtitle": render(card.subtitle, locale) if card.subtitle else "",
        "facts": [_fact(fact, locale) for fact in card.facts],
        "buttons": [_button(button, locale) for button in card.buttons],
    }


def _file(file: File, locale: Locale) -> dict[str, Any]:
    return {
        "type": "file",
        "name": render(file.name, locale),
        "media_type": spreadsheet.MEDIA_TYPE,
        "description": render(file.description, locale),
        "content": spreadsheet.written(file.content, locale),
    }


def _form(form: Form, locale: Locale) -> dict[str, Any]:
    return {
        "type": "form",
        "submit": form.submit,
        "value": form.value,
        "title": render(form.title, locale),
        "fields": [_field(field, locale) for field in form.fields],
    }


def _field(field: Field, locale: Locale) -> dict[str, Any]:
    return {
        "name": field.name,
        "kind": str(field.kind),
        "label": render(field.label, locale),
        "required": field.required,
        "value": field.value,
        "options": [{"value": v, "label": render(name, locale)} for v, name in field.options],
        "error": render(field.error, locale) if field.error else None,
    }


def _lines(element: Element, locale: Locale) -> str:
    if isinstance(element, Text):
        return render(element, locale)
    if isinstance(element, Fact):
        return f"{render(element.label, locale)}: {render(element.value, locale)}"
    if isinstance(element, Button):
        return f"[{render(element.label, locale)}]"
    if isinstance(element, Card):
        return _card_lines(element, locale)
    if isinstance(element, Table):
        rows = (element.columns, *element.rows)
        return "\n".join(" | ".join(render(cell, locale) for cell in row) for row in rows)
    if isinstance(element, Chart):
        bars = (f"{render(name, locale)}: {number(n, locale)}" for name, n in element.series)
        return "\n".join((render(element.title, locale), *bars))
    if isinstance(element, File):
        return f"{render(element.name, locale)}: {render(element.description, locale)}"
    return "\n".join((render(element.title, locale), *(_asked(f, locale) for f in element.fields)))


def _asked(field: Field, locale: Locale) -> str:
    options = ", ".join(render(name, locale) for _value, name in field.options)
    error = f" ({render(field.error, locale)})" if field.error else ""
    return f"{render(field.label, locale)}: {field.value or options}{error}"


def _card_lines(card: Card, locale: Locale) -> str:
    head = [render(card.title, locale)]
    if card.subtitle:
        head.append(render(card.subtitle, locale))
    facts = [_lines(fact, locale) for fact in card.facts]
    buttons = " ".join(_lines(button, locale) for button in card.buttons)
    return "\n".join(line for line in (*head, *facts, buttons) if line)
