"""Three sides of a cell: as exported, as it is, as the plan has it now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from imsgen.diagnostics import Report
from imsgen.formats.clock import local
from imsgen.formats.notation import duration_text
from imsgen.formats.xlsx.answers import Answer, Answers
from imsgen.formats.xlsx.editable import COLUMNS, DATED, MINUTE, cell_texts, is_editable
from imsgen.model import Project
from imsgen.plan.resolve.durations import exact_minutes
from imsgen.plan.resolve.part import Setting
from imsgen.plan.syntax.values.durations import parse_duration
from imsgen.plan.syntax.values.misread import Misread

STATUS = "status_date"


@dataclass(frozen=True, slots=True)
class Change:
    """One value that people changed; ``id`` is empty for the plan's own status date."""

    id: str
    key: str
    old: str
    new: str
    place: str


def changes_of(answers: Answers, project: Project, report: Report) -> list[Change]:
    """Return what people changed, in outline order; what cannot be taken is reported."""
    if answers.plan != project.id:
        report.add(
            "IMS630",
            f"the workbook is of plan `{answers.plan}`, expected `{project.id}`",
        )
        return []
    found = list(_status(answers, project, report))
    for id_ in (*project.activities, *(one for one in answers.given if _gone(project, one))):
        if id_ in answers.given:
            found += _row(id_, answers, project, report)
    return found


def _gone(project: Project, id_: str) -> bool:
    return id_ not in project.activities


def _status(answers: Answers, project: Project, report: Report) -> Iterator[Change]:
    if answers.status is None:
        return
    at = project.status_date
    now = "" if at is None else local(at, ZoneInfo(project.timezone)).strftime(MINUTE)
    change = _merged(("", STATUS), answers.status_exported, answers.status, now, report)
    if change is not None and not change.new:
        report.add("IMS631", f"{change.place}: there is no status date, expected one")
    elif change is not None:
        yield change


def _row(id_: str, answers: Answers, project: Project, report: Report) -> list[Change]:
    given, exported = answers.given[id_], answers.exported[id_]
    edited = [key for key in COLUMNS if given[key].text != exported[key].strip()]
    left = given["remaining"]
    if "remaining" in edited:  # 1d4h is the 12h that a plan says
        given = {**given, "remaining": Answer(_plain(left.text, project), left.place)}
    if not edited:
        return []
    activity = project.activities.get(id_)
    if activity is None:
        place = given[edited[0]].place
        report.add("IMS631", f"{place}: the plan has no activity `{id_}` any more")
        return []
    mode = min(int(exported.get("mode") or 0), len(activity.modes) - 1)
    current = cell_texts(project, activity, mode)
    found = []
    for key in edited:
        if not is_editable(activity, key):
            report.add("IMS631", f"{given[key].place}: `{id_}` takes no `{COLUMNS[key]}`")
            continue
        change = _merged((id_, key), exported[key].strip(), given[key], current[key], report)
        if change is not None:
            found.append(change)
    if is_editable(activity, "percent_complete"):
        _consistent(id_, given, edited, report)
    return found


def _plain(text: str, project: Project) -> str:
    """Return a duration as cells say it; what is none stays, to be refused."""
    try:
        raw = parse_duration(text)
    except Misread:
        return text
    setting = Setting(ZoneInfo(project.timezone), project.day, project.week, project.month)
    length = exact_minutes(raw, setting)
    return duration_text(int(length), project.day, raw.elapsed) if length else text


def _merged(
    what: tuple[str, str], exported: str, given: Answer, current: str, report: Report
) -> Change | None:
    """Return the change that a cell asks for, if it asks for one."""
    now = current.strip()
    if given.text in {exported, now}:
        return None
    if now != exported:
        report.add(
            "IMS632",
            f"{given.place}: `{given.text}`, exported as `{exported}`; the plan says `{now}` by now",
            help="put the plan's value in the cell, or the cell's value in the plan",
        )
        return None
    return Change(*what, exported, given.text, given.place)


def _consistent(id_: str, given: dict[str, Answer], edited: list[str], report: Report) -> None:
    """Report what the cells of a row leave open, and durations that are none."""
    percent, start = given["percent_complete"], given["actual_start"]
    finish, left = given["actual_finish"], given["remaining"]

    def refuse(answer: Answer, what: str, help_: str = "") -> None:
        report.add("IMS631", f"{answer.place}: {what}", help=help_)

    if not percent.text:
        refuse(percent, "there is no percentage, expected one such as `0%`")
    if finish.text and not start.text:
        refuse(finish, f"`{id_}` has finished but never started", "fill in the actual start")
    if percent.text == "100" and not finish.text:
        refuse(percent, f"`{id_}` is 100% complete", "fill in the actual finish")
    if finish.text and "percent_complete" in edited and percent.text != "100":
        refuse(percent, f"`{id_}` has finished, so it is 100% complete")
    if percent.text not in {"", "0"} and not start.text:
        refuse(percent, f"`{id_}` has begun", "fill in the actual start")
    if left.text and not start.text:
        refuse(left, f"`{id_}` has not started", "fill in the actual start, or clear the cell")
    if left.text and "remaining" in edited:
        try:
            parse_duration(left.text)
        except Misread as misread:
            refuse(left, misread.message, misread.help)
    for key in DATED:
        _sane(given[key], report)


def _sane(answer: Answer, report: Report) -> None:
    if answer.text and not 1984 <= int(answer.text[:4]) <= 2149:
        report.add("IMS631", f"{answer.place}: `{answer.text}`, expected a date of 1984 to 2149")
