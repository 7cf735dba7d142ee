"""Plan words for what the solver talks about: spans in the text, dates, chains."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from imsgen.calendars import WorkCalendar
from imsgen.diagnostics import Label, Span
from imsgen.model import DAY, Constraint, Instant, Placement, Project
from imsgen.schedule.views import end_text, local_time, moment_text, work_text
from imsgen.solver.problem import Job

_NEAR = 7 * DAY
"""How far around an instant a calendar is looked at."""
_NEVER_A_DAY = 10**9
"""Minutes of a day that nothing is as long as."""


def place_of(project: Project, id_: str, key: str = "") -> Span | None:
    """Return where the text says something of an activity or group; its id when not said."""
    kind = "group" if id_ in project.groups else "activity"
    sources = project.sources
    if key and (found := sources.get(f"{kind}:{id_}.{key}")) is not None:
        return found
    return sources.get(f"{kind}:{id_}")


def spelled(project: Project, constraint: Constraint) -> str:
    """Return a constraint as a plan writes it, ``constraint: FNLT 2027-04-30``."""
    if constraint.latest is not None:
        return f"constraint: {constraint.type} {typed_end(project, constraint.latest)}"
    date = "" if constraint.earliest is None else f" {typed(project, constraint.earliest)}"
    return f"constraint: {constraint.type}{date}"


def written_floor(project: Project, owner: str, constraint: Constraint) -> str | None:
    """Return how a plan says a lower bound, up to its date; None: it does not say it there."""
    sources = project.sources
    kind = "group" if owner in project.groups else "activity"
    if f"{kind}:{owner}" not in sources or f"{kind}:{owner}.constraint" in sources:
        return f"constraint: {constraint.type}"
    for key in ("at", "expected"):
        if f"{kind}:{owner}.{key}" in sources:
            return f"{key}:"
    return None


def hours_text(minutes: int) -> str:
    """Return working time in hours: ``56h``, ``7h 30m``."""
    return work_text(minutes, _NEVER_A_DAY)


def worked(project: Project, calendar: WorkCalendar, minutes: int, at: int) -> str:
    """Return working time as its calendar counts it: in days of the plan, or in hours.

    A calendar that works longer at a stretch than the plan's day has is counted in hours.
    """
    longest = calendar.longest_interval(at - _NEAR, at + _NEAR)
    return hours_text(minutes) if longest > project.day else work_text(minutes, project.day)


def moment(project: Project, instant: int) -> str:
    """Return an instant in the plan's zone."""
    return moment_text(Instant(instant), project.timezone)


def day_text(project: Project, instant: int) -> str:
    """Return the day of an instant in the plan's zone, ``Thu 11 Mar 2027``."""
    return moment(project, instant).rsplit(" ", 2)[0]


def end_moment(project: Project, instant: int) -> str:
    """Return an end in the plan's zone: midnight is 24:00 of the day before."""
    return end_text(Instant(instant), project.timezone)


def bound_place(project: Project, job: Job) -> Span | None:
    """Return where the text says by when a job must be done: its own words, or a group's."""
    for owner in (job.id, *(group.id for group in project.ancestors(job.id))):
        kind = "group" if owner in project.groups else "activity"
        for key in ("within", "constraint") if job.stays else ("constraint",):
            if (span := project.sources.get(f"{kind}:{owner}.{key}")) is not None:
                return span
    return place_of(project, job.id)


def typed(project: Project, instant: int) -> str:
    """Return an instant as a plan would type it, ``2027-05-11 17:00``."""
    return f"{local_time(Instant(instant), project.timezone):%Y-%m-%d %H:%M}"


def typed_end(project: Project, instant: int) -> str:
    """Return an end as a plan would type it: the end of a day is that date alone."""
    moment = local_time(Instant(instant), project.timezone)
    if moment.hour or moment.minute:
        return f"{moment:%Y-%m-%d %H:%M}"
    return f"{moment - timedelta(days=1):%Y-%m-%d}"


def duration(project: Project, id_: str) -> str:
    """Return how long an activity is, as the plan wrote it."""
    activity = project.activities[id_]
    if activity.duration_text:
        return activity.duration_text
    minutes = activity.modes[0].duration
    return work_text(minutes, project.day) if minutes else "milestone"


def chain_text(project: Project, chain: list[str]) -> str:
    """Return a chain of activities with their durations, the middle left out when long."""
    shown = [f"`{id_}` ({duration(project, id_)})" for id_ in chain]
    if len(shown) > 8:
        shown = [*shown[:3], f"… {len(shown) - 6} more …", *shown[-3:]]
    return "driven by " + " -> ".join(shown)


def chain_labels(
    project: Project, chain: list[str], placed: Mapping[str, Placement]
) -> tuple[Label, ...]:
    """Return labels on the last links of a chain: where each activity finishes at best."""
    found = []
    for id_ in chain[-4:-1]:
        span = place_of(project, id_)
        place = placed.get(id_)
        if span is not None and place is not None:
            found.append(Label(span, f"finishes {moment(project, place.finish)} at the earliest"))
    return tuple(found)
