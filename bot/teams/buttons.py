"""Buttons as actions of a card; what destroys something asks once more inside the card.

Action.Submit comes as a message of its own, which is stored and acknowledged like any other
before it is answered; Action.Execute wants its answer within the very request.
"""

from collections.abc import Iterator, Sequence

from actions.reply import Button
from actions.words import _
from bot.cutting import portions, shortened
from bot.teams.markup import PORTION, Json, words
from bot.translation import Locale, render

LABEL = 75
_SEEN = 42  # characters that a button inside a card shows whole where Teams is narrow
_IN_A_ROW = 6  # Teams shows no more actions in a set
_STYLES = {"primary": "positive", "danger": "destructive"}


def actions(
    presses: Sequence[Button], locale: Locale, ids: Iterator[int], first: Sequence[Json] = ()
) -> list[Json]:
    """Return blocks with the buttons; a label that would be cut stands in full above them.

    first: actions that stand before them. ids: numbers that nothing else in the card has.
    """
    labels = [render(press.label, locale) for press in presses]
    blocks = [
        words(part) for label in labels if len(label) > _SEEN for part in portions(label, PORTION)
    ]
    drawn, asked = list(first), []
    for press in presses:
        if press.style != "danger":
            drawn.append(submit(press, locale))
            continue
        name = f"sure-{next(ids)}"
        drawn.append(toggle(render(press.label, locale), [name], style="destructive"))
        asked.append(_once_more(press, name, locale))
    return [*blocks, *rows(drawn), *asked]


def rows(drawn: Sequence[Json]) -> list[Json]:
    """Return actions in sets that Teams shows whole."""
    return [
        {"type": "ActionSet", "actions": list(drawn[at : at + _IN_A_ROW])}
        for at in range(0, len(drawn), _IN_A_ROW)
    ]


def submit(press: Button, locale: Locale) -> Json:
    """Return the action that sends a press; it neither checks nor sends the card's inputs."""
    action: Json = {
        "type": "Action.Submit",
        "title": _title(render(press.label, locale)),
        "data": {"press": press.press, "value": press.value},
        "associatedInputs": "none",
    }
    if press.style in _STYLES:
        action["style"] = _STYLES[press.style]
    return action


def toggle(label: str, names: Sequence[str], **more: str) -> Json:
    """Return the action that shows or hides parts of the card, without asking anybody."""
    return {
        "type": "Action.ToggleVisibility",
        "title": _title(label),
        "targetElements": list(names),
        **more,
    }


def _once_more(press: Button, name: str, locale: Locale) -> Json:
    sure = _("Sure? Press “{label}” once more.", label=press.label)
    cancel = toggle(render(_("Cancel"), locale), [name])
    told = [words(part) for part in portions(render(sure, locale), PORTION)]
    return {
        "type": "Container",
        "id": name,
        "isVisible": False,
        "items": [*told, *rows([submit(press, locale), cancel])],
    }


def _title(label: str) -> str:
    return shortened(label, LABEL).strip() or "–"
