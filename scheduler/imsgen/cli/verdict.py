"""What a finished schedule has against it: expectations, deadlines, late gates, no proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imsgen.diagnostics import Diagnostic, Severity
from imsgen.model import RosterStatus, Schedule, Status
from imsgen.schedule.expectations import unmet
from imsgen.schedule.gates import gate_warnings
from imsgen.schedule.lateness import deadlines
from imsgen.schedule.roster import headline, remedy_text, shortage_text
from imsgen.schedule.views import elapsed_text, end_text, moment_text
from imsgen.schedule.way_back import rollback_problems

DEADLINE, PROOF, CHANGED, ROSTER = "IMS603", "IMS604", "IMS602", "IMS654"
"""Codes: a missed deadline, no proof of optimality, a plan that changed since it was solved, a
roster that is not filled."""
_SHOWN = 6
"""So many shortages are shown; `imsgen roster` has all."""


def verdict(
    schedule: Schedule, *, strict: bool = False, require_optimal: bool = False
) -> tuple[Diagnostic, ...]:
    """Return the problems of a schedule; errors make the command exit with 1.

    A missed deadline and a gate too late to go back are warnings unless ``strict``; a gate that
    is later than booked or waits always is.
    """
    found = [
        *unmet(schedule),
        *_missed(schedule, strict=strict),
        *gate_warnings(schedule),
        *rollback_problems(schedule, strict=strict),
        *_unfilled(schedule, strict=strict),
    ]
    if require_optimal and schedule.status is not Status.OPTIMAL:
        found.append(
            Diagnostic(
                PROOF,
                Severity.ERROR,
                f"the schedule is `{schedule.status}`, expected `optimal` "
                f"(gap {schedule.gap:.1%})",
                help="raise `--effort` and `--time-limit`, or drop `--require-optimal`",
            )
        )
    return tuple(found)


def told_apart(
    problems: Sequence[Diagnostic],
) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """Return what the summary tells already, missed deadlines that are no error, and the rest."""
    told = tuple(
        one for one in problems if one.code == DEADLINE and one.severity is not Severity.ERROR
    )
    return told, tuple(one for one in problems if one not in told)


def _missed(schedule: Schedule, *, strict: bool) -> Iterator[Diagnostic]:
    project = schedule.project
    severity = Severity.ERROR if strict else Severity.WARNING
    for one in deadlines(schedule):
        if not one.late:
            continue
        key = "plan" if one.id == "project" else f"activity:{one.id}"
        who = "the plan" if one.id == "project" else f"`{one.id}`"
        span = next(
            (
                project.sources[place]
                for place in (f"{key}.deadline", f"group:{one.id}.deadline", key)
                if place in project.sources
            ),
            None,
        )
        finish = moment_text(one.finish, project.timezone)
        yield Diagnostic(
            DEADLINE,
            severity,
            f"{who} misses its deadline {end_text(one.deadline, project.timezone)} "
            f"by {elapsed_text(one.late)}",
            span,
            label=f"finishes {finish}",
        )


def _unfilled(schedule: Schedule, *, strict: bool) -> Iterator[Diagnostic]:
    """Yield that the roster is not filled: like a deadline it is a promise, not the schedule."""
    roster = schedule.roster
    if roster is None or roster.status in {RosterStatus.OPTIMAL, RosterStatus.FEASIBLE}:
        return
    told = [shortage_text(schedule.project, one) for one in roster.shortages]
    mends = [remedy_text(one) for one in roster.remedies]
    yield Diagnostic(
        ROSTER,
        Severity.ERROR if strict else Severity.WARNING,
        f"the roster of `{roster.window}` is {headline(roster)}",
        schedule.project.sources.get("roster"),
        notes=tuple(told[:_SHOWN]),
        help=mends[0] if mends else "",
        alternatives=tuple(mends[1:]),
    )


def changed(schedule: Schedule, plan_hash: str, path: str) -> Diagnostic | None:
    """Return an error if the schedule belongs to an older state of its plan."""
    if schedule.plan_hash == plan_hash:
        return None
    return Diagnostic(
        CHANGED,
        Severity.ERROR,
        f"the plan has changed since `{path}` was solved",
        help="run `imsgen solve` without `--locked` and publish the new schedule",
    )
