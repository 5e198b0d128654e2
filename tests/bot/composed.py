"""The compose file read as the code's counterpart: what in it does not agree with the code."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.health import LIVE, READY
from bot.settings import ROOT, Settings

Compose = Mapping[str, Any]
COMPOSE = ROOT / "docker-compose.yml"
RASA = ROOT / "nlu" / "server"
BOTS = ("bot", "migrate", "backup")  # the services of the bot's image
_VARIABLE = re.compile(r"\$\{(\w+)")
_URL = re.compile(r"http://[\w.]+:\d+[\w/]*")


def variables() -> dict[str, Any]:
    """Return every setting by the name of its variable."""
    return {
        str(field.validation_alias or f"SPINDEL_{name.upper()}"): field
        for name, field in Settings.model_fields.items()
    }


def problems(compose: Compose) -> list[str]:
    """Return a sentence for each disagreement."""
    services = compose["services"]
    return [
        *_unknown(services),
        *_lacking(services),
        *_open_secrets(services),
        *_health(services),
        *_addresses(services),
        *_closed(compose),
    ]


def _unknown(services: Mapping[str, Any]) -> Iterator[str]:
    known = variables()
    for service in (*BOTS, "rasa"):
        for name in services[service]["environment"]:
            if name not in known:
                yield f"{service}: no setting is called {name}"
    example = (ROOT / "docs" / "examples" / "env.example").read_text()
    for name in set(_VARIABLE.findall(str(services))):
        if f"{name}=" not in example:
            yield f"{name} comes from .env and does not stand in env.example"


def _lacking(services: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a service needs and is not given: each secret, each address, each port."""
    always = {"SPINDEL_DATABASE_URL"}
    asked = {
        name
        for name, field in variables().items()
        if isinstance(field.default, SecretStr) or re.search(r"(HOST|PORT|RASA_URL|MODE)$", name)
    }
    needed = {"bot": always | asked, "migrate": always, "backup": always}
    needed["rasa"] = {"SPINDEL_RASA_TOKEN"}
    for service, names in needed.items():
        for name in sorted(names - set(services[service]["environment"])):
            yield f"{service}: {name} is missing"


def _open_secrets(services: Mapping[str, Any]) -> Iterator[str]:
    for service, facts in services.items():
        for name, value in facts.get("environment", {}).items():
            secret = re.search(r"TOKEN|SECRET|PASSWORD|KEY", name)
            if secret and not str(value).startswith("${"):
                yield f"{service}: {name} is written out"


def _health(services: Mapping[str, Any]) -> Iterator[str]:
    port = services["bot"]["environment"].get("SPINDEL_PORT")
    if checked("bot", services) != f"http://127.0.0.1:{port}{READY}":
        yield f"bot: its health is at :{port}{READY}"
    if not {LIVE, READY} <= bot_paths():
        yield "bot: the health paths are not served"
    url = urlsplit(checked("rasa", services))
    if url.path not in rasa_paths() or str(url.port) != rasa_port():
        yield f"rasa: nothing answers at {url.geturl()}"


def _addresses(services: Mapping[str, Any]) -> Iterator[str]:
    bot = services["bot"]["environment"]
    if bot.get("SPINDEL_RASA_URL") != f"http://rasa:{rasa_port()}":
        yield f"bot: Rasa listens at rasa:{rasa_port()}"
    own = services["database"]["environment"]
    for service in BOTS:
        url = urlsplit(
            re.sub(
                r"\$\{[^}]*\}",
                "x",
                services[service]["environment"].get("SPINDEL_DATABASE_URL", ""),
            )
        )
        stands = (url.scheme, url.username, url.hostname, url.port, url.path)
        if stands != (
            "postgresql",
            own["POSTGRES_USER"],
            "database",
            5432,
            f"/{own['POSTGRES_DB']}",
        ):
            yield f"{service}: SPINDEL_DATABASE_URL is not that of the database"
    if f"EXPOSE {bot.get('SPINDEL_PORT')}\n" not in (ROOT / "Dockerfile").read_text():
        yield "Dockerfile: EXPOSE is not SPINDEL_PORT"
    if services["proxy"]["command"][-1] != f"bot:{bot.get('SPINDEL_PORT')}":
        yield "proxy: it does not lead to the bot"


def _closed(compose: Compose) -> Iterator[str]:
    services = compose["services"]
    if services["rasa"]["networks"] != ["inside"] or not compose["networks"]["inside"]["internal"]:
        yield "rasa: it is not on the internal network only"
    for service, facts in services.items():
        for port in facts.get("ports", ()):
            if service != "proxy" or not port.startswith("127.0.0.1:"):
                yield f"{service}: the port {port} is open"
        if service != "database" and not facts.get("read_only"):
            yield f"{service}: it can be written to"
    for file in (ROOT / "Dockerfile", RASA / "Dockerfile"):
        last = file.read_text().rsplit("\nFROM ", 1)[1]
        if not re.search(r"^USER (?!root|0)\w+$", last, re.MULTILINE):
            yield f"{file.relative_to(ROOT)}: it runs as root"


def checked(service: str, services: Mapping[str, Any]) -> str:
    """Return the address that a service's health check asks."""
    found = _URL.search(services[service]["healthcheck"]["test"][-1])
    return found.group() if found else ""


def bot_paths() -> set[str]:
    """Return the paths that the bot's health serves."""
    text = (ROOT / "bot" / "health.py").read_text()
    return {path for name, path in (("LIVE", LIVE), ("READY", READY)) if f"get({name})" in text}


def rasa_paths() -> set[str]:
    """Return the paths that Rasa's server answers to GET."""
    text = (RASA / "spindel_nlu" / "serving" / "app.py").read_text()
    return set(re.findall(r'@app\.get\("([^"]+)"\)', text))


def rasa_port() -> str:
    """Return the port at which Rasa's image listens."""
    text = (RASA / "Dockerfile").read_text()
    (command,) = re.findall(r'^CMD .*"--port", "(\d+)"', text, re.MULTILINE)
    assert f"EXPOSE {command}\n" in text
    return str(command)
