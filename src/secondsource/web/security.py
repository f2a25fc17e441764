"""Who may see a page: one browser on this machine, that was given the link, and nobody through it.

The server listens on 127.0.0.1, but every page that the browser has open can talk to it too. So the
Host header must be ours (against DNS rebinding), a POST must come from our own page, and everything
but the style sheet and the script needs a session, which only the one-time link gives. Forms that change
the record also carry the session's own token.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
BODY_LIMIT = 64_000
"""Bytes of a form. The longest thing that is sent is a passphrase."""
SAFE_METHODS = {"GET", "HEAD"}


@dataclass(slots=True)
class Sessions:
    """Sessions live in memory, so that they end with the program. The token buys one, once."""

    token: str | None
    _live: dict[str, str] = field(default_factory=dict)
    """Session to the token of its forms."""

    def redeem(self, token: str) -> str | None:
        """A new session for the token, which is void from then on; None for any other."""
        if self.token is None or not compare_digest(token.encode(), self.token.encode()):
            return None
        self.token = None
        session = secrets.token_urlsafe(32)
        self._live[session] = secrets.token_urlsafe(32)
        return session

    def knows(self, session: str | None) -> bool:
        return session is not None and session in self._live

    def form_token(self, session: str | None) -> str:
        """What a form of this session must carry; '' where there is no session."""
        return self._live.get(session or "", "")


@dataclass(slots=True)
class Throttle:
    """After each wrong passphrase the wait doubles, up to a minute."""

    clock: Callable[[], float] = time.monotonic
    _failures: int = 0
    _until: float = 0.0

    def wait(self) -> int:
        """Seconds until the next try; 0 where one may be made."""
        return max(0, -int(-(self._until - self.clock()) // 1))

    def failed(self) -> None:
        self._failures += 1
        self._until = self.clock() + min(2 ** (self._failures - 1), 60)

    def succeeded(self) -> None:
        self._failures, self._until = 0, 0.0


class Guard:
    """The door: checks what comes in, and puts the headers on all that goes out."""

    def __init__(self, app: ASGIApp, sessions: Sessions, port: int) -> None:
        self.app = app
        self.sessions = sessions
        self.cookie = f"secondsource_{port}"
        """Browsers give cookies to every port of a host: the name keeps two open books apart."""
        self.hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            raise ValueError(f"no such thing here: {scope['type']}")
        sent = _Sent(send)
        refusal = self._refuse(scope) or self._admit(scope)
        try:
            await (refusal or self.app)(scope, receive, sent)
        except Exception:
            if not sent.started:
                await _plain(500, "Something went wrong here. The program's window says what.")(scope, receive, sent)
            raise

    def _refuse(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if headers.get("host", "").lower() not in self.hosts:
            return _plain(421, "This address is not served here.")
        if scope["method"] in SAFE_METHODS:
            return None
        if scope["method"] != "POST":
            return _plain(405, "Only GET and POST are served here.")
        if not self._from_here(headers):
            return _plain(403, "This was not sent from a page of this program.")
        length = headers.get("content-length", "")
        if not length.isdecimal() or len(length) > 9 or int(length) > BODY_LIMIT:
            return _plain(413, "This is too long.")
        return None

    def _from_here(self, headers: Headers) -> bool:
        """Under the referrer policy `no-referrer` browsers send `Origin: null` with a form of our own page;
        then the browser's word that it is the same origin must stand beside it."""
        origin = headers.get("origin")
        if origin == "null":
            return headers.get("sec-fetch-site") == "same-origin"
        return origin is not None and origin.removeprefix("http://") in self.hosts and origin.startswith("http://")

    def _admit(self, scope: Scope) -> Response | None:
        session = _cookie(scope, self.cookie)
        scope.setdefault("state", {})["form_token"] = self.sessions.form_token(session)
        if scope["path"].startswith("/static/") or self.sessions.knows(session):
            return None
        token = QueryParams(scope["query_string"]).get("token") if scope["path"] == "/" else None
        session = self.sessions.redeem(token) if token else None
        if session is None:
            return _plain(403, "Open the link that the program printed. It works once: start again for a new one.")
        response = RedirectResponse("/", status_code=303)
        response.set_cookie(self.cookie, session, httponly=True, samesite="strict", path="/")
        return response


class _Sent:
    """`send`, with our headers on every response, and the knowledge of whether one has begun."""

    def __init__(self, send: Callable[[Message], Awaitable[None]]) -> None:
        self.send = send
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await self.send(message)


def _cookie(scope: Scope, name: str) -> str | None:
    try:
        morsel = SimpleCookie(Headers(scope=scope).get("cookie", "")).get(name)
    except CookieError:
        return None
    return morsel.value if morsel else None


def _plain(status: int, text: str) -> Response:
    return PlainTextResponse(text + "\n", status_code=status)
