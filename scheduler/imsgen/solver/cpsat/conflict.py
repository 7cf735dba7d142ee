"""The smallest set of dates and resources that the exact model finds impossible together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ortools.sat.python import cp_model

from imsgen.model import DAY, Placement
from imsgen.network import early_dates
from imsgen.solver.clock import Clock
from imsgen.solver.cpsat.domains import Room, starts
from imsgen.solver.cpsat.model import ExactModel
from imsgen.solver.cpsat.moments import TooLargeError
from imsgen.solver.cpsat.run import parameters
from imsgen.solver.passes import Late, late_places, latest_stretch
from imsgen.solver.problem import Job, Problem
from imsgen.solver.tight import has_upper, upper_of

_WORK_TO_TIME = 5
"""Elapsed minutes that a working minute may take: room to do without the dates."""
_EFFORT = 0.5
"""Units one question may take."""
_QUESTIONS = 24
"""How many times something is left out to see whether the rest still conflicts."""
_ALTOGETHER = 2.0
"""Units after which nothing more is left out."""


def smallest_conflict(
    part: Problem, scarce: list[str], clock: Clock
) -> tuple[list[int], list[str]]:
    """Return jobs whose dates, and resources, that cannot hold together.

    The jobs' own upper bounds and windows, and every resource, hold only under an assumption; the
    solver names those it needed, and each is then left out once to see whether it is needed. Where
    it cannot tell, all dates and what is ``scarce`` are named.
    """
    try:
        asked = _Assumed(part)
    except TooLargeError:
        return [job.number for job in part.jobs if has_upper(job)], scarce
    core = asked.core(list(asked.literals), clock)
    if core is None:
        return [job.number for job in part.jobs if has_upper(job)], scarce
    for index in list(core)[:_QUESTIONS]:
        if index not in core or asked.spent > _ALTOGETHER or clock.stopped():
            continue
        fewer = asked.core([one for one in core if one != index], clock)
        if fewer is not None:
            core = fewer
    dates = [asked.dates[index] for index in core if index in asked.dates]
    resources = [asked.resources[index] for index in core if index in asked.resources]
    return sorted(dates), sorted(resources)


class _Assumed:
    """The exact model with upper bounds and resources under assumptions."""

    def __init__(self, part: Problem) -> None:
        free = replace(
            part,
            jobs=tuple(
                replace(job, start_max=None, finish_max=None, stays=()) for job in part.jobs
            ),
        )
        early = early_dates(part.graph, part.book)
        places = [early[job.id] for job in part.jobs]
        uppers = [upper for job in part.jobs if (upper := upper_of(job)) is not None]
        latest = max([*uppers, *(place.finish for place in places)])
        work = sum(max(way.duration for way in job.ways) for job in part.jobs)
        high = latest + 14 * DAY + min(_WORK_TO_TIME * work, 366 * DAY)
        room = Room(places, late_places(free, high))
        model = ExactModel(free, room, part.project.start, high, resources=False)
        self.model = model.model
        self.spent = 0.0
        self.literals: dict[int, cp_model.IntVar] = {}
        self.dates: dict[int, int] = {}
        self.resources: dict[int, str] = {}
        for id_ in part.project.resources:
            literal = self.model.new_bool_var(id_)
            model.capacity.assumed[id_] = literal
            self.literals[literal.index] = literal
            self.resources[literal.index] = id_
        model.capacity.add_all()
        for job in part.jobs:
            if not has_upper(job):
                continue
            literal = self.model.new_bool_var(job.id)
            self.literals[literal.index] = literal
            self.dates[literal.index] = job.number
            own = replace(job, stays=tuple(replace(stay, together=None) for stay in job.stays))
            hard = _alone(own, places, room, high)
            for track in model.tracks.of[job.number]:
                for choice in track.choices:
                    ranges = starts(own, choice.way, track.axis, hard)
                    given = [literal] if choice.literal is None else [literal, choice.literal]
                    if not ranges:
                        self.model.add_bool_or([~one for one in given])
                        continue
                    domain = cp_model.Domain.from_intervals([list(span) for span in ranges])
                    self.model.add_linear_expression_in_domain(
                        track.start.value.expr, domain
                    ).only_enforce_if(given)

    def core(self, indices: list[int], clock: Clock) -> list[int] | None:
        """Return which of the assumptions conflict; None: not shown that they do."""
        solver = cp_model.CpSolver()
        parameters(solver, clock.settings.seed, _EFFORT, clock.time_left)
        self.model.clear_assumptions()
        self.model.add_assumptions([self.literals[index] for index in indices])
        status = solver.solve(self.model)
        self.spent += solver.response_proto.deterministic_time
        if status != cp_model.INFEASIBLE:
            return None
        named = solver.sufficient_assumptions_for_infeasibility()
        found = [index for index in named if index in self.literals]
        return found or indices


def _alone(job: Job, places: Sequence[Placement], room: Room, high: int) -> Room:
    """Return the room in which one job keeps its own upper bounds."""
    begins, ends = list(room.late.starts), list(room.late.finishes)
    start_by = high if job.start_max is None else job.start_max
    finish_by = high if job.finish_max is None else job.finish_max
    latest = [latest_stretch(job, way, start_by, finish_by) for way in job.ways]
    begins[job.number] = max(start for start, _ in latest)
    ends[job.number] = max(finish for _, finish in latest)
    return Room(places, Late(begins, ends))
