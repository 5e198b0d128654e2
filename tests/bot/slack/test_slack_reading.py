"""What comes from Slack is read, or dropped, before anything is stored."""

import pytest

from bot.slack.arrivals import Arrival
from bot.slack.reading import plain_words, read, team_of
from tests.bot.slack.peer import BOT, JOHAN, TEAM, Json

TRIGGER = "123.456.abc"
PERSONNUMMER = "19121212-1212"  # Skatteverket's own example


def message(**event: object) -> Json:
    told = {
        "type": "message",
        "channel": "D1",
        "channel_type": "im",
        "user": JOHAN,
        "text": "hej",
        "ts": "1.1",
        **event,
    }
    return {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": told}


def pressed(**body: object) -> Json:
    action = {"action_id": "mentor.more|3", "value": "5", "action_ts": "9.9"}
    return {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": JOHAN},
        "channel": {"id": "D1"},
        "container": {"message_ts": "1.1"},
        "actions": [action],
        "trigger_id": TRIGGER,
        **body,
    }


@pytest.mark.parametrize(
    "event",
    [
        {"bot_id": "B1"},
        {"user": BOT},
        {"user": None},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message"},
        {"channel_type": "channel", "channel": "C1"},
        {"channel_type": "group", "channel": "G1"},
        {"channel_type": "mpim", "channel": "G1"},
        {"type": "reaction_added"},
    ],
)
def test_what_is_not_meant_for_the_bot_is_dropped(event: Json) -> None:
    assert read(message(**event), BOT) is None


def test_a_direct_message_is_read() -> None:
    arrival = read(message(thread_ts="1.0"), BOT)
    assert arrival is not None
    assert (arrival.key, arrival.kind, arrival.user) == ("Ev1", "text", JOHAN)
    assert (arrival.text, arrival.thread, arrival.direct) == ("hej", "1.0", True)


def test_a_mention_is_answered_in_its_own_thread() -> None:
    mention = message(type="app_mention", channel="C1", text=f"<@{BOT}> hjälp", channel_type=None)
    arrival = read(mention, BOT)
    assert arrival is not None
    assert (arrival.text, arrival.thread, arrival.direct) == ("hjälp", "1.1", False)


def test_a_file_with_words_is_read() -> None:
    assert read(message(subtype="file_share"), BOT) is not None


def test_a_press_is_read() -> None:
    arrival = read(pressed(), BOT)
    assert arrival is not None
    assert (arrival.kind, arrival.press, arrival.value) == ("press", "mentor.more", "5")
    assert (arrival.key, arrival.message) == (f"press:{TRIGGER}", "1.1")


def test_a_press_on_the_home_tab_belongs_to_no_message() -> None:
    home = {"container": {"type": "view"}, "view": {"type": "home"}, "channel": None}
    arrival = read(pressed(**home), BOT)
    assert arrival is not None
    assert (arrival.channel, arrival.message, arrival.direct) == ("", "", True)


def test_a_press_without_trigger_is_told_apart_by_its_time() -> None:
    arrival = read(pressed(trigger_id=None), BOT)
    assert arrival is not None
    assert arrival.key == "press:9.9"


def test_the_trigger_is_never_stored() -> None:
    arrival = read(pressed(), BOT)
    assert arrival is not None
    assert arrival.trigger == TRIGGER
    kept = arrival.stored()
    assert TRIGGER not in str({k: v for k, v in kept.items() if k != "key"})
    assert Arrival.restored(kept).press == "mentor.more"
    assert Arrival.restored({**kept, "of_another_version": 1}).press == "mentor.more"


def test_a_bare_command_asks_for_the_menu() -> None:
    body = {
        "command": "/spindel",
        "text": " ",
        "user_id": JOHAN,
        "team_id": TEAM,
        "channel_id": "D1",
        "trigger_id": TRIGGER,
        "response_url": "https://x.example",
    }
    arrival = read(body, BOT)
    assert arrival is not None
    assert (arrival.kind, arrival.press) == ("press", "intent.help")
    assert arrival.slash
    spoken = read({**body, "text": "mina påminnelser"}, BOT)
    assert spoken is not None
    assert (spoken.kind, spoken.text) == ("text", "mina påminnelser")


def test_other_payloads_are_dropped() -> None:
    assert read({"type": "view_closed", "team": {"id": TEAM}}, BOT) is None
    assert read({"type": "shortcut", "team": {"id": TEAM}}, BOT) is None


@pytest.mark.parametrize(
    "body",
    [
        message(text=f"Anna {PERSONNUMMER} vill vara mentor"),
        pressed(actions=[{"action_id": "a|0", "value": PERSONNUMMER, "action_ts": "1"}]),
    ],
)
def test_a_personal_identity_number_is_not_stored(body: Json) -> None:
    arrival = read(body, BOT)
    assert arrival is not None
    assert arrival.withheld
    assert "1212" not in str(arrival.stored())


def test_the_workspace_is_read_from_any_payload() -> None:
    assert team_of(message()) == TEAM
    assert team_of(pressed()) == TEAM
    assert team_of({"type": "block_actions", "team": None}) == ""


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (f"<@{BOT}>  hjälp", "hjälp"),
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("se <https://x.example/a|sidan>", "se sidan"),
        ("se <https://x.example/a>", "se https://x.example/a"),
        ("<mailto:a@x.example|a@x.example>", "a@x.example"),
        ("i <#C1|alumni> med <@U2|Eva>", "i alumni med Eva"),
        ("<!subteam^S1|@koordinatorer>", "@koordinatorer"),
    ],
)
def test_slacks_brackets_are_undone(typed: str, text: str) -> None:
    assert plain_words(typed, BOT) == text
