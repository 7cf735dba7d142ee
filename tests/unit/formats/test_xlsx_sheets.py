"""The sheets beside the schedule: baseline, health, who answers for what."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.support.placed import placed_schedule
from tests.support.projects import at, link, make_project, resource, task
from tests.support.weekend import weekend, weekend_project

from imsgen.formats import Options
from imsgen.formats.facts import Facts
from imsgen.formats.xlsx import as_bytes
from imsgen.formats.xlsx.raci import parts_of
from imsgen.model import (
    Communication,
    End,
    Event,
    Gate,
    Group,
    Kind,
    Party,
    Schedule,
    When,
)

TEMPLATE = (
    Path(__file__).parents[4]
    / "shared/data/m3/workbooks/M3-Playbook-Master-Schedule-Template.xlsx"
)
"""The M3 Master Schedule Template, which is not ours to keep in the tree, but perhaps beside it."""


def rows(schedule: Schedule, sheet: str, key: str, **options: Any) -> dict[Any, dict[str, Any]]:
    """Return the lines of a list, with the values of formulas, by what one column says."""
    data = io.BytesIO(as_bytes(schedule, Options(**options)))
    worksheet = openpyxl.load_workbook(data, data_only=True)[sheet]
    headings = [str(cell.value) for cell in worksheet[4]]
    lines = worksheet.iter_rows(min_row=5, values_only=True)
    found = [dict(zip(headings, line, strict=True)) for line in lines]
    return {line[key]: line for line in found}


def test_the_baseline_sheet_says_how_much_later_everything_is() -> None:
    """The rehearsal was to end on Friday 16 October and ends on Tuesday: 4 days, 2 of work.

    What the baseline has not, and what the plan no longer has, says so.
    """
    project = weekend_project()
    kept = {id_: one for id_, one in project.activities.items() if id_ != "pre.train"}
    kept["pre.gone"] = task("pre.gone", 480, name="Gone")
    outline = (*(id_ for id_ in project.outline if id_ != "pre.train"), "pre.gone")
    links = tuple(one for one in project.dependencies if "pre.train" not in (
        one.predecessor, one.successor))  # fmt: skip
    earlier = placed_schedule(
        replace(project, activities=kept, outline=outline, dependencies=links),
        {"pre.rehearse": "2026-10-13 12:00"},
    )
    found = rows(weekend(), "Baseline", "ID", baselines={"agreed": earlier})
    assert found["pre.rehearse"]["Finish variance (d)"] == 4
    assert found["pre.rehearse"]["Working days later"] == 2
    assert found["pre.plan"]["Start variance (d)"] == 0
    assert found["pre.train"]["Note"] == "Not in the baseline"
    assert found["pre.train"]["Finish variance (d)"] is None
    assert found["pre.gone"]["Note"] == "No longer in the plan"
    assert "later" not in found


def test_without_a_baseline_there_is_no_sheet_for_one() -> None:
    """A workbook without one has no empty sheet."""
    book = openpyxl.load_workbook(io.BytesIO(as_bytes(weekend())))
    assert "Baseline" not in book.sheetnames


def test_health_shows_the_fourteen_points() -> None:
    """A > B, and C loose: all three lack something, 100 % against 5 %; no status date, no BEI."""
    project = make_project(
        [task("a", 480), task("b", 480), task("c", 480)], [link("a", "b", "FS", 60)]
    )
    found = rows(placed_schedule(project), "Health", "Point")
    assert list(found) == [*range(1, 15)]
    logic = found[1]
    assert (logic["Finding"], logic["Value"], logic["Target"]) == ("FLAG", 1, 0.05)
    assert (logic["Counted"], logic["Of"], logic["Concerned"]) == (3, 3, "a, b, c")
    assert found[3]["Concerned"] == "a > b"
    assert found[2]["Finding"] == "PASS"
    bei = found[14]
    assert (bei["Finding"], bei["Value"]) == ("NOT ASSESSABLE", None)
    assert bei["Concerned"] == "the plan has no status date"


def test_many_ids_are_counted_not_all_named() -> None:
    """Of 70 loose tasks 60 are named."""
    project = make_project([task(f"t{i}", 480) for i in range(70)])
    text = rows(placed_schedule(project), "Health", "Point")[1]["Concerned"]
    assert text.endswith(", t59, and 10 more")


def _raci() -> Facts:
    """Return a group of two parties owned by one, one without owner, and a gate."""
    message = Communication(
        "m", "Told", When(event=Event("g", End.FINISH)), audience="All of Vendor GmbH"
    )
    project = make_project(
        [
            task("g.a", 480, needs={"ann": 100}, party=("agency",)),
            task("g.b", 480, needs={"bob": 100}, party=("vendor",)),
            task("h.c", 480, needs={"bob": 100}),
            task("gate", 60, "bridge", kind=Kind.GATE),
        ],
        (),
        [resource("ann", party="agency"), resource("bob", party="vendor"),
         resource("eve", name="Eve", party="host")],
        groups=(
            Group("g", "Both", party=("agency", "vendor"), owner="ann"),
            Group("h", "Nobody's", party=("agency", "vendor")),
        ),
        parties={
            "agency": Party("agency", "Agency"),
            "vendor": Party("vendor", "Vendor GmbH"),
            "host": Party("host", "Host"),
        },
        gates={"gate": Gate("gate", ("eve", "ann"), (), ("bob",))},
        communications={"m": message},
    )  # fmt: skip
    return Facts(placed_schedule(project))


def test_one_party_answers_and_others_work() -> None:
    """The owner's party answers for G; both work in it. Nobody answers for H."""
    found = {part.id: part for part in parts_of(_raci())}
    assert found["g"].roles == {"agency": "AR", "vendor": "R", "host": ""}
    assert found["h"].roles == {"agency": "R", "vendor": "R", "host": ""}
    assert found["gate"].roles == {"agency": "C", "vendor": "C", "host": "A"}
    assert found["gate"].accountable == "Eve"


def test_who_only_hears_of_it_is_informed() -> None:
    """A message at the end of G for a party that does not work in it."""
    facts = _raci()
    told = facts.project.communications["m"]
    project = replace(
        facts.project, communications={"m": replace(told, audience="The host's people")}
    )
    found = {part.id: part for part in parts_of(Facts(placed_schedule(project)))}
    assert found["g"].roles["host"] == "I"


def test_the_raci_sheet_says_what_is_to_settle() -> None:
    """A group of two parties without an owner has nobody accountable."""
    found = rows(_raci().schedule, "RACI", "ID")
    assert found["g"]["Agency"] == "A R"
    assert found["g"]["To settle"] is None
    assert found["h"]["To settle"] == "No party is accountable"


def test_parties_of_one_name_have_headings_of_their_own() -> None:
    """A native filter needs no two headings alike, and people neither."""
    project = make_project(
        [task("g.a", 60)],
        groups=(Group("g", "G", party=("p",)),),
        parties={"p": Party("p", "Same"), "q": Party("q", "Same")},
        status_date=at("2026-11-01 00:00"),
    )
    (line,) = rows(placed_schedule(project), "RACI", "ID").values()
    assert (line["Same (p)"], line["Same (q)"]) == ("A", None)


def test_load_by_hour_counts_who_is_held() -> None:
    """The database team of two: one backs up from 20:45 EDT, both load from 01:00 EDT on.

    Saturday 20 has a quarter of an hour of one; 21 to 23 have one; from 01 on two of two.
    """
    book = openpyxl.load_workbook(io.BytesIO(as_bytes(weekend())))
    sheet = book["Resources by hour"]
    rows_ = {(row[0].value, row[5].value): row for row in sheet.iter_rows(min_row=5)}
    first = 7
    ticks = [cell.value for cell in sheet[4]][first:]
    load = [cell.value for cell in rows_[("dba", "Load h")]][first : first + len(ticks)]
    there = [cell.value for cell in rows_[("dba", "Capacity h")]][first : first + len(ticks)]
    begin = 24  # Friday 20:00 is the first hour
    assert ticks[begin : begin + 5] == ["20", "21", "22", "23", "00"]
    assert load[begin : begin + 7] == [0.25, 1, 1, 1, 0.75, 2, 2]
    assert there[begin + 5] == 2
    used = [cell.value for cell in rows_[("dba", "Used")]][first:]
    assert (used[begin + 1], used[begin + 5]) == (0.5, 1)


def test_charts_show_load_by_party_and_of_the_busiest() -> None:
    """Weeks: one by party, one for each of two resources with load; hours: the same for one.

    Every name in them is that of a cell: text of a plan cannot become a formula there.
    """
    data = as_bytes(weekend())
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        charts = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
        texts = [parts.read(name).decode() for name in charts]
    assert len(charts) == 5
    assert all("<c:tx><c:strRef><c:f>" in text for text in texts)
    assert not any("<a:t>" in text for text in texts)


def test_the_m3_layout_is_that_of_the_template() -> None:
    """Where the template of the PMO is at hand: its headings, one by one, are our first."""
    if not TEMPLATE.is_file():
        pytest.skip("the template is not here")
    theirs = openpyxl.load_workbook(TEMPLATE, read_only=True)
    head = next(theirs.worksheets[0].iter_rows(max_row=1, values_only=True))
    theirs.close()
    wanted = [str(name).strip() for name in head if name]
    book = openpyxl.load_workbook(io.BytesIO(as_bytes(weekend(), Options(layout="m3"))))
    assert [cell.value for cell in book["Schedule"][5]][: len(wanted)] == wanted
    assert len(wanted) == 11


def test_weeks_of_a_long_plan_are_narrow_enough_to_read_on_paper() -> None:
    """Up to 26 weeks have wide columns; of 40 each holds five digits, whole hours from 100 on."""
    people = [resource("team", units=500)]
    widths = {}
    for days in (20, 190):
        project = make_project([task("a", days * 480)], resources=people)
        book = openpyxl.load_workbook(io.BytesIO(as_bytes(placed_schedule(project))))
        sheet = book["Resources"]
        widths[days] = (round(sheet.column_dimensions["H"].width), sheet["H7"].number_format)
    assert widths == {20: (8, "#,##0.0#"), 190: (6, "[>=100]#,##0;0.0#")}


def test_totals_are_not_cut_in_two_where_programs_fit_more_or_fewer_rows() -> None:
    """Of 28 resources the last ends near the foot of a page: the totals begin the next one."""
    people = [resource(f"r{i}") for i in range(28)]
    project = make_project([task("a", 190 * 480, needs={"r0": 100})], resources=people)
    book = openpyxl.load_workbook(io.BytesIO(as_bytes(placed_schedule(project))))
    sheet = book["Resources"]
    totals = next(c.row for c in sheet["A"] if str(c.value).startswith(("People", "The busiest")))
    assert [one.id for one in sheet.row_breaks.brk][:1] == [totals - 1]
