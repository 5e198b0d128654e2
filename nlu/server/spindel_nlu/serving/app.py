"""The HTTP side: parse a text, give phrases as numbers, say which model and Rasa serve. No more.

Rasa's own server also trains, loads models from addresses it is given and keeps conversations;
here those routes do not exist, so no token opens them.
"""

import hmac
from importlib.metadata import version

from sanic import Sanic
from sanic.exceptions import InvalidUsage, NotFound, Unauthorized
from sanic.request import Request
from sanic.response import HTTPResponse, json

from spindel_nlu.components.message_reader import CHARACTERS, readable
from spindel_nlu.serving.model import Model
from spindel_nlu.serving.vectors import MOST, vectors_of

SETTINGS = {
    "FALLBACK_ERROR_FORMAT": "json",
    "REQUEST_MAX_SIZE": 16 * 1024,  # bytes
    "REQUEST_TIMEOUT": 10,  # seconds
    "ACCESS_LOG": False,
}


def make_app(model: Model, token: str, name: str = "spindel-rasa") -> Sanic:
    """Return the application that answers for one model.

    The token is shown as "Authorization: Bearer <token>" or, as Rasa wants it, "?token=<token>".
    Sanic wants each application of a process to have a name of its own.
    """
    app = Sanic(name, configure_logging=False)
    app.config.update(SETTINGS)

    @app.get("/version")
    async def tell_version(_: Request) -> HTTPResponse:
        return json({"version": version("rasa")})

    @app.get("/status")
    async def tell_status(request: Request) -> HTTPResponse:
        check_token(request, token)
        return json(status_of(model))

    @app.post("/model/parse")
    async def parse(request: Request) -> HTTPResponse:
        check_token(request, token)
        return json(answer(model, text_in(request)))

    @app.post("/model/vectors")
    async def vectors(request: Request) -> HTTPResponse:
        check_token(request, token)
        phrases = phrases_in(request)
        if model.encoder is None:
            raise NotFound("this model has no encoder")
        return json({"vectors": vectors_of(model.encoder, phrases)})

    return app


def phrases_in(request: Request) -> list[str]:
    """Return the phrases to turn into numbers.

    Raises:
        InvalidUsage: when the body is not {"phrases": [...]} with 1 to 32 strings (400).
    """
    content = request.json
    phrases = content.get("phrases") if isinstance(content, dict) else None
    if not isinstance(phrases, list) or not 1 <= len(phrases) <= MOST:
        raise InvalidUsage(f'the body must be {{"phrases": [...]}} with 1 to {MOST} strings')
    if not all(isinstance(phrase, str) for phrase in phrases):
        raise InvalidUsage("every phrase must be a string")
    return [readable(phrase) for phrase in phrases]


def check_token(request: Request, token: str) -> None:
    """Let only a caller with the token pass.

    Raises:
        Unauthorized: otherwise (401).
    """
    shown = request.token or request.args.get("token") or ""
    if not hmac.compare_digest(shown.encode("utf-8", "replace"), token.encode()):
        raise Unauthorized("the token is missing or wrong", scheme="Bearer")


def text_in(request: Request) -> str:
    """Return the text to parse.

    Raises:
        InvalidUsage: when the body is not a JSON object with a string "text" (400).
    """
    content = request.json
    if not isinstance(content, dict) or not isinstance(content.get("text"), str):
        raise InvalidUsage('the body must be {"text": "..."}')
    return str(content["text"])


def answer(model: Model, text: str) -> dict[str, object]:
    """Parse at most 1,000 code points, and say whether there were more."""
    return {**model.parse(text[:CHARACTERS]), "truncated": len(text) > CHARACTERS}


def status_of(model: Model) -> dict[str, object]:
    """Say which model serves; the first three fields are those of Rasa's own server."""
    return {
        "model_file": model.file,
        "model_id": model.id,
        "num_active_training_jobs": 0,
        "fingerprint": model.fingerprint,
        "pipeline": model.pipeline,
    }
