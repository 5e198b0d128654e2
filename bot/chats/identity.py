"""Whose words these are: a chat's user tied to a person, or a polite no."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from actions.reply import Reply
from bot.chats.arrivals import Arrival
from bot.translation import Locale
from storage import Database, Session
from storage.queries.accounts import account_of, link_account, stranger
from storage.queries.people import person_by_email, person_by_id
from storage.tables import Account, Person

_RECENT = timedelta(minutes=1)
_Arrival = TypeVar("_Arrival", bound=Arrival)


@dataclass(frozen=True, slots=True)
class Who:
    """The person behind a chat's user, or None with the reply that says no.

    Without both she has yet to choose whom to be, which only the demo lets her. locale: what
    the chat is set to. silent: she has neither chosen a language nor written in one.
    """

    user: str
    locale: Locale
    person_id: int | None = None
    no: Reply | None = None
    silent: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """What a chat tells of a user: e-mails that its directory has verified, the best first."""

    id: str
    name: str
    emails: Sequence[str]
    locale: Locale


class Identities(ABC, Generic[_Arrival]):
    """Ties a chat's users to people; demo: they choose whom to be instead of being who they are.

    channel and tenant: the chat and the one workspace or organisation in it that is served.
    """

    def __init__(self, database: Database, channel: str, tenant: str, *, demo: bool) -> None:
        self.database = database
        self.channel = channel
        self.tenant = tenant
        self.demo = demo

    @abstractmethod
    async def of(self, arrival: _Arrival, now: datetime) -> Who:
        """Return who did this; now: aware, UTC.

        Raises:
            TransportError: the chat does not tell, for now.
        """

    async def become(
        self, session: Session, user_id: str, email: str, now: datetime
    ) -> Person | None:
        """Tie a user to somebody of the demo; None when nobody has this e-mail."""
        person = await person_by_email(session, email)
        if person is None or not self.demo:
            return None
        await self._link(session, user_id, person.id, now, await self._account(session, user_id))
        return person

    async def keep_address(self, user_id: str, address: str | None) -> None:
        """Keep where somebody is reached directly; None: nowhere any longer."""
        async with self.database.begin() as session:
            account = await self._account(session, user_id)
            if account is not None:
                account.address = address

    async def who(self, known: Known, now: datetime, address: str | None = None) -> Who:
        """Return the person behind a user of the chat's own organisation.

        address: where she is reached directly, if that was seen just now.
        """
        async with self.database.begin() as session:
            person = await self._person(session, known, now)
            if person is None:
                return Who(known.id, known.locale)
            if address is not None:
                account = await self._account(session, known.id)
                assert account is not None  # noqa: S101 (just linked)
                account.address = address
            silent = person.locale is None and person.spoken is None
            return Who(known.id, known.locale, person.id, silent=silent)

    async def link(self, user_id: str, person_id: int, now: datetime) -> None:
        """Note that somebody was found by her e-mail."""
        async with self.database.begin() as session:
            account = await self._account(session, user_id)
            await self._link(session, user_id, person_id, now, account)

    async def _person(self, session: Session, known: Known, now: datetime) -> Person | None:
        account = await self._account(session, known.id)
        person: Person | None = None
        if self.demo and account is None:
            return None
        if account is not None and (self.demo or account.by_code):
            person = await person_by_id(session, account.person_id)
        else:
            for email in known.emails:
                person = person or await person_by_email(session, email)
        if person is None:
            person = await stranger(session, known.emails[0], known.name or known.emails[0])
            person.spoken = known.locale
        await self._link(session, known.id, person.id, now, account)
        return person

    async def _account(self, session: Session, user_id: str) -> Account | None:
        return await account_of(session, self.channel, self.tenant, user_id)

    async def _link(
        self,
        session: Session,
        user_id: str,
        person_id: int,
        now: datetime,
        account: Account | None,
    ) -> None:
        if account and account.person_id == person_id and abs(now - account.seen_at) < _RECENT:
            return  # nothing to write: each write waits for the disk
        await link_account(
            session,
            person_id=person_id,
            channel=self.channel,
            tenant=self.tenant,
            external_id=user_id,
            seen_at=now,
        )


def spoken_by(person: Person, otherwise: Locale) -> Locale:
    """Return a person's language: her choice, else what she wrote last, else another."""
    return "en" if (person.locale or person.spoken or otherwise) == "en" else "sv"
