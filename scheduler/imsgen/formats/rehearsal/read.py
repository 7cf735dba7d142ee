"""Reading how long each step took in a rehearsal, all that is wrong told at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from imsgen.diagnostics import Report, Span
from imsgen.errors import UsageError
from imsgen.formats.rehearsal.cells import Cell, rows_of
from imsgen.formats.xlsx.answers import read_answers
from imsgen.model import DAY, Instant, Kind, Project
from imsgen.plan.document import At
from imsgen.plan.resolve.dates import Dates
from imsgen.plan.resolve.names import close_to, did_you_mean
from imsgen.plan.syntax.values.durations import parse_duration
from imsgen.plan.syntax.values.instants import parse_instant
from imsgen.plan.syntax.values.misread import Misread

COLUMNS = {
    "id": ("id", "step", "task", "activity"),
    "start": ("start", "actual start", "actual_start", "started"),
    "finish": ("finish", "actual finish", "actual_finish", "finished", "end"),
    "duration": ("duration", "actual duration", "actual_duration", "took", "minutes"),
    "pause": ("pause", "paused", "break"),
}
"""What a heading may be called, by what it holds."""
LARGEST = 10_000_000
"""Bytes of a file."""
_LONGEST = 60 * DAY


def read_rehearsal(path: Path, project: Project, report: Report) -> dict[str, int]:
    """Return the minutes that steps took, by id of the activity; what is wrong is reported.

    Raises
    ------
    UsageError
        If the file cannot be read at all.
    """
    if path.suffix.lower() == ".xlsx":
        return _workbook(path, project, report)
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"`{path}` is larger than 10 MB: no timings of a rehearsal")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"cannot read `{path}`: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise UsageError(f"`{path}` is not UTF-8 text: save it as CSV UTF-8") from None
    return _Rows(text, path, project, report).minutes()


class _Rows:
    """One CSV file."""

    def __init__(self, text: str, path: Path, project: Project, report: Report) -> None:
        self._rows, self._open = rows_of(text, str(path))
        self._nowhere = Span(str(path), 1, 1, 1, 2)
        self._project, self._report = project, report
        self._dates = Dates(report)
        self._zone = ZoneInfo(project.timezone)

    def minutes(self) -> dict[str, int]:
        """Return the minutes by id."""
        if self._open is not None:
            self._report.add(
                "IMS650", "a quote is left open", self._open, help='close it with `"`'
            )
        columns = self._columns()
        found: dict[str, int] = {}
        seen: dict[str, Span] = {}
        for row in self._rows[1:] if columns else ():
            cells = {key: row[i] for key, i in columns.items() if i < len(row) and row[i].text}
            if "id" not in cells:
                self._report.add("IMS651", "the row names no step", row[0].span)
                continue
            id_ = step_of(cells["id"], self._project, self._report)
            took = self._took(cells)
            if id_ is None or took is None:
                continue
            if id_ in seen:
                self._report.add(
                    "IMS651", f"`{id_}` is there twice, first in line {seen[id_].line}",
                    cells["id"].span, help="keep one row, or give each rehearsal a file",
                )  # fmt: skip
                continue
            seen[id_] = cells["id"].span
            found[id_] = took
        return found

    def _columns(self) -> dict[str, int]:
        """Return the columns by what they hold; empty, after reporting, where they will not do."""
        heading = self._rows[0] if self._rows else []
        known = {name: key for key, names in COLUMNS.items() for name in names}
        found: dict[str, int] = {}
        for i, cell in enumerate(heading):
            key = known.get(" ".join(cell.text.lower().split()))
            if key is not None:
                found.setdefault(key, i)
        timed = "duration" in found or {"start", "finish"} <= found.keys()
        if "id" in found and timed:
            return found
        wanted = "`start` and `finish`, or `duration`" if "id" in found else "`id`"
        self._report.add(
            "IMS650",
            f"there is no column {wanted}",
            heading[0].span if heading else self._nowhere,
            help="begin the file with a row such as `id,start,finish` or `id,duration`",
        )
        return {}

    def _took(self, cells: Mapping[str, Cell]) -> int | None:
        """Return the minutes of a row: as stated, else from start to finish less the pause."""
        if "duration" in cells:
            return self._span(cells["duration"])
        missing = [key for key in ("start", "finish") if key not in cells]
        if missing:
            self._report.add(
                "IMS652",
                f"`{cells['id'].text}` has no {' and no '.join(missing)}",
                cells["id"].span,
                help="leave out steps that were not rehearsed",
            )
            return None
        first, last = self._moment(cells["start"]), self._moment(cells["finish"])
        pause = self._span(cells["pause"]) if "pause" in cells else 0
        if first is None or last is None or pause is None:
            return None
        if last - first - pause < 0:
            what = "finishes before it starts" if last < first else "pauses longer than it takes"
            self._report.add("IMS653", f"`{cells['id'].text}` {what}", cells["finish"].span)
            return None
        return self._sane(last - first - pause, cells["finish"])

    def _moment(self, cell: Cell) -> Instant | None:
        try:
            raw = parse_instant(cell.text)
        except Misread as error:
            self._report.add("IMS652", error.message, cell.span, help=error.help)
            return None
        if raw.minute is None:
            self._report.add(
                "IMS652", f"`{cell.text}` is a day, expected a time", cell.span,
                help=f"write `{cell.text} 19:30`",
            )  # fmt: skip
            return None
        return self._dates.start(At(raw, cell.span), self._zone)

    def _span(self, cell: Cell) -> int | None:
        """Return minutes: a number of them, or hours and minutes in the plan's notation."""
        if cell.text.isascii() and cell.text.isdecimal() and len(cell.text) < 9:
            return self._sane(int(cell.text), cell)
        try:
            raw = parse_duration(cell.text)
        except Misread as error:
            self._report.add("IMS652", error.message, cell.span, help=error.help)
            return None
        minutes = {"m": 1, "em": 1, "h": 60, "eh": 60}
        if any(unit not in minutes for _, unit in raw.amounts):
            self._report.add(
                "IMS652", f"`{cell.text}` depends on a calendar, expected time on the clock",
                cell.span, help="write hours and minutes, `1h30m`, or minutes, `90`",
            )  # fmt: skip
            return None
        total = sum(amount * minutes[unit] for amount, unit in raw.amounts)
        return self._sane(round(total), cell)

    def _sane(self, minutes: int, cell: Cell) -> int | None:
        if minutes <= _LONGEST:
            return minutes
        self._report.add("IMS653", "a step of a rehearsal took over 60 days", cell.span)
        return None


def step_of(cell: Cell, project: Project, report: Report) -> str | None:
    """Return the activity that a name means: a full id, or the end of exactly one."""
    name = cell.text
    if name in project.activities:
        return _timed(name, cell, project, report)
    ends = [id_ for id_ in project.activities if id_.endswith(f".{name}")]
    if len(ends) == 1:
        return _timed(ends[0], cell, project, report)
    if ends:
        listed = ", ".join(f"`{one}`" for one in ends[:6])
        report.add("IMS651", f"`{name}` may be {listed}", cell.span, help=f"write `{ends[0]}`")
    elif name in project.groups or any(id_.endswith(f".{name}") for id_ in project.groups):
        report.add("IMS651", f"`{name}` is a group", cell.span, help="time the steps inside it")
    else:
        near = close_to(
            name, [*project.activities, *(id_.rpartition(".")[2] for id_ in project.activities)]
        )
        report.add(
            "IMS651", f"`{name}` is no activity of the plan", cell.span, help=did_you_mean(near)
        )
    return None


def _timed(id_: str, cell: Cell, project: Project, report: Report) -> str | None:
    kind = project.activities[id_].kind
    if kind in {Kind.TASK, Kind.GATE}:
        return id_
    what = "a milestone" if kind is Kind.MILESTONE else "a hammock"
    report.add(
        "IMS651", f"`{id_}` is {what}, it has no duration to learn", cell.span,
        help="remove the row",
    )  # fmt: skip
    return None


def _workbook(path: Path, project: Project, report: Report) -> dict[str, int]:
    """Return the time between actual start and finish of the rows that have both."""
    answers = read_answers(path, project, report)
    found: dict[str, int] = {}
    if answers is None:
        return found
    dates, nowhere = Dates(report), Span(str(path), 1, 1, 1, 2)
    for id_, given in answers.given.items():
        # A date may stand on one sheet or on several that agree.
        said = [
            next((one for one in given.get(key, ()) if one.text), None)
            for key in ("actual_start", "actual_finish")
        ]
        start, finish = said
        activity = project.activities.get(id_)
        if start is None or finish is None or activity is None:
            continue
        if activity.kind not in {Kind.TASK, Kind.GATE}:
            continue
        first, last = (
            dates.start(At(parse_instant(one.text), nowhere), answers.zone)
            for one in (start, finish)
        )
        if first is None or last is None:
            continue
        if last < first:
            report.add("IMS653", f"{finish.place}: `{id_}` finishes before it starts")
            continue
        found[id_] = last - first
    return found
