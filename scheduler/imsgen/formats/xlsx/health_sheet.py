"""Sheet *Health*: the fourteen points of the DCMA, as far as a schedule can answer them."""

from __future__ import annotations

from imsgen.analysis.forecast import Finding
from imsgen.analysis.health import Point, health
from imsgen.formats.xlsx import look
from imsgen.formats.xlsx.book import Book, Column, Sheet
from imsgen.formats.xlsx.listing import FIRST, HEAD, begin, end, height
from imsgen.formats.xlsx.text import clean

NAME = "Health"
ABOUT = (
    "The fourteen points of the DCMA: what passes, what to look at, and the ids concerned. "
    "A target may be changed: the finding follows."
)
_COLUMNS = (
    Column("Point", 7),
    Column("Measure", 24),
    Column("Finding", 18),
    Column("Value", 9),
    Column("", 4),
    Column("Target", 8),
    Column("Counted", 10),
    Column("Of", 10),
    Column("What is counted", 52),
    Column("Concerned", 90),
)
_FINDING, _VALUE, _SIGN, _TARGET, _COUNTED, _OF, _RATIO, _IDS = range(2, 10)
_MOST, _MOST_PASSED = 60, 12
"""Ids named in a cell: of points to look at, and of those that pass."""
_INDICES = frozenset({12, 13, 14})
"""Points that are ratios near 1; the others are shares."""
_MINUTES = frozenset({12, 13})
"""Points that count minutes."""


def add_health(book: Book) -> None:
    """Add the sheet."""
    points = health(book.facts.schedule, book.baseline)
    sheet = book.sheet(NAME, ABOUT)
    counts = {each: sum(one.measure.finding is each for one in points) for each in Finding}
    begin(
        sheet,
        "Health",
        f"{counts[Finding.PASSED]} points pass, {counts[Finding.FLAG]} to look at, "
        f"{counts[Finding.NOT_ASSESSABLE]} not assessable · tasks are work with a duration, open "
        "those not finished · float is of links and deadlines",
        _COLUMNS,
    )
    for column in (_VALUE, _TARGET, _COUNTED, _OF):
        sheet.text(HEAD, column, _COLUMNS[column].heading, look.HEADING, look.RIGHT)
    sheet.text(HEAD, _RATIO, _COLUMNS[_RATIO].heading, look.HEADING, look.LEFT, {"indent": 1})
    for at, point in enumerate(points, FIRST):
        _write(sheet, at, point)
    last = FIRST + len(points) - 1
    _colour(sheet, last)
    end(sheet, _COLUMNS, last, 2)


def _write(sheet: Sheet, at: int, point: Point) -> None:
    measure = point.measure
    style = (look.CELL, look.WRAPPED)
    value = measure.value
    index = point.number in _INDICES
    shown = look.INDEX if index else look.SHARE
    sheet.number(at, 0, point.number, look.COUNT, *style, look.CENTRED)
    sheet.text(at, 1, measure.name[:1].upper() + measure.name[1:], *style, {"bold": True})
    row = at + 1
    held = f'IF($E{row}="≤",$D{row}<=$F{row},$D{row}>=$F{row})'
    finding = f'=IF(ISNUMBER($D{row}),IF({held},"PASS","FLAG"),"NOT ASSESSABLE")'
    sheet.formula(at, _FINDING, finding, str(measure.finding), "General", *style)
    ratio = f'=IF(N($H{row})=0,"",ROUND($G{row}/$H{row},9))'
    exact = None if value is None else round(float(value), 9)
    sheet.formula(at, _VALUE, ratio, exact, shown, *style)
    sheet.text(at, _SIGN, "≤" if measure.at_most else "≥", *style, look.RIGHT)
    target: look.Style = {"bg_color": look.SHADE}
    sheet.number(at, _TARGET, float(measure.target), shown, *style, target)
    known = value is not None
    minutes = point.number in _MINUTES and not measure.reason
    count = f'{look.THOUSANDS}" min"' if minutes else look.COUNT
    sheet.number(at, _COUNTED, measure.numerator if known else None, count, *style)
    sheet.number(at, _OF, measure.denominator if known else None, count, *style)
    sheet.text(
        at, _RATIO, point.counts, *style, {"font_color": look.FAINT, "indent": 1}, look.LEFT
    )
    most = _MOST_PASSED if measure.finding is Finding.PASSED else _MOST
    text = measure.reason or _named(measure.offenders, most)
    sheet.text(at, _IDS, clean(text), *style, look.USER)
    sheet.worksheet.set_row(at, height([(text, 98), (point.counts, 52)]))


def _named(ids: tuple[str, ...], most: int) -> str:
    more = len(ids) - most
    text = ", ".join(ids[:most])
    return f"{text}, and {more} more" if more > 0 else text


def _colour(sheet: Sheet, last: int) -> None:
    for finding, look_of_it in (
        (Finding.PASSED, {"font_color": look.DONE, "bold": True}),
        (Finding.FLAG, {"font_color": look.CRITICAL, "bold": True}),
        (Finding.NOT_ASSESSABLE, {"font_color": look.FAINT}),
    ):
        sheet.worksheet.conditional_format(
            FIRST, _FINDING, last, _FINDING,
            {
                "type": "cell", "criteria": "==", "value": f'"{finding}"',
                "format": sheet.book.rule(**look_of_it),
            },
        )  # fmt: skip
