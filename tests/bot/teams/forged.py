"""Calls that Teams did not make: each by what is wrong with it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import jwt

from tests.bot.teams.issuer import (
    APP,
    BOT_FRAMEWORK,
    ENTRA_KID,
    KID,
    NOW_S,
    OLD_KID,
    OTHER_TENANT,
    SERVICE,
    SKYPE_KID,
    TENANT,
    Issuer,
    Json,
    activity,
    claims,
    entra_claims,
    entra_v1,
    entra_v2,
    jwk,
    public_pem,
    rsa,
    signed,
)

Headers = list[tuple[bytes, bytes]]
OTHER_APP = "11111111-2222-4333-8444-555555555555"
AGENT_365 = "5a807f24-c9de-44ee-a3a7-329e88a00ffc"


def told(**changes: Any) -> bytes:
    return json.dumps(activity(**changes)).encode()


@dataclass(frozen=True)
class Call:
    """A call of the end point, good but for what is given; token None: without the header."""

    token: str | None = field(default_factory=lambda: signed(claims()))
    body: bytes = field(default_factory=told)
    kind: str | None = "application/json; charset=utf-8"
    authorization: tuple[str, ...] | None = None

    @property
    def headers(self) -> Headers:
        """The headers, in order and perhaps several of a name."""
        given = self.authorization
        if given is None:
            given = () if self.token is None else (f"Bearer {self.token}",)
        kind = [] if self.kind is None else [(b"content-type", self.kind.encode())]
        return kind + [(b"authorization", value.encode()) for value in given]


Make = Callable[[Issuer], Call]


def raw(*values: str) -> Call:
    return Call(authorization=values)


def said(**changes: Any) -> Call:
    return Call(body=told(**changes))


def of(**changes: Any) -> Call:
    """Return a call whose token is well signed but makes other claims."""
    return Call(token=signed(claims(**changes)))


def by(**header: Any) -> Call:
    """Return a call whose token has another header."""
    return Call(token=signed(claims(), **header))


def unsigned(signature: str = "") -> str:
    head, payload, _ = signed(claims(), key="", alg="none").split(".")
    return f"{head}.{payload}.{signature}"


def hmac_with_public_key() -> str:
    """Return a token whose HMAC secret is the public key that everybody can read.

    PyJWT refuses to make such a one, so its parts are put together by hand.
    """
    algorithm = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    head = jwt.utils.base64url_encode(
        json.dumps({"alg": "HS256", "typ": "JWT", "kid": KID}).encode()
    )
    payload = jwt.utils.base64url_encode(json.dumps(claims()).encode())
    signature = algorithm.sign(head + b"." + payload, public_pem("teams"))
    return b".".join((head, payload, jwt.utils.base64url_encode(signature))).decode()


def signed_by(algorithm: str) -> str:
    return jwt.encode(claims(), rsa("teams"), algorithm=algorithm, headers={"kid": KID})


def spliced(first: str, second: str) -> str:
    """Return the claims of one token under the signature of another."""
    head, _, signature = first.split(".")
    return f"{head}.{second.split('.')[1]}.{signature}"


TOKENS: dict[str, Make] = {
    "no token": lambda _: Call(token=None),
    "an empty header": lambda _: raw(""),
    "the word alone": lambda _: raw("Bearer"),
    "the word and a space": lambda _: raw("Bearer "),
    "basic": lambda _: raw("Basic c3BpbmRlbDpzcGluZGVs"),
    "another scheme": lambda _: raw(f"Token {signed(claims())}"),
    "no scheme": lambda _: raw(signed(claims())),
    "garbage": lambda _: raw("Bearer garbage"),
    "garbage in three parts": lambda _: raw("Bearer a.b.c"),
    "not ASCII": lambda _: raw("Bearer å.ä.ö"),
    "five parts, as if encrypted": lambda _: raw(f"Bearer {signed(claims())}.a.b"),
    "endless": lambda _: raw(f"Bearer {'a' * 9_000}.b.c"),
    "two headers": lambda _: raw(*[f"Bearer {signed(claims())}"] * 2),
    "two tokens in one": lambda _: raw(f"Bearer {signed(claims())}, Bearer {signed(claims())}"),
    "no algorithm": lambda _: Call(token=unsigned()),
    "no algorithm, signed": lambda _: Call(token=unsigned("c2lnbmVk")),
    "HS256": lambda _: by(key="s" * 64, alg="HS256"),
    "HS256 with the public key": lambda _: Call(token=hmac_with_public_key()),
    "RS384": lambda _: Call(token=signed_by("RS384")),
    "PS256": lambda _: Call(token=signed_by("PS256")),
    "another's key": lambda _: by(key="forger"),
    "another key of the list": lambda _: by(kid=OLD_KID),
    "an unknown kid": lambda _: by(kid="unknown"),
    "no kid": lambda _: by(kid=None),
    "an empty kid": lambda _: by(kid=""),
    "a kid in capitals": lambda _: by(kid=KID.upper()),
    "a kid that is a path": lambda _: by(kid="../../../etc/passwd"),
    "a kid that is an address": lambda i: by(kid=f"{i.url}/evil"),
    "a kid that is SQL": lambda _: by(kid="' OR '1'='1"),
    "a kid with a zero": lambda _: by(kid=f"{KID}\x00"),
    "a kid of a thousand letters": lambda _: by(kid="a" * 1000),
    "jku elsewhere": lambda i: by(key="forger", kid="mine", jku=f"{i.url}/evil/keys"),
    "x5u elsewhere": lambda i: by(key="forger", kid="mine", x5u=f"{i.url}/evil/cert"),
    "jku and a known kid": lambda i: by(key="forger", jku=f"{i.url}/evil/keys"),
    "its own key in the header": lambda _: by(key="forger", jwk=jwk("forger", KID)),
    "a critical header": lambda _: by(crit=["b64"], b64=True),
    "claims of another token": lambda _: Call(
        token=spliced(signed(claims()), signed(claims(aud=OTHER_APP)))
    ),
    "no issuer": lambda _: of(iss=None),
    "another issuer": lambda _: of(iss="https://evil.example"),
    "the issuer with a slash": lambda _: of(iss=f"{BOT_FRAMEWORK}/"),
    "the issuer in a list": lambda _: of(iss=[BOT_FRAMEWORK]),
    "the government's issuer": lambda _: of(iss="https://api.botframework.us"),
    "no audience": lambda _: of(aud=None),
    "an empty audience": lambda _: of(aud=""),
    "another app": lambda _: of(aud=OTHER_APP),
    "our own outgoing audience": lambda _: of(aud=BOT_FRAMEWORK),
    "several audiences": lambda _: of(aud=[APP, OTHER_APP]),
    "expired": lambda _: of(exp=NOW_S - 300),
    "expired long ago": lambda _: of(nbf=1, exp=3600),
    "no end": lambda _: of(exp=None),
    "an endless end": lambda _: of(exp=float("inf")),
    "an end in words": lambda _: of(exp="never"),
    "an end that is true": lambda _: of(exp=True),
    "not valid yet": lambda _: of(nbf=NOW_S + 301),
    "no serviceurl": lambda _: of(serviceurl=None),
    "an empty serviceurl": lambda _: of(serviceurl=""),
    "serviceurl a list": lambda _: of(serviceurl=[SERVICE]),
}
ENTRA: dict[str, tuple[str, str, str, str]] = {
    f"{version} of {whose} tenant, signed by {signer}": (make(tenant), tenant, signer, kid)
    for version, make in (("v1", entra_v1), ("v2", entra_v2))
    for whose, tenant in (("our", TENANT), ("another", OTHER_TENANT))
    for signer, kid in (("entra", ENTRA_KID), ("teams", KID))
}
ENTRA_SPECIAL: dict[str, Json] = {
    "what the bot itself sends": entra_claims(
        entra_v1(TENANT), TENANT, aud=BOT_FRAMEWORK, serviceurl=None
    ),
    "Agent 365": entra_claims(entra_v2(TENANT), TENANT, azp=AGENT_365, serviceurl=None),
}
BODIES: dict[str, Make] = {
    "empty": lambda _: Call(body=b""),
    "not JSON": lambda _: Call(body=b"{"),
    "form fields": lambda _: Call(body=b"a=b", kind="application/x-www-form-urlencoded"),
    "JSON that says it is text": lambda _: Call(kind="text/plain"),
    "JSON that says nothing": lambda _: Call(kind=None),
    "a list": lambda _: Call(body=b"[" + told() + b"]"),
    "null": lambda _: Call(body=b"null"),
    "UTF-16": lambda _: Call(body=told().decode().encode("utf-16")),
    "bad UTF-8": lambda _: Call(body=told()[:-1] + b', "a": "\xff"}'),
    "deep": lambda _: Call(body=b"[" * 100_000),
    "a number of a thousand digits": lambda _: Call(body=b'{"a": ' + b"9" * 10_000 + b"}"),
    "too large": lambda _: said(text="x" * 256_000),
    "no serviceUrl": lambda _: said(serviceUrl=None),
    "an empty serviceUrl": lambda _: said(serviceUrl=""),
    "serviceUrl a list": lambda _: said(serviceUrl=[SERVICE]),
    "serviceurl in small letters": lambda _: said(serviceUrl=None, serviceurl=SERVICE),
    "another serviceUrl": lambda _: said(serviceUrl="https://smba.trafficmanager.net/amer/"),
    "an evil serviceUrl": lambda _: said(serviceUrl="https://evil.example/"),
    "serviceUrl twice": lambda _: Call(
        body=told()[:-1] + b', "serviceUrl": "https://evil.example/"}'
    ),
    "serviceUrl with two slashes": lambda _: said(serviceUrl=f"{SERVICE}/"),
    "serviceUrl in capitals": lambda _: said(serviceUrl=SERVICE.upper()),
    "another tenant": lambda _: said(
        channelData={"tenant": {"id": OTHER_TENANT}}, conversation={"tenantId": OTHER_TENANT}
    ),
    "another tenant's channelData": lambda _: said(channelData={"tenant": {"id": OTHER_TENANT}}),
    "another tenant's conversation": lambda _: said(conversation={"tenantId": OTHER_TENANT}),
    "no tenant": lambda _: said(channelData=None, conversation={"id": "a:1"}),
    "an empty tenant": lambda _: said(channelData={"tenant": {"id": ""}}),
    "the tenant in a list": lambda _: said(channelData={"tenant": {"id": [TENANT]}}),
    "nothing where the tenant stands": lambda _: said(channelData=[], conversation="a:1"),
    "somebody of another tenant": lambda _: said(**{"from": {"tenantId": OTHER_TENANT}}),
    "a guest": lambda _: said(**{"from": {"id": "29:1", "userRole": "guest"}}),
    "the web chat": lambda _: said(channelId="webchat"),
    "the emulator": lambda _: said(channelId="emulator"),
    "no channel": lambda _: said(channelId=None),
    "a key that may not speak for Teams": lambda _: Call(
        token=signed(claims(), key="skype", kid=SKYPE_KID)
    ),
}
SERVICES: dict[str, str] = {
    "another host": "https://evil.example/emea/",
    "a host that begins so": "https://smba.trafficmanager.net.evil.example/",
    "a host that ends so": "https://evilsmba.trafficmanager.net/",
    "another name of the domain": "https://evil.trafficmanager.net/",
    "http": "http://smba.trafficmanager.net/emea/",
    "another port": "https://smba.trafficmanager.net:8443/emea/",
    "no port": "https://smba.trafficmanager.net:port/emea/",
    "as a user": "https://smba.trafficmanager.net@evil.example/",
    "with a user": "https://me@smba.trafficmanager.net/",
    "a backslash": "https://smba.trafficmanager.net\\@evil.example/",
    "a line break": "https://smba.trafficmanager.net/\r\nHost: evil.example",
    "this machine": "https://127.0.0.1/",
    "the cloud's own": "http://169.254.169.254/metadata",
    "a file": "file://smba.trafficmanager.net/etc/passwd",
    "another alphabet": "https://smbа.trafficmanager.net/",
    "a broken bracket": "https://[::1/",
    "a path": "smba.trafficmanager.net/emea",
}
