"""Where a conversation in Teams is: the service's address and the conversation's id."""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from bot.teams.gate import is_service
from bot.teams.loopback import leads_here
from bot.transport import TransportError

_FILES = (".sharepoint.com", ".onedrive.com")


@dataclass(frozen=True, slots=True)
class Place:
    """One conversation; as text it is what accounts and the outbox keep."""

    service: str
    conversation: str

    def __str__(self) -> str:
        return f"{self.service} {self.conversation}"

    def url(self, *parts: str) -> str:
        """Return the address of something in the conversation."""
        path = "/".join(quote(part, safe=":;=@") for part in (self.conversation, *parts))
        return f"{self.service.rstrip('/')}/v3/conversations/{path}"


def place_of(kept: str) -> Place:
    """Return the conversation that a text names.

    Raises:
        TransportError: permanent; the text names none.
    """
    service, _space, conversation = kept.partition(" ")
    if not conversation:
        raise TransportError("no conversation", permanent=True)
    return Place(service, conversation)


@dataclass(frozen=True, slots=True)
class Services:
    """The services that may be written to, looked at again before every call.

    hosts: Microsoft's. here: this machine instead, for the playground.
    """

    hosts: frozenset[str]
    here: bool = False

    def check(self, service: str) -> None:
        """Refuse any other.

        Raises:
            TransportError: permanent.
        """
        if not (leads_here(service) if self.here else is_service(service, self.hosts)):
            raise TransportError("not a service of Teams", permanent=True)

    def check_upload(self, url: str) -> None:
        """Refuse to put a file anywhere but among the person's own.

        Raises:
            TransportError: permanent.
        """
        if not (leads_here(url) if self.here else _holds_files(url)):
            raise TransportError("not a place for files", permanent=True)


def _holds_files(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and (parts.hostname or "").endswith(_FILES)
    except ValueError:
        return False
