"""Plan words for what the solver talks about: spans in the text, dates, chains."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from imsgen.diagnostics import Label, Span
from imsgen.model import Constraint, Instant, Placement, Project
from imsgen.schedule.views import local_time, moment_text, work_text


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


def moment(project: Project, instant: int) -> str:
    """Return an instant in the plan's zone."""
    return moment_text(Instant(instant), project.timezone)


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
