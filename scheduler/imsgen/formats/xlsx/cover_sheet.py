"""Sheet *Cover*: what this is, how good it is, how to read it, how to change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imsgen.formats.facts import SHARED, Facts
from imsgen.formats.xlsx import look
from imsgen.formats.xlsx.book import Book, Column, Sheet
from imsgen.formats.xlsx.parties import marks_of
from imsgen.formats.xlsx.text import clean, lines
from imsgen.model import Status, Verdict
from imsgen.schedule.lateness import deadlines
from imsgen.schedule.views import elapsed_text, end_text
from imsgen.schedule.way_back import last_safe_text, rollback_text, told, told_windows, window_name

NAME = "Cover"
_WIDTHS = (Column("", 5), Column("", 18), Column("", 92))
_LINE = 12.0
_TITLE_WIDTH, _TITLE_LINES = 62.0, 15
"""Letters of a line of the title, and lines that a row can be high."""
_UNSAFE = (Verdict.TOO_LATE, Verdict.OPEN, Verdict.PAST)
_GATES = 8
"""Gates whose way back the cover tells; the sheet *Way back* has all."""
_LIGHT = frozenset({look.NON_WORKING, look.EDITABLE, look.OPEN_WINDOW, look.CLOSED_WINDOW})


def add_cover(book: Book) -> None:
    """Add the sheet."""
    sheet = book.sheet(NAME)
    project = book.facts.project
    sheet.columns(_WIDTHS)
    sheet.worksheet.set_portrait()
    sheet.worksheet.set_paper(9)
    sheet.title(project.name, "Integrated master schedule, made by imsgen from a text plan")
    _fold_title(sheet, clean(project.name))
    row = _section(sheet, 3, "This schedule", list(_facts(book.facts)))
    row = _section(sheet, row, "Sheets", list(_sheets(book.about)))
    row = _legend(sheet, row)
    _section(sheet, row, "How to change it", list(_editing()))


def _fold_title(sheet: Sheet, name: str) -> None:
    """Let a long name take several lines: beside the page it would make all of it smaller."""
    count = min(lines(name, _TITLE_WIDTH), _TITLE_LINES)
    if count > 1:
        style = sheet.book.style(look.TITLE, look.WRAPPED, look.USER)
        sheet.worksheet.merge_range(0, 0, 0, len(_WIDTHS) - 1, name, style)
        sheet.worksheet.set_row(0, look.TITLE_HEIGHT * count)


def _section(sheet: Sheet, row: int, heading: str, lines_: list[tuple[str, str]]) -> int:
    """Write a heading and its lines; return the row after the blank one below."""
    _heading(sheet, row, heading)
    for label, text in lines_:
        row += 1
        extra = lines(text, 122) - 1
        top: look.Style = {"valign": "top" if extra else "vcenter"}
        sheet.text(row, 0, label, top, {"font_color": look.FAINT})
        sheet.text(row, 2, clean(text), look.WRAPPED, top, look.USER)
        height = look.ROW_HEIGHT + _LINE * extra
        sheet.worksheet.set_row(row, min(height, 400))
    return row + 2


def _heading(sheet: Sheet, row: int, text: str) -> None:
    for column in range(len(_WIDTHS)):
        sheet.text(row, column, "" if column else text, look.HEADING, {"text_wrap": False})


def _facts(facts: Facts) -> Iterator[tuple[str, str]]:
    schedule, project = facts.schedule, facts.project
    yield "Finish", end_text(schedule.finish, project.timezone)
    yield "Proof", _proof(facts)
    late = [one for one in deadlines(schedule) if one.late]
    known = deadlines(schedule)
    if known:
        missed = "; ".join(f"{one.name} by {elapsed_text(one.late)}" for one in late)
        yield "Deadlines", f"missed: {missed}" if late else f"{len(known)} of {len(known)} met"
    yield from _way_back(facts)
    status = project.status_date
    reported = "none: no progress has been reported"
    yield "Status date", end_text(status, project.timezone) if status is not None else reported
    yield "Time zone", f"{project.timezone}, unless a column says UTC"
    yield "Revision", str(schedule.revision)
    yield "Plan", f"{project.id}, {schedule.plan_hash[:12]}"
    if schedule.driving_chain:
        names = [project.activities[id_].name for id_ in schedule.driving_chain]
        yield "Drives the finish", " → ".join(names)
    if project.notes:
        yield "Notes", project.notes


def _way_back(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield until when each window and gate leave time to go back, and the gates that leave none."""
    schedule, project = facts.schedule, facts.project
    for window in told_windows(schedule):
        text = last_safe_text(project, window)
        yield "Way back", f"{window_name(project, window)}: {text}"
    backs = told(schedule)
    for gate, back in list(backs.items())[:_GATES]:
        yield "No-Go", f"{project.activities[gate].name}: {rollback_text(project, back)}"
    if len(backs) > _GATES:
        yield "No-Go", f"and {len(backs) - _GATES} more gates: see the sheet Way back"
    unsafe = [back.gate for back in backs.values() if back.verdict in _UNSAFE]
    if unsafe:
        names = ", ".join(project.activities[gate].name for gate in unsafe)
        yield "Unsafe gates", f"{names}: the sheet Way back says why"


def _proof(facts: Facts) -> str:
    schedule = facts.schedule
    if schedule.status is Status.OPTIMAL:
        return "proved optimal: no schedule of this plan finishes earlier"
    bound = end_text(schedule.bound, facts.project.timezone)
    text = f"not proved: at most {schedule.gap:.1%} too long, none finishes before {bound}"
    return f"{text}; the search was stopped" if schedule.status is Status.INTERRUPTED else text


def _sheets(about: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what each sheet of the workbook holds, then what its words mean."""
    for name, text in about.items():
        if text:
            yield name, text
    yield (
        "Total float",
        (
            "Working days an activity may slip without moving the finish, by links and by who is "
            "free. Critical: nothing left."
        ),
    )
    yield (
        "Predecessors",
        (
            "As in MS Project, by the number in column No., which is the task's in the .xml file; "
            "column After has them by id."
        ),
    )
    yield (
        "Duration",
        (
            "In the plan's notation: m, h, d; e stands for elapsed, ? for an assumption. Hours are "
            "the same as a number. A group's is working time between its dates."
        ),
    )


def _legend(sheet: Sheet, row: int) -> int:
    """Write a swatch and a word for each kind of bar."""
    swatches = [
        ("◆", look.MILESTONE, "Milestone"),
        ("", look.SUMMARY, "Group, from its first start to its last finish"),
        ("", look.DONE, "Done, by % complete"),
        ("", look.CRITICAL, "Critical; the column Critical says Yes"),
    ]
    seen = []
    for mark in marks_of(sheet.book.facts.project).values():
        if mark.letter not in seen:
            seen.append(mark.letter)
            words = "Shared work" if mark.name == SHARED else f"Work of {mark.name}"
            swatches.append((mark.letter, mark.colour, words))
    swatches += [
        ("", look.NOBODY, "Work of no party"),
        ("", look.NON_WORKING, "Nobody works by the plan's calendar"),
        *(
            [("", look.INK, "The line beside a bar: where it lay in the baseline")]
            if sheet.book.baseline
            else []
        ),
        ("", look.OPEN_WINDOW, "In the line of dates: a window to work in is open"),
        ("", look.CLOSED_WINDOW, "In the line of dates: a window that keeps work out"),
        ("", look.EDITABLE, "For you to fill in: `imsgen update` brings it into the plan"),
    ]
    _heading(sheet, row, "Bars")
    for letter, colour, text in swatches:
        row += 1
        light = colour in _LIGHT
        font = look.INK if light else "#FFFFFF"
        style: look.Style = {"bg_color": colour, "font_color": font, "bold": True}
        sheet.text(row, 0, letter, style, look.CENTRED)
        sheet.text(row, 1, text, look.USER, {"indent": 1})
    return row + 2


def _editing() -> Iterator[tuple[str, str]]:
    yield "Plan", "The plan is a text file: change it there, then `imsgen solve` writes this anew."
    yield (
        "Progress",
        (
            "Fill in the yellow cells: % complete, actual dates, what remains (2d, 4h), owner, "
            "notes. Save, then `imsgen update PLAN WORKBOOK` lists what that changes in the plan, "
            "and writes it with --write. Everything else here is made anew by the next solve."
        ),
    )
    yield (
        "Here",
        (
            "Sort, filter, fold and print as you like. Bars follow the dates of their row; typing "
            "another date moves a bar, not the plan. The blue line is the status date, in cell "
            "StatusDate: type one, or =TODAY(), to move it."
        ),
    )
