"""How the search stands, on one line of stderr."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import replace
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Final

import click

from imsgen.cli.console import Console
from imsgen.model import Instant
from imsgen.schedule.views import fitted, local_time

if TYPE_CHECKING:
    from imsgen.solver import Progress

PAUSE: Final = 5.0
"""Seconds between two lines where stderr is no terminal."""
BLINK: Final = 0.1
"""Seconds between two states of the line on a terminal."""


def progress_line(console: Console, timezone: str) -> ProgressLine:
    """Return what watches a search in the mood of the console."""
    kind = ProgressLog if console.verbosity > 1 else ProgressLine
    return kind(console, timezone)


class ProgressLine:
    """Watches a search: shows where it stands and passes on the wish to end it.

    On a terminal one line is written over; elsewhere a line follows every five seconds.
    """

    def __init__(self, console: Console, timezone: str) -> None:
        self._console = console
        self._timezone = timezone
        self._begun = time.monotonic()
        self._live = sys.stderr.isatty()
        self._shown = console.progress and console.verbosity >= 0
        self._last = time.monotonic() if not self._live else 0.0
        self._width = 0
        self._stopped = threading.Event()
        self._lock = threading.Lock()

    def on_progress(self, progress: Progress) -> None:
        """Show the state, unless one was shown a moment ago."""
        if not self._shown:
            return
        with self._lock:
            moment = time.monotonic()
            if moment - self._last < (BLINK if self._live else PAUSE):
                return
            self._last = moment
            self._write(self._fitted(progress) if self._live else self._line(progress))

    def phase(self, name: str) -> None:
        """Show what is done now, before or after a search."""
        from imsgen.solver.settings import Progress

        elapsed = time.monotonic() - self._begun
        self.on_progress(Progress(elapsed, finish=None, bound=None, gap=None, phase=name))

    def stop(self) -> bool:
        """Whether the search should end now."""
        return self._stopped.is_set()

    def interrupt(self) -> None:
        """Ask the search to end and keep its best schedule."""
        self._stopped.set()

    def clear(self) -> None:
        """Take the line off the terminal."""
        with self._lock:
            if self._live and self._width:
                click.echo("\r" + " " * self._width + "\r", nl=False, err=True)
                self._width = 0

    def _write(self, line: str) -> None:
        if not self._live:
            click.echo(line, err=True)
            return
        click.echo("\r" + line.ljust(self._width), nl=False, err=True)
        self._width = len(line)

    def _fitted(self, progress: Progress) -> str:
        """Return the line in the columns there are: the gap says more than the bound."""
        room = get_terminal_size().columns - 1
        line = self._line(progress)
        if len(line) > room and progress.gap is not None:
            line = self._line(replace(progress, bound=None))
        return fitted(line, room)

    def _line(self, progress: Progress) -> str:
        parts = [f"{progress.elapsed:6.1f} s", progress.phase]
        if progress.finish is not None:
            parts.append(f"best {self._date(progress.finish)}")
        if progress.bound is not None:
            parts.append(f"bound {self._date(progress.bound)}")
        if progress.gap is not None:
            parts.append(f"gap {progress.gap:.1%}")
        return "   ".join(parts)

    def _date(self, instant: Instant) -> str:
        return local_time(instant, self._timezone).strftime("%Y-%m-%d %H:%M")


class ProgressLog(ProgressLine):
    """Logs every phase and bound of a search on a line of its own, and what the solver says."""

    def on_progress(self, progress: Progress) -> None:
        """Log the state."""
        with self._lock:
            self._console.log(self._line(progress))

    def on_log(self, line: str) -> None:
        """Log what the exact model's solver says."""
        self._console.log(line.rstrip("\n"))
