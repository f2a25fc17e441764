"""A browser-like client for the application, which asks it without a socket."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from web_fakes import open_fake

from secondsource.web import app
from secondsource.web.contract import Book

PORT = 8123
TOKEN = "a-token-for-tests"


class Client:
    """httpx against the application itself, without a socket. Keeps cookies, follows nothing."""

    def __init__(self, application: FastAPI) -> None:
        self._client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=application, raise_app_exceptions=False),
            base_url=f"http://127.0.0.1:{PORT}",
        )

    def get(self, path: str, **options: Any) -> httpx.Response:
        return asyncio.run(self._client.get(path, **options))

    def post(self, path: str, data: dict[str, str] | None = None, **options: Any) -> httpx.Response:
        options.setdefault("headers", {"Origin": f"http://127.0.0.1:{PORT}"})
        return asyncio.run(self._client.post(path, data=data or {}, **options))

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        return asyncio.run(self._client.request(method, path, **options))


def entered(book: Book | None = None, path: Path | None = None, reviewer: str = "") -> Client:
    """A client that has used the link."""
    client = Client(app.create(path, book, TOKEN, PORT, open_fake, reviewer))
    assert client.get(f"/?token={TOKEN}").status_code == 303
    return client
