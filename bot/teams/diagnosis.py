"""The doctor's look at Teams: app, tenant, secret, keys, address, package, each with its cure."""

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

import httpx

from actions.words import Text, _, plain
from bot.findings import Finding
from bot.settings import Settings
from bot.teams.gate import PATH
from bot.teams.ids import is_guid
from bot.teams.keys import Keys, KeysAway
from bot.teams.loopback import is_loopback, leads_here
from bot.teams.package import files, is_https, problems

_TEAMS = _("Teams")
_TOKEN = _("Teams' token")
_ADDRESS = _("Teams' address")
_SCOPE = "https://api.botframework.com/.default"
_TIMEOUT_S = 10


async def check_teams(settings: Settings) -> list[Finding]:
    """Return what is wrong with the connection to Teams; without an app that is a note."""
    findings = _open(settings)
    ids = (settings.teams_app_id, settings.teams_tenant_id)
    if not any((*ids, settings.teams_client_secret.get_secret_value())):
        cure = _("To connect Teams, follow docs/teams.md.")
        return findings or [Finding(_TEAMS, "note", _("not connected"), cure)]
    wrong = _ids(settings)
    findings += wrong or [await check_token(settings)]
    findings.append(await _keys(settings))
    findings += await _address(settings.teams_public_url)
    return [*findings, _package(settings)]


def _open(settings: Settings) -> list[Finding]:
    if not settings.teams_unauthenticated:
        return []
    if is_loopback(settings.host):
        found = _("without authentication, for this machine only")
        cure = _("Remove SPINDEL_TEAMS_UNAUTHENTICATED when you are done with the playground.")
        return [Finding(_TEAMS, "note", found, cure)]
    found = _("without authentication, and others can reach it")
    cure = _("Remove SPINDEL_TEAMS_UNAUTHENTICATED; with it the bot does not start here.")
    return [Finding(_TEAMS, "ill", found, cure)]


def _ids(settings: Settings) -> list[Finding]:
    secret = settings.teams_client_secret.get_secret_value()
    found = [
        Finding(_TEAMS, "ill", _("{name} is no GUID", name=name), cure)
        for name, value, cure in (
            ("TEAMS_APP_ID", settings.teams_app_id, _COPY_APP),
            ("TEAMS_TENANT_ID", settings.teams_tenant_id, _COPY_TENANT),
        )
        if not is_guid(value)
    ]
    if not secret:
        found.append(Finding(_TEAMS, "ill", _("TEAMS_CLIENT_SECRET is empty"), _NEW_SECRET))
    elif is_guid(secret):
        what = _("TEAMS_CLIENT_SECRET is the secret's ID, not its value")
        found.append(Finding(_TEAMS, "ill", what, _NEW_SECRET))
    return found


async def check_token(settings: Settings) -> Finding:
    """Ask Entra for the token with which the bot writes in Teams."""
    address = f"{settings.teams_login_url.rstrip('/')}/{settings.teams_tenant_id}/oauth2/v2.0/token"
    asked = {
        "grant_type": "client_credentials",
        "client_id": settings.teams_app_id,
        "client_secret": settings.teams_client_secret.get_secret_value(),
        "scope": _SCOPE,
    }
    try:
        async with httpx.AsyncClient(timeout=_TIMEOUT_S) as http:
            told = (await http.post(address, data=asked)).json()
    except (httpx.HTTPError, httpx.InvalidURL):
        cure = _("Check that this machine may reach login.microsoftonline.com on port 443.")
        return Finding(_TOKEN, "ill", _("Entra cannot be reached"), cure)
    except ValueError:
        told = None
    if isinstance(told, dict) and isinstance(told.get("access_token"), str):
        return Finding(_TOKEN, "ok", _("Entra gives one"))
    return _refused(told if isinstance(told, dict) else {})


def _refused(told: Mapping[str, Any]) -> Finding:
    codes = told.get("error_codes")
    listed = codes if isinstance(codes, list) else []
    code = next((each for each in listed if isinstance(each, int)), 0)
    if code in _ENTRA:
        found, cure = _ENTRA[code]
        return Finding(_TOKEN, "ill", _with(found, code), cure)
    if code:
        cure = _("Look it up: {url}", url=f"https://login.microsoftonline.com/error?code={code}")
        return Finding(_TOKEN, "ill", plain(f"AADSTS{code}"), cure)
    found = _("the answer is not Entra's")
    cure = _("Does a proxy answer in its place? Check SPINDEL_TEAMS_LOGIN_URL and the proxy.")
    return Finding(_TOKEN, "ill", found, cure)


def _with(found: Text, code: int) -> Text:
    return _("{found} (AADSTS{code})", found=found, code=str(code))


async def _keys(settings: Settings) -> Finding:
    what = _("Teams' keys")
    try:
        keys = Keys(settings.teams_metadata_url)
    except ValueError:
        cure = _("Remove SPINDEL_TEAMS_METADATA_URL: keys are fetched by https only.")
        return Finding(what, "ill", _("their address is not https"), cure)
    try:
        await keys.key("-")
    except KeysAway:
        cure = _("Check that this machine may reach login.botframework.com on port 443.")
        return Finding(what, "ill", _("they cannot be fetched, so nobody can come in"), cure)
    finally:
        await keys.close()
    return Finding(what, "ok", _("fetched"))


async def _address(url: str) -> list[Finding]:
    if not url:
        cure = _("Set SPINDEL_TEAMS_PUBLIC_URL to what the Azure Bot has, without /api/messages.")
        return [Finding(_ADDRESS, "note", _("not told, so not checked"), cure)]
    if not is_https(url):
        cure = _("Teams calls by https only: put a proxy with a certificate in front of the bot.")
        return [Finding(_ADDRESS, "ill", _("it is not https"), cure)]
    if urlsplit(url).path.strip("/") or urlsplit(url).query:
        cure = _("Set SPINDEL_TEAMS_PUBLIC_URL to https:// and the host, without /api/messages.")
        return [Finding(_ADDRESS, "ill", _("it has a path"), cure)]
    if leads_here(url):
        cure = _("Microsoft calls from outside: name the host that the internet knows.")
        return [Finding(_ADDRESS, "ill", _("it leads to this machine only"), cure)]
    return [await check_way(url)]


async def check_way(url: str) -> Finding:
    """Knock at the public address as anybody could: the gate answers 401."""
    address = f"{url.rstrip('/')}{PATH}"
    try:
        async with httpx.AsyncClient(timeout=_TIMEOUT_S) as http:
            status = (await http.post(address, json={})).status_code
    except (httpx.HTTPError, httpx.InvalidURL):
        cure = _("Start the bot; check name, certificate and proxy, and the firewall from outside.")
        return Finding(_ADDRESS, "note", _("{url} does not answer", url=address), cure)
    if status == httpx.codes.UNAUTHORIZED:
        return Finding(_ADDRESS, "ok", _("it leads to the bot, which lets no stranger in"))
    found = _("{url} answers {status}; the bot would say 401", url=address, status=str(status))
    cure = _("Start the bot, and let the proxy pass {path} on to it unchanged.", path=PATH)
    return Finding(_ADDRESS, "note", found, cure)


def _package(settings: Settings) -> Finding:
    what = _("Teams' app package")
    released = version("spindel")
    if problems(files(settings, released)):
        cure = _("Run spindel teams package, which names what is wrong.")
        return Finding(what, "note", _("Teams would refuse it"), cure)
    cure = _("Is an older one in Teams? Upload the new: spindel teams package")
    return Finding(what, "ok", _("version {version}", version=released), cure)


_COPY_APP = _(
    "Copy “Application (client) ID” from the app's overview under “App registrations” in Entra."
)
_COPY_TENANT = _(
    "Copy “Directory (tenant) ID” from the app's overview under “App registrations” in Entra."
)
_NEW_SECRET = _(
    "Make a new client secret under “Certificates & secrets” and copy its value, which is shown "
    "only then."
)
# Entra's numbers, by its reference of AADSTS error codes.
_ENTRA: dict[int, tuple[Text, Text]] = {
    7000215: (_("the secret is wrong"), _NEW_SECRET),
    7000222: (_("the secret has expired"), _NEW_SECRET),
    700016: (
        _("the tenant has no such app"),
        _("TEAMS_APP_ID and TEAMS_TENANT_ID must both be from the same app's overview in Entra."),
    ),
    90002: (_("there is no such tenant"), _COPY_TENANT),
    900023: (_("there is no such tenant"), _COPY_TENANT),
    7000112: (
        _("the app is disabled"),
        _("Switch it on in Entra: Enterprise applications → the app → Properties → Enabled."),
    ),
    7000229: (
        _("the app has no place in the tenant"),
        _("Open the app in Entra and press “Create service principal”, or register it anew."),
    ),
    53003: (
        _("conditional access shuts the app out"),
        _("Let whoever answers for conditional access allow this app from this machine."),
    ),
}
