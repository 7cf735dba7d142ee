"""How hard to search, and who watches."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Protocol

from imsgen.errors import UsageError
from imsgen.model import Instant

DEFAULT_EFFORT = 10.0
"""Units of work a solve may spend; one unit is about two seconds of one core."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What limits a search.

    ``effort`` is the limit that counts: fixed units of work, the same on every machine.
    ``time_limit`` (seconds) is a safety net; a schedule it cut short is not reproducible.
    ``gap`` stops the search once (finish - bound) / (finish - plan start) is at most this.
    ``workers`` is how many processes do the work; it never changes the schedule.
    ``levels`` is how many levels of the objective are pursued: deadlines, finish, early starts.
    ``explain`` is whether a plan without a schedule is explained, with repairs.
    """

    effort: float = DEFAULT_EFFORT
    time_limit: float = 60.0
    gap: float = 0.0
    workers: int = 1
    seed: int = 0
    levels: int = 3
    explain: bool = True

    def __post_init__(self) -> None:
        """Refuse what is no limit.

        Raises
        ------
        UsageError
            If a limit is negative, not finite or not a number.
        """
        for name in ("effort", "time_limit", "gap"):
            value = getattr(self, name)
            if not 0 <= value < inf:
                raise UsageError(f"`{name}` is {value}, expected a finite number from 0 on")
        if self.workers < 1:
            raise UsageError(f"`workers` is {self.workers}, expected 1 or more")


@dataclass(frozen=True, slots=True)
class Progress:
    """How the search stands.

    ``elapsed`` is seconds; ``finish`` and ``bound`` are instants, None while unknown; ``gap`` as
    :attr:`imsgen.model.Schedule.gap`; ``phase`` is one word or two for people.
    """

    elapsed: float
    finish: Instant | None
    bound: Instant | None
    gap: float | None
    phase: str


class Observer(Protocol):
    """Watches a search and may end it."""

    def on_progress(self, progress: Progress) -> None:
        """Take note of a better schedule, a better bound or a new phase."""

    def stop(self) -> bool:
        """Whether to end the search now and keep the best schedule."""


class Watch:
    """An observer that only knows how to be interrupted."""

    def __init__(self) -> None:
        self._asked = False

    def on_progress(self, progress: Progress) -> None:
        """Do nothing with the progress."""

    def interrupt(self) -> None:
        """Ask the search to end; safe to call from a signal handler or another thread."""
        self._asked = True

    def stop(self) -> bool:
        """Whether :meth:`interrupt` was called."""
        return self._asked
