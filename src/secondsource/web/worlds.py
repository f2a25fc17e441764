"""The world's page: choose a measure, let it be played in a process of its own, see what it would change.

The simulated world knows nothing of the case book. It runs apart, so the pages never wait for it, and nothing that is
in this program's memory goes there.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from secondsource.web import desk
from secondsource.web.contract import Book
from secondsource.web.words import translations
from secondsource.web.world_chart import Band, Side, drawing
from secondsource.world import parameters, scenarios

router = APIRouter()
Opened = Annotated[Book, Depends(desk.opened)]
REFRESH_SECONDS = 2
COMMAND = (sys.executable, "-m", "secondsource.world.job")
Translate = Callable[[str], str]


@dataclass(slots=True)
class Job:
    """One comparison. `result` is there when it is through, `error` when it failed."""

    scenario: str
    county: str
    done: int = 0
    total: int = 0
    result: dict[str, Any] | None = None
    error: str | None = None
    process: subprocess.Popen[str] | None = field(default=None, repr=False)

    @property
    def running(self) -> bool:
        return self.result is None and self.error is None

    def start(self, **size: int) -> None:
        asked = json.dumps({"scenario": self.scenario, "county": self.county, **size})
        self.process = subprocess.Popen(  # noqa: S603 (this program's own, with checked names)
            [*COMMAND, asked], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        with process:
            for line in process.stdout or ():
                said = json.loads(line)
                self.done, self.total = said.get("done", self.done), said.get("of", self.total)
                self.result, self.error = said.get("result"), said.get("error")
        if self.running:
            self.error = "it ended before it was through"

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()


def _job(request: Request) -> Job | None:
    found: Job | None = getattr(request.app.state, "world_job", None)
    return found


@router.get("/world")
async def world(request: Request, book: Opened) -> HTMLResponse:
    job, words = _job(request), desk.words(request, book)
    names = {name: scenarios.load(name) for name in offered()}
    result = job.result if job else None
    response = desk.render(
        request,
        "world.html",
        words=words,
        job=job,
        result=result,
        scenarios={name: words.label(one.label, name) for name, one in names.items()},
        about={name: one.about.strip() for name, one in names.items()},
        counties=[c.place for c in parameters.load().counties],
        interval=interval,
        drawings=_drawings(result, translations(desk.language(request)).gettext) if result else {},
    )
    if job is not None and job.running:
        response.headers["Refresh"] = str(REFRESH_SECONDS)
    return response


@router.post("/world")
async def play(
    request: Request,
    _: Opened,
    scenario: Annotated[str, Form(max_length=100)],
    county: Annotated[str, Form(max_length=100)],
) -> Response:
    """Starts a comparison; one that runs is stopped."""
    known = {c.place for c in parameters.load().counties}
    if scenario not in offered() or county not in known:
        raise HTTPException(400)
    if (old := _job(request)) is not None:
        old.stop()
    job = Job(scenario, county)
    job.start()
    request.app.state.world_job = job
    return RedirectResponse("/world", status_code=303)


def offered() -> list[str]:
    """What can be held against the baseline in a few years: not the border's history, which is a run of its own."""
    return [
        name for name in scenarios.names() if name != scenarios.BASELINE and scenarios.load(name).history_from is None
    ]


def interval(spread: Sequence[float], sign: str = "") -> str:
    """A median with its interval, each as fine as it means something."""
    middle, low, high = (_figure(value, sign) for value in spread)
    return f"{middle} ({low} – {high})"


def _figure(value: float, sign: str) -> str:
    digits = 0 if abs(value) >= 100 else 1
    return f"{value:{sign},.{digits}f}" if round(value, digits) else "0"


def _drawings(result: dict[str, Any], _: Translate) -> dict[str, Markup]:
    """One for each series: as it is above, with the measure below, on one scale."""
    names = {
        "set_up": _("People arrested by set-up"),
        "escaped": _("People who crossed"),
        "arrested": _("People arrested, in whatever way"),
    }
    return {
        series: drawing(
            [
                Side(
                    label,
                    result[side]["series"][series],
                    [Band(*band) for band in result[side]["inspections"]],
                    harm=series != "escaped",
                )
                for side, label in (("usual", _("As it is")), ("measure", _("With the measure")))
            ],
            result["weeks"],
            title,
        )
        for series, title in names.items()
    }
