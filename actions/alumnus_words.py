"""How an alumnus is told: facts that every capability shows alike, never contact details."""

import re
from collections.abc import Iterable

from actions.reply import Fact
from actions.words import Listed, Named, Text, _, plain
from storage.folding import fold
from storage.tables import Alumnus, Field

_NUMBER = re.compile(r"^(\d{1,9})$|\(#(\d{1,9})\)$")
KINDS = {
    "mentor": _("Mentorship"),
    "supervisor": _("Thesis supervision"),
    "guest_lecturer": _("Guest lecture"),
    "study_visit": _("Study visit"),
    "contact": _("Other contact"),
}


def works(person: Alumnus) -> Fact | None:
    """Return where she works today."""
    today = next((job for job in person.employments if job.until is None), None)
    if today is None:
        return None
    if not today.title_sv:
        return Fact(_("Works at"), plain(today.employer))
    title = Named(today.title_sv, today.title_en)
    return Fact(_("Works at"), _("{employer} ({title})", employer=today.employer, title=title))


def fields_of(offered: Iterable[Field]) -> Fact:
    """Return her fields as a sentence lists them: only the first begins with a capital."""
    names = [(f.name_sv, f.name_en) for f in offered]
    rest = [(_inside(sv), _inside(en)) for sv, en in names[1:]]
    return Fact(_("Fields"), plain(Listed(tuple(Named(*name) for name in [*names[:1], *rest]))))


def _inside(name: str) -> str:
    abbreviated = name[1:2].isupper()
    return name if abbreviated else name[:1].lower() + name[1:]


def lives(person: Alumnus) -> Fact | None:
    """Return her city."""
    city = person.city
    return Fact(_("City"), plain(Named(city.name_sv, city.name_en))) if city else None


def studied(person: Alumnus) -> Fact | None:
    """Return her programme and year."""
    study = next((s for s in person.studies if s.programme), None)
    if study is None or study.programme is None:
        return None
    name = Named(study.programme.name_sv, study.programme.name_en)
    if study.year is None:
        return Fact(_("Studied"), plain(name))
    return Fact(_("Studied"), _("{programme}, {year}", programme=name, year=str(study.year)))


def apart(person: Alumnus) -> tuple[Fact, ...]:
    """Return the facts that tell two of one name apart: where she works, what she studied."""
    return tuple(fact for fact in (works(person), studied(person)) if fact)


def where(person: Alumnus) -> Named | str:
    """Return a name with where its person works or lives: "Anna Svensson (SEB)"."""
    today = next((job for job in person.employments if job.until is None), None)
    if today is not None:
        return f"{person.name} ({today.employer})"
    if person.city is None:
        return person.name
    return Named(f"{person.name} ({person.city.name_sv})", f"{person.name} ({person.city.name_en})")


def told_apart(person: Alumnus) -> Text:
    """Return a name with what tells two of the same name apart."""
    parts: list[Named | str] = [person.name]
    study = next((s for s in person.studies if s.programme), None)
    if study is not None and study.programme is not None:
        parts.append(Named(study.programme.name_sv, study.programme.name_en))
    today = next((job for job in person.employments if job.until is None), None)
    if today is not None:
        parts.append(today.employer)
    if person.city is not None:
        parts.append(Named(person.city.name_sv, person.city.name_en))
    return Text(
        ", ".join(f"{{p{i}}}" for i in range(len(parts))), {f"p{i}": p for i, p in enumerate(parts)}
    )


def numbered(name: str | None, alumnus_id: int | None) -> str:
    """Return a name as a form field keeps it: with its number where two may share the name."""
    return f"{name} (#{alumnus_id})" if name and alumnus_id is not None else name or ""


def number_of(words: str) -> int | None:
    """Return the number that a button or a form field carries: "119" or "Anna Svensson (#119)"."""
    found = _NUMBER.search(words.strip())
    return int(found.group(1) or found.group(2)) if found else None


def fuller_name(said: str, known: str | None) -> str:
    """Return the name that a part of it means: "fel Anna" means another one of the full name."""
    part = known and fold(known).startswith(f"{fold(said)} ")
    return known if known and part else said


def other_than(alumnus_id: int | None, found: list[Alumnus]) -> list[Alumnus]:
    """Return the alumni without the one who was wrong, when there are others."""
    return [person for person in found if person.id != alumnus_id] or found


def languages(codes: list[str]) -> Fact:
    """Return the languages of an offer."""
    names = {"sv": _("Swedish"), "en": _("English")}
    return Fact(_("Languages"), plain(Listed(tuple(names.get(c, plain(c)) for c in codes))))
