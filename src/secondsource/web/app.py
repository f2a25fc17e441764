"""The web application, put together and run on this machine's loopback address only."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from secondsource.web import api, desk, pages, pairs, review, sourcing, worlds
from secondsource.web.contract import Book, Opener
from secondsource.web.desk import Desk, LockedError
from secondsource.web.security import Guard, Sessions

HOST = "127.0.0.1"


def open_book(path: Path, passphrase: str) -> Book:
    from secondsource.pipeline import Book as CaseBook

    return CaseBook.open(path, passphrase=passphrase)


def create(
    path: Path | None,
    book: Book | None,
    token: str | None,
    port: int,
    opener: Opener = open_book,
    reviewer: str = "",
) -> FastAPI:
    """The application for the case book at `path`, or for one that is open already.

    `token` gives a session once. Without one nothing but the style sheet and the script is served. `reviewer` is
    who judges, until somebody else says so.
    """
    app = FastAPI(
        title="Second Source",
        description="Reports, claims, incidents and findings of one case book, for this machine only.",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.desk = Desk(path, book, opener, reviewer=reviewer)
    app.include_router(pages.router, include_in_schema=False)
    app.include_router(review.router, include_in_schema=False)
    app.include_router(sourcing.router, include_in_schema=False)
    app.include_router(worlds.router, include_in_schema=False)
    app.include_router(pairs.router, include_in_schema=False)
    app.include_router(api.router)
    app.mount("/static", StaticFiles(packages=[("secondsource.web", "static")]))
    app.add_exception_handler(LockedError, _locked)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_middleware(Guard, sessions=Sessions(token), port=port)
    return app


def serve(
    path: Path | None,
    book: Book | None = None,
    port: int = 0,
    opened: Callable[[str], None] = print,
    reviewer: str = "",
) -> None:
    """Serves until stopped. `port` 0 takes a free one; `opened` gets the link that works once."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        port = listening.getsockname()[1]
        token = secrets.token_urlsafe(24)
        app = create(path, book, token, port, reviewer=reviewer)
        # No access log: addresses hold what was searched for.
        config = uvicorn.Config(app, access_log=False, log_level="warning", server_header=False, lifespan="off")
        opened(f"http://{HOST}:{port}/?token={token}")
        try:
            uvicorn.Server(config).run(sockets=[listening])
        finally:
            app.state.desk.lock()


def _wants_json(request: Request) -> bool:
    return request.url.path.startswith("/api/")


async def _locked(request: Request, _: Exception) -> Response:
    if _wants_json(request):
        return JSONResponse({"detail": "The book is locked."}, status_code=423)
    return RedirectResponse("/unlock", status_code=303)


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if _wants_json(request):
        return JSONResponse({"detail": str(getattr(error, "detail", ""))}, status_code=status)
    return desk.render(request, "error.html", status, status=status)


async def _invalid(request: Request, error: Exception) -> Response:
    if _wants_json(request) and isinstance(error, RequestValidationError):
        problems = [{"loc": list(e["loc"]), "msg": e["msg"], "type": e["type"]} for e in error.errors()]
        return JSONResponse({"detail": problems}, status_code=422)
    return desk.render(request, "error.html", 400, status=400)
