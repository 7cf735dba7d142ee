"""The one interface of all that looks for schedules or proofs; see ``docs/guides/adding-a-search.md``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from imsgen.model import Placement
from imsgen.solver.clock import Clock
from imsgen.solver.improve import Incumbent
from imsgen.solver.problem import Problem
from imsgen.solver.state import State


class Improver(Protocol):
    """Returns a schedule better than ``best``; None: it has none."""

    def __call__(
        self,
        problem: Problem,
        early: Sequence[Placement],
        best: Incumbent,
        clock: Clock,
        *,
        effort: float,
        goal: tuple[int, int],
    ) -> Incumbent | None:
        """Look for it within ``effort`` units, or until tardiness and finish are at ``goal``."""


@dataclass(frozen=True, slots=True)
class Member:
    """One way to look for schedules or proofs.

    Parameters
    ----------
    name
        What users see of it: in the progress, and as ``run.method`` of the schedules it finds.
    obstacle
        Returns what it cannot express in a problem, in words; None: nothing.
    run
        Looks for so many units of effort, counts them on the state's clock, and reports schedules
        and proofs to the state.
    proves
        Whether it is worth asking where only proofs are left to look for.
    """

    name: str
    obstacle: Callable[[Problem], str | None]
    run: Callable[[State, float], None]
    proves: bool = False

    def able(self, state: State) -> bool:
        """Whether it can express the problem."""
        return self.obstacle(state.problem) is None


def improver(name: str, obstacle: Callable[[Problem], str | None], improve: Improver) -> Member:
    """Return the member that a function from one schedule to a better one makes."""

    def run(state: State, effort: float) -> None:
        found = improve(
            state.problem,
            state.early,
            state.found(),
            state.clock,
            effort=effort,
            goal=state.aim(),
        )
        state.take(found, name)

    return Member(name, obstacle, run)


def everything(_problem: Problem) -> None:
    """Be the obstacle of a member that can express every problem."""


def turn(state: State, member: Member, *, effort: float | None = None, share: float = 1.0) -> None:
    """Let a member run, if there is anything left to look for that it can express.

    Parameters
    ----------
    effort
        Units it may spend; without it, its ``share`` of what is left.
    share
        Part of the seconds left after which it is stopped.
    """
    clock = state.clock
    if state.reached() or clock.stopped() or not member.able(state):
        return
    if state.settled_enough() and not member.proves:
        return
    limit = share * clock.effort_left if effort is None else min(effort, clock.effort_left)
    if limit <= 0:
        return
    state.show(member.name)
    with clock.stage(share), clock.within_memory():
        member.run(state, limit)
    state.show(member.name)
