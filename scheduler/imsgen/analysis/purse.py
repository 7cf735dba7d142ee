"""What looking for ways back may cost, and who may end it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from imsgen.solver import Observer, Progress

_STEPS_PER_UNIT = 10_000
"""So many steps to write down and analyse count as one unit of effort, however soon solved."""


@dataclass(slots=True)
class Purse:
    """What the rollbacks of a schedule may cost.

    ``left`` is units of effort. ``until`` is a safety net, an instant of the monotonic clock.
    """

    left: float
    until: float
    seed: int = 0
    observer: Observer | None = None
    reproducible: bool = True
    """False once the wall clock or the user ended a search."""

    @property
    def empty(self) -> bool:
        """Whether nothing is left for another search."""
        return self.left <= 0 or self.stopped()

    @property
    def seconds(self) -> float:
        """Return the seconds left."""
        return max(0.0, self.until - time.monotonic())

    @contextmanager
    def share(self, part: float) -> Iterator[None]:
        """Let what runs meanwhile take only a part of what is left."""
        kept = (1 - part) * max(0.0, self.left)
        self.left -= kept
        try:
            yield
        finally:
            self.left += kept

    def pay(self, steps: int, spent: float) -> None:
        """Take out what a search cost, and what writing so many steps down did."""
        self.left -= spent + steps / _STEPS_PER_UNIT

    def stopped(self) -> bool:
        """Whether the user or the wall clock ends it; then another run may find more."""
        asked = self.observer is not None and self.observer.stop()
        if asked or self.seconds == 0:
            self.reproducible = False
        return not self.reproducible


class Quiet:
    """Passes on that the user ends a search, and shows nothing of it."""

    def __init__(self, observer: Observer | None) -> None:
        self._observer = observer

    def on_progress(self, progress: Progress) -> None:
        """Keep the progress: it is that of a small plan nobody asked for."""

    def stop(self) -> bool:
        """Whether the user ends the search."""
        return self._observer is not None and self._observer.stop()
