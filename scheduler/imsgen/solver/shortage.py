"""Why no schedule exists: a resource has less time than must be worked with it by then."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from imsgen.calendars import WorkCalendar, union
from imsgen.diagnostics import Diagnostic, Label, Severity, Span
from imsgen.errors import Infeasible
from imsgen.model import Placement
from imsgen.network import early_dates
from imsgen.solver.bounds import capacity_between
from imsgen.solver.driving import driving_chain
from imsgen.solver.naming import bound_place, end_moment, moment, place_of, worked
from imsgen.solver.narrowing import needed, with_dates
from imsgen.solver.passes import late_places
from imsgen.solver.problem import Problem
from imsgen.solver.profile import NEVER
from imsgen.solver.reason import Explained, Reason
from imsgen.solver.tight import has_upper, upper_of

_LABELS = 6
"""How many activities are shown in the text."""
_OWN = ("", ".constraint", ".within")
"""Where an activity says by when it must be done."""
_NAMED = 12
"""How many are named."""


class _Use(NamedTuple):
    """Work with a resource that must lie in ``[since, by)``, in unit-minutes."""

    since: int
    by: int
    work: int
    id: str


class _Shortage(NamedTuple):
    """More ``work`` than is ``there`` between two instants, in hundredths of minutes."""

    resource: str
    axis: WorkCalendar
    uses: list[_Use]
    since: int
    by: int
    work: int
    there: int


def explain_energy(part: Problem) -> Infeasible | None:
    """Return the explanation of a resource with too little time for what must be done by then.

    For each resource and each latest finish: the work that must lie between an earliest start and
    that finish is more than the resource has there.
    """
    early = early_dates(part.graph, part.book)
    for id_ in part.project.resources:
        found = _shortage(part, id_, early)
        if found is None:
            continue
        dated = _bounded_after(part, [use.id for use in found.uses])
        kept = needed(dated, partial(_lacks, part, id_), lambda: False)
        if len(kept) < len(dated):
            fewer = with_dates(part, kept)
            early = early_dates(fewer.graph, fewer.book)
            found = _shortage(fewer, id_, early) or found
        chain = driving_chain(part, found.uses[-1].id, early)
        bounded = tuple(part.jobs[number].id for number in kept)
        reason = Reason(bounded, (id_,), chain=tuple(chain))
        return Explained(_told(part, found, bounded), reason)
    return None


def _lacks(part: Problem, resource: str, kept: list[int]) -> bool:
    """Whether a resource has too little time when only some dates hold."""
    fewer = with_dates(part, kept)
    return _shortage(fewer, resource, early_dates(fewer.graph, fewer.book)) is not None


def _shortage(part: Problem, id_: str, early: Mapping[str, Placement]) -> _Shortage | None:
    """Return the first stretch of time in which a resource has less than must be done there."""
    high = max((upper_of(job) or 0 for job in part.jobs), default=0)
    if high <= 0:
        return None
    finishes = late_places(part, NEVER).finishes
    uses: list[_Use] = []
    calendars: dict[int, WorkCalendar] = {}
    for job in part.jobs:
        if job.fixed is not None or job.began is not None:
            continue
        work = min(
            way.duration * sum(units for one, units in way.needs if one == id_) for way in job.ways
        )
        by = finishes[job.number]
        if work and -NEVER < by <= high:
            uses.append(_Use(early[job.id].start, by, work, job.id))
            for way in job.ways:
                calendars[id(way.calendar)] = way.calendar
    if not uses:
        return None
    axis = union(list(calendars.values()))
    for by in sorted({use.by for use in uses}):
        inside = sorted((use for use in uses if use.by <= by), reverse=True)
        total = 0
        for i, use in enumerate(inside, start=1):
            total += use.work
            there = capacity_between(part.project.resources[id_], axis, use.since, by)
            if total > there:
                return _Shortage(id_, axis, inside[:i], use.since, by, total, there)
    return None


def _bounded_after(part: Problem, ids: list[str]) -> list[int]:
    """Return the activities with an upper bound of their own among some and what waits for them."""
    reached: dict[int, None] = {}
    stack = [part.number[id_] for id_ in ids]
    while stack:
        number = stack.pop()
        if number not in reached:
            reached[number] = None
            stack.extend(part.followers[number])
    return [one for one in sorted(reached) if has_upper(part.jobs[one])]


def _told(part: Problem, found: _Shortage, bounded: tuple[str, ...]) -> Diagnostic:
    project, resource = part.project, found.resource

    def shown(amount: int) -> str:
        return worked(project, found.axis, -(-amount // 100), found.since)

    short = shown(found.work - found.there)
    needs = {
        use.id: f"needs `{resource}` for {shown(use.work)}"
        for use in sorted(found.uses, key=lambda use: part.number[use.id])[:_LABELS]
    }
    ids = sorted(use.id for use in found.uses)
    named = ", ".join(f"`{id_}`" for id_ in ids[:_NAMED])
    if len(ids) > _NAMED:
        named += f" and {len(ids) - _NAMED} more"
    return Diagnostic(
        "IMS505",
        Severity.ERROR,
        f"`{resource}` is {short} short between {moment(project, found.since)} and"
        f" {end_moment(project, found.by)}",
        project.sources.get(f"resource:{resource}"),
        label=f"{shown(found.work)} of work, {shown(found.there)} available",
        labels=_labels(part, needs, bounded[:_LABELS]),
        notes=(f"all of it must be done there: {named}",),
        help=(
            f"raise the `capacity:` of `{resource}` for that time, or give the activities later"
            " dates"
        ),
    )


def _labels(part: Problem, needs: dict[str, str], bounded: tuple[str, ...]) -> tuple[Label, ...]:
    """Return labels on what is needed and on what says by when, one for each place."""
    project = part.project
    found: dict[Span, str] = {}
    for id_ in dict.fromkeys([*needs, *bounded]):
        job, text = part.jobs[part.number[id_]], needs.get(id_, "")
        upper = upper_of(job)
        span = None if upper is None else bound_place(project, job)
        if upper is not None and span is not None:
            by = f"done by {end_moment(project, upper)}"
            if any(project.sources.get(f"activity:{id_}{key}") == span for key in _OWN):
                text, by = "", f"{text}, {by}" if text else by
            found.setdefault(span, by)
        span = place_of(project, id_)
        if text and span is not None:
            found.setdefault(span, text)
    return tuple(Label(span, text) for span, text in found.items())
