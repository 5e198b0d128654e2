"""What is spoken of last stays on top, also when two things happen in one instant."""

from storage import Database
from storage.queries.drafts import new_draft, open_drafts, show_list, touch
from storage.queries.people import person_by_email
from tests.conftest import NOW
from tests.dialogue import JOHAN


async def test_touched_last_is_first(demo_database: Database) -> None:
    async with demo_database.begin() as session:
        johan = await person_by_email(session, JOHAN)
        assert johan is not None
        older = await new_draft(session, johan.id, "register_guest_lecturer", "", NOW)
        await new_draft(session, johan.id, "set_reminder", "", NOW)
        await show_list(session, johan.id, "find_mentor", {"items": []}, NOW)
        await touch(session, older, NOW)
        live = await open_drafts(session, johan.id, NOW)
    assert [draft.action for draft in live] == [
        "register_guest_lecturer", "find_mentor", "set_reminder",
    ]  # fmt: skip


async def test_a_list_takes_the_place_of_its_own_kind_only(demo_database: Database) -> None:
    async with demo_database.begin() as session:
        johan = await person_by_email(session, JOHAN)
        assert johan is not None
        for action in ("find_mentor", "cancel_reminder", "find_mentor"):
            await show_list(session, johan.id, action, {"items": []}, NOW)
        live = await open_drafts(session, johan.id, NOW)
    assert [draft.action for draft in live] == ["find_mentor", "cancel_reminder"]
