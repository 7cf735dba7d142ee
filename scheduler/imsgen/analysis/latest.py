"""The last moment from which a way back still ends in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from imsgen.analysis.purse import Purse
from imsgen.analysis.way_back import Reached
from imsgen.model import Instant


class Backward(Protocol):
    """Tells of any moment what the way back from it is."""

    @property
    def purse(self) -> Purse:
        """What the search may cost."""

    @property
    def first(self) -> Instant:
        """The first moment there is."""

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to do on No-Go."""

    def at(self, moment: Instant) -> Reached:
        """Return the rollback from a moment on."""


@dataclass(frozen=True, slots=True)
class Latest:
    """``moment`` is safe, with its rollback; nothing after ``bound`` is, proved.

    Both are None where no time is safe: as far as is known, and proved.
    """

    moment: Instant | None
    bound: Instant | None
    reached: Reached | None = None


def latest_safe(
    way: Backward, ends: Instant, near: Instant, last: Instant | None = None
) -> Latest:
    """Return the last moment whose rollback ends in time, all else being as it is at ``near``.

    The finish of a rollback never falls when it begins later, so safe times come first. From a
    safe time the next guess is as much later as there is time to spare, which is right where no
    calendar pauses; then steps double, and begin anew when they went too far.

    Parameters
    ----------
    last
        The last moment asked about, if that is before the window ends.
    """
    until = ends if last is None else min(last, ends)
    search = _Search(way, ends, until)
    if way.nothing:
        return Latest(until, until, way.at(until))
    if not search.probe(near):
        search.back_from(near)
    search.forward()
    search.prove()
    return Latest(search.safe, search.bound, search.reached)


class _Search:
    """Keeps ``safe`` < ``unsafe`` <= ``proved``.

    They are the last moment known to be safe, the first not known to be, the first proved not to.
    """

    def __init__(self, way: Backward, ends: Instant, until: Instant) -> None:
        self.way, self.ends = way, ends
        self.first = way.first
        self.safe: Instant | None = None
        self.reached: Reached | None = None
        # There is something to do, so a rollback that begins at the end of the window is late.
        self.unsafe = Instant(min(ends, until + 1))
        self.proved = self.unsafe

    @property
    def bound(self) -> Instant | None:
        """Return the last moment not proved unsafe; None: there is none."""
        return Instant(self.proved - 1) if self.proved > self.first else None

    def probe(self, moment: Instant) -> bool:
        """Solve the rollback from a moment; whether it ends in time."""
        reached = self.way.at(moment)
        if reached.by(self.ends):
            if self.safe is None or moment > self.safe:
                self.safe, self.reached = moment, reached
            return True
        self.unsafe = min(self.unsafe, moment)
        if reached.never_by(self.ends):
            self.proved = min(self.proved, moment)
        return False

    def back_from(self, moment: Instant) -> None:
        """Go back until a time is safe, or there is no earlier one."""
        finish = self.way.at(moment).finish
        step = max(1, (finish or self.ends) - self.ends, moment - self.ends)
        while moment > self.first and not self.way.purse.empty:
            moment = Instant(max(self.first, moment - step))
            if self.probe(moment):
                return
            step *= 2

    def forward(self) -> None:
        """Go on until the next minute is not safe, or the effort is spent."""
        if self.safe is None or self.reached is None:
            return
        step = self._spare()
        while self.safe + 1 < self.unsafe and not self.way.purse.empty:
            guess = self.safe + max(1, step)
            if guess >= self.unsafe:
                guess = (self.safe + self.unsafe) // 2
            safe = self.probe(Instant(guess))
            step = (self._spare() or 2 * max(1, step)) if safe else 1

    def prove(self) -> None:
        """Find the first moment that is proved unsafe, between what is open."""
        low = self.unsafe if self.safe is None else self.safe
        while low + 1 < self.proved and not self.way.purse.empty:
            middle = Instant((low + self.proved) // 2)
            self.probe(middle)
            if middle < self.proved:
                low = max(middle, self.safe or middle)

    def _spare(self) -> int:
        reached = self.reached
        return 0 if reached is None or reached.finish is None else self.ends - reached.finish
