"""Give the approved text on a question about alumni work, with its owner and last day."""

from actions.access import EVERYBODY
from actions.action import Action
from actions.grounding import name_of
from actions.reply import Button, Element, Fact, Reply
from actions.request import Request
from actions.words import Named, _, lines, plain
from storage import Session
from storage.queries.statements import statement_by_key, statements, statements_about
from storage.tables import Statement

action = Action(
    "explain_alumni",
    for_=EVERYBODY,
    title=_("How we work with alumni"),
    example=_("What is an alumnus?"),
)


@action.asked
async def explain(request: Request, session: Session) -> Reply:
    """Answer with the text that fits best, or with the list of texts there are."""
    found = await statements_about(session, request.text)
    if not found:
        every = await statements(session)
        return Reply(_("These texts are approved. Which one do you want?"), _choices(every), False)  # noqa: FBT003
    return await _told(found[0], session, others=found[1:3])


@action.pressed("statement.show")
async def show(request: Request, session: Session) -> Reply:
    """Show the text of a button."""
    found = await statement_by_key(session, request.value)
    if found is None:
        every = await statements(session)
        return Reply(_("That text has been withdrawn. These are approved."), _choices(every), False)  # noqa: FBT003
    return await _told(found, session, others=[])


@action.pressed("statement.share")
async def share(request: Request, session: Session) -> Reply:
    """Give the text in both languages, ready to paste into a channel."""
    found = await statement_by_key(session, request.value)
    if found is None:
        return Reply(_("That text has been withdrawn."), private=False)
    both = lines(
        plain(found.title_sv),
        plain(found.body_sv),
        plain(""),
        plain(found.title_en),
        plain(found.body_en),
    )
    return Reply(_("Here it is in both languages, ready to paste:"), (both,), private=False)


async def _told(found: Statement, session: Session, others: list[Statement]) -> Reply:
    found.asked += 1
    await session.flush()
    text = lines(
        plain(Named(found.title_sv, found.title_en)), plain(Named(found.body_sv, found.body_en))
    )
    elements: list[Element] = [Fact(_("Owner"), plain(name_of(found.owner_unit)))]
    if found.valid_to is not None:
        elements.append(Fact(_("Valid to"), plain(found.valid_to)))
    elements.append(Fact(_("Version"), plain(str(found.version))))
    elements.append(Button(_("Share in a channel"), "statement.share", found.key))
    return Reply(text, (*elements, *_choices(others)), private=False)


def _choices(found: list[Statement]) -> tuple[Element, ...]:
    return tuple(
        Button(plain(Named(s.title_sv, s.title_en)), "statement.show", s.key) for s in found
    )
