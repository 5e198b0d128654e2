"""What to look at before an announcement goes: hints that hold nothing up."""

import re

from actions.drafting import Filled
from actions.words import Text, _, ngettext

_LONG_SENTENCE = 25  # words
_LONG_WORD = 20  # letters
_BRAND = re.compile(r"\blogo(?:typ)?|\bmall|template|brand|varumärk", re.IGNORECASE)
_LINK = re.compile(r"https?://", re.IGNORECASE)


def hints(filled: Filled) -> list[Text]:
    """Return what could be better: a last day, whom to ask, plain language, the brand's link."""
    text = " ".join(filled[name] for name in ("text", "text_en") if filled.get(name))
    long_sentences = [s for s in re.split(r"[.!?\n]+", text) if len(s.split()) > _LONG_SENTENCE]
    long_words = [w for w in re.findall(r"[^\W\d_]+", text) if len(w) > _LONG_WORD]
    found = []
    if not filled.get("valid_to"):
        found.append(_("no last day"))
    if not filled.get("contact"):
        found.append(_("no contact (you are named)"))
    if long_sentences:
        n = len(long_sentences)
        found.append(ngettext("{n} long sentence", "{n} long sentences", n))
    if long_words:
        found.append(_("long words: {words}", words=", ".join(long_words[:3])))
    if _BRAND.search(text) and not _LINK.search(text):
        found.append(_("no link to the brand's pages"))
    return found
