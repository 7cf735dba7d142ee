"""Whether a schedule is what its plan expects of it."""

from __future__ import annotations

from imsgen.diagnostics import Diagnostic, Severity
from imsgen.model import Expectation, Instant, Schedule
from imsgen.schedule.views import end_text, moment_text, work_text

CODE = "IMS601"
"""Code of an unmet expectation."""


def unmet(schedule: Schedule) -> tuple[Diagnostic, ...]:
    """Return one error for each line of ``expect`` that does not hold, in plan order."""
    return tuple(
        problem
        for expectation in schedule.project.expect
        if (problem := _check(expectation, schedule)) is not None
    )


def _check(expectation: Expectation, schedule: Schedule) -> Diagnostic | None:
    subject = expectation.subject
    if subject == "status":
        return _compare(schedule, expectation, schedule.status.value)
    if subject == "critical":
        return _check_critical(expectation, schedule)
    id_, _, end = subject.rpartition(".")
    if end == "total_float":
        found = schedule.activities[id_].total_float
        if found is not None and str(found) == expectation.value:
            return None
        day = schedule.project.day
        return _problem(
            schedule,
            expectation,
            f"`{work_text(int(expectation.value), day)}`",
            "none" if found is None else f"`{work_text(found, day)}`",
        )
    return _check_date(expectation, _date(schedule, id_, end), schedule)


def _check_date(
    expectation: Expectation, found: Instant | None, schedule: Schedule
) -> Diagnostic | None:
    earliest, latest = expectation.earliest, expectation.latest
    if (
        found is not None
        and (earliest is None or found >= earliest)
        and (latest is None or found <= latest)
    ):
        return None
    zone = schedule.project.timezone
    if earliest is None or latest is None:
        edge = earliest if latest is None else latest
        wanted = "" if edge is None else moment_text(edge, zone)
    elif earliest == latest:
        wanted = moment_text(earliest, zone)
    else:
        wanted = f"{moment_text(earliest, zone)} to {end_text(latest, zone)}"
    shown = "not scheduled" if found is None else moment_text(found, zone)
    return _problem(schedule, expectation, wanted, shown)


def _date(schedule: Schedule, id_: str, end: str) -> Instant | None:
    """Return a start or finish; ``finish`` alone and ``project`` are the plan's."""
    if id_ in ("", "project"):
        return schedule.project.start if end == "start" else schedule.finish
    span = schedule.groups.get(id_)
    if span is None:
        dates = schedule.activities.get(id_)
        if dates is None:
            return None
        span = (dates.start, dates.finish)
    return span[0] if end == "start" else span[1]


def _compare(schedule: Schedule, expectation: Expectation, found: str) -> Diagnostic | None:
    if expectation.value == found:
        return None
    return _problem(schedule, expectation, f"`{expectation.value}`", f"`{found}`")


def _check_critical(expectation: Expectation, schedule: Schedule) -> Diagnostic | None:
    day = schedule.project.day
    found = []
    for id_ in expectation.ids:
        dates = schedule.activities.get(id_)
        if dates is None:
            found.append(f"`{id_}` not scheduled")
        elif not dates.critical:
            found.append(
                f"`{id_}` with a total float of `{work_text(dates.total_float or 0, day)}`"
            )
    if not found:
        return None
    wanted = "`" + "`, `".join(expectation.ids) + "`"
    return _problem(schedule, expectation, wanted, ", ".join(found))


def _problem(schedule: Schedule, expectation: Expectation, wanted: str, found: str) -> Diagnostic:
    subject = expectation.subject
    sources = schedule.project.sources
    span = sources.get(f"expect:{subject}") or sources.get("plan.expect")
    return Diagnostic(
        code=CODE,
        severity=Severity.ERROR,
        message=f"the plan expects `{subject}` to be {wanted}, found {found}",
        span=span,
        label=f"found {found}",
        help="change the plan so that it holds again, or correct the line under `expect:`",
    )
