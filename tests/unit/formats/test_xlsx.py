from __future__ import annotations

import hashlib
import io
import random
import re
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from tests.support.cost import calls
from tests.support.placed import make_meeting, placed_schedule
from tests.support.projects import at, link, make_project, resource, task
from tests.support.weekend import weekend, weekend_project

from imsgen.formats import Options
from imsgen.formats.project_links import links_text
from imsgen.formats.xlsx import as_bytes
from imsgen.formats.xlsx.text import clean
from imsgen.model import (
    DAY,
    Communication,
    End,
    Event,
    Group,
    Instant,
    Party,
    Schedule,
    Status,
    When,
)


def opened(schedule: Schedule) -> Any:
    """Return the workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(as_bytes(schedule)))


def table(book: Any, sheet: str, heading_row: int) -> list[dict[str, Any]]:
    """Return the rows below a heading row, by heading, up to the first empty one."""
    worksheet = book[sheet]
    headings = [cell.value for cell in worksheet[heading_row]]
    width = next((i for i, name in enumerate(headings) if name is None), len(headings))
    rows = []
    for cells in worksheet.iter_rows(min_row=heading_row + 1, max_col=width, values_only=True):
        if all(value is None for value in cells):
            break
        rows.append(dict(zip(headings[:width], cells, strict=True)))
    return rows


def column(book: Any, heading: str) -> int:
    """Return the column of sheet Schedule under a heading, counted from 0."""
    return [cell.value for cell in book["Schedule"][5]].index(heading)


def letter(book: Any, heading: str) -> str:
    return str(get_column_letter(column(book, heading) + 1))


def grid(book: Any) -> int:
    """Return the first column of the bars, counted from 0: after a gap and the parties' letters."""
    return [cell.value for cell in book["Schedule"][5]].index(None) + 2


def values(schedule: Schedule, **options: Any) -> Any:
    """Return the workbook with the values of formulas, not the formulas."""
    data = as_bytes(schedule, Options(**options))
    return openpyxl.load_workbook(io.BytesIO(data), data_only=True)


@pytest.fixture(scope="module")
def book() -> Any:
    return opened(weekend())


@pytest.fixture(scope="module")
def rows(book: Any) -> dict[str, dict[str, Any]]:
    return {row["ID"]: row for row in table(values(weekend()), "Schedule", 5)}


def test_sheets_are_in_the_order_people_leaf_through_them(book: Any) -> None:
    """Schedule is first and active, because previews and PDF show the first; Cover is last."""
    assert book.sheetnames == [
        "Schedule", "Cutover hours", "Checkpoints", "Resources", "Resources by hour", "RACI",
        "Health", "Cover", "Lists", "_imsgen",
    ]  # fmt: skip
    assert book.active.title == "Schedule"


def test_every_activity_and_group_has_a_row(rows: dict[str, dict[str, Any]]) -> None:
    """13 activities and 3 groups, also those off the plan of record, in outline order."""
    assert len(rows) == 16
    assert list(rows)[:3] == ["pre", "pre.plan", "pre.rehearse"]
    assert rows["contingency.restore"]["Status"] == "On No-Go"
    assert rows["later"]["Status"] == "Inactive"
    assert rows["later"]["Start"] is None


def test_dates_are_local_values_not_formulas(rows: dict[str, dict[str, Any]]) -> None:
    """Saturday 31 October 20:00 in New York is 00:00 UTC on Sunday; 45 minutes later it ends."""
    stop = rows["cutover.stop"]
    assert str(stop["Start"]) == "2026-10-31 20:00:00"
    assert str(stop["Finish"]) == "2026-10-31 20:45:00"
    assert stop["Duration"] == "45m"
    assert stop["Hours"] == 0.75
    assert stop["Critical"] == "Yes"
    assert stop["After"] == "go-live"
    assert rows["cutover.check"]["After"] == "cutover.load SS+3h, cutover.load FF+30m"


def test_links_are_written_as_ms_project_writes_them(rows: dict[str, dict[str, Any]]) -> None:
    """By the number of the row: the load is row 10, the outline has `pre` and its four before."""
    assert rows["cutover.load"]["No."] == 10
    assert rows["cutover.check"]["Predecessors"] == "10SS+3 hours,10FF+30 mins"
    assert rows["pre.train"]["Predecessors"] == "2SS+2 days"
    assert rows["cutover.load"]["Successors"] == "11SS+3 hours,11FF+30 mins"
    assert rows["cutover.stop"]["Predecessors"] == "6"


@pytest.mark.parametrize(
    ("lag", "calendar", "text"),
    [
        (480, "successor", "7FS+1 day"),
        (-960, "successor", "7FS-2 days"),
        (1440, "24x7", "7FS+1 eday"),
        (120, "24x7", "7FS+2 ehours"),
        (90, "successor", "7FS+90 mins"),
        (0, "successor", "7"),
    ],
)
def test_lags_as_ms_project_writes_them(lag: int, calendar: str, text: str) -> None:
    """Days are the plan's, elapsed ones begin with an e; a plain link is the number alone."""
    one = link("a", "b", "FS", lag, lag_calendar=calendar)
    assert links_text([one], {"a": 7}, 480, before=True) == text


def test_an_hour_that_occurs_twice_shows_its_zone(book: Any) -> None:
    """The load starts at 01:00 EDT, an hour that comes again as EST; 20:00 comes once."""
    start = column(book, "Start")
    lines = book["Schedule"].iter_rows(min_row=6)
    formats = {row[0].value: row[start].number_format for row in lines}
    assert formats["cutover.load"] == 'yyyy-mm-dd hh:mm "EDT"'
    assert formats["cutover.stop"] == "yyyy-mm-dd hh:mm"


def test_progress_and_float_are_numbers(rows: dict[str, dict[str, Any]]) -> None:
    """Half a rehearsal; 960 minutes of float are two days; the group: 5 of 12 days, 41 %."""
    assert rows["pre.rehearse"]["% complete"] == 0.5
    assert rows["pre.train"]["Total float (d)"] == 2
    assert rows["pre"]["% complete"] == 0.41
    assert rows["pre.plan"]["Status"] == "Complete"
    assert rows["pre.rehearse"]["Status"] == "In progress"


def test_a_group_is_the_mean_of_what_is_inside_live(book: Any) -> None:
    """Looked up by id, weighed by minutes: rows may be sorted, and the value is in the file."""
    sheet = book["Schedule"]
    ids, percent, minutes, done = (
        letter(book, name) for name in ("ID", "% complete", "Weight (min)", "Done (min)")
    )
    inside = f'${ids}$6:${ids}$21,${ids}6&".*"'
    worked = f"SUMIFS(${done}$6:${done}$21,{inside})/SUMIFS(${minutes}$6:${minutes}$21,{inside})"
    formula = sheet[f"{percent}6"].value
    assert formula.startswith(f"=IFERROR(ROUNDDOWN(100*{worked}+1E-9,0)/100,")
    assert sheet[f"{minutes}7"].value == 480 * 3
    assert sheet[f"{done}7"].value == f"=${minutes}7*N(${percent}7)"
    assert sheet[f"{percent}7"].value == 1


def test_status_and_days_to_go_are_live(rows: dict[str, dict[str, Any]], book: Any) -> None:
    """From Monday 19 October the load ends in 13 days; what is complete has none to go."""
    assert rows["cutover.load"]["Days to go"] == 13
    assert rows["pre.plan"]["Days to go"] is None
    assert rows["pre.plan"]["Done (min)"] == 1440
    lines = {row["ID"]: row for row in table(book, "Schedule", 5)}
    assert lines["pre.plan"]["Status"].startswith("=IF(")
    assert lines["contingency.restore"]["Status"] == "On No-Go"


@pytest.mark.parametrize(
    ("deadline", "finish", "status", "said"),
    [
        ("2026-11-03 00:00", "2026-11-02 17:00", None, "Planned"),
        ("2026-11-02 16:59", "2026-11-02 17:00", None, "Late"),
        ("2026-11-02 17:00", "2026-11-02 17:00", None, "Planned"),
        (None, "2026-11-02 17:00", "2026-11-02 18:00", "Overdue"),
        (None, "2026-11-02 17:00", "2026-11-02 17:00", "Planned"),
    ],
)
def test_late_and_overdue(
    deadline: str | None, finish: str, status: str | None, said: str
) -> None:
    """Late misses its deadline, to the minute or by the end of a day; overdue is in the past."""
    due = at(deadline) if deadline else None
    project = make_project(
        [task("a", 480, deadline=due)], status_date=at(status) if status else None
    )
    schedule = placed_schedule(project, {"a": "2026-11-02 08:00"})
    assert str(schedule.activities["a"].finish - at(finish)) == "0"
    (row,) = table(values(schedule), "Schedule", 5)
    assert row["Status"] == said


def test_no_formula_is_volatile(book: Any) -> None:
    """None changes by itself: the same file says the same tomorrow."""
    volatile = re.compile(r"\b(TODAY|NOW|RAND\w*|OFFSET|INDIRECT|CELL|INFO)\(")
    cells = [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    assert len(cells) > 30
    assert not any(volatile.search(str(cell.value)) for cell in cells)


def test_a_deadline_of_a_whole_day_is_that_day(book: Any) -> None:
    """Training is due on 22 October, which ends at 04:00 UTC of the 23rd in New York."""
    row = next(row for row in book["Schedule"].iter_rows(min_row=6) if row[0].value == "pre.train")
    due = row[column(book, "Deadline")]
    assert str(due.value) == "2026-10-22 00:00:00"
    assert due.number_format == "yyyy-mm-dd"


def test_the_outline_folds_and_the_head_stays(book: Any) -> None:
    """Children are one level down, headings repeat on each page and stay when scrolling."""
    sheet = book["Schedule"]
    assert sheet.row_dimensions[6].outlineLevel == 0
    assert sheet.row_dimensions[7].outlineLevel == 1
    assert sheet.freeze_panes == "D6"
    assert sheet.print_title_rows == "$3:$5"
    assert sheet.page_setup.orientation == "landscape"
    assert not sheet.sheet_properties.outlinePr.summaryBelow
    assert list(sheet.tables) == ["tblSchedule"]
    assert sheet.tables["tblSchedule"].ref == f"A5:{letter(book, 'Done (min)')}21"


def test_bars_are_a_few_rules_over_the_whole_grid(book: Any) -> None:
    """Milestone, group, done, critical, three party colours, the rest, and the status date."""
    rules = book["Schedule"].conditional_formatting
    begins = f"{get_column_letter(grid(book) + 1)}6:"
    whole = [rule for area in rules for rule in area.rules if str(area.sqref).startswith(begins)]
    formulas = [rule.formula[0] for rule in whole]
    assert len(formulas) == 9
    hours, key = letter(book, "Hours"), get_column_letter(grid(book))
    assert formulas[0].startswith(f"AND(ISNUMBER(${hours}6),${hours}6=0,")
    assert sum(f'${key}6="' in formula for formula in formulas) == 3
    assert any("StatusDate" in formula for formula in formulas)
    assert book.defined_names["StatusDate"].attr_text == "'Schedule'!$I$3"
    assert str(book["Schedule"]["I3"].value) == "2026-10-19 17:00:00"


def test_parties_have_letters_beside_their_colours(book: Any) -> None:
    """C for the customer, P for the provider, S for what both share."""
    key, mark = grid(book) - 1, column(book, "Mark")
    first = book["Schedule"][6]
    assert first[key].value == f'=${first[mark].column_letter}6&""'
    letters = {row[0].value: row[mark].value for row in book["Schedule"].iter_rows(min_row=6)}
    assert letters["pre.train"] == "C"
    assert letters["cutover.stop"] == "P"
    assert letters["pre.rehearse"] == "S"


def test_hours_are_the_runbook_of_the_window(book: Any) -> None:
    """Six steps by start; the load is 360 minutes although the clocks show 01:00 to 06:00."""
    hours = table(book, "Cutover hours", 5)
    assert [row["ID"] for row in hours] == [
        f"cutover.{one}" for one in ("stop", "backup", "load", "check", "switch", "open")
    ]
    load = hours[2]
    assert str(load["Start America/New_York"]) == "2026-11-01 01:00:00"
    assert str(load["Finish America/New_York"]) == "2026-11-01 06:00:00"
    assert str(load["Start UTC"]) == "2026-11-01 05:00:00"
    assert load["Minutes"] == 360
    assert load["T"] == "T+1d 6h"
    assert load["Backup"] == "Ana"
    assert load["Verification"] == "Row counts equal"
    assert load["Undo"] == "2h"
    assert hours[0]["Undo"] == "30m, verify 15m"
    assert hours[3]["Undo"] == "4h for all of cutover"
    assert hours[4]["Undo"] == "Point of no return"


def test_the_grid_shows_the_repeated_hour_twice(book: Any) -> None:
    """From Friday 20:00 to Monday 06:00 are 59 hours that night, and 01 comes twice on Sunday."""
    ticks = [cell.value for cell in book["Cutover hours"][5][21:]]
    labels = [tick for tick in ticks if tick]
    assert len(labels) == 59
    assert labels[27:32] == ["23", "00", "01", "01", "02"]


def test_checkpoints_are_local_and_utc_with_what_is_decided(book: Any) -> None:
    """The gate is Friday 18:00 EDT, 22:00 UTC; its decision is pending and comes from a list."""
    found = {row["ID"]: row for row in table(book, "Checkpoints", 4)}
    gate = found["go-live"]
    assert str(gate["Start local"]) == "2026-10-30 18:00:00"
    assert str(gate["Start UTC"]) == "2026-10-30 22:00:00"
    assert gate["Decides"] == "Program manager"
    assert gate["Criteria"] == "• No open severity 1\n• Rehearsal within 10 %"
    assert gate["Decision"] == "PENDING"
    assert found["bridge-call"]["Name"] == "Bridge call, 6 times"
    validation = book["Checkpoints"].data_validations.dataValidation[0]
    assert validation.formula1 == "lst_decision"
    assert book.defined_names["lst_decision"].attr_text == "'Lists'!$B$2:$B$5"
    assert [row[1].value for row in book["Lists"]][1:5] == [
        "PENDING", "GO", "CONDITIONAL", "NO-GO",
    ]  # fmt: skip
    assert book["Lists"].sheet_state == "hidden"
    assert gate["Days to go"].startswith("=IF(ISNUMBER(StatusDate),")


def test_each_of_a_series_is_folded_below_it(book: Any) -> None:
    """Six bridge calls are hidden rows of level one."""
    sheet = book["Checkpoints"]
    folded = [
        row for row, dimension in sheet.row_dimensions.items() if dimension.outlineLevel == 1
    ]
    assert len(folded) == 6
    assert all(sheet.row_dimensions[row].hidden for row in folded)


def test_load_is_compared_with_capacity_by_week(book: Any) -> None:
    """In the week of 12 October two DBAs rehearse two days: 32 of 80 hours, 40 %."""
    used, load, capacity = table(book, "Resources", 4)[:3]
    assert (used["Measure"], used["12"]) == ("Used", 0.4)
    assert (load["Measure"], load["12"]) == ("Load h", 32)
    assert (capacity["Measure"], capacity["12"]) == ("Capacity h", 80)


def test_the_cover_says_what_is_proved() -> None:
    """Proved and not proved are different sentences; the gap and the bound are named."""
    schedule = weekend(status=Status.FEASIBLE, bound=at("2026-10-31 00:00"))
    texts = [cell.value for row in opened(schedule)["Cover"].iter_rows() for cell in row]
    assert any(
        "not proved" in str(text) and "Fri 30 Oct 2026 20:00 EDT" in str(text) for text in texts
    )
    proved = [cell.value for row in opened(weekend())["Cover"].iter_rows() for cell in row]
    assert any(str(text).startswith("proved optimal") for text in proved)


def earlier() -> Schedule:
    """The weekend as it was agreed: rehearsal and training two days before."""
    schedule = weekend()
    moved = {
        id_: replace(one, start=Instant(one.start - 2 * DAY), finish=Instant(one.finish - 2 * DAY))
        if id_ in {"pre.rehearse", "pre.train"}
        else one
        for id_, one in schedule.activities.items()
    }
    return replace(schedule, activities=moved)


def with_options(**chosen: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(as_bytes(weekend(), Options(**chosen))))


def test_a_baseline_has_dates_a_variance_and_a_line_where_they_lay() -> None:
    """The rehearsal ends on the 20th, agreed was the 18th: two days later; the load is on time."""
    book = with_options(baselines={"approved": earlier()})
    found = {row["ID"]: row for row in table(book, "Schedule", 5)}
    assert str(found["pre.rehearse"]["Baseline finish"]) == "2026-10-18 17:00:00"
    formula = found["pre.rehearse"]["Finish variance (d)"]
    now, was = (letter(book, name) for name in ("Finish", "Baseline finish"))
    assert formula == f'=IF(COUNT(${now}8,${was}8)=2,ROUND(${now}8-${was}8,5),"")'
    cached = values(weekend(), baselines={"approved": earlier()})
    shown = {row["ID"]: row["Finish variance (d)"] for row in table(cached, "Schedule", 5)}
    assert shown["pre.rehearse"] == 2
    assert shown["cutover.load"] == 0
    assert shown["later"] is None
    lines = [
        rule
        for area in book["Schedule"].conditional_formatting
        for rule in area.rules
        if rule.dxf.border is not None and rule.dxf.border.bottom.style
    ]
    assert len(lines) == 1
    assert f"${letter(book, 'Baseline start')}6" in lines[0].formula[0]


def test_the_m3_layout_begins_with_the_columns_of_the_template() -> None:
    """Columns A to K are the template's, in its order; the rest follows, its id too."""
    book = with_options(layout="m3")
    headings = [cell.value for cell in book["Schedule"][5]]
    assert headings[:12] == [
        "Phase", "Task Name", "Duration", "% Complete", "Start", "Finish", "Actual Start",
        "Actual Finish", "Predecessors", "Successors", "Resource Type", "ID",
    ]  # fmt: skip
    row = next(row for row in table(book, "Schedule", 5) if row["ID"] == "pre.plan")
    assert (row["Task Name"], row["% Complete"]) == ("Write the cutover plan", 1)
    assert str(row["Actual Start"]) == "2026-10-12 04:00:00"


def test_a_group_named_as_an_m3_phase_has_its_number() -> None:
    """Readiness is phase 1 of M3; a group of any other name has none."""
    project = make_project(
        [task("r.a", 60), task("x.a", 60)],
        groups=(Group("r", "Readiness"), Group("x", "Readiness of all")),
    )
    data = as_bytes(placed_schedule(project), Options(layout="m3"))
    book = openpyxl.load_workbook(io.BytesIO(data))
    found = {row["ID"]: row["Phase"] for row in table(book, "Schedule", 5)}
    assert found == {"r": "1", "r.a": None, "x": None, "x.a": None}


def test_a_window_shows_in_the_line_of_dates() -> None:
    """The outage opens on Friday 30 October at 20:00: the labels of 30, 31 and 1 have a colour."""
    book = opened(weekend())
    ticks = book["Schedule"][5][grid(book) :]
    tinted = [cell.value for cell in ticks if cell.fill.fgColor.rgb == "FFF6DFB3"]
    assert tinted == ["30", "31", "1"]


def test_messages_stand_among_the_checkpoints() -> None:
    """Who tells whom, by what channel, and the words; the id of a meeting is no conflict."""
    message = Communication(
        "bridge-call", "System closes", When(event=Event("cutover", End.START), offset=-480),
        audience="All offices", channel="email", owner="pm", message="We close at 20:00",
        feedback="Reply to all",
    )  # fmt: skip
    project = replace(weekend_project(), communications={"bridge-call": message})
    schedule = placed_schedule(project, {"cutover.stop": "2026-11-01 00:00"})
    lines = table(opened(schedule), "Checkpoints", 4)
    found = next(row for row in lines if row["Kind"] == "Message")
    assert found["ID"] == "comms:bridge-call"
    assert found["Takes part"] == "From Program manager to All offices"
    assert found["Place"] == "email"
    assert found["Notes"] == "We close at 20:00\nFeedback: Reply to all"
    assert str(found["Start local"]) == "2026-10-31 12:00:00"
    assert sum(row["Name"].startswith("Bridge call, ") for row in lines) == 1


def test_what_people_fill_in_has_a_colour_and_is_remembered(book: Any) -> None:
    """The very hidden sheet has what the cells said; groups and inactive rows take no progress."""
    rows_ = {row[0].value: row for row in book["Schedule"].iter_rows(min_row=6)}
    assert rows_["pre.train"][6].fill.fgColor.rgb == "FFFFFBE6"
    assert rows_["pre"][6].fill.fgColor.rgb != "FFFFFBE6"
    assert rows_["later"][6].fill.fgColor.rgb != "FFFFFBE6"
    state = book["_imsgen"]
    assert state.sheet_state == "veryHidden"
    lines: dict[Any, Any] = {}
    for row in state.iter_rows(values_only=True):
        lines.setdefault(row[0], row)
    assert lines["status_date"][1] == "2026-10-19 17:00"
    assert lines["pre.rehearse"][1:7] == (
        "0", "50", "2026-10-15 04:00", None, "2d", "Program manager",
    )  # fmt: skip


def test_the_same_schedule_gives_the_same_bytes() -> None:
    """No clock, no order of a set: two builds, one hash."""
    one, two = (hashlib.sha256(as_bytes(weekend())).hexdigest() for _ in range(2))
    assert one == two


def formulas(book: Any) -> dict[tuple[str, str], str]:
    """Return the formulas of all sheets by place."""
    return {
        (sheet.title, cell.coordinate): str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def hostile(text: str) -> Schedule:
    """A plan all of whose texts are the given one."""
    activities = [
        replace(
            task("a.b", 60, needs={"r": 100}, name=text, party=("p",), owner="r", notes=text),
            checkpoint=True,
        ),
        task("a.c", 0, name=text, owner=text, backup=text, fields={"verify": text}),
    ]
    project = make_project(
        activities,
        [link("a.b", "a.c", lag_text=text)],
        [resource("r", name=text, party="p")],
        groups=(Group("a", text),),
        parties={"p": Party("p", text)},
        name=text,
        notes=text,
    )
    return placed_schedule(
        project,
        meetings=[
            make_meeting("a.b", "2026-11-02 08:00", "2026-11-02 09:00", name=text, series=text)
        ],
    )


@settings(max_examples=40, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200),
        st.sampled_from(
            [
                "=1+1",
                "+cmd|' /C calc'!A0",
                "-2",
                "@SUM(A1)",
                "\t=1",
                "http://example.org",
                "mailto:a@b.example",
                "internal:Sheet1!A1",
                "{=A1}",
                "0012",
                "1e5",
                "&A&[Page]",
                "_x0041_",
                "\ud800",
                "a\x00b",
                "x" * 40_000,
                "😀" * 20_000,
            ]
        ),
    )
)
def test_no_text_of_a_plan_becomes_a_formula_or_a_link(text: str) -> None:
    """Whatever the plan says, the file opens, the formulas are the same, and nothing links."""
    data = as_bytes(hostile(text))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            content = parts.read(name).decode("utf-8")
            if name.startswith("xl/worksheets/sheet"):
                assert "<hyperlink" not in content
            assert 'TargetMode="External"' not in content
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert formulas(book) == formulas(opened(hostile("plain")))


def test_three_hundred_hostile_texts_come_back() -> None:
    """In as many activities of one plan: each is in its cell, whole, and none is a formula."""
    draw = random.Random(6)
    begins = [
        "=",
        "+",
        "-",
        "@",
        "\t=",
        "\r\n=",
        "=HYPERLINK(",
        "http://",
        "mailto:",
        "{=",
        "'",
        '"',
        "",
    ]
    signs = "=+-@|!&<>'\"\\{}[]()%$#\t\n\x00\x07\x0b\ud800\ufffe\u202e\u200b_x0041_é東😀 "
    texts = [
        draw.choice(begins) + "".join(draw.choices(signs, k=draw.randrange(1, 60))) + f"~{i}"
        for i in range(300)
    ]
    activities = [
        task(f"a.t{i}", 60, name=text, owner=text, notes=text, fields={"check": text})
        for i, text in enumerate(texts)
    ]
    groups = (Group("a", texts[0]),)
    parties = {"p": Party("p", texts[1])}
    schedule = placed_schedule(make_project(activities, groups=groups, parties=parties))
    data = as_bytes(schedule)
    book = openpyxl.load_workbook(io.BytesIO(data))
    found = {row["ID"]: row for row in table(book, "Schedule", 5)}
    for i, text in enumerate(texts):
        row = found[f"a.t{i}"]
        assert row["Task"] == row["Owner"] == row["Notes"] == clean(text)
    harmless = [replace(one, name="n", owner="n", notes="n", fields={}) for one in activities]
    plain = make_project(harmless, groups=(Group("a", "n"),), parties={"p": Party("p", "n")})
    assert formulas(book) == formulas(opened(placed_schedule(plain)))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert not any("hyperlink" in parts.read(one).decode() for one in parts.namelist())


def test_text_that_looks_like_something_else_survives_as_it_is() -> None:
    """No apostrophe, no number, no lost zero: what the plan says is what the cell holds."""
    for text in ("=1+1", "0012", "_x0041_", "http://example.org", "Zürich ∩ 東京"):
        rows_ = {row["ID"]: row for row in table(opened(hostile(text)), "Schedule", 5)}
        assert rows_["a.b"]["Task"] == text


def test_user_text_stays_text_when_the_cell_is_edited(book: Any) -> None:
    """Cells with text of the plan carry the quote prefix, the dates do not."""
    row = next(row for row in book["Schedule"].iter_rows(min_row=6) if row[0].value == "pre.plan")
    assert row[2].quotePrefix
    assert not row[7].quotePrefix


def test_a_plan_of_one_activity_has_the_sheets_it_can_fill() -> None:
    """Without resources, meetings, parties and hours only three sheets to see are left."""
    book = opened(placed_schedule(make_project([task("a", 60)])))
    assert book.sheetnames == ["Schedule", "Health", "Cover", "_imsgen"]


def test_the_workbook_grows_with_the_plan() -> None:
    """Four times the rows cost hardly more than four times the calls; 5,000 fit in 4 MB."""
    small, large = _chains(5), _chains(20)
    assert calls(lambda: as_bytes(large)) < 4.5 * calls(lambda: as_bytes(small))
    assert len(as_bytes(_chains(100))) < 4_000_000


def _chains(groups: int) -> Schedule:
    """Return a schedule of groups of 50 in a chain each, over a year and more."""
    activities = [
        task(f"g{g}.t{t}", 480 + 60 * (t % 5), needs={f"r{g % 20}": 100}, party=(f"p{g % 3}",))
        for g in range(groups)
        for t in range(50)
    ]
    links = [link(f"g{g}.t{t}", f"g{g}.t{t + 1}") for g in range(groups) for t in range(49)]
    project = make_project(
        activities,
        links,
        [resource(f"r{i}", 1000) for i in range(20)],
        groups=tuple(Group(f"g{g}", f"Group {g}") for g in range(groups)),
        parties={f"p{i}": Party(f"p{i}", f"Party {i}") for i in range(3)},
    )
    return placed_schedule(project)
