"""A file of an answer is saved from the page, with and without its script."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.bot.web.conftest import Visitor
from tests.dialogue import KARIN

_SEND = "Skicka till alla koordinatorer: nya mallarna ligger på medarbetarsidan nu"


@pytest.mark.parametrize("context", [{}, {"java_script_enabled": False}], indirect=True)
async def test_the_csv_is_saved(visitor: Visitor, tmp_path: Path) -> None:
    await visitor.become(KARIN)
    for said in (_SEND, "ja", "hur gick utskicket?"):
        replies = visitor.tab.locator("article.reply")
        before = await replies.count()
        await visitor.tab.fill("#text", said)
        await visitor.tab.locator(".say button").click()
        await expect(replies).not_to_have_count(before)
    await visitor.last.get_by_role("button", name="Ladda ner som CSV").click()
    link = visitor.last.get_by_role("link", name="utskick-2026-11-24.csv")
    async with visitor.tab.expect_download() as downloading:
        await link.click()
    download = await downloading.value
    assert download.suggested_filename == "utskick-2026-11-24.csv"
    await download.save_as(tmp_path / "saved.csv")
    lines = (tmp_path / "saved.csv").read_bytes().decode("utf-8-sig").splitlines()
    assert lines[0] == "Namn;Enhet;Läge;Tid;Orsak"
    assert len(lines) == 13
