"""What `imsgen status` is told, what becomes of it, and what people read of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from imsgen.diagnostics import Diagnostic, Report

if TYPE_CHECKING:
    from imsgen.model import Activity, Instant, Project

_SHOWN = 12
"""Activities listed of one kind."""


class Said(NamedTuple):
    """What stands on the command line."""

    reports: tuple[str, ...]
    at: str
    remaining: str
    as_of: str
    table: Path | None
    correct: bool
    as_planned: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the plan's files would say, and the changes in words and as data."""

    texts: Mapping[Path, str]
    lines: Sequence[str]
    changes: Sequence[Mapping[str, Any]]
    remarks: Sequence[Diagnostic] = ()


def gathered(plan: Path, project: Project, said: Said) -> Outcome:
    """Return what the reports change.

    Raises
    ------
    PlanError
        If something reported cannot be; carries what would be right.
    UsageError
        If there is no such table, or no schedule to have gone by.
    """
    from imsgen.cli.earlier import dates_of
    from imsgen.cli.outputs import find_schedule
    from imsgen.errors import PlanError, UsageError
    from imsgen.plan.reports import as_planned, read_states, read_table, record, reported
    from imsgen.plan.reports.report import latest

    report = Report()
    states = read_states(said.reports, said.at, said.remaining, report) if said.reports else []
    if said.table is not None:
        if not said.table.exists():
            raise UsageError(f"there is no file `{said.table}`")
        states += read_table(said.table, report)
    found = reported(project, states, report, correct=said.correct)
    status = _status(project, said, latest(found), report)
    if report.failed:
        raise PlanError(report.sorted())
    if said.as_planned and status is not None:
        dates = dates_of(project, find_schedule(plan))
        found = [*found, *as_planned(project, dates, status, [one.id for one in found])]
    recorded = record(plan, project, found, status)
    after = recorded.loaded.project
    ids = [one.id for one in found if _differs(project, after, one.id)]
    lines = [*_words(project, after, ids), *_moved(project, after)]
    remarks = [one for one in recorded.loaded.diagnostics if _concerns(one, ids)]
    return Outcome(recorded.texts, lines, [*_data(project, after, ids)], remarks)


def _status(project: Project, said: Said, last: Instant | None, report: Report) -> Instant | None:
    """Return the new status date: as stated, else the last report's; never before the old one."""
    from imsgen.plan.reports.moments import moment, written

    now = project.status_date
    zone = ZoneInfo(project.timezone)
    if not said.as_of:
        return max((one for one in (now, last) if one is not None), default=None)
    stated = moment(project, said.as_of, end=True, report=report)
    if stated is None:
        return None
    if now is not None and stated < now:
        report.add(
            "IMS661",
            f"`--as-of {said.as_of}` is {written(stated, zone)}, before the status date"
            f" {written(now, zone)}",
            help="the plan knows what happened until then: report from there on",
        )
    if last is not None and stated < last:
        report.add(
            "IMS333",
            f"something is reported of {written(last, zone)}, after `--as-of"
            f" {written(stated, zone)}`",
            help="what has not happened by then is planned, not actual",
        )
    return stated


def _differs(before: Project, after: Project, id_: str) -> bool:
    return before.activities[id_].progress != after.activities[id_].progress


def _concerns(one: Diagnostic, ids: Sequence[str]) -> bool:
    return one.code == "IMS336" and any(f"`{id_}`" in one.message for id_ in ids)


# -- words -----------------------------------------------------------------------------------------


def _words(before: Project, after: Project, ids: Sequence[str]) -> Iterator[str]:
    """Yield a line for each activity whose progress changes."""
    if ids:
        yield "Progress"
    width = max((len(id_) for id_ in ids), default=0)
    for id_ in ids:
        old, new = (_state(one, one.activities[id_]) for one in (before, after))
        was = f"  (was: {old})" if before.activities[id_].progress is not None else ""
        yield f"  {id_:<{width}}  {new}{was}"


def _state(project: Project, activity: Activity) -> str:
    from imsgen.schedule.views import elapsed_text, end_text, moment_text, work_text

    progress, zone = activity.progress, project.timezone
    if progress is None or progress.actual_start is None:
        return "has not begun"
    if progress.actual_finish is not None:
        return f"finished {end_text(progress.actual_finish, zone)}"
    minutes = progress.remaining or 0
    elapsed = all(mode.elapsed for mode in activity.modes)
    left = elapsed_text(minutes) if elapsed else work_text(minutes, project.day)
    part = f", {progress.percent_complete}%" if progress.percent_complete else ""
    return f"started {moment_text(progress.actual_start, zone)}{part}, {left} left"


def _moved(before: Project, after: Project) -> Iterator[str]:
    from imsgen.schedule.views import end_text

    if after.status_date is not None and after.status_date != before.status_date:
        now = end_text(after.status_date, after.timezone)
        known = before.status_date
        was = "" if known is None else f"  (was {end_text(known, before.timezone)})"
        yield f"Status date  {now}{was}"


def _data(before: Project, after: Project, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield the changes as the JSON object has them."""
    from imsgen.schedule import encode

    for id_ in ids:
        old, new = before.activities[id_].progress, after.activities[id_].progress
        yield {
            "id": id_,
            "old": None if old is None else encode(old),
            "new": None if new is None else encode(new),
        }
    if after.status_date is not None and after.status_date != before.status_date:
        from imsgen.model import to_text

        known = before.status_date
        yield {
            "id": "",
            "old": None if known is None else to_text(known),
            "new": to_text(after.status_date),
        }


def listed(project: Project) -> Iterator[str]:
    """Yield how the plan stands by what is written in it."""
    from imsgen.model import Kind
    from imsgen.schedule.views import counted, end_text

    if project.status_date is None:
        yield "Nothing has been reported yet: write `imsgen status PLAN ID started --at TIME`"
        return
    yield f"Status date  {end_text(project.status_date, project.timezone)}"
    begun = [one for one in project.activities.values() if one.progress is not None]
    done = [one for one in begun if one.progress and one.progress.actual_finish is not None]
    going = [one for one in begun if one not in done]
    planned = [
        one
        for one in project.activities.values()
        if one.scheduled and one.kind is not Kind.HAMMOCK
    ]
    rest = len(planned) - len(begun)
    yield f"{counted(len(done), 'activity')} finished, {len(going)} under way, {rest} to come"
    for one in going[:_SHOWN]:
        yield f"  {one.id}  {_state(project, one)}"
    if len(going) > _SHOWN:
        yield f"  and {len(going) - _SHOWN} more under way"


# -- other sources ---------------------------------------------------------------------------------


def from_workbook(plan: Path, project: Project, workbook: Path) -> Outcome:
    """Return what people filled in in the workbook, as `imsgen update` does.

    Raises
    ------
    PlanError
        If a cell cannot be taken.
    UsageError
        If there is no such file.
    """
    from imsgen.errors import UsageError
    from imsgen.formats.xlsx.update import update_plan

    if not workbook.exists():
        raise UsageError(f"there is no file `{workbook}`")
    found = update_plan(plan, project, workbook)
    lines = []
    for one in found.changes:
        old, new = (" ".join(text.split()) or "nothing" for text in (one.old, one.new))
        lines.append(f"  {f'{one.id} {one.key}'.strip()}  {old} -> {new}  ({one.place})")
    changes = [
        {"id": one.id, "key": one.key, "old": one.old, "new": one.new, "cell": one.place}
        for one in found.changes
    ]
    return Outcome(found.texts, ["Changes", *lines] if lines else [], changes)


def completed(plan: Path, said: Sequence[str], incomplete: str) -> list[tuple[str, str]]:
    """Return what may follow on the command line, each with a word of help: ids, then states."""
    from imsgen.errors import ImsgenError
    from imsgen.plan import load
    from imsgen.plan.reports.report import WORDS

    try:
        project = load(plan).project
    except (ImsgenError, OSError):
        return []
    words = [(word, "") for word in WORDS] if said and "@" not in incomplete else []
    known = [
        (one.id, one.name)
        for one in project.activities.values()
        if one.scheduled and (one.progress is None or one.progress.actual_finish is None)
    ]
    return [pair for pair in (*words, *known) if pair[0].startswith(incomplete)]
