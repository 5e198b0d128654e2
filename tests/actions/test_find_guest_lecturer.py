"""Who has lectured, who will, who could."""

from bot.terminal.json_lines import JsonChat
from storage import Database
from storage.queries.lectures import LectureSearch, latest_by, lectures_matching
from storage.queries.visibility import Viewer
from tests.dialogue import JOHAN, KARIN, MARIA, Dialogue, cards, text


async def test_held_lectures_in_a_field(chat: JsonChat) -> None:
    answer = await Dialogue(chat, KARIN).say("Vem har gästföreläst om marknadsföring?")
    assert answer["understood"]["intent"] == "find_guest_lecturer"
    assert cards(answer)


async def test_upcoming_lectures_of_a_unit(chat: JsonChat) -> None:
    answer = await Dialogue(chat, KARIN).say(
        "Which guest lecturers are coming to the business school this spring?"
    )
    assert answer["replies"][0]["lang"] == "en"
    assert "School of Business" in text(answer)


async def test_own_faculty_first(chat: JsonChat) -> None:
    answer = await Dialogue(chat, JOHAN).say("Vem har gästföreläst tidigare?")
    assert "Handelshögskolan" in text(answer)


async def test_management_sees_no_names(chat: JsonChat) -> None:
    answer = await Dialogue(chat, MARIA).say("Vem har gästföreläst om marknadsföring?")
    assert not cards(answer)


async def test_lectures_by_what_is_known_of_the_lecturer(demo_database: Database) -> None:
    viewer = Viewer(everything=True)
    async with demo_database.begin() as session:
        every = await lectures_matching(session, LectureSearch(), viewer, newest_first=True)
        lecturer = next(lecture.alumnus for lecture in every if lecture.alumnus)
        assert lecturer.city_id is not None
        here = await lectures_matching(
            session, LectureSearch(cities=(lecturer.city_id,)), viewer, newest_first=True
        )
        nowhere = await lectures_matching(
            session, LectureSearch(employers=("nobody at all",)), viewer, newest_first=True
        )
        latest = await latest_by(session, every[0].registered_by_id)
    assert here
    assert {lecture.alumnus.city_id for lecture in here if lecture.alumnus} == {lecturer.city_id}
    assert nowhere == []
    assert latest is not None
