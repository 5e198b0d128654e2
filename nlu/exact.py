"""The few messages that need no model: yes, no, cancel, help, in both languages."""

import re

_STRIP = re.compile(r"[\s.!,:)]+")
# What orders Rasa to take an intent as understood; nobody says such a thing.
_COMMAND = re.compile(r"\s*/\w+\s*\{.*\}\s*", re.DOTALL)
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxz")
_MANY = 8  # letters; fewer without a vowel may be "hm", "SKF" or "thx pls"
_STUTTERED = 3
# Said of what was just done; with nothing to undo they say no to what is open.
UNDO = frozenset(
    {
        "ångra",
        "ångra mig",
        "jag ångrar mig",
        "ångra det",
        "ångra den",
        "ångra senaste",
        "ångra det senaste",
        "gör det ogjort",
        "undo",
        "undo that",
        "undo it",
        "undo last",
        "undo the last one",
    }
)
_WORDS: dict[str, frozenset[str]] = {
    "confirm": frozenset(
        {
            "ja",
            "japp",
            "jepp",
            "jo",
            "ja tack",
            "ja gärna",
            "ok",
            "okej",
            "okey",
            "spara",
            "kör",
            "kör på",
            "gör det",
            "ja gör det",
            "stämmer",
            "det stämmer",
            "yes",
            "yep",
            "yes please",
            "ok do it",
            "do it",
            "save",
            "save it",
            "sure",
            "go ahead",
            "👍",
            "j",
            "y",
        }
    ),
    "decline": UNDO
    | {
        "nej",
        "nej tack",
        "nä",
        "näe",
        "avbryt",
        "stopp",
        "sluta",
        "strunta i det",
        "glöm det",
        "skit i det",
        "kasta",
        "no",
        "nope",
        "no thanks",
        "cancel",
        "stop",
        "never mind",
        "nevermind",
        "forget it",
        "discard",
        "n",
        "👎",
    },
    "change_settings": frozenset(
        {
            "byt till engelska",
            "byt till svenska",
            "byt språk",
            "byt språk till engelska",
            "byt språk till svenska",
            "svara på engelska",
            "svara på svenska",
            "prata engelska",
            "prata svenska",
            "switch to english",
            "switch to swedish",
            "switch language",
            "change language",
            "answer in english",
            "answer in swedish",
            "reply in english",
            "reply in swedish",
            "speak english",
            "speak swedish",
            "english please",
            "swedish please",
        }
    ),
    "help": frozenset(
        {
            "hjälp",
            "hjalp",
            "help",
            "meny",
            "menu",
            "?",
            "vad kan du",
            "vad kan du göra",
            "what can you do",
        }
    ),
}
# Said while a draft is open, these throw it away; a bare "nej" first asks what is wrong.
GIVE_UP = frozenset(
    {
        "avbryt",
        "stopp",
        "sluta",
        "strunta i det",
        "glöm det",
        "skit i det",
        "kasta",
        "cancel",
        "stop",
        "never mind",
        "nevermind",
        "forget it",
        "discard",
    }
)


def bare(text: str) -> str:
    """Return a message as it is compared with the exact words."""
    return _STRIP.sub(" ", text.casefold()).strip()


def exact_intent(text: str) -> str | None:
    """Return the intent of a message that is nothing but one of the exact words."""
    said = bare(text) or text.strip()
    return next((intent for intent, words in _WORDS.items() if said in words), None)


def wordless(text: str) -> bool:
    """Whether a message holds no real word: nothing said, "xxxx xxxx", a command to the model."""
    if _COMMAND.fullmatch(text):
        return True
    if any(c.isdigit() for c in text):
        return False
    words = "".join(c if c.isalpha() else " " for c in text.casefold()).split()
    if all(len(word) >= _STUTTERED and len(set(word)) == 1 for word in words):
        return True
    return sum(map(len, words)) >= _MANY and all(_CONSONANTS.issuperset(word) for word in words)
