"""How people correct themselves: "nej, torsdagen", "byt syfte till …", "samma sal som sist"."""

import re

from storage.folding import fold

_AT_FIRST = frozenset(
    """byt byta andra nej nja na nae inte vanta fel forresten gor ta flytta hellre istallet menade
    kl skriv satt ursakta forlat sorry oj
    change no nope not make actually rather instead meant move wrong switch set oops""".split()
)
_ANYWHERE = re.compile(
    r"\b(?:fel dag|fel tid|fel person|istallet|i stallet|inte|hellre|menade|"
    r"wrong|instead|rather|meant|not)\b"
)
_TO = (
    r"\s*(?:till|to|är|blir|heter|kallas|ska vara|skall vara|ska handla om|is called|is|should be|"
    r"shall be|=|:):?\s+"
)
_LEAD = re.compile(
    r"""^\s*(?:(?:nej|ja|jo|no|yes|well|ok|okej|oj|tack|sorry|förresten|actually|alltså)\b[\s,.!]*)*
    (?:(?:det|hon|han|den|it|she|he|this|that)(?:'s|\s+(?:ska|skall|kommer\satt|will|should))?\s+
       (?:är|blir|gäller|handlar|handla|heter|is|was|be|about|called|concerns|vara|bli)\s*
       (?:om|kring|about|that)?\s*
     |(?:hennes|hans|her|his|the)\s+(?:namn|name|title|topic)\s+(?:är|is)\s+
     |(?:ämnet|rubriken|titeln|syftet|föreläsaren|gästföreläsaren)\s+(?:är|blir|heter)\s+
     |(?:it's|that's|she's|he's)\s+(?:about\s+|called\s+)?
     |(?:om|about|on)\s+)?""",
    re.IGNORECASE | re.VERBOSE,
)
_TRAIL = re.compile(
    r"\s*(?:,?\s*(?:tack|i stället|istället|instead|please))*[\s.,!]*$", re.IGNORECASE
)
_DANGLING = re.compile(
    r"(?:[\s,–-]+|\b(?:på|den|kl\.?|i|on|at|in|the|och|and)\s*)+$", re.IGNORECASE
)
_AS_LAST = re.compile(
    r"\b(?:samma(?: som)?|same(?: as)?|likadant som)\b.*\b"
    r"(?:sist|senast|forra|forut|forr|innan|last|before|previous|previously)\b|"
    r"^(?:samma som sist|som sist|som forra gangen|same as last time|as last time)\b"
)


_LAST_TIME = re.compile(r"\b(?:last|previous) time\b|\bförra gången\b", re.IGNORECASE)
_CONCERNS = re.compile(
    r"^\s*(?:(?:nej|ja|no|yes|well|ok)\b[\s,]*)*"
    r"(?:(?:det|den|it|this)\s+(?:ska\s+|skall\s+|kommer\s+att\s+|will\s+|should\s+)?"
    r"(?:gäller|gälla|handlar om|handla om|är om|rör|is about|be about|concerns|is regarding)|"
    r"it's about|it's regarding)\s+(?P<value>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)


_NONE = re.compile(
    r"^\s*(?:nej\W+|no\W+)?(?:ingen|inga|varken|none|neither)\b(?:\s+(?:av|of)\s+(?:dem|dom|de|them|"
    r"these|those))?[\s.!]*$",
    re.IGNORECASE,
)


def none_of_them(text: str) -> bool:
    """Whether a message turns down all that was offered: "ingen av dem"."""
    return _NONE.match(text) is not None


def concerns(text: str) -> str | None:
    """Return what a message says that it is about: "det gäller ett exjobb", or None."""
    found = _CONCERNS.search(text)
    return _TRAIL.sub("", found.group("value")).strip() or None if found else None


def corrects(text: str) -> bool:
    """Whether a message changes what was said before rather than adds to it."""
    said = fold(text)
    first = said.split(maxsplit=1)[0].strip("!:") if said else ""
    return first in _AT_FIRST or _ANYWHERE.search(said) is not None


def begins_as_correction(text: str) -> bool:
    """Whether a message begins as a change does; prose may hold a "not" further in."""
    first = fold(text).split(maxsplit=1)
    return bool(first) and first[0].strip("!:") in _AT_FIRST


def as_last_time(text: str) -> bool:
    """Whether a message means what was said the time before: "samma som sist"."""
    return _AS_LAST.search(fold(text)) is not None


def value_for(text: str, names: tuple[str, ...], *, verbatim: bool = False) -> str | None:
    """Return what a message says that the field of these names shall be, or None.

    "byt syfte till handledning" and "kursen är FEK102" name the field and its value.
    verbatim: a "tack!" at its end belongs to it.
    """
    if not names:
        return None
    field = "|".join(map(re.escape, names))
    found = re.search(
        rf"\b(?:{field})\w{{0,4}}\b{_TO}(?P<value>\S.*)$", text, re.IGNORECASE | re.DOTALL
    )
    if found is None:
        return None
    value = found.group("value")
    return (value if verbatim else _TRAIL.sub("", value)).strip() or None


def takes_away(text: str, names: tuple[str, ...]) -> bool:
    """Whether a message empties the field of these names: "ta bort salen", "no room"."""
    if not names:
        return False
    field = "|".join(map(re.escape, names))
    away = r"(?:ta bort|stryk|skippa|utan|ingen|inget|remove|drop|skip|no|without)"
    found = re.match(
        rf"^\s*{away}\s+(?:the\s+)?(?:{field})\w{{0,4}}(?:\s+\S{{1,8}})?[\s.!]*$",
        text,
        re.IGNORECASE,
    )
    return found is not None


def names_field(text: str, names: tuple[str, ...]) -> bool:
    """Whether a message names a field: "samma sal som sist"."""
    if not names:
        return False
    text = _LAST_TIME.sub(" ", text)
    return re.search(rf"\b(?:{'|'.join(map(re.escape, names))})", text, re.IGNORECASE) is not None


def bare_answer(text: str) -> str:
    """Return an answer without the small talk around it: "det ska handla om AI" → "AI"."""
    kept = _DANGLING.sub("", _TRAIL.sub("", _LEAD.sub("", text.strip(), count=1)))
    return kept.strip(" ,–-") or text.strip()
