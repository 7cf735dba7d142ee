"""The course of a search for safe gates: what is sure, safe schedules, proofs, what comes after.

After deadlines and finish the first irreversible step is as late as they allow, then the least
margin of all gates as large.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from imsgen.errors import Infeasible, Interrupted, NoSolution
from imsgen.model import Instant, Placement
from imsgen.solver.clock import Clock
from imsgen.solver.objective import measure
from imsgen.solver.problem import Problem
from imsgen.solver.protect.back import WaysBack
from imsgen.solver.protect.edits import at_worst, kept, pinned
from imsgen.solver.protect.exact import NAME, Answer, Asked, Exact
from imsgen.solver.protect.guards import Guard
from imsgen.solver.protect.judge import Judge
from imsgen.solver.protect.sure import Sure, sure_of
from imsgen.solver.protect.values import Worth, by_id, in_order, irreversible, worth_of
from imsgen.solver.search import Search
from imsgen.solver.settings import Observer

_RELAXED, _EDITED = 0.35, 0.15
"""Parts of the effort for the plan without the rule, and for each edit of it that keeps it."""
_PROBES, _PROBE = 4, 0.15
"""How often the portfolio is asked for more of a level, and what of the effort left each takes."""
_SMALL = 60
"""Up to so many activities the exact model is quicker."""
_LEVEL = 0.4
"""Part of what is left for each level of the exact model."""


@dataclass(frozen=True, slots=True)
class Found:
    """A safe schedule, what it is worth, and who found it."""

    places: list[Placement]
    worth: Worth
    method: str
    searchers: int = 1


@dataclass(slots=True)
class Proved:
    """Bounds: no safe schedule is less tardy, finishes earlier, and so on."""

    tardiness: int
    finish: int
    point: int | None = None
    margin: int | None = None
    named: dict[str, Instant] = field(default_factory=dict)


class Protected:
    """Looks for the best schedule of a problem whose gates are all safe.

    Parameters
    ----------
    clock
        Everything is counted on it.
    """

    def __init__(
        self,
        problem: Problem,
        guards: Sequence[Guard],
        clock: Clock,
        observer: Observer | None = None,
    ) -> None:
        self.problem = problem
        self.clock = clock
        self.observer = observer
        self.judge = Judge(WaysBack(problem, clock), guards)
        self.best: Found | None = None
        self.proved = Proved(0, int(problem.book.always.origin))

    def run(self, given: Sequence[Placement] | None) -> Found:
        """Return the best safe schedule found.

        Raises
        ------
        Infeasible
            If it is proved that no schedule is safe, or that there is none at all.
        NoSolution
            If the limit ran out before a safe one was found.
        """
        sure = sure_of(self.judge)
        if given is not None:
            self.offer(list(given), "given")
        relaxed = self._relaxed(sure)
        exact = Exact(sure.problem, self.judge, self.clock)
        if not self.finish_proved():
            exact.learn(relaxed)
            self._edited(relaxed)
            self._first(exact)
            self._settle(relaxed)
            self._finish(exact)
        if self.clock.settings.levels > 1:
            self._point(exact)
            self._margin(exact, sure)
        return self.found()

    # -- safe schedules ----------------------------------------------------------------------

    def offer(self, places: list[Placement], method: str, searchers: int = 1) -> bool:
        """Keep a schedule if it is safe and better than the best."""
        worth = worth_of(self.problem, self.judge, places)
        if worth is None or (self.best is not None and worth >= self.best.worth):
            return False
        self.best = Found(places, worth, method, searchers)
        return True

    def found(self) -> Found:
        """Return the best safe schedule; there must be one."""
        if self.best is None:
            raise AssertionError("no safe schedule yet")
        return self.best

    def tardiness_proved(self) -> bool:
        """Whether no safe schedule is less tardy."""
        return self.best is not None and self.best.worth.tardiness <= self.proved.tardiness

    def finish_proved(self) -> bool:
        """Whether neither deadlines nor finish can be better, or by so little as is allowed."""
        if self.best is None or not self.tardiness_proved():
            return False
        settings, finish = self.clock.settings, self.best.worth.finish
        if settings.levels < 2 or settings.gap >= 1:
            return True
        gap = settings.gap * (finish - self.problem.project.start)
        return finish - self.proved.finish <= gap

    def _relaxed(self, sure: Sure) -> list[Placement]:
        """Solve the plan with what is sure: no safe schedule is better."""
        try:
            search, solution = self._searched(sure.problem, _RELAXED)
        except Infeasible:
            # Without the rule it may have no schedule either, which is explained as always.
            explain = self.clock.settings.explain
            self._searched(self.problem, 1.0, explain=explain, levels=1, gap=1.0)
            from imsgen.solver.protect.refusal import never

            raise never(self.judge) from None
        self.proved.tardiness = search.state.bounds.tardiness
        self.proved.finish = search.state.bounds.finish
        self.proved.named = dict(search.state.bounds.named)
        places = in_order(self.problem, by_id(sure.problem, solution))
        self.offer(places, search.state.method, search.state.searchers)
        return places

    def _edited(self, relaxed: list[Placement]) -> None:
        """Solve the plan in which no more may have begun than in a schedule, or than must."""
        modes = {id_: place.mode for id_, place in by_id(self.problem, relaxed).items()}
        fewest = tuple(
            self.judge.one(guard, at_worst(self.problem, guard, modes))
            for guard in self.judge.guards
        )
        for those in (self.judge.judged(relaxed), fewest):
            problem = pinned(self.problem, those, relaxed, 0)
            if problem is None or self.clock.stopped() or self.finish_proved():
                continue
            self._tried(problem, _EDITED)

    def _searched(
        self, problem: Problem, share: float, **changes: object
    ) -> tuple[Search, list[Placement]]:
        """Return a search of another plan that has run, and what it found."""
        outer = self.clock
        settings = replace(
            outer.settings,
            effort=share * outer.effort_left,
            time_limit=outer.time_left,
            levels=min(2, outer.settings.levels),
            explain=False,
        )
        clock = Clock(replace(settings, **changes), self.observer)  # type: ignore[arg-type]
        search = Search(problem, clock)
        try:
            return search, search.run().places
        finally:
            outer.spent += clock.spent
            outer.hurried |= clock.hurried
            if clock.interrupted:
                outer.interrupt()

    # -- level by level ----------------------------------------------------------------------

    def _first(self, exact: Exact) -> None:
        """Find any safe schedule where edits had none, or prove that there is none."""
        for until, certain in [] if self.best is not None else exact.horizons():
            level = "deadlines" if self.problem.has_tardiness else "finish"
            asked = Asked(level, (self.proved.finish, until))
            answer = exact.ask(asked, self._share())
            if answer.impossible and certain:
                from imsgen.solver.protect.refusal import never

                raise never(self.judge)
            if self._take(exact, answer) or not answer.impossible:
                break
        if self.best is None:
            if self.clock.interrupted:
                raise Interrupted("stopped before a schedule with safe gates")
            raise NoSolution(_without(self.clock))

    def _settle(self, relaxed: Sequence[Placement]) -> None:
        """Give up bounds on the finish that hold for what is as little tardy as the relaxed plan."""
        if self.found().worth.tardiness <= measure(self.problem, relaxed).tardiness:
            return
        kept = ("critical_path", "energy")
        self.proved.named = {k: v for k, v in self.proved.named.items() if k in kept}
        self.proved.finish = max(self.proved.named.values(), default=self.problem.release)

    def _finish(self, exact: Exact) -> None:
        """Look for less tardiness and an earlier finish, and prove what there is."""
        if not self.tardiness_proved():
            worth = self.found().worth
            until, certain = exact.tardy_until(worth)
            early = int(self.proved.named.get("critical_path", Instant(self.problem.release)))
            answer = exact.ask(
                Asked("deadlines", (early, until), worth.tardiness - 1), self._share()
            )
            self._take(exact, answer)
            if certain:
                bound = worth.tardiness if answer.impossible else answer.bound
                self.proved.tardiness = max(self.proved.tardiness, bound or 0)
        if self.clock.settings.levels < 2 or self.finish_proved():
            return
        worth = self.found().worth
        asked = Asked("finish", (self._low(), worth.finish - 1), worth.tardiness)
        answer = exact.ask(asked, self._share())
        self._take(exact, answer)
        if answer.impossible:
            self._prove_finish(worth.finish)
        elif answer.bound is not None:
            self._prove_finish(answer.bound + self.problem.book.always.origin)

    def _prove_finish(self, instant: int) -> None:
        self.proved.finish = max(self.proved.finish, instant)
        self.proved.named["solver"] = Instant(
            max(instant, self.proved.named.get("solver", Instant(instant)))
        )

    def _point(self, exact: Exact) -> None:
        """Put the first irreversible step as late as deadlines and finish let it."""
        if not irreversible(self.problem):
            return
        latest = max(exact.latest_point(self.found().worth), -self.found().worth.point)
        self.proved.point = latest
        if len(self.problem.jobs) > _SMALL:
            self._probe(lambda worth: -worth.point, latest, self._later_point)
        worth = self.found().worth
        if -worth.point >= latest:
            return
        held = Asked("point", (self._low(), worth.finish), worth.tardiness, 1 - worth.point)
        answer = exact.ask(held, self._share())
        self._take(exact, answer)
        if answer.impossible:
            self.proved.point = -worth.point
        elif answer.bound is not None:
            found = answer.bound + self.problem.book.always.origin
            self.proved.point = max(min(latest, found), -self.found().worth.point)

    def _margin(self, exact: Exact, sure: Sure) -> None:
        """Make the least margin as large as everything before lets it be."""
        early = by_id(sure.problem, exact.early())
        rooms = [latest - early[gate].finish for gate, latest in sure.latest.items()]
        most = max(min(rooms), -self.found().worth.margin) if rooms else None
        self.proved.margin = most
        if most is not None and len(self.problem.jobs) > _SMALL:
            self._probe(lambda worth: -worth.margin, most, self._more_margin)
        worth = self.found().worth
        if most is not None and -worth.margin >= most:
            return
        point = -worth.point if irreversible(self.problem) else None
        held = Asked(
            "margin",
            (self._low(), worth.finish),
            worth.tardiness,
            point,
            margin=1 - worth.margin,
            most=self._longest() if most is None else most,
        )
        answer = exact.ask(held, self._share())
        self._take(exact, answer)
        if answer.impossible:
            self.proved.margin = -worth.margin
        elif answer.bound is not None:
            bound = answer.bound if most is None else min(most, answer.bound)
            self.proved.margin = max(bound, -self.found().worth.margin)

    def _longest(self) -> int:
        """Return a margin that no gate can have more of."""
        last = max(last for guard in self.judge.guards for _, last in guard.spans)
        return max(0, last - self.problem.release)

    def _probe(
        self, value: Callable[[Worth], int], most: int, edited: Callable[[int], Problem | None]
    ) -> None:
        """Ask the portfolio for more of a level, where a proof is not at hand: all, then half."""
        wanted = most
        for _ in range(_PROBES):
            known = value(self.found().worth)
            if known >= most or wanted <= known or self.clock.stopped():
                return
            problem = edited(wanted)
            if problem is not None and self._tried(problem, _PROBE) and wanted == most:
                return
            if value(self.found().worth) < wanted:
                most = wanted
            wanted = (value(self.found().worth) + most + 1) // 2

    def _later_point(self, wanted: int) -> Problem | None:
        """Return the plan that is safe as the best is, with irreversible steps from then on."""
        best = self.found()
        judged = self.judge.judged(best.places)
        return kept(self.problem, judged, best.places, margin=0, point=Instant(wanted))

    def _more_margin(self, wanted: int) -> Problem | None:
        """Return the plan that is safe as the best is, with as late a point and more margin."""
        best = self.found()
        judged = self.judge.judged(best.places)
        point = Instant(-best.worth.point) if irreversible(self.problem) else None
        return kept(self.problem, judged, best.places, margin=wanted, point=point)

    def _tried(self, problem: Problem, share: float) -> bool:
        """Solve an edited plan and offer what is found; whether it is better."""
        try:
            search, found = self._searched(problem, share)
        except (Infeasible, NoSolution, Interrupted):
            return False
        places = in_order(self.problem, by_id(problem, found))
        return self.offer(places, search.state.method, search.state.searchers)

    def _take(self, exact: Exact, answer: Answer) -> bool:
        """Offer what the exact model found."""
        if answer.places is None:
            return False
        own = in_order(self.problem, by_id(exact.problem, answer.places))
        return self.offer(own, NAME)

    def _low(self) -> int:
        """Return before when no schedule ends that is as good as the best."""
        return min(self.proved.finish, self.found().worth.finish)

    def _share(self) -> float:
        return _LEVEL * self.clock.effort_left


def _without(clock: Clock) -> str:
    """Say what was tried in vain, and what may help."""
    limit = f"the effort of {clock.settings.effort:g} units"
    more = f"`--effort {max(10.0, 4 * clock.settings.effort):g}`"
    if clock.cut:
        limit = f"the time limit of {clock.settings.time_limit:g} s"
        more = "a longer `--time-limit`"
    return (
        f"no schedule with safe gates found within {limit}, nor a proof that there is none\n"
        f"help: allow {more}, or drop `protect: rollback` to see how far the gates are from safe"
    )
