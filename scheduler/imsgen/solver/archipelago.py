"""Populations on islands: a fixed number, whoever runs them, with orders that go round.

Each island does the same fixed stretch of work, then the best order of each goes to the next. So
what they find depends on the plan, the seed and the amount of work alone; processes only share
the stretches out. Where a process goes, its islands are begun anew here and do again what they
did. An island that reaches the goal ends the search: then those before it count, which a single
process would have run before.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Sequence
from math import ceil

from imsgen.solver.clock import Clock
from imsgen.solver.crew import Helper, Inbox, can_help
from imsgen.solver.islands import Group, Outset, Report, Stretch
from imsgen.solver.population import Found

_POLL = 0.02
"""Seconds between looks at the clock while waiting for reports."""
_PATIENCE = 0.3
"""Seconds that a process has to report after it was told to stop: what it found last is worth
less than a limit that is kept."""


class Archipelago:
    """Islands of one problem, in this process and in helping ones.

    Parameters
    ----------
    count
        How many islands: part of what is found.
    stretch
        Jobs that each island places between two exchanges.
    processes
        How many run them, this one included: no part of what is found.
    """

    def __init__(self, outset: Outset, count: int, stretch: int, processes: int) -> None:
        self.best: Found | None = None
        self.spent = 0
        """Jobs placed by all islands that count."""
        self.ended = False
        """Whether the goal was reached."""
        self._outset = outset
        self._count = count
        self._stretch = max(1, stretch)
        self._done: list[Stretch] = []
        """What every island has done, so that it can be done again."""
        self._latest: dict[int, Report] = {}
        self._sent: dict[int, Found] = {}
        self._visitors: list[list[int]] = []
        self._inbox: Inbox = queue.Queue()
        self._helpers: list[Helper] = []
        processes = min(processes, count) if can_help() else 1
        shares = [range(first, count, processes) for first in range(processes)]
        self._groups = [Group(outset, shares[0])]
        for numbers in shares[1:]:
            self._start(numbers)

    def close(self) -> None:
        """End all helping processes."""
        for helper in self._helpers:
            helper.close()
        self._helpers = []

    def welcome(self, order: list[int]) -> None:
        """Let an order from elsewhere land on the first island before its next stretch."""
        self._visitors.append(order)

    def advance(
        self,
        places: int,
        goal: tuple[int, int],
        clock: Clock,
        note: Callable[[Found], None],
    ) -> None:
        """Place about so many more jobs, all islands together, and note every better schedule."""
        until = self.spent + places
        while self.spent < until and not self.ended and not clock.stopped():
            each = min(self._stretch, ceil((until - self.spent) / self._count))
            stretch = Stretch(each, goal, self._migrants())
            reports = _counted(self._run(stretch, clock))
            self._done.append(stretch)
            for report in reports:
                self._latest[report.number] = report
                found = report.found
                if found is not None and (self.best is None or found.worth < self.best.worth):
                    self.best = found
                    note(found)
            self.ended = any(report.done for report in reports)
            self.spent = sum(report.spent for report in self._latest.values())

    # -- a stretch ---------------------------------------------------------------------------

    def _run(self, stretch: Stretch, clock: Clock) -> list[Report]:
        """Return the reports of all islands that did the stretch."""
        for helper in self._helpers:
            helper.begin(stretch)
        reports: list[Report] = []
        for group in self._groups:
            reports += group.advance(stretch, clock.stopped)
        first = min((one.number for one in reports if one.done), default=self._count)
        for helper in self._helpers:
            if min(helper.numbers) > first:
                helper.stop()  # what it does will not count
        return reports + self._gather(stretch, clock)

    def _gather(self, stretch: Stretch, clock: Clock) -> list[Report]:
        """Return the reports of the helping processes, done here where one of them is gone."""
        reports: list[Report] = []
        waiting, ends = list(self._helpers), float("inf")
        while waiting and clock.elapsed < ends:
            if ends == float("inf") and clock.stopped():
                ends = clock.elapsed + _PATIENCE
                for helper in waiting:
                    helper.stop()
            try:
                helper, answer = self._inbox.get(timeout=_POLL)
            except queue.Empty:
                continue
            if helper not in waiting:
                continue  # it was left, and this came late
            waiting.remove(helper)
            reports += self._replace(helper, stretch, clock) if answer is None else answer
        for helper in waiting:
            self._leave(helper)
        return reports

    def _migrants(self) -> dict[int, list[list[int]]]:
        """Return the orders that come to each island: the best of the one before, if new."""
        orders: dict[int, list[list[int]]] = {}
        if self._visitors:
            orders[0], self._visitors = self._visitors, []
        if self._count == 1:
            return orders
        for number, report in sorted(self._latest.items()):
            found = report.found
            known = self._sent.get(number)
            if found is not None and (known is None or known.worth != found.worth):
                self._sent[number] = found
                orders.setdefault((number + 1) % self._count, []).append(found.order)
        return orders

    # -- processes ---------------------------------------------------------------------------

    def _start(self, numbers: Sequence[int]) -> None:
        try:
            self._helpers.append(Helper(self._outset, numbers, self._inbox))
        except (OSError, RuntimeError, MemoryError):
            # No process, thread or memory to be had: the work is done here.
            self._groups.append(Group(self._outset, numbers))

    def _replace(self, helper: Helper, stretch: Stretch, clock: Clock) -> list[Report]:
        """Do the work of a process that is gone, from the beginning; return its reports."""
        self._leave(helper)
        group = Group(self._outset, helper.numbers)
        self._groups.append(group)
        for past in self._done:
            group.advance(past, clock.stopped)
        return [] if clock.stopped() else group.advance(stretch, clock.stopped)

    def _leave(self, helper: Helper) -> None:
        self._helpers.remove(helper)
        helper.close()


def _counted(reports: Sequence[Report]) -> list[Report]:
    """Return the reports in order, up to the first island that reached the goal."""
    ordered = sorted(reports, key=lambda report: report.number)
    for index, report in enumerate(ordered):
        if report.done:
            return ordered[: index + 1]
    return ordered
