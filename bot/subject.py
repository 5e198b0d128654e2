"""What a message is about: the draft or list being spoken of, or something new."""

import re
from collections.abc import Sequence

from actions import drafting
from actions.action import Action
from actions.correcting import begins_as_correction, corrects
from actions.denying import DENIABLE, begins_by_denying, names_again
from actions.pointing import Offered, pointed_at
from actions.request import Request
from bot.beginnings import asks, begins_anew, orders, questions, speaks_of_her, turns_aside, wishes
from bot.translation import render
from nlu.exact import GIVE_UP, bare
from nlu.result import Understanding
from nlu.understanding import without
from storage.tables import Draft

ANSWERS = frozenset({"refine", "confirm", "decline", "out_of_scope", "smalltalk"})
_SHORT = 5
_FEW = 2
_CERTAIN = 0.8
_SURE = 0.95
_RESUMES = re.compile(
    r"\b(?:fortsätt|fortsätta|gör klart|göra klart|slutför|gå vidare|tillbaka till|åter till|"
    r"var var vi|återuppta|finish|complete|"
    r"resume|continue|go on|carry on|back to)\b",
    re.IGNORECASE,
)
_BACK = re.compile(r"^\s*(?:tillbaka till|åter till|back to)\b", re.IGNORECASE)
_YES = re.compile(
    r"^(?:ja|japp|jo|jajamän|yes|yep|ok|okej|okay|absolut|perfekt|toppen|bra|fint|visst|gärna|kör|"
    r"spara|skicka|gör|looks|save|send|great|perfect|sure|fine|good|go|do|precis|stämmer|exactly|"
    r"klar|klart|färdig|jadå|javisst|jepp|kanon|super|grymt|det (?:är|ser|blir) bra|det stämmer|"
    r"(?:ser|låter) (?:bra|rätt|fint)|rätt|sounds good|correct|right|alright|done|ready|yeah|yup|"
    r"lgtm|that's|thats|all good)\b",
    re.IGNORECASE,
)
_NO_MORE = re.compile(
    r"\b(?:avbryt\w*|strunta?|skippa|glöm det|ångra(?:t|r)? mig|kasta|lägg ner|cancel|never ?mind|"
    r"forget (?:it|about)|scrap|discard|drop it|stop|abort)\b",
    re.IGNORECASE,
)


_ELLIPTIC = frozenset(
    """finns det inte någon nån någon någonting några nåra ingen inga en ett i på från hos vid inom
    med av har du ni vi man är var och men eller då bara hur blir vad sägs om den de dem som jobbar
    bor alumn alumner is are there isn't aren't any anyone anybody nobody no one none somebody
    someone some in at on from with of do does you we have and but or what how about then the only
    just who works lives alumnus alumni""".split()
)
_OTHERS = frozenset("andra annan fler till other others else more".split())
_OF_THEM = re.compile(r"\b(?:de|dem|dom|listan|them|those|the list)\b", re.IGNORECASE)
_NEW_FORM = re.compile(
    r"^\s*(?:påmin|paminn|remind|registrera|lägg in|boka|register|book)", re.IGNORECASE
)
_TIME_ALONE = re.compile(r"^\s*(?:kl\.?|klockan|at)?\s*\d{1,2}[.:]?\d{0,2}\s*(?:am|pm)?[\s.!]*$")
_THROWN = re.compile(
    r"^\s*(?:ta bort|släng|radera|kasta|delete|remove|drop|scrap)\s+"
    r"(?:den|det|utkastet|it|that|this|the draft)(?:\s+(?:där|här|då))?[\s.!]*$",
    re.IGNORECASE,
)


def about_a_list(shown: Draft, understood: Understanding, text: str, *, newest: bool) -> bool:
    """Whether a message can be read against a list shown before: "bara i Malmö", "fler"."""
    asked_anew = understood.intent == shown.action and understood.band == "act"
    if understood.source == "words" or asked_anew:
        return False
    if understood.intent == "refine" or (newest and _leaves_out(understood, text)):
        return True
    if understood.intent in ANSWERS and (corrects(text) or _THROWN.match(text)):
        return True
    if newest and understood.when is not None and (begins_as_correction(text) or _only_time(text)):
        return True
    if newest and (_only_a_name(understood, text) or _names_no_thing(understood, text)):
        return True
    if _NEW_FORM.match(text):
        return False
    unsure = understood.confidence < (_SURE if understood.intent in ANSWERS else _CERTAIN)
    points = understood.when is not None or _OF_THEM.search(text) is not None
    few = _SHORT + 3 if points else _SHORT
    return newest and unsure and len(text.split()) <= few


def _leaves_out(understood: Understanding, text: str) -> bool:
    """Whether a message only leaves names out, or takes them back: "ta bort Anna Svensson"."""
    few, names = len(text.split()) <= _SHORT + 3, understood.marked
    return few and (begins_by_denying(text, names) or names_again(text, names))


def _names_no_thing(understood: Understanding, text: str) -> bool:
    """Whether a message tells where, or that there be others, but not what is looked for.

    "Finns det inte någon i Lund?" and "och på Volvo då?" can only mean what the list holds.
    """
    names = [e for e in understood.marked if e.entity in DENIABLE]
    rest = set(bare(without(text, names).replace("?", " ")).split())
    return bool(names or rest & _OTHERS) and rest <= _ELLIPTIC | _OTHERS


def _only_a_name(understood: Understanding, text: str) -> bool:
    names = [e for e in understood.marked if e.entity == "person"]
    return len(names) == 1 and names[0].value == text.strip(" .!?")


def _nothing_but_time(understood: Understanding) -> bool:
    spans = understood.when.spans if understood.when else ()
    rest = understood.text
    for start, end in sorted(spans, reverse=True):
        rest = rest[:start] + rest[end:]
    return bool(spans) and not any(c.isalnum() for c in rest)


def _only_time(text: str) -> bool:
    return _TIME_ALONE.match(text) is not None


def changes_subject(
    form: drafting.DraftForm,
    draft: Draft,
    request: Request,
    understood: Understanding,
    asked: Action | None,
) -> bool:
    """Whether a message is a new question or order, not an answer that a draft waits for.

    asked: the action that was understood, where it is one that stands today.
    """
    if understood.intent == draft.action:
        return drafting.begins_anew(form, draft, request)
    slot = form.slot(draft.awaiting)
    anything = slot is not None and slot.orders
    if understood.band != "act":
        # Without the model a question's words are no values: it is answered by the menu.
        down = understood.source == "down"
        return asks(request.text) and (down or not (anything or drafting.hears(form, request)))
    sure = understood.confidence >= _CERTAIN
    if understood.intent in ANSWERS:
        few = _FEW if anything else _SHORT
        small = understood.intent == "smalltalk" and len(request.text.split()) <= few
        question = understood.source != "words" and asks(request.text) and not anything
        return ((sure and small) or question) and not drafting.hears(form, request)
    if _is_of_the_draft(form, request, understood) or _answers(slot, request):
        return False
    begins = asked.form.opens if asked and asked.form and not anything else None
    opens = begins is not None and begins.search(request.text)
    if sure and (understood.intent == "change_settings" or opens):
        return True
    return not drafting.names_a_field(form, request) and _is_no_answer(
        form, slot, request, understood, asked
    )


def may_be_new(
    form: drafting.DraftForm,
    draft: Draft,
    request: Request,
    understood: Understanding,
    asked: Action | None,
) -> drafting.Slot | None:
    """Return the awaited free text that a message is, unless it is something new; None = clear."""
    slot = form.slot(draft.awaiting)
    if slot is None or not slot.prose or asked is None or asked.name in {draft.action, "smalltalk"}:
        return None
    if _is_of_the_draft(form, request, understood) or drafting.names_a_field(form, request):
        return None
    if slot.orders:
        anew = begins_anew(request.text, orders=turns_aside(request.text))
        own = anew or wishes(request.text)
        return slot if own and understood.confidence >= _CERTAIN else None
    alike = understood.intent in slot.alike and wishes(request.text)
    return slot if alike and not speaks_of_her(request.text) else None


def _is_of_the_draft(form: drafting.DraftForm, request: Request, understood: Understanding) -> bool:
    """Whether a message names a field with its value, or is nothing but a time."""
    if drafting.gives_a_field(form, request) or _nothing_but_time(understood):
        return True
    return _another_value(form, request, understood)


def _answers(slot: drafting.Slot | None, request: Request) -> bool:
    """Whether a message speaks of the one in question where free text is awaited."""
    prose = slot is not None and slot.prose and not slot.orders
    return prose and not asks(request.text) and speaks_of_her(request.text)


def _is_no_answer(
    form: drafting.DraftForm,
    slot: drafting.Slot | None,
    request: Request,
    understood: Understanding,
    asked: Action | None,
) -> bool:
    """Whether a message of another intent cannot be what the draft waits for."""
    sure, text = understood.confidence >= _CERTAIN, request.text
    if slot is None:
        return begins_anew(text, orders=True) or sure or not drafting.hears(form, request)
    if slot.orders:
        return False  # anything may be the answer; what is doubtful is asked about
    if slot.prose:
        wish = sure and wishes(text) and understood.intent not in slot.alike
        return questions(text) or (asked is not None and (orders(text) or wish))
    words = len(text.split())
    long = words > _FEW if sure else words > _SHORT
    return begins_anew(text, orders=True) or (long and slot.heard(request) is None)


def _another_value(form: drafting.DraftForm, request: Request, understood: Understanding) -> bool:
    """Whether "byt till kl 15" means the draft: a time or a place is no setting of the bot's."""
    changed = understood.intent == "change_settings" and begins_as_correction(request.text)
    return changed and drafting.hears(form, request)


def asks_or_orders(understood: Understanding, text: str) -> bool:
    """Whether a message is clearly a question or an order of its own."""
    sure = understood.band == "act" and understood.intent not in ANSWERS
    return sure and begins_anew(text, orders=True)


def confirms(understood: Understanding, text: str) -> bool:
    """Whether a message says yes, by an exact word or by more of them."""
    if understood.intent != "confirm":
        return False
    return understood.source == "words" or (
        understood.band == "act" and _YES.search(text.strip()) is not None
    )


def gives_up(understood: Understanding, text: str) -> bool:
    """Whether a message throws away what is open."""
    if bare(text) in GIVE_UP or _THROWN.match(text):
        return True
    return (
        understood.intent == "decline"
        and understood.band == "act"
        and _NO_MORE.search(text) is not None
    )


def resumed(
    understood: Understanding, text: str, forms: Sequence[tuple[Draft, drafting.DraftForm]]
) -> Draft | None:
    """Return the draft that a message wants to go on with: "tillbaka till gästföreläsningen"."""
    if not forms or not _RESUMES.search(text):
        return None
    titles = [
        Offered("", str(draft.id), (render(form.title, "sv"), render(form.title, "en")))
        for draft, form in forms
    ]
    named = pointed_at(text, titles, loosely=True)
    if named is not None:
        return next(draft for draft, _form in forms if str(draft.id) == named.value)
    unsure = understood.band != "act" or understood.intent in ANSWERS
    few = len(text.split()) < _SHORT
    return forms[0][0] if few and unsure and len(forms) == 1 else None


def goes_back(text: str) -> bool:
    """Whether a message goes back to something and orders nothing: "tillbaka till påminnelsen"."""
    return _BACK.match(text) is not None


def is_awaited(form: drafting.DraftForm, draft: Draft, request: Request) -> bool:
    """Whether a message is the time or place that a draft waits for, and no correction."""
    slot = form.slot(draft.awaiting)
    if slot is None or not slot.marked or corrects(request.text):
        return False
    return slot.heard(request) is not None


def may_answer(
    form: drafting.DraftForm, draft: Draft, request: Request, understood: Understanding
) -> bool:
    """Whether a message can belong to a draft that something else has been shown over."""
    if understood.source == "words" and understood.intent in {"confirm", "decline"}:
        return True
    if draft.awaiting == "confirm":
        return drafting.names_a_field(form, request)
    if understood.intent in {"smalltalk", "out_of_scope"} and understood.confidence >= _CERTAIN:
        return False
    return understood.band != "act" or understood.intent in ANSWERS or drafting.hears(form, request)
