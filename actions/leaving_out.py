"""What a list leaves out: kept beside what it is narrowed to, told, and taken back."""

from dataclasses import dataclass, field
from typing import Any

from actions.alumnus_words import where
from actions.denying import Denial, denies_a_place, denies_her
from actions.grounding import Criteria, of_one_kind
from actions.ordinals import pick
from actions.reply import Button
from actions.request import Request
from actions.words import Listed, Named, Text, Value, _, lines
from storage import Session
from storage.folding import fold
from storage.queries.alumni import alumni_called, alumnus_seen, names_seen, people_offering
from storage.queries.leaving_out import LeftOut
from storage.queries.units import units_below
from storage.queries.vocabulary import with_narrower

LEFT_OUT = "left_out"  # in a list's criteria: dicts of key, values, name and kept
PEOPLE = "people"
_FEW = 3  # people of one name who are left out together, and buttons that take them back


@dataclass(frozen=True, slots=True)
class Leaving:
    """One name that shall be left out: its values, all that it includes, under a criterion's key.

    name: in both languages as a list keeps it; people have none, theirs are read when told.
    """

    key: str
    values: list[Any]
    name: list[str] | None = None
    how: Denial = Denial.NOT


@dataclass(frozen=True, slots=True)
class Told:
    """How what is left out is told: the words, and each name with the value that takes it back."""

    words: Text | None = None
    names: list[tuple[Value, str]] = field(default_factory=list)

    def buttons(self, press: str, *, empty: bool) -> tuple[Button, ...]:
        """Return a button that includes it again for each person, in an empty list each name."""
        people = [row for row in self.names if row[1].startswith(f"{LEFT_OUT}:{PEOPLE}:")]
        shown = self.names if empty else people[-_FEW:]
        return tuple(Button(_("Include {name}", name=n), press, value) for n, value in shown)


async def leavings(
    request: Request, session: Session, shown: Criteria
) -> tuple[list[Leaving], list[Text]]:
    """Return what a message leaves out, and notes on what it names that nobody knows.

    shown: the list that is spoken of, empty when there is none.
    """
    found: list[Leaving] = []
    notes: list[Text] = []
    items = list(shown.get("items") or ())
    for entity, how in request.denials:
        known = await _known(entity.entity, entity.value, how, request, session, items)
        if not known:
            notes.append(unknown(entity.value))
        elif len(known) > _FEW:
            notes.append(_several(entity.value))
        else:
            found.extend(known)
    offer = pick(request.text, items) if denies_a_place(request.text) else None
    if denies_her(request.text):
        offer = shown.get("one")
    if not found and offer is not None:
        people = await people_offering(session, [offer])
        found.append(Leaving(PEOPLE, [person for person, _name in people], None, Denial.AWAY))
    return found, notes


def unknown(words: str) -> Text:
    """Return the note on a name that cannot be left out, since nobody knows it."""
    return _("I don't know what “{words}” is here, so nobody was left out for it.", words=words)


def _several(words: str) -> Text:
    return _(
        "There are several called “{words}”. Write more of the name, so that I leave the right "
        "one out.",
        words=words,
    )


async def reach(criteria: Criteria, session: Session) -> dict[str, list[Any]]:
    """Return the values that criteria mean, with all that they include, by their keys."""
    reached = {key: value for key, value in criteria.items() if isinstance(value, list)}
    if reached.get("fields"):
        reached["fields"] = await with_narrower(session, reached["fields"])
    if criteria.get("unit") is not None:
        reached["unit"] = await units_below(session, criteria["unit"])
    if criteria.get("programme") is not None:
        reached["programme"] = [criteria["programme"]]
    return reached


def leave_out(after: Criteria, named: dict[str, Any], leaving: Leaving) -> None:
    """Leave something out of a list, and no longer choose it."""
    if after.get("presumed") and leaving.key == "unit" and after.get("unit") in leaving.values:
        after["unit"] = None  # what she never chose is not undone by "skippa Handels"
    chosen = after.get(leaving.key)
    before = chosen if isinstance(chosen, list) else [chosen]
    left = [value for value in before if value not in leaving.values]
    undone = chosen is not None and (not left or _is_named(leaving, named))
    if leaving.how is Denial.NOT_ONLY:
        after[leaving.key] = named[leaving.key] = None
        take_back(after, leaving.key, leaving.values, leaving.name)
        return
    if undone:
        after[leaving.key] = (left if isinstance(chosen, list) else None) or None
        named[leaving.key] = _without_name(named.get(leaving.key), leaving)
    if not undone or (not left and leaving.how is Denial.NOT):
        _add(after, leaving)


def choose(after: Criteria, key: str, values: list[Any]) -> None:
    """Let what is chosen be left out no longer: the last word wins."""
    after[LEFT_OUT] = [
        e
        for e in after.get(LEFT_OUT) or []
        if e["key"] != key or not set(values) <= set(e["values"])
    ]


def free(after: Criteria, keys: frozenset[str]) -> None:
    """Leave nothing out any longer of some kinds: "alla städer går bra"."""
    after[LEFT_OUT] = [e for e in after.get(LEFT_OUT) or [] if e["key"] not in keys]


def take_back(after: Criteria, key: str, values: list[Any], name: list[str] | None) -> bool:
    """Show again what was left out, and say whether anything was; a part of it is told as kept."""
    entries, taken = [], False
    for entry in after.get(LEFT_OUT) or []:
        rest = [value for value in entry["values"] if value not in values]
        if entry["key"] != key or len(rest) == len(entry["values"]):
            entries.append(entry)
            continue
        taken = True
        if rest:
            kept = [*entry.get("kept", []), *([name] if name else [])]
            entries.append({**entry, "values": rest, "kept": kept})
    after[LEFT_OUT] = entries
    return taken


def include_again(criteria: Criteria, value: str) -> Criteria:
    """Return criteria without the entry that a button of `told_left_out` names."""
    entries = criteria.get(LEFT_OUT) or []
    return {**criteria, LEFT_OUT: [e for e in entries if _button_value(e) != value]}


def search_leaves_out(criteria: Criteria) -> LeftOut:
    """Return what the search of a list leaves out."""

    def values(key: str) -> tuple[Any, ...]:
        entries = criteria.get(LEFT_OUT) or []
        return tuple(v for e in entries if e["key"] == key for v in e["values"])

    return LeftOut(
        cities=values("cities"),
        fields=values("fields"),
        employers=values("employers"),
        units=values("unit"),
        programmes=values("programme"),
        people=values(PEOPLE),
    )


async def told_left_out(request: Request, session: Session, criteria: Criteria) -> Told:
    """Return how what a list leaves out is told: "utom i Göteborg och Malmö"."""
    by_key: dict[str, list[Value]] = {}
    names: list[tuple[Value, str]] = []
    for entry in _telling(criteria):
        name = await _name_of(entry, request, session)
        by_key.setdefault(entry["key"], []).append(name)
        names.append((name, _button_value(entry)))
    words = [_except(key, Listed(tuple(every))) for key, every in by_key.items()]
    return Told(lines(*words, by=" · ") if words else None, names)


async def people_back(
    request: Request, session: Session, criteria: Criteria
) -> dict[str, list[int]]:
    """Return those who were left out and are named again, by their key: "visa Anna igen"."""
    ids = list(search_leaves_out(criteria).people)
    if not ids:
        return {}
    known = await names_seen(session, ids, request.actor.viewer)
    said = request.said("person")
    back = [i for i, name in known if any(_is_called(name, words) for words in said)]
    return {PEOPLE: back} if back else {}


def _telling(criteria: Criteria) -> list[dict[str, Any]]:
    """Return the entries that hold anybody back: in Kiruna nobody is left out by Malmö."""
    cities = set(criteria.get("cities") or ())
    return [
        e
        for e in criteria.get(LEFT_OUT) or []
        if e["key"] != "cities" or not cities or cities & set(e["values"])
    ]


def _except(key: str, names: Listed) -> Text:
    match key:
        case "cities":
            return _("except in {names}", names=names)
        case "employers":
            return _("except at {names}", names=names)
        case "unit" | "programme":
            return _("except from {names}", names=names)
    return _("except {names}", names=names)


async def _known(
    entity: str, words: str, how: Denial, request: Request, session: Session, items: list[int]
) -> list[Leaving]:
    if entity == "person":
        people = await _people(words, request, session, items)
        return [Leaving(PEOPLE, [person], None, how) for person in people]
    found = await of_one_kind(entity, words, session)
    reached = await reach(found.criteria, session)
    return [
        Leaving(key, values, [found.named[key].sv, found.named[key].en], how)
        for key, values in reached.items()
    ]


async def _people(words: str, request: Request, session: Session, items: list[int]) -> list[int]:
    """Return those of a name in the list shown, else wherever the asker may see them."""
    shown = await people_offering(session, items)
    called = [person for person, name in shown if _is_called(name, words)]
    if called:
        return list(dict.fromkeys(called))
    actor = request.actor
    found = await alumni_called(session, words, actor.viewer, actor.home_id, _FEW + 1)
    return [person.id for person in found]


def _is_called(name: str, words: str) -> bool:
    """Whether each word that was said begins a part of a name: "Anna S"."""
    parts = fold(name).split()
    return all(any(part.startswith(said) for part in parts) for said in fold(words).split())


def _is_named(leaving: Leaving, named: dict[str, Any]) -> bool:
    """Whether a filter's shown name holds the very name that is left out."""
    known = named.get(leaving.key)
    return (
        isinstance(known, list)
        and bool(leaving.name)
        and any(
            one in shown.split(", ") for one, shown in zip(leaving.name or [], known, strict=True)
        )
    )


def _without_name(known: Any, leaving: Leaving) -> Any:
    if not isinstance(known, list) or leaving.name is None:
        return None
    pairs = zip(known, leaving.name, strict=True)
    return [", ".join(n for n in shown.split(", ") if n != one) for shown, one in pairs]


def _add(after: Criteria, leaving: Leaving) -> None:
    """Add what is left out, unless more of the kind is left out already."""
    entries, new = after.get(LEFT_OUT) or [], set(leaving.values)
    same = [set(e["values"]) for e in entries if e["key"] == leaving.key]
    if not any(new <= values for values in same):
        kept = [e for e in entries if e["key"] != leaving.key or not set(e["values"]) <= new]
        entry = {"key": leaving.key, "values": leaving.values, "name": leaving.name}
        after[LEFT_OUT] = [*kept, entry]


def _button_value(entry: dict[str, Any]) -> str:
    return f"{LEFT_OUT}:{entry['key']}:{entry['values'][0]}"


async def _name_of(entry: dict[str, Any], request: Request, session: Session) -> Value:
    if entry["key"] == PEOPLE:
        viewer = request.actor.viewer
        people = [await alumnus_seen(session, number, viewer) for number in entry["values"]]
        return Listed(tuple(where(person) for person in people if person))
    name = Named(*entry["name"])
    kept = Listed(tuple(Named(*one) for one in entry.get("kept", [])))
    return _("{name} (but with {kept})", name=name, kept=kept) if kept.items else name
