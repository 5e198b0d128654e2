"""How a message of its own begins: as a question, as an order, or as a wish."""

import re

from nlu.exact import bare

_QUESTIONS = frozenset(
    """vem vilka vilken vilket vad var när hur finns kan går
    who which what where when how is are can could does do""".split()
)
# Orders to the bot alone; nobody answers a question with them.
_CALLS = frozenset("visa hjälp påminn påmin paminn show help remind".split())
# And so begins a new order, where an order cannot be the answer.
_ORDERS = frozenset(
    """hitta sök lista ta lägg registrera boka flytta byt ändra svara skicka avboka pausa logga
    kalla lämna tipsa berätta ge sätt radera
    find search list remove cancel move add register book switch change answer reply send pause
    log invite tell give set delete""".split()
)
_LEAD = re.compile(
    r"^(?:(?:hej|hallå|du|men|och|förresten|ok|okej|by the way|btw|hi|hello|but|and|also|oh)\b"
    r"[\s,.!:–-]*)+",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"^\W*(?:förresten|by the way|btw)\b", re.IGNORECASE)
_WISHES = re.compile(
    r"^(?:jag|vi|i|we|i['’](?:m|d|ve)|we['’](?:re|d|ve)|mentorer|mentors|handledare|supervisors|"
    r"(?:gäst)?föreläsare|(?:guest )?lecturers|speakers|alumner|alumni)\b",
    re.IGNORECASE,
)
# Who speaks of her, or of what she could do for us, answers what a contact is for.
_HERS_OR_OURS = re.compile(
    r"\b(?:hon|henne|hennes|han|honom|hans|hen|she|her|he|him|his|vår|vårt|våra|our)\b",
    re.IGNORECASE,
)


def asks(text: str) -> bool:
    """Whether a message ends as a question does."""
    return text.rstrip().endswith("?")


def questions(text: str) -> bool:
    """Whether a message is a question by its mark or by its first word."""
    return asks(text) or _first(text) in _QUESTIONS


def orders(text: str) -> bool:
    """Whether a message begins as an order does."""
    return _first(text) in _CALLS | _ORDERS


def begins_anew(text: str, *, orders: bool) -> bool:
    """Whether a message begins as a question or an order to the bot; orders: of any kind."""
    return questions(text) or _first(text) in (_CALLS | _ORDERS if orders else _CALLS)


def turns_aside(text: str) -> bool:
    """Whether a message says itself that it is of something else: "förresten, lägg in …"."""
    return _ASIDE.match(text) is not None


def wishes(text: str) -> bool:
    """Whether a message begins as a wish of its own: "jag söker …", "mentors in …"."""
    return _WISHES.match(_LEAD.sub("", text.strip())) is not None


def speaks_of_her(text: str) -> bool:
    """Whether a message speaks of the one in question, or of ours: "för våra studenter"."""
    return _HERS_OR_OURS.search(text) is not None


def _first(text: str) -> str:
    return next(iter(bare(_LEAD.sub("", text.strip())).split()), "")
