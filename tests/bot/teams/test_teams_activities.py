"""What comes from Teams is read, or dropped, before anything is stored."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import Settings
from bot.teams.activities import plain_words, read, went
from bot.teams.arrivals import Arrival
from bot.teams.gate import service_hosts
from bot.teams.place import Place, Services, place_of
from bot.transport import TransportError

BOT = "28:spindel"
PERSONNUMMER = "19121212-1212"  # Skatteverket's own example
Json = dict[str, Any]


def activity(**more: Any) -> Json:
    told = {
        "type": "message",
        "id": "1700000000000",
        "timestamp": "2026-11-24T09:30:00.000Z",
        "serviceUrl": "https://smba.trafficmanager.net/emea/",
        "from": {"id": "29:johan", "aadObjectId": "entra-johan", "name": "Johan Ek"},
        "recipient": {"id": BOT, "name": "Spindel"},
        "conversation": {"id": "a:johan", "conversationType": "personal"},
        "locale": "sv-SE",
        "text": "hej",
    }
    return {**told, **more}


def test_a_message_is_read() -> None:
    arrival = read(activity())
    assert arrival is not None
    assert (arrival.kind, arrival.text, arrival.user, arrival.member) == (
        "text",
        "hej",
        "entra-johan",
        "29:johan",
    )
    assert arrival.direct
    assert str(arrival.place) == "https://smba.trafficmanager.net/emea/ a:johan"


def test_the_same_message_has_the_same_key_and_another_conversation_another() -> None:
    one, again = read(activity()), read(activity(timestamp="2026-11-24T09:31:00Z"))
    other = read(activity(conversation={"id": "a:alma", "conversationType": "personal"}))
    assert one
    assert again
    assert other
    assert one.key == again.key != other.key
    assert len(one.key) <= 120


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<at>Spindel</at> vem är mentor?", "vem är mentor?"),
        ("vem kan hjälpa <at>Anna Berg</at>?", "vem kan hjälpa Anna Berg?"),
        ("<at>Spindel</at>&nbsp;R&amp;D", "R&D"),
        ("  en\n\n två  ord ", "en\n\ntvå ord"),
    ],
)
def test_mentions_and_entities(text: str, words: str) -> None:
    own = {"type": "mention", "mentioned": {"id": BOT}, "text": "<at>Spindel</at>"}
    assert plain_words(activity(text=text, entities=[own])) == words


@pytest.mark.parametrize(
    ("conversation", "channel", "scope"),
    [
        ({"id": "a", "conversationType": "personal"}, {}, "personal"),
        ({"id": "19:x", "conversationType": "groupChat"}, {}, "group"),
        ({"id": "19:x", "conversationType": "channel"}, {"type": "standard"}, "channel"),
        ({"id": "19:x", "conversationType": "channel"}, {"type": "private"}, "closed"),
        ({"id": "19:x", "conversationType": "channel"}, {"type": "shared"}, "closed"),
    ],
)
def test_who_sees_a_conversation(conversation: Json, channel: Json, scope: str) -> None:
    arrival = read(activity(conversation=conversation, channelData={"channel": channel}))
    assert arrival is not None
    assert arrival.scope == scope
    assert arrival.direct == (scope == "personal")


def test_the_two_signs_of_an_installation_are_one_arrival() -> None:
    installed = activity(type="installationUpdate", action="add", text="", id="1")
    added = activity(type="conversationUpdate", membersAdded=[{"id": BOT}], text="", id="2")
    one, other = read(installed), read(added)
    assert one
    assert other
    assert one.kind == "came"
    assert one.key == other.key
    elsewhere = {"id": "19:x", "conversationType": "channel"}
    assert read({**installed, "conversation": elsewhere}) is None


def test_somebody_takes_the_bot_away() -> None:
    gone = went(activity(type="installationUpdate", action="remove", text=""))
    assert gone == ("entra-johan", Place("https://smba.trafficmanager.net/emea/", "a:johan"))
    assert went(activity()) is None


@pytest.mark.parametrize("kind", ["typing", "messageReaction", "event", "endOfConversation", ""])
def test_what_is_not_meant_for_the_bot_is_dropped(kind: str) -> None:
    assert read(activity(type=kind)) is None


def test_a_personal_identity_number_is_never_stored() -> None:
    arrival = read(activity(text=f"lägg in {PERSONNUMMER}"))
    assert arrival is not None
    assert arrival.withheld
    assert PERSONNUMMER not in str(arrival.stored())


def test_where_a_file_may_be_put_is_never_stored() -> None:
    value = {
        "action": "accept",
        "context": {"press": "announcement.csv", "value": "7"},
        "uploadInfo": {"uploadUrl": "https://x.sharepoint.com/secret"},
    }
    arrival = read(activity(type="invoke", name="fileConsent/invoke", value=value, text=""))
    assert arrival is not None
    assert (arrival.press, arrival.value) == ("announcement.csv", "7")
    assert arrival.consent["uploadUrl"].endswith("secret")
    assert "secret" not in str(arrival.stored())
    assert Arrival.restored(arrival.stored()).press == "announcement.csv"


@pytest.mark.parametrize(
    "value",
    [
        {"action": "accept", "context": {"press": "announcement.csv"}},
        {"action": "accept", "context": {"submit": "s", "form": "f"}, "uploadInfo": {}},
        {"action": "accept", "context": "announcement.csv", "uploadInfo": {}},
        {"action": "perhaps", "context": {"press": "announcement.csv"}, "uploadInfo": {}},
    ],
)
def test_what_no_question_of_ours_brings_is_nothing(value: dict[str, Any]) -> None:
    assert read(activity(type="invoke", name="fileConsent/invoke", value=value, text="")) is None


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(
    st.sampled_from(sorted(activity())),
    _JSON,
    st.sampled_from(["message", "invoke", "installationUpdate", "conversationUpdate"]),
)
def test_whatever_is_odd_is_dropped_and_never_raised(part: str, odd: Any, kind: str) -> None:
    told = activity(type=kind, name="fileConsent/invoke", action="add", value={}, entities=[])
    for twisted in (
        {**told, part: odd},
        {**told, "value": odd, "entities": odd, "membersAdded": odd},
    ):
        arrival = read(twisted)
        went(twisted)
        assert arrival is None or arrival.stored()


@pytest.mark.parametrize(
    "service",
    [
        "http://smba.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evil.example/?smba.trafficmanager.net",
        "http://127.0.0.1:80/",
    ],
)
def test_a_stored_address_is_looked_at_again(service: str) -> None:
    services = Services(service_hosts(Settings(_env_file=None)))
    services.check("https://smba.trafficmanager.net/emea/")
    with pytest.raises(TransportError) as refused:
        services.check(service)
    assert refused.value.permanent


def test_a_conversation_cannot_leave_its_path() -> None:
    place = place_of(
        "https://smba.trafficmanager.net/emea/ 19:x@thread.tacv2;messageid=1/../../y?z"
    )
    assert place.url("activities") == (
        "https://smba.trafficmanager.net/emea/v3/conversations/"
        "19:x@thread.tacv2;messageid=1%2F..%2F..%2Fy%3Fz/activities"
    )
    with pytest.raises(TransportError):
        place_of("nothing")
