"""The night board once, or again whenever the plan, its progress or its schedule changes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from imsgen.cli.console import Console
from imsgen.cli.layout import screen_width
from imsgen.cli.outputs import PLANS, find_schedule
from imsgen.errors import ImsgenError, PlanError, UsageError

if TYPE_CHECKING:
    from imsgen.analysis.board import Board
    from imsgen.model import Instant, Project, Schedule

_POLL = 1.0
"""Seconds between looks at the files."""
_REDRAW = 30.0
"""Seconds after which a terminal is drawn again, for the clock moves on."""
_CLEAR = "\x1b[H\x1b[2J\x1b[3J"
_STYLES: dict[str, dict[str, Any]] = {
    "bad": {"fg": "red", "bold": True},
    "warn": {"fg": "yellow"},
    "good": {"fg": "green"},
    "title": {"bold": True},
}


@dataclass(slots=True)
class Source:
    """Where a board comes from, and the files it was made of."""

    path: Path
    at: str = ""
    """The moment, as the command line has it; empty: the status date, or the clock."""
    span: int = 240
    live: bool = False
    """Whether the clock may say what time it is."""
    files: list[Path] = field(default_factory=list)

    def board(self) -> tuple[Board, Project, Schedule]:
        """Return the board as it is now.

        Raises
        ------
        PlanError
            If the plan has errors.
        UsageError
            If there is no schedule yet, or no time to show.
        """
        from imsgen.analysis.board import night_board, with_progress
        from imsgen.schedule import read_schedule

        before, self.files = self.files, [self.path]
        try:
            beside = find_schedule(self.path)
            self.files = [beside]
            project, schedule = self._reported(read_schedule(beside), with_progress)
        except ImsgenError:
            # Whatever was part of it may mend it.
            self.files = list(dict.fromkeys([*self.files, *before]))
            raise
        at = self._moment(project)
        if project.status_date is not None and at < project.status_date:
            raise UsageError("`--at` lies before the status date: the board shows what is to come")
        return night_board(schedule, project, at, self.span), project, schedule

    def _reported(
        self, schedule: Schedule, with_progress: Callable[[Schedule, Project], Project]
    ) -> tuple[Project, Schedule]:
        """Return the plan with the progress there is now, if the plan was named."""
        from imsgen.plan import load

        if self.path.suffix not in PLANS or not self.path.exists():
            return schedule.project, schedule
        self.files.append(self.path)
        loaded = load(self.path)
        self.files += [one for one in loaded.files if one != self.path]
        if loaded.project.id != schedule.project.id:
            raise UsageError(
                f"the schedule beside `{self.path}` is one of the plan `{schedule.project.id}`: "
                "solve the plan first"
            )
        return with_progress(schedule, loaded.project), schedule

    def _moment(self, project: Project) -> Instant:
        from imsgen.cli.live import this_minute
        from imsgen.diagnostics import Report
        from imsgen.plan.reports.moments import moment

        if self.at:
            report = Report()
            found = moment(project, self.at, end=False, report=report)
            if found is None:
                raise PlanError(report.sorted())
            return found
        if self.live:
            now = this_minute()
            return max(now, project.status_date or now)
        if project.status_date is None:
            raise UsageError(
                "the plan has no status date, so no time is now: write `--at 02:40`, or with a date"
            )
        return project.status_date


def show_board(console: Console, source: Source) -> None:
    """Write the board once; with `--json` as an object."""
    from imsgen.cli.board import record

    board, project, schedule = source.board()
    _write(console, board, project)
    console.document(
        schedule.status.value, plan=project.id, revision=schedule.revision, board=record(board)
    )


def watch(console: Console, source: Source, wait: Callable[[float], None] = time.sleep) -> None:
    """Write the board whenever a file of it changes, until Ctrl-C.

    A terminal is drawn anew, also every half minute when the clock says what time it is;
    elsewhere each board follows the last. An error in the plan is told, and the next change of
    the files waited for.

    Parameters
    ----------
    wait
        Sleeps for some seconds.
    """
    screen = sys.stdout.isatty() and not console.json
    known: tuple[Any, ...] = ()
    drawn = 0.0
    first = True
    try:
        while True:
            stamps = _stamps(source.files or [source.path])
            due = screen and source.live and time.monotonic() - drawn >= _REDRAW
            if first or stamps != known or due:
                if screen:
                    click.echo(_CLEAR, nl=False)
                elif not first and not console.json:
                    click.echo()
                _once(console, source, fatal=first)
                known, drawn, first = _stamps(source.files), time.monotonic(), False
            wait(_POLL)
    except KeyboardInterrupt:
        if screen:
            click.echo()


def _once(console: Console, source: Source, *, fatal: bool) -> None:
    try:
        show_board(console, source)
    except ImsgenError as error:
        if fatal:
            raise
        if isinstance(error, PlanError):
            console.diagnostics(error.diagnostics)
        else:
            console.failure(str(error))
        console.note("the board waits for the next change")


def _stamps(files: Iterable[Path]) -> tuple[Any, ...]:
    """Return what changes when a file is written, replaced or taken away."""
    found: list[Any] = []
    for path in files:
        try:
            known = path.stat()
        except OSError:
            found.append(None)
        else:
            found.append((known.st_mtime_ns, known.st_size, known.st_ino))
    return tuple(found)


def _write(console: Console, board: Board, project: Project) -> None:
    """Write the lines of a board, in colour where the terminal takes it."""
    from imsgen.cli.board import lines
    from imsgen.diagnostics.render.visible import visible

    if console.json:
        return
    color = console.colored(err=False)
    for style, text in lines(board, project, screen_width()):
        shown = visible(text)
        if color and style:
            shown = click.style(shown, **_STYLES[style])
        click.echo(shown, color=color)
