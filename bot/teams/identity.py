"""Whose words these are in Teams: the directory tells the addresses of a conversation's member."""

from datetime import datetime
from functools import partial

from actions.reply import Reply
from actions.words import _
from bot.chats.identity import Identities, Known, Who
from bot.chats.patience import patiently
from bot.chats.remembered import Remembered
from bot.teams.arrivals import Arrival
from bot.teams.connector import Connector, Member
from bot.teams.ids import is_same_id
from bot.translation import Locale
from storage import Database

CHANNEL = "teams"
_GUEST = _(
    "I only help the university's own staff, so I can't answer guests. If you work here, sign in "
    "to Teams with your university account."
)
_NO_EMAIL = _(
    "Teams does not tell me your e-mail address, so I don't know who you are. Ask IT to check your "
    "account in Entra."
)


class TeamsIdentities(Identities[Arrival]):
    """Ties the members of one tenant to people; tenant "": any, which only the playground has."""

    def __init__(
        self, database: Database, connector: Connector, tenant: str, *, demo: bool
    ) -> None:
        super().__init__(database, CHANNEL, tenant, demo=demo)
        self._connector = connector
        self._members = Remembered[Member]()

    async def of(self, arrival: Arrival, now: datetime) -> Who:
        """Return who did this; now: aware, UTC.

        Raises:
            TransportError: Teams does not tell, for now.
        """
        member = await self._members.of(arrival.user, partial(self._ask, arrival))
        locale: Locale = "en" if arrival.locale.lower().startswith("en") else "sv"
        refused = self._refused(member)
        if refused is not None:
            return Who(arrival.user, locale, no=refused)
        name = member.name or arrival.name
        address = str(arrival.place) if arrival.direct else None
        return await self.who(Known(arrival.user, name, member.emails, locale), now, address)

    async def address(self, user_id: str) -> str | None:
        """Return where somebody is reached directly, if she has let the bot in."""
        async with self.database.begin() as session:
            account = await self._account(session, user_id)
            return account.address if account is not None else None

    async def _ask(self, arrival: Arrival) -> Member:
        ask = partial(self._connector.member, arrival.place, arrival.member)
        return await patiently(ask, harmless=True)

    def _refused(self, member: Member) -> Reply | None:
        elsewhere = bool(member.tenant and self.tenant) and not is_same_id(
            member.tenant, self.tenant
        )
        if member.guest or elsewhere:
            return Reply(_GUEST, private=False)
        if not member.emails and not self.demo:
            return Reply(_NO_EMAIL, private=False)
        return None
