"""Nobody but the page's own browser talks with the page, and it runs nobody else's code."""

import re

import httpx
import pytest

from bot.assembly import Bot
from bot.web.guard import LARGEST_BODY
from tests.bot.web.conftest import person_id
from tests.dialogue import JOHAN

_ADDRESS = re.compile(r"""(?:src|href|action)\s*=\s*["']?([^"'\s>]+)""")
_INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\son\w+\s*=|\sstyle\s*=", re.IGNORECASE)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8765", 200),
        ("localhost:8765", 200),
        ("127.0.0.1.example.com", 400),
        ("spindel.example.com", 400),
        ("192.168.1.7:8765", 400),
        ("", 400),
    ],
)
async def test_only_this_machine_is_a_host(
    client: httpx.AsyncClient, host: str, status: int
) -> None:
    answer = await client.get("/", headers={"host": host})
    assert answer.status_code == status


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://example.com"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "http://127.0.0.1:8765", "sec-fetch-site": "cross-site"},
        {"origin": "http://127.0.0.1:8765", "sec-fetch-site": "same-site"},
    ],
)
async def test_a_gesture_from_elsewhere_is_refused(
    client: httpx.AsyncClient, speechless: Bot, headers: dict[str, str]
) -> None:
    johan = await person_id(speechless, JOHAN)
    form = {"pressed": "settings.language|en"}
    answer = await client.post(f"/chat/{johan}/press", data=form, headers=headers)
    assert answer.status_code == 403
    assert (await client.post(f"/chat/{johan}/press", data=form)).status_code == 303


async def test_a_gesture_that_tells_no_origin_is_refused(
    client: httpx.AsyncClient, speechless: Bot
) -> None:
    johan = await person_id(speechless, JOHAN)
    del client.headers["origin"]
    assert (await client.post(f"/chat/{johan}/press", data={})).status_code == 403


async def test_a_body_without_length_or_without_measure_is_refused(
    client: httpx.AsyncClient,
) -> None:
    async def endless() -> object:
        yield b"text=a"

    assert (await client.post("/chat/1/say", content=endless())).status_code == 411  # type: ignore[arg-type]
    large = {"text": "a" * LARGEST_BODY}
    assert (await client.post("/chat/1/say", data=large)).status_code == 413


@pytest.mark.parametrize("path", ["/", "/chat/{johan}", "/nowhere"])
async def test_a_page_holds_no_code_and_no_foreign_address(
    client: httpx.AsyncClient, speechless: Bot, path: str
) -> None:
    answer = await client.get(path.format(johan=await person_id(speechless, JOHAN)))
    assert not _INLINE.search(answer.text)
    addresses = _ADDRESS.findall(answer.text)
    assert addresses
    assert all(address.startswith(("/", "#")) for address in addresses)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/chat/999999", "/chat/0", "/chat/x", f"/chat/{2**70}", "/x"])
async def test_what_does_not_exist_is_said_kindly(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code == 404
    assert "Sidan finns inte." in answer.text


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"pressed": "no.such|1"},
        {"pressed": "contact.approve|1", "entry": "m1"},
        {"pressed": "draft.save|999999"},
        {"pressed": "|"},
    ],
)
async def test_a_press_that_was_never_offered_does_nothing(
    client: httpx.AsyncClient, speechless: Bot, form: dict[str, str]
) -> None:
    johan = await person_id(speechless, JOHAN)
    assert (await client.post(f"/chat/{johan}/press", data=form)).status_code == 303
    shown = (await client.get(f"/chat/{johan}")).text
    assert "Något gick fel" not in shown
    assert shown.count("entry reply") == 1
    assert "entry mine" not in shown


async def test_health_is_told(client: httpx.AsyncClient) -> None:
    assert (await client.get("/livez")).json() == {"status": "ok"}
