"""Whose words these are in Slack: `users.info` tells the verified e-mail."""

from datetime import datetime

from actions.access import Actor
from actions.reply import Reply
from actions.words import _
from bot.chats.identity import Identities, Known, Who
from bot.slack.arrivals import Arrival
from bot.slack.users import SlackUser, Users
from bot.transport import TransportError
from storage import Database

CHANNEL = "slack"
_GUEST = _(
    "I only help the university's own staff, so I can't answer guests of this workspace. If you "
    "work here, ask IT to make you a full member."
)
_OUTSIDE = _("I only help the staff of this university, so I can't answer people from elsewhere.")
_NO_EMAIL = _(
    "Slack does not tell me your e-mail address, so I don't know who you are. Ask IT to check "
    "your Slack profile."
)


class SlackIdentities(Identities[Arrival]):
    """Ties the users of one workspace to people."""

    def __init__(self, database: Database, users: Users, team: str, *, demo: bool) -> None:
        super().__init__(database, CHANNEL, team, demo=demo)
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
            user = await self._users.of(user_id, self.tenant)
        except TransportError as error:
            if not error.permanent:
                raise
            return Who(user_id, "sv", no=Reply(_OUTSIDE, private=False))
        refused = self._refused(user, own_team)
        if refused is not None:
            return Who(user_id, user.locale, no=refused)
        return await self.who(Known(user.id, user.name, [user.email], user.locale), now)

    async def user_of(self, receiver: Actor, now: datetime) -> str:
        """Return the user id of somebody who has never written to the bot, by her e-mail.

        now: aware, UTC.

        Raises:
            TransportError: nobody in the workspace has it, or Slack does not tell.
        """
        user = await self._users.by_email(receiver.email, self.tenant)
        if self._refused(user, "") is not None:
            raise TransportError("not a member of the workspace", permanent=True)
        await self.link(user.id, receiver.id, now)
        return user.id

    async def keep_address(self, user_id: str, address: str | None) -> None:
        """Keep the direct-message channel in which somebody is reached; it never changes."""
        if address is None or not address.startswith("D"):
            return
        if self._addresses.get(user_id) != address:
            await super().keep_address(user_id, address)
            self._addresses[user_id] = address

    def _refused(self, user: SlackUser, own_team: str) -> Reply | None:
        if user.outside or (own_team and own_team != self.tenant):
            return Reply(_OUTSIDE, private=False)
        if user.guest:
            return Reply(_GUEST, private=False)
        if not user.email and not self.demo:
            return Reply(_NO_EMAIL, private=False)
        return None
