"""What a search has spent, and whether it must end: effort, wall clock, user, goal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, runtime_checkable

from imsgen.errors import out_of_memory
from imsgen.model import Instant
from imsgen.solver.settings import Observer, Progress, Settings

PLACES_PER_UNIT = 50_000
"""Serial placements that count as one unit of effort."""
KERNEL_PLACES_PER_UNIT = 4_000_000
"""Placements of the kernel that count as one: compiled they take about as long."""


@runtime_checkable
class Listener(Observer, Protocol):
    """An observer that wants the log of the exact model's solver too."""

    def on_log(self, line: str) -> None:
        """Take note of a line of the log."""


class Clock:
    """Counts effort and keeps the observer informed.

    ``cut`` is set when the wall clock or the user, not the effort, ended everything; ``hurried``
    when the wall clock, or memory that ran out, ended a stage.
    """

    def __init__(self, settings: Settings, observer: Observer | None) -> None:
        self.settings = settings
        self.spent = 0.0
        self.cut = False
        self.hurried = False
        self._effort = settings.effort
        self._limit = settings.time_limit
        self._stage_end = self._limit
        self._kept = 0.0
        self.interrupted = False
        self._observer = observer
        self._begin = time.monotonic()
        self._shown: tuple[int | None, int | None, str] | None = None

    @property
    def elapsed(self) -> float:
        """Seconds since the search began."""
        return time.monotonic() - self._begin

    @property
    def effort_left(self) -> float:
        """Units of effort that may still be spent."""
        return max(0.0, self._effort - self.spent)

    @property
    def time_left(self) -> float:
        """Seconds left before the safety net, or before that of the stage."""
        return max(0.0, min((1 - self._kept) * self._limit, self._stage_end) - self.elapsed)

    def reserve(self, seconds: float) -> None:
        """Leave so many seconds of the limit to what comes after the search."""
        self._limit = max(0.0, self.settings.time_limit - seconds)
        self._stage_end = min(self._stage_end, self._limit)

    @contextmanager
    def keeping(self, share: float) -> Iterator[None]:
        """Keep a share of all seconds for what comes after, and as much effort on top of all.

        What runs meanwhile does what it would have done with nothing kept, but for the seconds.
        """
        self._kept = share
        try:
            yield
        finally:
            self._kept = 0.0
            self._effort = max(self._effort, self.spent + share * self.settings.effort)

    @contextmanager
    def stage(self, share: float) -> Iterator[None]:
        """Leave some of the seconds to later stages: this one ends after its share."""
        self._stage_end = self.elapsed + share * self.time_left
        try:
            yield
        finally:
            self._stage_end = self._limit

    @contextmanager
    def within_memory(self) -> Iterator[None]:
        """End what is in it where memory runs out: what was found before is kept."""
        try:
            yield
        except Exception as error:
            if not out_of_memory(error):
                raise
            self.hurried = True

    def stopped(self) -> bool:
        """Whether the user or the wall clock ends the search, or this stage of it, now."""
        if not self.interrupted and self._observer is not None and self._observer.stop():
            self.interrupt()
        if not self.cut and self.time_left <= 0:
            self.hurried = True
            self.cut = self.elapsed >= self._limit
            return True
        return self.cut

    @property
    def log(self) -> Callable[[str], None] | None:
        """Who reads the solver's log, if anyone does."""
        return self._observer.on_log if isinstance(self._observer, Listener) else None

    def interrupt(self) -> None:
        """Note that the user asked to end."""
        self.interrupted = True
        self.cut = True

    def show(self, phase: str, finish: int | None, bound: int | None, start: int) -> None:
        """Tell the observer how the search stands, when that changed."""
        if self._observer is None or self._shown == (finish, bound, phase):
            return
        self._shown = (finish, bound, phase)
        gap = None
        if finish is not None and bound is not None and finish > start:
            gap = max(0, finish - bound) / (finish - start)
        self._observer.on_progress(
            Progress(
                elapsed=self.elapsed,
                finish=None if finish is None else Instant(finish),
                bound=None if bound is None else Instant(bound),
                gap=gap,
                phase=phase,
            )
        )


class Quiet:
    """Watches a search inside another: shows nothing, ends it when the whole search ends."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock

    def on_progress(self, progress: Progress) -> None:
        """Do nothing with the progress."""

    def stop(self) -> bool:
        """Whether the whole search ends."""
        return self.clock.stopped()
