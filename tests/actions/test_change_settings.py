"""The language, the week and the quiet hours, changed at once and undone."""

from datetime import UTC, datetime, time
from typing import Any

import pytest

from actions.quiet_hours import quiet_hours_said
from bot.terminal.json_lines import JsonChat
from storage.folding import fold
from storage.queries.preferences import Choices
from tests.dialogue import ALMA, JOHAN, Dialogue, text


async def test_language_holds_until_it_is_undone(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    changed = await johan.say("Svara på engelska")
    assert changed["replies"][0]["lang"] == "en"
    menu = await johan.say("hjälp")
    assert menu["replies"][0]["lang"] == "en"
    await johan.press("settings.language", "auto")
    again = await johan.say("hjälp")
    assert again["replies"][0]["lang"] == "sv"


async def test_not_in_one_language_means_the_other(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    changed = await johan.say("svara inte på engelska")
    assert changed["replies"][0]["lang"] == "sv"
    assert "svenska" in text(changed)


async def test_digest_is_answered_honestly(chat: JsonChat) -> None:
    answer = await Dialogue(chat, JOHAN).say("pausa min veckosammanfattning till 10 januari")
    assert answer["effects"] == []
    assert text(answer)


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("stör mig inte mellan 17 och 8", (time(17), time(8))),
        ("quiet hours 17-8", (time(17), time(8))),
        ("mina tysta timmar ska vara 17–08", (time(17), time(8))),
        ("do not disturb me from 5 pm to 8 am", (time(17), time(8))),
        ("plinga inte efter kl 17", (time(17), time(8))),
        ("tyst mellan 12.30 och 13", (time(12, 30), time(13))),
        ("inga tysta timmar", (None, None)),
        ("turn off quiet hours", (None, None)),
        ("tyst 3-10 januari", None),
        ("tyst v 10-12", None),
        ("håll tyst en vecka", None),
        ("Pausa digest till 10 jan", None),
        ("stör mig inte mellan 17 och 99", None),
    ],
)
def test_quiet_hours_as_they_are_said(
    said: str, hours: tuple[time | None, time | None] | None
) -> None:
    assert quiet_hours_said(said, fold(said)) == hours


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        ("2026-11-24T15:59", None),
        ("2026-11-24T16:00", "2026-11-25T07:00"),
        ("2026-11-25T06:59", "2026-11-25T07:00"),
        ("2026-11-25T07:00", None),
        ("2026-10-24T20:00", "2026-10-25T07:00"),  # the night of the long hour
        ("2027-03-27T20:00", "2027-03-28T06:00"),  # and of the short one
    ],
)
def test_quiet_hours_over_midnight(moment: str, until: str | None) -> None:
    chosen = Choices(quiet_from=time(17), quiet_to=time(8))
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    end = chosen.quiet_until(at, "Europe/Stockholm")
    assert end == (datetime.fromisoformat(until).replace(tzinfo=UTC) if until else None)


async def _asks(chat: JsonChat) -> dict[str, Any]:
    johan = Dialogue(chat, JOHAN)
    await johan.press("contact.ask", "1:mentor")
    await johan.say("En student på masterprogrammet vill ha råd om hållbara investeringar")
    return await johan.say("ja")


def _to(answer: dict[str, Any], who: str) -> list[dict[str, Any]]:
    return [reply for reply in answer["replies"] if reply["to"]["email"] == who]


@pytest.mark.parametrize(
    ("lang", "said", "told"),
    [
        ("sv", "stör mig inte mellan 10 och 12", "Mellan 10:00 och 12:00 får utskick"),
        ("en", "quiet hours 10-12", "Between 10:00 and 12:00 announcements"),
    ],
)
async def test_a_request_waits_for_the_end_of_quiet_hours(
    chat: JsonChat, lang: str, said: str, told: str
) -> None:
    alma = Dialogue(chat, ALMA, lang)
    assert told in text(await alma.say(said))
    assert not _to(await _asks(chat), ALMA)
    before = await alma.move_to("2026-11-24T10:59:00+00:00")
    assert not [r for r in _to(before, ALMA) if r["action"] == "request_contact"]
    after = await alma.move_to("2026-11-24T11:00:00+00:00")
    assert len([r for r in _to(after, ALMA) if r["action"] == "request_contact"]) == 1


async def test_a_reminder_does_not_wait(chat: JsonChat) -> None:
    alma = Dialogue(chat, ALMA)
    await alma.say("quiet hours 10-12")
    await alma.say("påminn mig kl 11 om att ringa dekanen")
    came = await alma.move_to("2026-11-24T10:00:00+00:00")
    assert [r for r in _to(came, ALMA) if r["action"] == "set_reminder"]


async def test_quiet_hours_are_undone_and_shown(chat: JsonChat) -> None:
    alma = Dialogue(chat, ALMA, "en")
    await alma.say("quiet hours 10-12")
    assert "Between 10:00 and 12:00" in str(await alma.say("settings"))
    await alma.press("settings.digest", alma.answers[0]["replies"][0]["elements"][0]["value"])
    assert "You have no quiet hours" in str(await alma.say("settings"))
    assert _to(await _asks(chat), ALMA)


@pytest.mark.parametrize("lang", ["sv", "en"])
async def test_the_form_keeps_everything(chat: JsonChat, lang: str) -> None:
    alma = Dialogue(chat, ALMA, lang)
    form = str(await alma.press("settings.form", ""))
    assert ("Tyst från" if lang == "sv" else "Quiet from") in form
    answer = await alma.submit(
        "settings.save", day="3", time="07:30", quiet_from="17:00", quiet_to="08:00"
    )
    assert ("torsdag" if lang == "sv" else "Thursday") in text(answer)
    assert "17:00" in text(answer)
    shown = str(await alma.press("settings.form", ""))
    assert "17:00" in shown
    assert "07:30" in shown
    emptied = await alma.submit("settings.save", day="3", time="07:30", quiet_from="", quiet_to="")
    assert "17:00" not in text(emptied)


async def test_staff_have_quiet_hours_and_no_week(chat: JsonChat) -> None:
    johan = Dialogue(chat, JOHAN)
    assert "Mellan 17:00 och 08:00" in text(await johan.say("stör mig inte mellan 17 och 8"))
    form = str(await johan.press("settings.form", ""))
    assert "Tyst från" in form
    assert "Dag" not in form


@pytest.mark.parametrize(
    ("pause", "resume", "told"),
    [
        ("Pausa digest till 10 jan", "Återuppta digesten", "kommer varje måndag"),
        ("Pause the digest until 10 Jan", "Resume my weekly digest", "comes every Monday"),
    ],
)
async def test_resumed_in_words(chat: JsonChat, pause: str, resume: str, told: str) -> None:
    alma = Dialogue(chat, ALMA)
    paused = text(await alma.say(pause))
    assert "10 januari" in paused or "10 January" in paused
    assert told in text(await alma.say(resume)).replace("på ", "")


async def test_english_words_for_the_week(chat: JsonChat) -> None:
    answer = await Dialogue(chat, ALMA, "en").say("Send my digest on Thursdays at 7:30")
    assert "Thursday" in text(answer)
    assert "7:30" in text(answer)


@pytest.mark.parametrize(
    ("said", "lang", "told"),
    [
        ("Pausa digest i två veckor", "sv", "8 december"),
        ("Pause the digest for two weeks", "en", "8 December"),
        ("Pause the digest until 10 Jan", "en", "10 January"),
    ],
)
async def test_a_pause_ends_when_it_was_said(
    chat: JsonChat, said: str, lang: str, told: str
) -> None:
    assert told in text(await Dialogue(chat, ALMA, lang).say(said))
