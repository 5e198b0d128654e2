"""Who signs: a Bot Framework of our own on loopback, Entra beside it, and those who forge."""

import asyncio
import json
import time
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pydantic import SecretStr

from bot.settings import Settings

Json = dict[str, Any]

APP = "5f1c9a0e-3c1d-4b5e-9a43-0c6d6f2f1a11"
TENANT = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"
OTHER_TENANT = "d6d49420-f39b-4df7-a1dc-d59a935871db"  # that of the Emulator's old tokens
BOT_FRAMEWORK = "https://api.botframework.com"
SERVICE = f"https://smba.trafficmanager.net/emea/{TENANT}/"
NOW_S = int(time.time())
KID, OLD_KID, SKYPE_KID, ENTRA_KID = "Kid-of_Teams1", "Kid-of_Teams0", "Kid-of_Skype1", "Kid-Entra1"


def entra_v1(tenant: str) -> str:
    return f"https://sts.windows.net/{tenant}/"


def entra_v2(tenant: str) -> str:
    return f"https://login.microsoftonline.com/{tenant}/v2.0"


@lru_cache
def rsa(name: str) -> RSAPrivateKey:
    """Return the key pair of a name, made once: it takes a while."""
    assert name
    return generate_private_key(65537, 2048)


def public_pem(name: str) -> bytes:
    return rsa(name).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def jwk(name: str, kid: str, **more: Any) -> Json:
    shown: Json = jwt.algorithms.RSAAlgorithm.to_jwk(rsa(name).public_key(), as_dict=True)
    return {
        "kty": "RSA",
        "use": "sig",
        "kid": kid,
        "x5t": kid,
        "n": shown["n"],
        "e": shown["e"],
        **more,
    }


def claims(**changes: Any) -> Json:
    """Return the claims of a real token of Teams; None takes one away."""
    good: Json = {
        "serviceurl": SERVICE,
        "nbf": NOW_S,
        "exp": NOW_S + 3600,
        "iss": BOT_FRAMEWORK,
        "aud": APP,
    }
    return {name: value for name, value in {**good, **changes}.items() if value is not None}


def entra_claims(issuer: str, tenant: str, **changes: Any) -> Json:
    """Return the claims of a real access token of Entra, version 1 or 2."""
    one = issuer.startswith("https://sts.")
    good = {
        "iss": issuer,
        "tid": tenant,
        "iat": NOW_S,
        "ver": "1.0" if one else "2.0",
        **({"appid": APP, "appidacr": "1"} if one else {"azp": APP, "azpacr": "1"}),
        "oid": "3f0b7a55-6d2c-4a2e-b7a9-5d0b8f8f7d01",
        "sub": "3f0b7a55-6d2c-4a2e-b7a9-5d0b8f8f7d01",
        "idp": entra_v1(tenant),
        "uti": "k3dJ1b2ZrkOe6bXQ1n0AAA",
    }
    return claims(**{**good, **changes})


def signed(told: Json, key: str = "teams", **header: Any) -> str:
    """Return a token; header: changes to alg, kid, x5t, …"""
    given = {"kid": KID, "x5t": KID, **header}
    algorithm = given.pop("alg", "RS256")
    head = {name: value for name, value in given.items() if value is not None}
    secret: Any = rsa(key) if algorithm == "RS256" else key
    # As bytes: jwt.encode would refuse claims that only a forger makes.
    return jwt.PyJWS().encode(json.dumps(told).encode(), secret, algorithm=algorithm, headers=head)


def activity(**changes: Any) -> Json:
    """Return a message as Teams sends it; None takes a part away."""
    good: Json = {
        "text": "hjälp",
        "textFormat": "plain",
        "type": "message",
        "timestamp": "2026-11-24T09:30:00.1234567Z",
        "id": "1795480000123",
        "channelId": "msteams",
        "serviceUrl": SERVICE,
        "from": {
            "id": "29:1johan",
            "name": "Johan Ek",
            "aadObjectId": "7faf8aba-3c0f-4c8b-9f0f-1f6e6a3d0a01",
        },
        "conversation": {
            "conversationType": "personal",
            "tenantId": TENANT,
            "id": "a:1conversation",
        },
        "recipient": {"id": f"28:{APP}", "name": "Spindel"},
        "entities": [{"locale": "sv-SE", "country": "SE", "type": "clientInfo"}],
        "channelData": {"tenant": {"id": TENANT}},
        "locale": "sv-SE",
    }
    return {name: value for name, value in {**good, **changes}.items() if value is not None}


@dataclass
class Issuer:
    """Serves metadata and keys on loopback as the Bot Framework and Entra do.

    keys: what the Bot Framework lists. away: answer 500. asked: the paths that were asked for.
    error: the number with which Entra refuses a token. given: the form fields it was sent.
    """

    url: str = ""
    keys: list[Json] = field(default_factory=list)
    metadata: Json = field(default_factory=dict)
    away: bool = False
    asked: list[str] = field(default_factory=list)
    error: int | None = None
    given: Json = field(default_factory=dict)
    _runner: web.AppRunner | None = None
    _free: asyncio.Event = field(default_factory=asyncio.Event)
    _waiting: asyncio.Event = field(default_factory=asyncio.Event)

    def hold(self) -> None:
        """Answer nobody until released."""
        self._free.clear()

    async def held(self) -> None:
        """Wait until somebody waits for an answer."""
        await self._waiting.wait()

    def release(self) -> None:
        """Answer."""
        self._free.set()

    async def start(self) -> None:
        app = web.Application()
        app.router.add_get("/{path:.*}", self._answer)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self._free.set()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.keys = [
            jwk("teams", KID, endorsements=["msteams", "skypeforbusiness"]),
            jwk("old", OLD_KID, endorsements=["msteams"]),
            jwk("skype", SKYPE_KID, endorsements=["skype", "webchat"]),
        ]

    async def stop(self) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    @property
    def metadata_url(self) -> str:
        return f"{self.url}/v1/.well-known/openidconfiguration"

    def settings(self, **changes: Any) -> Settings:
        values: Json = {
            "teams_app_id": APP,
            "teams_tenant_id": TENANT,
            "teams_client_secret": SecretStr("a-secret-of-the-tests"),
            "teams_metadata_url": self.metadata_url,
            **changes,
        }
        return Settings(_env_file=None, **values)

    def _documents(self) -> dict[str, Json]:
        entra = [jwk("entra", ENTRA_KID, issuer=entra_v2("{tenantid}"))]
        return {
            "v1/.well-known/openidconfiguration": {
                "issuer": BOT_FRAMEWORK,
                "authorization_endpoint": "https://invalid.botframework.com",
                "jwks_uri": f"{self.url}/v1/.well-known/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["private_key_jwt"],
                **self.metadata,
            },
            "v1/.well-known/keys": {"keys": self.keys},
            f"{TENANT}/v2.0/.well-known/openid-configuration": {
                "issuer": entra_v2(TENANT),
                "token_endpoint": f"{self.url}/{TENANT}/oauth2/v2.0/token",
                "jwks_uri": f"{self.url}/{TENANT}/discovery/v2.0/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
                "tenant_region_scope": "EU",
            },
            f"{TENANT}/.well-known/openid-configuration": {
                "issuer": entra_v1(TENANT),
                "token_endpoint": f"{self.url}/{TENANT}/oauth2/token",
                "jwks_uri": f"{self.url}/common/discovery/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
                "tenant_region_scope": "EU",
            },
            f"{TENANT}/discovery/v2.0/keys": {"keys": entra},
            "common/discovery/keys": {"keys": entra},
        }

    async def _answer(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        self.asked.append(path)
        if not self._free.is_set():
            self._waiting.set()
            await self._free.wait()
        if path == "moved":
            raise web.HTTPFound(self.metadata_url)
        if self.away:
            return web.Response(status=500)
        document = self._documents().get(path)
        if document is None:
            return web.Response(status=404)
        return web.Response(text=json.dumps(document), content_type="application/json")

    async def _token(self, request: web.Request) -> web.Response:
        """Answer as Entra does, whose errors carry numbers and a description that changes."""
        self.given = {**await request.post(), "tenant": request.match_info["tenant"]}
        if self.away:
            return web.Response(status=502, text="<html>proxy</html>", content_type="text/html")
        if self.error is None:
            return web.json_response(
                {"token_type": "Bearer", "expires_in": 3599, "access_token": signed(claims())}
            )
        told = {
            "error": "invalid_client",
            "error_description": f"AADSTS{self.error}: Words. Trace ID: 0 Timestamp: now",
            "error_codes": [self.error],
            "timestamp": "2026-11-24 09:30:00Z",
            "trace_id": "0000aaaa-11bb-cccc-dd22-eeeeee333333",
            "correlation_id": "aaaa0000-bb11-2222-33cc-444444dddddd",
            "error_uri": f"https://login.microsoftonline.com/error?code={self.error}",
        }
        return web.json_response(told, status=401)
