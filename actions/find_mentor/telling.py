"""How a list of mentors is told: its headline, its reach, its cards and what leads on."""

from typing import Any

from actions.alumnus_words import fields_of, languages, lives, studied, works
from actions.leaving_out import Told
from actions.refining import name_from
from actions.reply import Button, Card, Element, Fact, Reply
from actions.words import Named, Text, _, lines, ngettext, plain
from storage.queries.mentors import MentorHit, MentorPage
from storage.tables import Alumnus

PAGE = 5
_ORDERS = {
    "name": _("sorted by name"),
    "contact": _("sorted by last contact"),
    "city": _("sorted by city"),
}


def told(
    criteria: dict[str, Any],
    page: MentorPage,
    offset: int,
    scope: Text,
    left_out: Told,
    notes: list[Text],
) -> Reply:
    """Return one page of a list."""
    reach = _reach(criteria, scope, left_out.words)
    head = lines(*notes, _headline(criteria, page, offset), reach)
    cards = tuple(mentor_card(hit) for hit in page.hits)
    again = left_out.buttons("mentor.without", empty=not page.total)
    return Reply(head, (*cards, *_onward(criteria, page, offset), *again))


def _headline(criteria: dict[str, Any], page: MentorPage, offset: int) -> Text:
    if not page.total:
        return _nothing(criteria)
    if not page.hits:
        return _("There are no more. I have shown all {n}.", n=page.total)
    if page.total <= PAGE:
        return _found(criteria, page.total)
    last = offset + len(page.hits)
    return lines(
        _found(criteria, page.total),
        _("Showing {first}–{last}.", first=offset + 1, last=last),
        by=" ",
    )


def _found(criteria: dict[str, Any], n: int) -> Text:
    kind = criteria["kinds"][0]
    if kind == "supervisor":
        return ngettext("I found 1 thesis supervisor.", "I found {n} thesis supervisors.", n)
    if kind == "study_visit":
        return ngettext("I found 1 study visit host.", "I found {n} study visit hosts.", n)
    return ngettext("I found 1 mentor.", "I found {n} mentors.", n)


def _nothing(criteria: dict[str, Any]) -> Text:
    kind = criteria["kinds"][0]
    if kind == "supervisor":
        return _("I found no thesis supervisor for that.")
    if kind == "study_visit":
        return _("I found no study visit host for that.")
    return _("I found no mentor for that.")


def _reach(criteria: dict[str, Any], scope: Text, left_out: Text | None) -> Text:
    names = criteria.get("named", {})
    shown = [
        name_from(names[key])
        for key in ("fields", "cities", "employers", "programme")
        if key in names and criteria.get(key)
    ]
    language = {"en": _("in English"), "sv": _("in Swedish")}.get(criteria.get("language") or "")
    free = _("with room now") if criteria.get("open") else None
    order = _ORDERS.get(criteria.get("order") or "")
    names = (plain(name) for name in shown)
    return lines(scope, *names, left_out, language, free, order, by=" · ")


def _onward(criteria: dict[str, Any], page: MentorPage, offset: int) -> tuple[Element, ...]:
    buttons: list[Element] = []
    rest = page.total - offset - len(page.hits)
    if rest > 0 and page.hits:
        label = ngettext("Show 1 more", "Show {n} more", min(rest, PAGE))
        buttons.append(Button(label, "mentor.more", str(offset + PAGE)))
    if criteria.get("unit") is not None:
        buttons.append(Button(_("Show the whole university"), "mentor.everywhere"))
    if not page.total:
        buttons.extend(
            Button(_("Without {filter}", filter=name_from(name)), "mentor.without", key)
            for key, name in criteria.get("named", {}).items()
            if criteria.get(key) and key != "unit"
        )
    return tuple(buttons)


def mentor_card(hit: MentorHit) -> Card:
    """Return the card of one offer; it names no contact details, to anybody."""
    person = hit.offer.alumnus
    facts = [
        fields_of(hit.offer.fields),
        works(person),
        lives(person),
        studied(person),
        languages(hit.offer.languages),
        Fact(_("Capacity"), _capacity(hit)),
        _last_contact(person),
    ]
    if not hit.consent:
        facts.append(
            Fact(
                _("Consent"),
                _("Missing: only the unit's coordinator and the central unit see this"),
            )
        )
    ask = Button(_("Ask for contact"), "contact.ask", f"{person.id}:{hit.offer.kind}", "primary")
    return Card(
        title=plain(person.name),
        subtitle=plain(Named(hit.offer.pitch_sv, hit.offer.pitch_en)),
        facts=tuple(fact for fact in facts if fact),
        buttons=() if hit.availability == "closed" else (ask,),
    )


def _capacity(hit: MentorHit) -> Text:
    person = hit.offer.alumnus
    if person.paused_until is not None and hit.availability == "closed":
        return _("Paused until {day}", day=person.paused_until)
    return {
        "open": _("Open"),
        "limited": _("Limited: partly taken already"),
        "closed": _("Full for now"),
    }[hit.availability]


def _last_contact(person: Alumnus) -> Fact | None:
    return Fact(_("Last contact"), plain(person.last_contact)) if person.last_contact else None
