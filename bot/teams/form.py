"""A form inside a card: folded away until it is asked for, open where something is wrong in it."""

import math
from collections.abc import Collection, Iterator, Sequence
from datetime import date, time

from actions.reply import Button, Field, Form, Kind
from actions.words import _
from bot.teams.buttons import actions, rows, toggle
from bot.teams.markup import Json, escaped, heading, lines, size
from bot.translation import Locale, render

_TYPED = 3_000  # characters that a text field takes
_FEW = 4  # options that are all seen at once
_LARGEST = 20_000  # bytes of a form; a longer menu than fits is typed instead
_FILL_IN = _("Fill in as a form")


def form_blocks(
    form: Form, beside: Sequence[Button], locale: Locale, ids: Iterator[int]
) -> list[Json]:
    """Return the form under the buttons beside it, of which the first opens it, also again."""
    name = f"form-{next(ids)}"
    opens = toggle(render(_FILL_IN, locale), [name])
    inside = _filled(form, name, locale)
    wrong = any(field.error for field in form.fields)
    return [*actions(beside, locale, ids, [opens]), {**inside, "isVisible": wrong}]


def _filled(form: Form, name: str, locale: Locale) -> Json:
    typed: set[str] = set()
    drawn = _drawn(form, name, locale, typed)
    by_length = sorted(form.fields, key=lambda field: len(field.options), reverse=True)
    for field in by_length:
        if size(drawn) <= _LARGEST:
            break
        typed.add(field.name)
        drawn = _drawn(form, name, locale, typed)
    return drawn


def _drawn(form: Form, name: str, locale: Locale, typed: Collection[str]) -> Json:
    send: Json = {
        "type": "Action.Submit",
        "title": render(_("Send"), locale),
        "style": "positive",
        "data": {"submit": form.submit, "value": form.value, "form": name},
    }
    cancel = toggle(render(_("Cancel"), locale), [name])
    inputs = (block for field in form.fields for block in _field(field, name, locale, typed))
    return {
        "type": "Container",
        "id": name,
        "style": "emphasis",
        "items": [*heading(render(form.title, locale)), *inputs, *rows([send, cancel])],
    }


def _field(field: Field, form: str, locale: Locale, typed: Collection[str]) -> Iterator[Json]:
    label = render(field.label, locale).strip() or "–"
    if field.error:
        yield from lines(render(field.error, locale), color="attention", weight="bolder")
    asked: Json = {**_input(field, locale, typed), "id": f"{form}.{field.name}", "label": label}
    if field.required:
        asked["isRequired"] = True
        asked["errorMessage"] = render(_("Fill in “{label}”.", label=label), locale)
    yield asked


def _input(field: Field, locale: Locale, typed: Collection[str]) -> Json:
    if field.name not in typed and _chosen_from(field):
        return _choices(field, locale)
    if field.kind is Kind.DATE:
        return {"type": "Input.Date", **_opened(_iso(date, field.value))}
    if field.kind is Kind.TIME:
        return {"type": "Input.Time", **_opened(_iso(time, field.value)[:5])}
    if field.kind is Kind.NUMBER and _is_number(field.value):
        return {"type": "Input.Number", **_number(field.value)}
    text: Json = {"type": "Input.Text", "maxLength": _TYPED, **_opened(field.value[:_TYPED])}
    return {**text, "isMultiline": True} if field.kind is Kind.PARAGRAPH else text


def _chosen_from(field: Field) -> bool:
    choosing = field.kind in {Kind.CHOICE, Kind.CHOICES, Kind.PERSON}
    # Several values travel joined by commas.
    return choosing and bool(field.options) and all(v and "," not in v for v, _n in field.options)


def _choices(field: Field, locale: Locale) -> Json:
    several = field.kind is Kind.CHOICES
    listed = several or len(field.options) <= _FEW
    # Clients read markdown beside a box or a ring, and none in a menu.
    said = escaped if listed else str
    choices = [
        {"title": said(render(name, locale)).strip() or "–", "value": value}
        for value, name in field.options
    ]
    values = {choice["value"] for choice in choices}
    wanted = field.value.split(",") if several else [field.value]
    drawn: Json = {
        "type": "Input.ChoiceSet",
        "choices": choices,
        "style": "expanded" if listed else "compact",
        "wrap": True,
        **_opened(",".join(value for value in wanted if value in values)),
    }
    if several:
        drawn["isMultiSelect"] = True
    return drawn if listed else {**drawn, "placeholder": render(_("Choose"), locale)}


def _opened(value: str) -> Json:
    return {"value": value} if value else {}


def _iso(kind: type[date] | type[time], value: str) -> str:
    try:
        return kind.fromisoformat(value).isoformat()
    except ValueError:
        return ""


def _is_number(value: str) -> bool:
    try:
        return not value or math.isfinite(float(value))
    except ValueError:
        return False


def _number(value: str) -> Json:
    if not value:
        return {}
    number = float(value)
    return {"value": int(number) if number.is_integer() else number}
