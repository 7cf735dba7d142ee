"""Sheet *Baseline*: what was agreed, what is planned now, and how far they are apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell

from imsgen.analysis.forecast import Forecast, Measure, forecast
from imsgen.formats.xlsx import look
from imsgen.formats.xlsx.book import Book, Column, Sheet, serial
from imsgen.formats.xlsx.listing import FIRST, begin, end
from imsgen.formats.xlsx.text import clean
from imsgen.model import DAY, Activity, Group, Instant, Schedule
from imsgen.schedule.views import end_text

NAME = "Baseline"
ABOUT = (
    "What was agreed, what is planned now and how much later that is: live in days of the "
    "calendar, and in working days as solved."
)
_COLUMNS = (
    Column("ID", 24),
    Column("Task", 46),
    Column("Owner", 23),
    Column("Baseline start", 16.5),
    Column("Start", 16.5),
    Column("Start variance (d)", 9.5),
    Column("Baseline finish", 16.5),
    Column("Finish", 16.5),
    Column("Finish variance (d)", 9.5),
    Column("Working days later", 9.5),
    Column("Note", 30),
)
_DATES = (3, 6)
"""Columns of what was agreed; what is planned and the variance follow."""
_DEEPEST = 15
"""Steps of indentation in Excel."""


@dataclass(frozen=True, slots=True)
class _Line:
    id: str
    name: str
    depth: int
    is_group: bool
    owner: str = ""
    agreed: tuple[Instant, Instant] | None = None
    now: tuple[Instant, Instant] | None = None
    later: float | None = None
    """Working days of the activity's calendar."""
    note: str = ""


def add_baseline(book: Book) -> None:
    """Add the sheet; without a baseline there is none."""
    baseline = book.baseline
    if baseline is None:
        return
    found = forecast(book.facts.schedule, baseline)
    rows = list(_lines(book, baseline, found))
    sheet = book.sheet(NAME, ABOUT)
    begin(sheet, "Baseline", _summary(book.facts.schedule, baseline, found), _COLUMNS)
    for at, line in enumerate(rows, FIRST):
        _write(sheet, at, line)
    last = max(FIRST + len(rows) - 1, FIRST)
    for column in (first + 2 for first in _DATES):
        cell = xl_rowcol_to_cell(FIRST, column)
        sheet.worksheet.conditional_format(
            FIRST, column, last, column,
            {
                "type": "formula",
                "criteria": f"=AND(ISNUMBER({cell}),{cell}>0)",
                "format": sheet.book.rule(font_color=look.CRITICAL, bold=True),
            },
        )  # fmt: skip
    end(sheet, _COLUMNS, last, 2)


def _summary(schedule: Schedule, baseline: Schedule, found: Forecast) -> str:
    zone = schedule.project.timezone
    parts = [
        f"Against revision {baseline.revision}, which finished {end_text(baseline.finish, zone)}",
        f"now {end_text(schedule.finish, zone)}",
    ]
    for name, measure in (("BEI", found.bei), ("CPLI", found.cpli)):
        if measure.value is not None:
            parts.append(f"{name} {float(measure.value):.2f}")
    if _known(found.missed):
        parts.append(f"{found.hit} of {found.missed.denominator} tasks due were hit")
    return " · ".join(parts)


def _known(measure: Measure) -> bool:
    return measure.value is not None


def _lines(book: Book, baseline: Schedule, found: Forecast) -> Iterator[_Line]:
    """Yield the outline, then what the baseline has and the plan no longer does."""
    facts = book.facts
    project = facts.project
    variances = {one.id: one for one in found.variances}
    for id_ in project.outline:
        now = facts.dates(id_)
        if now is None:
            continue
        node = project.activities.get(id_) or project.groups[id_]
        depth = sum(1 for _ in project.ancestors(id_))
        variance = variances.get(id_)
        yield _Line(
            id_,
            node.name,
            depth,
            isinstance(node, Group),
            facts.person(node.owner),
            variance.agreed if variance else None,
            now,
            variance.finish / project.day if variance else None,
            _news(id_, variance.was if variance else ""),
        )
    for id_ in found.dropped:
        gone: Activity = baseline.project.activities[id_]
        dates = baseline.activities[id_]
        yield _Line(
            id_, gone.name, 0, False, agreed=(dates.start, dates.finish),
            note="No longer in the plan",
        )  # fmt: skip


def _news(id_: str, was: str) -> str:
    """Return what the line says of the activity's id in the baseline, empty where it is the same."""
    if was == id_:
        return ""
    return f"Was {was}" if was else "Not in the baseline"


def _write(sheet: Sheet, at: int, line: _Line) -> None:
    style = (look.CELL, *((look.GROUP,) if line.is_group else ()))
    indent: look.Style = {"indent": min(line.depth, _DEEPEST)} if line.depth else {}
    sheet.text(at, 0, line.id, *style, look.USER)
    sheet.text(at, 1, clean(line.name), *style, look.USER, indent)
    sheet.text(at, 2, clean(line.owner), *style, look.USER)
    agreed, now = line.agreed or (None, None), line.now or (None, None)
    for i, first in enumerate(_DATES):
        was, planned = agreed[i], now[i]
        sheet.moment(at, first, was, *style, look.LEFT)
        sheet.moment(at, first + 1, planned, *style, look.LEFT)
        _variance(sheet, at, first, was, planned, *style)
    sheet.number(at, 9, line.later, look.VARIANCE, *style, look.CENTRED)
    sheet.text(at, 10, clean(line.note), *style, look.OFF_PLAN)


def _variance(
    sheet: Sheet, at: int, first: int, was: Instant | None, now: Instant | None, *style: look.Style
) -> None:
    """Write by how many days on the wall a date is later than what was agreed, live."""
    place = (at, first + 2)
    if was is None or now is None:
        sheet.number(*place, None, look.VARIANCE, *style)
        return
    before, after = (xl_rowcol_to_cell(at, column, col_abs=True) for column in (first, first + 1))
    zone = sheet.book.facts.zone
    days = serial(now, zone) - serial(was, zone)
    shown = 0.0 if abs(days) < 1 / (2 * DAY) else round(days, 5)
    formula = f'=IF(COUNT({before},{after})=2,ROUND({after}-{before},5),"")'
    sheet.formula(*place, formula, shown, look.VARIANCE, *style, look.CENTRED)
