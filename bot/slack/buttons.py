"""Buttons, and forms as the buttons that open them."""

from collections.abc import Sequence

from actions.reply import Button, Form
from actions.words import _
from bot.slack.form_button import OPEN, carried
from bot.slack.markup import Json, plain, portions
from bot.translation import Locale, render

LABEL = 75
_IN_A_ROW = 25
_FILL_IN = _("Fill in as a form")
Pressable = Button | Form


def actions(presses: Sequence[Pressable], locale: Locale) -> list[Json]:
    """Return blocks with the buttons; a label that does not fit stands in full above them."""
    full = [label_of(press, locale) for press in presses if is_long(press, locale)]
    blocks: list[Json] = [
        {"type": "section", "text": plain(part)} for label in full for part in portions(label)
    ]
    drawn = [button(press, locale) for press in presses]
    blocks.extend(
        {"type": "actions", "elements": drawn[at : at + _IN_A_ROW]}
        for at in range(0, len(drawn), _IN_A_ROW)
    )
    return blocks


def button(press: Pressable, locale: Locale) -> Json:
    """Return one button element; its action_id is the press id, made unique by the message."""
    drawn: Json = {"type": "button", "text": plain(label_of(press, locale), LABEL)}
    if isinstance(press, Form):
        return {**drawn, "action_id": OPEN, "value": carried(press, locale)}
    drawn["action_id"] = press.press
    if press.value:
        drawn["value"] = press.value
    if press.style != "plain":
        drawn["style"] = press.style
    return drawn


def label_of(press: Pressable, locale: Locale) -> str:
    """Return what a button says."""
    return render(_FILL_IN if isinstance(press, Form) else press.label, locale)


def is_long(press: Pressable, locale: Locale) -> bool:
    """Whether a label does not fit its button."""
    return len(label_of(press, locale)) > LABEL


def numbered(blocks: list[Json]) -> list[Json]:
    """Return blocks in which every action_id is unique: the press id, a bar and a number."""
    count = 0
    done: list[Json] = []
    for block in blocks:
        block = dict(block)  # noqa: PLW2901 (a copy: blocks are shared with nobody)
        if "accessory" in block:
            block["accessory"] = _numbered(block["accessory"], count)
            count += 1
        if block["type"] == "actions":
            elements = block["elements"]
            block["elements"] = [_numbered(e, count + n) for n, e in enumerate(elements)]
            count += len(elements)
        done.append(block)
    return done


def press_of(action_id: str) -> str:
    """Return the press id of a numbered action_id."""
    return action_id.rpartition("|")[0] or action_id


def _numbered(element: Json, number: int) -> Json:
    return {**element, "action_id": f"{element['action_id']}|{number}"}
