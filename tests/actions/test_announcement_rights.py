"""Who may do what with announcements: every role, every audience, every step, told in one table."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from actions.access import Role
from actions.reply import Card, Chart, File
from bot.assembly import Bot, assembled
from bot.conversation import Answer, Gesture
from bot.terminal.channel import TerminalChannel
from nlu.client import RasaClient
from storage import Database, Session
from storage.queries.announcements import announce
from storage.queries.audiences import audience_of
from storage.queries.people import person_by_email
from storage.tables import (
    Announcement,
    AnnouncementReceiver,
    Appointment,
    Outbox,
    Person,
    Preference,
    Unit,
)
from tests.conftest import NOW, TODAY
from tests.dialogue import ALMA, KARIN

WRITING = "compose preview send schedule"
FOLLOWING = "report csv remind resend correct recall cancel"
# Her own unit is a faculty; under it a department; beside it another faculty; or everybody.
AUDIENCES = {"own": "handels", "under": "fek", "sibling": "jursam", "network": ""}
NOTHING = ("", "", "")
# What she may write to an audience; follow up of others' announcements to it; and of her own, also
# where her rights have changed since.
MATRIX = {
    ("unknown", "own"): NOTHING,
    ("unknown", "under"): NOTHING,
    ("unknown", "sibling"): NOTHING,
    ("unknown", "network"): NOTHING,
    ("staff", "own"): NOTHING,
    ("staff", "under"): NOTHING,
    ("staff", "sibling"): NOTHING,
    ("staff", "network"): NOTHING,
    ("coordinator", "own"): (WRITING, "", FOLLOWING),
    ("coordinator", "under"): (WRITING, "", FOLLOWING),
    ("coordinator", "sibling"): ("compose", "", FOLLOWING),
    ("coordinator", "network"): ("compose", "", FOLLOWING),
    ("deputy", "own"): NOTHING,
    ("deputy", "under"): NOTHING,
    ("deputy", "sibling"): NOTHING,
    ("deputy", "network"): NOTHING,
    ("central", "own"): (WRITING, FOLLOWING, FOLLOWING),
    ("central", "under"): (WRITING, FOLLOWING, FOLLOWING),
    ("central", "sibling"): (WRITING, FOLLOWING, FOLLOWING),
    ("central", "network"): (WRITING, FOLLOWING, FOLLOWING),
    ("management", "own"): NOTHING,
    ("management", "under"): NOTHING,
    ("management", "sibling"): NOTHING,
    ("management", "network"): NOTHING,
    ("former", "own"): NOTHING,
    ("former", "under"): NOTHING,
    ("former", "sibling"): NOTHING,
    ("former", "network"): NOTHING,
    ("left", "own"): NOTHING,
    ("left", "under"): NOTHING,
    ("left", "sibling"): NOTHING,
    ("left", "network"): NOTHING,
}
ROLES = list(dict.fromkeys(role for role, _audience in MATRIX))


@pytest.fixture
async def bot(demo_url: str) -> AsyncIterator[Bot]:
    """Give a bot to press and to fill forms with; it understands no words."""
    rasa = RasaClient("http://127.0.0.1:9", "none")
    made = await assembled(Database(demo_url), rasa, [TerminalChannel()], movable=True, frozen=NOW)
    yield made
    await made.close()


@dataclass
class Hands:
    """One person's hands on every button and form, whether she was shown them or not."""

    bot: Bot
    me: int

    async def press(self, press: str, value: object = "") -> Answer:
        return await self.bot.conversation.answer(
            Gesture(self.me, press=press, value=str(value)), NOW
        )

    async def submit(self, submit: str, value: object = "", **values: str) -> Answer:
        return await self.bot.conversation.answer(
            Gesture(self.me, submit=submit, value=str(value), values=values), NOW
        )

    async def send_form(self, **values: str) -> Answer:
        """Fill the form of an announcement, and confirm what it then shows."""
        shown = await self.submit("announcement.save", **values)
        cards = [element for element in shown.reply.elements if isinstance(element, Card)]
        save = [b for card in cards for b in card.buttons if b.press == "draft.save"]
        if not save:
            return shown
        assert not [effect for effect in shown.effects if effect.table == "announcement"]
        return await self.press(save[0].press, save[0].value)


def test_the_table_has_every_role_and_audience() -> None:
    assert set(MATRIX) == {(role, audience) for role in ROLES for audience in AUDIENCES}
    assert {str(role) for role in Role} <= set(ROLES)


@pytest.mark.parametrize(("role", "audience"), MATRIX)
async def test_who_may(bot: Bot, role: str, audience: str) -> None:
    hands = Hands(bot, await _somebody(bot, role))
    found = (
        await _written(hands, audience),
        await _followed(hands, audience, of_others=True),
        await _followed(hands, audience, of_others=False),
    )
    assert found == MATRIX[role, audience]


async def _somebody(bot: Bot, role: str) -> int:
    async with bot.database.begin() as session:
        handels = await _unit(session, "handels")
        person = Person(
            email="somebody@nordhamn.example",
            name="Somebody",
            unit_id=None if role == "unknown" else handels,
            left_on=TODAY - timedelta(days=1) if role == "left" else None,
        )
        session.add(person)
        await session.flush()
        session.add_all(_posts(role, person.id, handels, await _unit(session, "samverkan")))
        if role == "deputy":  # of somebody who is away
            alma = await person_by_email(session, ALMA)
            assert alma is not None
            mine = update(Appointment).where(Appointment.person_id == alma.id)
            await session.execute(mine.values(deputy_id=person.id))
            session.add(Preference(person_id=alma.id, paused_until=TODAY + timedelta(days=9)))
        return person.id


def _posts(role: str, person: int, faculty: int, central: int) -> Iterator[Appointment]:
    since = date(2025, 1, 1)
    if role in {"coordinator", "left", "management"}:
        kept = "coordinator" if role == "left" else role
        yield Appointment(person_id=person, unit_id=faculty, role=kept, valid_from=since)
    if role == "central":
        yield Appointment(person_id=person, unit_id=central, role=role, valid_from=since)
    if role == "former":
        ended = TODAY - timedelta(days=1)
        yield Appointment(
            person_id=person,
            unit_id=faculty,
            role="coordinator",
            valid_from=since,
            valid_to=ended,
        )


async def _unit(session: Session, key: str) -> int:
    found = await session.scalar(select(Unit.id).where(Unit.key == key))
    assert found is not None
    return found


async def _raw(bot: Bot, audience: str) -> str:
    async with bot.database.begin() as session:
        key = AUDIENCES[audience]
        return f"unit:{await _unit(session, key)}" if key else "alla koordinatorer"


async def _written(hands: Hands, audience: str) -> str:
    """Try to write to an audience by draft and by form; return the steps that were taken."""
    done, raw = [], await _raw(hands.bot, audience)
    begun = await hands.press("intent.send_announcement")
    done += ["compose"] if begun.draft else []
    number = 1  # of her only draft, or a guess
    await hands.press("draft.choose", f"{number}:audience:{raw}")
    shown = await hands.press("draft.choose", f"{number}:text:Lunchen flyttas")
    done += ["preview"] if shown.draft and shown.draft["awaiting"] == "confirm" else []
    saved = await hands.press("draft.save", number)
    filled = await hands.send_form(audience=raw, text="Lunchen flyttas")
    sends = [bool(answer.effects) for answer in (saved, filled)]
    assert len(set(sends)) == 1, "a form and a draft do not agree"
    done += ["send"] if all(sends) else []
    later = await hands.send_form(audience=raw, text="Senare", when="2026-12-20T09:00")
    done += ["schedule"] if later.effects else []
    async with hands.bot.database.begin() as session:
        stored = await session.scalar(select(func.count()).select_from(Announcement))
    assert stored == 2 * ("send" in done) + ("schedule" in done)
    return " ".join(done)


async def _followed(hands: Hands, audience: str, *, of_others: bool) -> str:
    """Try every step with announcements to an audience; return the steps that were taken."""
    done = []
    for step in FOLLOWING.split():
        number = await _announced(hands, audience, of_others=of_others, waits=step == "cancel")
        before = await _stand(hands.bot, number)
        answer = await _tried(hands, step, number)
        after = await _stand(hands.bot, number)
        elements = answer.reply.elements
        if step == "report":
            done += [step] if any(isinstance(e, Chart) for e in elements) else []
            assert after == before
        elif step == "csv":
            done += [step] if any(isinstance(e, File) for e in elements) else []
            assert after == before
        else:
            done += [step] if after != before else []
        if step not in done:
            assert not any(isinstance(e, Chart | File) for e in elements)
    return " ".join(done)


async def _tried(hands: Hands, step: str, number: int) -> Answer:
    if step == "correct":
        await hands.press("announcement.correct", number)
        return await hands.submit("announcement.corrected", number, text_sv="Rättat")
    return await hands.press(f"announcement.{step}", number)


async def _announced(hands: Hands, audience: str, *, of_others: bool, waits: bool) -> int:
    """Store an announcement: one copy failed, the others arrived; or all of them wait."""
    async with hands.bot.database.begin() as session:
        karin = await person_by_email(session, KARIN)
        assert karin is not None
        key = AUDIENCES[audience]
        spec = {"units": [await _unit(session, key)]} if key else {}
        people = await audience_of(session, spec, TODAY, None)
        people = [*(p for p in people if p.id != hands.me), karin]
        count = await session.scalar(select(func.count()).select_from(Announcement))
        number = await announce(
            session,
            people,
            key=f"k{count}",
            sender_id=karin.id if of_others else hands.me,
            text_sv="Hej!",
            audience=spec,
            due_utc=NOW,
            created_at=NOW,
        )
        assert number is not None
        mine = select(AnnouncementReceiver.outbox_id).filter_by(announcement_id=number)
        if not waits:
            copies = list(await session.scalars(mine))
            await session.execute(update(Outbox).where(Outbox.id.in_(copies)).values(state="sent"))
            await session.execute(
                update(Outbox).where(Outbox.id == copies[0]).values(state="dead", error="x")
            )
        return number


async def _stand(bot: Bot, number: int) -> tuple[object, ...]:
    """Return everything that a step can change."""
    async with bot.database.begin() as session:
        found = await session.get_one(Announcement, number)
        rows = await session.execute(
            select(AnnouncementReceiver.copies, AnnouncementReceiver.reminded_on, Outbox.state)
            .join(Outbox, Outbox.id == AnnouncementReceiver.outbox_id)
            .where(AnnouncementReceiver.announcement_id == number)
            .order_by(AnnouncementReceiver.id)
        )
        promised = await session.scalar(select(func.count()).select_from(Outbox))
        return (found.state, found.text_sv, promised, *(tuple(row) for row in rows))


@pytest.mark.parametrize("press", ["announcement.audience", "announcement.look", "draft.save"])
async def test_somebody_elses_draft_is_nobodys(bot: Bot, press: str) -> None:
    """The draft's number and its key are of no use to anybody else, the central unit neither."""
    alma = Hands(bot, await _id(bot, ALMA))
    await alma.press("intent.send_announcement")
    await alma.press("draft.choose", f"1:audience:{await _raw(bot, 'own')}")
    shown = await alma.press("draft.choose", "1:text:Lunchen flyttas")
    assert shown.draft is not None
    value = "1" if press == "draft.save" else shown.draft["filled"]["key"]
    forged = await Hands(bot, await _id(bot, KARIN)).press(press, value)
    assert "Lunchen" not in str(forged.reply)
    assert forged.effects == ()
    assert "Pernilla" not in str(forged.reply)


async def test_a_button_pressed_twice_sends_once(bot: Bot) -> None:
    alma = Hands(bot, await _id(bot, ALMA))
    await alma.press("intent.send_announcement")
    await alma.press("draft.choose", f"1:audience:{await _raw(bot, 'own')}")
    await alma.press("draft.choose", "1:text:Lunchen flyttas")
    assert (await alma.press("draft.save", 1)).effects
    assert not (await alma.press("draft.save", 1)).effects


async def test_a_draft_shown_before_her_rights_ended_sends_nothing(bot: Bot) -> None:
    hands = Hands(bot, await _somebody(bot, "coordinator"))
    await hands.press("intent.send_announcement")
    await hands.press("draft.choose", f"1:audience:{await _raw(bot, 'own')}")
    await hands.press("draft.choose", "1:text:Lunchen flyttas")
    async with bot.database.begin() as session:
        post = update(Appointment).where(Appointment.person_id == hands.me)
        await session.execute(post.values(unit_id=await _unit(session, "jursam")))
    moved = await hands.press("draft.save", 1)
    assert moved.effects == ()
    async with bot.database.begin() as session:
        post = update(Appointment).where(Appointment.person_id == hands.me)
        await session.execute(post.values(valid_to=TODAY - timedelta(days=1)))
    ended = await hands.submit("announcement.save", audience="alla koordinatorer", text="Hej")
    assert ended.effects == ()


@pytest.mark.parametrize("value", ["0", "-1", "999999", "", "1 OR 1=1", "ett", "9" * 40])
@pytest.mark.parametrize("step", [*FOLLOWING.split(), "names", "read"])
async def test_a_number_that_is_none_is_refused(bot: Bot, step: str, value: str) -> None:
    answer = await Hands(bot, await _id(bot, KARIN)).press(f"announcement.{step}", value)
    assert answer.effects == ()
    assert not answer.reply.elements
    assert "find that" in answer.reply.text.id


async def test_a_receiver_reads_hers_and_sees_nobody_else(bot: Bot) -> None:
    alma = Hands(bot, await _id(bot, ALMA))
    number = await _announced(alma, "sibling", of_others=True, waits=False)
    assert "find that" in (await alma.press("announcement.read", number)).reply.text.id


async def _id(bot: Bot, email: str) -> int:
    async with bot.database.begin() as session:
        person = await person_by_email(session, email)
        assert person is not None
        return person.id
