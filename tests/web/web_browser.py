"""A real browser, and an application served to it over loopback."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from secondsource.web import app

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def serving(make: Callable[[int], FastAPI]) -> Iterator[str]:
    """The origin of an application that is served while the block runs."""
    with socket.socket() as listening:
        listening.bind((app.HOST, 0))
        port = listening.getsockname()[1]
        config = uvicorn.Config(make(port), log_level="critical", access_log=False, lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://{app.HOST}:{port}"
        server.should_exit = True
        thread.join(10)
