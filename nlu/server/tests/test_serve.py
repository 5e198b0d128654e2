"""The server's routes, its token and its limits."""

from pathlib import Path

import pytest

from tests.serving import TOKEN, Server

SECRET = "Astrid Hemlig"  # noqa: S105


def test_ready_names_the_model(server: Server, model_file: Path) -> None:
    status, told = server.ask("GET", "/status")
    assert status == 200
    assert told["model_file"] == model_file.name
    assert told["fingerprint"] == server.ready["fingerprint"]
    assert told["pipeline"] == server.ready["pipeline"]


def test_parse(server: Server) -> None:
    status, found = server.ask("POST", "/model/parse", {"text": "any mentors in Lund?"})
    assert status == 200
    assert found["intent"]["name"] == "find_mentor"
    assert found["entities"][0]["value"] == "Lund"
    assert found["truncated"] is False


def test_version_is_open(server: Server) -> None:
    assert server.ask("GET", "/version", token=None) == (200, {"version": "3.6.21"})


@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN + "x", "å"])
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/status"), ("POST", "/model/parse"), ("POST", "/model/vectors")],
)
def test_the_token_is_needed(server: Server, method: str, path: str, token: str | None) -> None:
    token = token.encode().decode("latin-1") if token else token
    status, _ = server.ask(method, path, {"text": SECRET}, token=token)
    assert status == 401


def test_the_token_may_stand_where_rasa_wants_it(server: Server) -> None:
    assert server.ask("GET", f"/status?token={TOKEN}", token=None)[0] == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("PUT", "/model"),
        ("DELETE", "/model"),
        ("POST", "/model/train"),
        ("POST", "/model/test/intents"),
        ("POST", "/model/predict"),
        ("GET", "/domain"),
        ("GET", "/conversations/x/tracker"),
        ("POST", "/conversations/x/messages"),
        ("POST", "/webhooks/rest/webhook"),
        ("GET", "/model/parse"),
        ("GET", "/model/vectors"),
        ("PUT", "/model/vectors"),
        ("POST", "/status"),
    ],
)
def test_every_other_route_is_refused_even_with_the_token(
    server: Server, method: str, path: str
) -> None:
    status, _ = server.ask(method, path, {"model_file": "/etc/passwd"})
    assert status in {404, 405}


@pytest.mark.parametrize(
    "body", [b"", b"nonsense", b"[]", b"{}", b'{"text": 5}', b'{"text": null}', b"\xff\xfe"]
)
def test_a_bad_body_is_the_callers_fault(server: Server, body: bytes) -> None:
    assert server.ask("POST", "/model/parse", body)[0] == 400


def test_an_empty_text_is_no_error(server: Server) -> None:
    status, found = server.ask("POST", "/model/parse", {"text": ""})
    assert (status, found["intent"]["name"]) == (200, None)


def test_half_a_character_is_no_error(server: Server) -> None:
    status, found = server.ask("POST", "/model/parse", b'{"text": "\\ud800 mentors in Lund"}')
    assert status == 200
    assert found["text"].startswith("\ufffd")


def test_a_long_text_is_cut_and_says_so(server: Server) -> None:
    status, found = server.ask("POST", "/model/parse", {"text": "mentor " * 1000})
    assert status == 200
    assert (len(found["text"]), found["truncated"]) == (1000, True)


def test_a_large_body_is_refused(server: Server) -> None:
    assert server.ask("POST", "/model/parse", {"text": "m" * 17_000})[0] == 413


def test_neither_texts_nor_the_token_are_logged(server: Server) -> None:
    server.ask("POST", "/model/parse", {"text": SECRET})
    server.ask("POST", "/model/parse", f'{{"text": "{SECRET}"'.encode())
    server.ask("GET", f"/nothing?token={TOKEN}&text={SECRET[:6]}")
    logged = server.log.read_text("utf-8")
    assert server.ready["fingerprint"][:12] in logged
    assert "Astrid" not in logged
    assert TOKEN not in logged


def test_the_unpacked_model_is_gone_and_the_home_folder_untouched(server: Server) -> None:
    assert {path.name for path in server.folder.iterdir()} == {"log"}


def test_phrases_become_numbers_where_there_is_an_encoder(server: Server) -> None:
    body = {"phrases": ["hedge funds", "\ud800", "", "x" * 5000]}
    status, found = server.ask("POST", "/model/vectors", body)
    if "e5" not in server.ready["pipeline"]:
        assert status == 404
        return
    assert status == 200
    assert [len(row) for row in found["vectors"]] == [384] * 4
    assert sum(n * n for n in found["vectors"][0]) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b"[]",
        b"{}",
        b'{"phrases": "x"}',
        b'{"phrases": []}',
        b'{"phrases": [5]}',
        b'{"phrases": [null]}',
        b'{"phrases": [' + b",".join([b'"x"'] * 33) + b"]}",
    ],
)
def test_bad_phrases_are_the_callers_fault(server: Server, body: bytes) -> None:
    assert server.ask("POST", "/model/vectors", body)[0] == 400


def test_a_large_body_of_phrases_is_refused_and_none_is_logged(server: Server) -> None:
    assert server.ask("POST", "/model/vectors", {"phrases": ["m" * 17_000]})[0] == 413
    server.ask("POST", "/model/vectors", {"phrases": [SECRET]})
    assert "Astrid" not in server.log.read_text("utf-8")
