"""Whose words these are: a Slack user tied to a person by the verified e-mail, or a polite no."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from actions.access import Actor
from actions.reply import Reply
from actions.words import _
from bot.slack.arrivals import Arrival
from bot.slack.users import SlackUser, Users
from bot.translation import Locale
from bot.transport import TransportError
from storage import Database, Session
from storage.queries.accounts import account_of, link_account, stranger
from storage.queries.people import person_by_email, person_by_id
from storage.tables import Person

CHANNEL = "slack"
_RECENT = timedelta(minutes=1)
_GUEST = _(
    "I only help the university's own staff, so I can't answer guests of this workspace. If you "
    "work here, ask IT to make you a full member."
)
_OUTSIDE = _("I only help the staff of this university, so I can't answer people from elsewhere.")
_NO_EMAIL = _(
    "Slack does not tell me your e-mail address, so I don't know who you are. Ask IT to check "
    "your Slack profile."
)


@dataclass(frozen=True, slots=True)
class Who:
    """The person behind a Slack user, or None with the reply that says no.

    Without both she has yet to choose whom to be, which only the demo lets her. locale: what
    Slack is set to. silent: she has neither chosen a language nor written in one.
    """

    user: str
    locale: Locale
    person_id: int | None = None
    no: Reply | None = None
    silent: bool = True


class Identities:
    """Ties Slack users to people; demo: they choose whom to be instead of being who they are."""

    def __init__(self, database: Database, users: Users, team: str, *, demo: bool) -> None:
        self.database = database
        self.team = team
        self.demo = demo
        self._users = users
        self._addresses: dict[str, str] = {}

    async def of(self, arrival: Arrival, now: datetime) -> Who:
        """Return who did this; now: aware, UTC.

        Raises:
            TransportError: Slack does not tell, for now.
        """
        return await self.of_user(arrival.user, now, arrival.own_team)

    async def of_user(self, user_id: str, now: datetime, own_team: str = "") -> Who:
        """Return who a user is; own_team: her workspace, where Slack told it."""
        try:
            user = await self._users.of(user_id, self.team)
        except TransportError as error:
            if not error.permanent:
                raise
            return Who(user_id, "sv", no=Reply(_OUTSIDE, private=False))
        refused = self._refused(user, own_team)
        if refused is not None:
            return Who(user_id, user.locale, no=refused)
        async with self.database.begin() as session:
            person = await self._person(session, user, now)
            if person is None:
                return Who(user_id, user.locale)
            silent = person.locale is None and person.spoken is None
            return Who(user_id, user.locale, person.id, silent=silent)

    async def become(
        self, session: Session, user_id: str, email: str, now: datetime
    ) -> Person | None:
        """Tie a user to somebody of the demo; None when nobody has this e-mail."""
        person = await person_by_email(session, email)
        if person is None or not self.demo:
            return None
        await self._link(session, user_id, person.id, now)
        return person

    async def user_of(self, receiver: Actor, now: datetime) -> str:
        """Return the user id of somebody who has never written to the bot, by her e-mail.

        now: aware, UTC.

        Raises:
            TransportError: nobody in the workspace has it, or Slack does not tell.
        """
        user = await self._users.by_email(receiver.email, self.team)
        if self._refused(user, "") is not None:
            raise TransportError("not a member of the workspace", permanent=True)
        async with self.database.begin() as session:
            await self._link(session, user.id, receiver.id, now)
        return user.id

    async def keep_address(self, user_id: str, channel: str) -> None:
        """Keep the direct-message channel in which somebody is reached."""
        if not channel.startswith("D") or self._addresses.get(user_id) == channel:
            return
        async with self.database.begin() as session:
            account = await account_of(session, CHANNEL, self.team, user_id)
            if account is not None:
                account.address = channel
                self._addresses[user_id] = channel

    def _refused(self, user: SlackUser, own_team: str) -> Reply | None:
        if user.outside or (own_team and own_team != self.team):
            return Reply(_OUTSIDE, private=False)
        if user.guest:
            return Reply(_GUEST, private=False)
        if not user.email and not self.demo:
            return Reply(_NO_EMAIL, private=False)
        return None

    async def _person(self, session: Session, user: SlackUser, now: datetime) -> Person | None:
        if self.demo:
            account = await account_of(session, CHANNEL, self.team, user.id)
            if account is None:
                return None
            await self._link(session, user.id, account.person_id, now)
            return await person_by_id(session, account.person_id)
        person = await person_by_email(session, user.email)
        if person is None:
            person = await stranger(session, user.email, user.name or user.email)
            person.spoken = user.locale
        await self._link(session, user.id, person.id, now)
        return person

    async def _link(self, session: Session, user_id: str, person_id: int, now: datetime) -> None:
        known = await account_of(session, CHANNEL, self.team, user_id)
        if known and known.person_id == person_id and abs(now - known.seen_at) < _RECENT:
            return  # nothing to write: each write waits for the disk
        await link_account(
            session,
            person_id=person_id,
            channel=CHANNEL,
            tenant=self.team,
            external_id=user_id,
            seen_at=now,
        )
