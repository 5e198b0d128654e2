"""Tell Swedish from English in a short message, by its small words."""

import re
from typing import Literal

_WORD = re.compile(r"[a-zåäöé]+")
_SV = frozenset(
    """och att det som en ett på är av för med till den har de inte om i jag mig vi du kan ska
    vill vilka vilken vem hur när var vad finns finnas nån någon några nåt något mina min mitt
    din era vår våra han hon dom dem eller men så bara från hos inom åt vid nu idag imorgon
    imorn påminn visa hej tack nej ja jo hjälp avbryt fler alla sök hitta lägg boka ta bort ändra
    byt sätt skicka varje kl tisdag måndag onsdag torsdag fredag lördag söndag veckan vecka
    alumn alumner mentorer föreläsare gästföreläsare påminnelse påminnelser mej dej fråga ge
    va o oxå typ mkt nr nummer paminn pa ar for nar fran""".split()
)
_EN = frozenset(
    """the a an and to of in is are for with that this it on i me my we you your can could would
    should who what which when where how do does did have has any some not or but from at by
    about please show find list remind cancel add book register yes no thanks hello hi help more
    all only tomorrow today every monday tuesday wednesday thursday friday saturday sunday week
    mentors lecture lecturer guest there need want want's i'd i'm don't""".split()
)


def language_of(text: str) -> Literal["sv", "en"] | None:
    """Return the language that a text seems written in, or None when nothing tells."""
    words = _WORD.findall(text.casefold())
    swedish = sum(word in _SV for word in words) + any(c in text.casefold() for c in "åäö")
    english = sum(word in _EN for word in words)
    if swedish == english:
        return None
    return "sv" if swedish > english else "en"
