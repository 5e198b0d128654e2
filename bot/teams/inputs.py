"""A form as the inputs of an Adaptive Card: forms live in cards, not in dialogs."""

from datetime import date, time

from actions.reply import Field, Form, Kind
from actions.words import _
from bot.teams.markup import Json, block, paragraphs, run
from bot.translation import Locale, render

_FEW = 5  # as many options stand open, more in a menu
_TYPED = 3_000  # characters that a text field takes
_FILL_IN = _("Fill in as a form")
_SEND = _("Send")
_LACKING = _("This is needed.")


def form_body(form: Form, locale: Locale, prefix: str) -> list[Json]:
    """Return a form's title, inputs and button; prefix parts its ids from another form's."""
    body: list[Json] = [block(run(render(form.title, locale), weight="Bolder"), tight=False)]
    for field in form.fields:
        body.extend(_field(field, locale, f"{prefix}.{field.name}"))
    send: Json = {
        "type": "Action.Submit",
        "title": render(_SEND, locale),
        "style": "positive",
        "data": {"submit": form.submit, "value": form.value, "form": prefix},
    }
    return [*body, {"type": "ActionSet", "actions": [send]}]


def form_action(form: Form, locale: Locale, prefix: str) -> Json:
    """Return the button that unfolds a form where it stands."""
    return {
        "type": "Action.ShowCard",
        "title": render(_FILL_IN, locale),
        "card": {"type": "AdaptiveCard", "body": form_body(form, locale, prefix)},
    }


def has_errors(form: Form) -> bool:
    """Whether something in a form is to be corrected."""
    return any(field.error is not None for field in form.fields)


def _field(field: Field, locale: Locale, name: str) -> list[Json]:
    made: Json = {
        **_input(field, locale),
        "id": name,
        "label": render(field.label, locale),
        "isRequired": field.required,
    }
    if field.required:
        made["errorMessage"] = render(_LACKING, locale)
    if field.error is None:
        return [made]
    return [made, *paragraphs(render(field.error, locale), color="Attention")]


def _input(field: Field, locale: Locale) -> Json:
    if field.kind in {Kind.CHOICE, Kind.CHOICES} and field.options:
        choices = [{"title": render(name, locale), "value": value} for value, name in field.options]
        several = field.kind is Kind.CHOICES
        return {
            "type": "Input.ChoiceSet",
            "choices": choices,
            "isMultiSelect": several,
            "style": "expanded" if several or len(choices) <= _FEW else "compact",
            "wrap": True,
            **_opened(field.value),
        }
    if field.kind is Kind.DATE:
        return {"type": "Input.Date", **_opened(_iso(date, field.value))}
    if field.kind is Kind.TIME:
        return {"type": "Input.Time", **_opened(_iso(time, field.value)[:5])}
    typed: Json = {"type": "Input.Text", "maxLength": _TYPED, **_opened(field.value[:_TYPED])}
    return {**typed, "isMultiline": True} if field.kind is Kind.PARAGRAPH else typed


def _opened(value: str) -> Json:
    return {"value": value} if value else {}


def _iso(kind: type[date] | type[time], value: str) -> str:
    try:
        return kind.fromisoformat(value).isoformat()
    except ValueError:
        return ""
