"""The exact model with gates that must be safe, as far as cuts say what that takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ortools.sat.python import cp_model

from imsgen.model import Instant, Placement
from imsgen.solver.cpsat.domains import Room
from imsgen.solver.cpsat.model import ExactModel
from imsgen.solver.cpsat.moments import Value
from imsgen.solver.cpsat.tracks import Track
from imsgen.solver.problem import Problem
from imsgen.solver.protect.guards import Guard
from imsgen.solver.protect.judge import Cut


class GuardedModel(ExactModel):
    """The rules of the plan, its objective and the cuts known.

    A gate decides at ``D`` with a margin ``m``; ``b_i`` says that activity ``i`` has begun by
    then: ``b_i -> start_i < D``, ``not b_i -> start_i >= D``. A cut is ``b_i and b_j -> D + m <=
    latest``. Plan key: ``options: {protect: rollback}``.

    Parameters
    ----------
    margin
        Least minutes every gate may slip.
    most
        The margin is a variable of at most so many minutes; None: it is ``margin``.
    """

    def __init__(
        self,
        problem: Problem,
        room: Room,
        finish: tuple[int, int],
        incumbent: Sequence[Placement] | None,
        *,
        guards: Sequence[Guard],
        margin: int = 0,
        most: int | None = None,
        over: Callable[[], bool],
    ) -> None:
        super().__init__(problem, room, *finish, incumbent, over=over)
        self.guards = {guard.gate: guard for guard in guards}
        self._begun: dict[tuple[str, str], cp_model.IntVar] = {}
        self.margin = Value(margin, margin, margin)
        if most is not None and most > margin:
            self.margin = Value(self.model.new_int_var(margin, most, "margin"), margin, most)

    def decided(self, gate: str) -> Value:
        """Return when a gate decides, in minutes of the axis that always works."""
        (track,) = self.tracks.of[self.problem.number[gate]]
        return self.axes.image(track.finish, self.problem.book.always)

    def starts(self, id_: str) -> list[tuple[Value, Track]]:
        """Return when an activity starts on each of its calendars, on the same axis."""
        always = self.problem.book.always
        return [
            (self.axes.image(self.tracks.start(track), always), track)
            for track in self.tracks.of[self.problem.number[id_]]
        ]

    def add_cut(self, cut: Cut) -> None:
        """Let a cut hold."""
        conditions = self._conditions(cut)
        if conditions is None:
            return
        if cut.latest is None:
            self.model.add_bool_or([~one for one in conditions])
            return
        decided, margin = self.decided(cut.gate), self.margin
        limit = cut.latest - self.problem.book.always.origin
        slipped = cp_model.LinearExpr.weighted_sum([decided.expr, margin.expr], [1, 1])
        constraint = self.model.add(slipped <= limit)
        if conditions:
            constraint.only_enforce_if(conditions)

    def point(self, ids: Sequence[str]) -> Value:
        """Return an expression no later than the first start of some activities."""
        origin = self.problem.book.always
        low = int(origin.work_at(self.problem.project.start))
        found = [pair for id_ in ids for pair in self.starts(id_)]
        high = max((value.high for value, _ in found), default=low)
        first = self.model.new_int_var(min(low, high), high, "")
        for value, track in found:
            constraint = self.model.add(first <= value.expr)
            if track.literals:
                constraint.only_enforce_if(track.literals)
        return Value(first, min(low, high), high)

    # -- what a cut rests on -----------------------------------------------------------------

    def _conditions(self, cut: Cut) -> list[cp_model.LiteralT] | None:
        """Return the literals that must all hold; None: they never do."""
        found: list[cp_model.LiteralT] = [self._literal(cut.gate, id_) for id_ in cut.begun]
        found += [~self._literal(cut.gate, id_) for id_ in cut.idle]
        for id_, mode in cut.modes:
            if self.problem.jobs[self.problem.number[id_]].fixed is not None:
                continue
            ways = [
                choice
                for track in self.tracks.of[self.problem.number[id_]]
                for choice in track.choices
                if choice.way.mode == mode
            ]
            if not ways:
                return None
            found += [one.literal for one in ways if one.literal is not None]
        found += [self._left(cut.gate, id_, minutes) for id_, minutes in cut.left]
        return found + self._occurrence(cut)

    def _literal(self, gate: str, id_: str) -> cp_model.IntVar:
        """Return the literal that an activity has begun when a gate decides."""
        found = self._begun.get((gate, id_))
        if found is not None:
            return found
        literal = self._begun[gate, id_] = self.model.new_bool_var("")
        decided, also = self.decided(gate), id_ in self.guards[gate].ahead
        for start, track in self.starts(id_):
            idle = self.model.add(start.expr >= decided.expr + (1 if also else 0))
            idle.only_enforce_if([~literal, *track.literals])
            begun = self.model.add(start.expr <= decided.expr - (0 if also else 1))
            begun.only_enforce_if([literal, *track.literals])
        return literal

    def _left(self, gate: str, id_: str, minutes: int) -> cp_model.IntVar:
        """Return a literal that holds where so much of an activity is left when a gate decides."""
        literal = self.model.new_bool_var("")
        (at,) = self.tracks.of[self.problem.number[gate]]
        for track in self.tracks.of[self.problem.number[id_]]:
            decided = self.axes.image(at.finish, track.calendar)
            finish = self.axes.image(track.finish, track.calendar)
            rest = cp_model.LinearExpr.weighted_sum([finish.expr, decided.expr], [1, -1])
            less = self.model.add(rest <= minutes - 1)
            less.only_enforce_if([~literal, *track.literals])
        return literal

    def _occurrence(self, cut: Cut) -> list[cp_model.LiteralT]:
        """Return the literal of which occurrence is protected; none: there is one only."""
        guard = self.guards[cut.gate]
        if len(guard.spans) == 1:
            return []
        always, k = self.problem.book.always, cut.occurrence
        here, before, after = (self.model.new_bool_var("") for _ in range(3))
        self.model.add_bool_or([here, before, after])
        first, last = guard.spans[k]
        values = self.starts(guard.subject) if guard.subject else []
        if not values:
            values = [(self.decided(cut.gate), self.tracks.of[self.problem.number[cut.gate]][0])]
            first = Instant(guard.spans[k - 1][1] + 1) if k else always.origin
            if k + 1 == len(guard.spans):
                self.model.add_bool_or([~after])
        for value, track in values:
            low = self.model.add(value.expr <= always.work_at(first) - 1)
            low.only_enforce_if([before, *track.literals])
            # A milestone at the very end still lies inside.
            beyond = 1 if track.job.milestone or not guard.subject else 0
            high = self.model.add(value.expr >= always.work_at(last) + beyond)
            high.only_enforce_if([after, *track.literals])
        return [here]
