"""What a plan file says, as a document."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from imsgen.diagnostics import Report
from imsgen.model import ConstraintType, End, LinkType
from imsgen.plan.document import At, Document, RawItem
from imsgen.plan.syntax import read_document, read_text

ANNOTATED = Path(__file__).parent / "annotated.yaml"


def read(text: str) -> Document:
    """Return the document of a text without problems."""
    report = Report()
    document = read_text(text, "plan.yaml", report)
    assert report.diagnostics == []
    assert document is not None
    return document


@pytest.fixture(scope="module")
def plan() -> Document:
    """Return the annotated plan of the reference, which uses nearly every key."""
    report = Report()
    document = read_document(ANNOTATED, "annotated.yaml", report)
    assert report.diagnostics == []
    assert document is not None
    return document


def item(document: Document, path: str) -> RawItem:
    """Return an activity by its path of ids."""
    items = document.activities
    found: RawItem | None = None
    for part in path.split("."):
        found = next(one for one in items if one.id.value == part)
        items = found.activities or ()
    assert found is not None
    return found


def values(found: tuple[At[str], ...] | None) -> list[str]:
    """Return texts without their places."""
    return [one.value for one in found or ()]


def test_the_head(plan: Document) -> None:
    """Name, dates, zone and units stand as written, with their places."""
    assert plan.imsgen is not None
    assert plan.imsgen.value == "1"
    assert plan.start is not None
    assert (plan.start.value.day, plan.start.value.minute) == (date(2026, 11, 2), 480)
    assert (plan.start.span.line, plan.start.span.column, plan.start.span.end_column) == (3, 8, 24)
    assert plan.timezone is not None
    assert plan.timezone.value == "America/New_York"
    assert plan.day is not None
    assert plan.day.value.amounts == ((Fraction(8), "h"),)
    assert values(plan.include) == ["pool.yaml", "progress.yaml"]
    assert plan.keys["calendars"].line > plan.keys["include"].line


def test_calendars(plan: Document) -> None:
    """Weeks, bases, holidays, dated and recurring exceptions."""
    office, night, crew, bridge = plan.calendars
    assert office.work is not None
    days, hours = office.work[0]
    assert (days, hours.intervals) == ((0, 1, 2, 3, 4), ((480, 720), (780, 1020)))
    assert values(office.holidays) == ["US"]
    eve, week = (one.value for one in office.exceptions)
    assert eve.hours.intervals == ((480, 720),)
    assert week.dates is not None
    assert (week.dates.first.day, week.dates.last.day) == (date(2026, 12, 28), date(2026, 12, 31))
    assert week.hours.intervals == ()
    assert night.work is not None
    assert night.work[0][1].intervals == ((1320, 1800),)
    assert crew.base is not None
    assert crew.base.value == "office"
    assert crew.exceptions[0].value.rrule == "FREQ=MONTHLY;BYDAY=1MO"
    assert bridge.work is not None
    assert [(days, hours.intervals) for days, hours in bridge.work] == [
        ((0, 1, 2, 3, 4, 5, 6), ((0, 1440),))
    ]


def test_windows_and_resources(plan: Document) -> None:
    """Single, forbidding and repeating windows; dated capacity, percent, leave."""
    windows = {one.id.value: one for one in plan.windows}
    assert values(windows["freeze"].forbids) == ["release"]
    assert values(windows["freeze"].except_) == ["cutover"]
    weekend = windows["weekend"].every
    assert weekend is not None
    assert (weekend.value.weekdays, weekend.value.length) == ((5,), 1800)
    people = {one.id.value: one for one in plan.resources}
    assert [units for _, units in people["dba"].capacity] == [100, 200]
    assert people["ana"].capacity == ((None, 50),)
    assert people["ana"].leave[0].value.last.day == date(2027, 1, 2)
    assert people["prod"].holds is True
    assert plan.parties[1][1].value == "Integrator"


def test_activities(plan: Document) -> None:
    """Durations, links, needs, undo, alternatives, spans and progress of single lines."""
    rehearse = item(plan, "pre.rehearse")
    assert rehearse.duration is not None
    assert rehearse.duration.value.most is not None
    assert rehearse.duration.value.most.amounts == ((Fraction(5), "d"),)
    assert [(link.id.value, link.type) for link in rehearse.after] == [
        ("freeze", LinkType.FS),
        ("convert", LinkType.FF),
    ]
    assert [values(need.resources) for need in rehearse.needs] == [
        ["dba"],
        ["prod"],
        ["ana", "ben"],
    ]
    assert rehearse.needs[2].any
    convert = item(plan, "pre.convert")
    assert [(need.resources[0].value, need.units) for need in convert.needs] == [
        ("dba", 100),
        ("ana", 50),
    ]
    assess = item(plan, "pre.assess")
    assert assess.after[0].lag is not None
    assert assess.after[0].lag.percent == Fraction(50)
    assert assess.constraint[0].value.type is ConstraintType.SNET
    load = item(plan, "cutover.load")
    assert load.name == "Load, convert, check"
    assert load.undo is not None
    assert load.undo.value.verify is not None
    build = item(plan, "cutover.build")
    assert [one.needs[0].units for one in build.alternatives if one.needs] == [200, 100]
    lead = item(plan, "cutover.lead").spans
    assert lead is not None
    assert not isinstance(lead.value, str)
    assert [(event.id.value, event.end) for event in lead.value] == [
        ("stop", End.START),
        ("switch", End.FINISH),
    ]
    accept = item(plan, "cutover.accept").after[0]
    assert accept.lag_calendar is not None
    assert (accept.lag_calendar.value, accept.reason) == ("bridge", "Reconciliation")


def test_groups_includes_and_the_rest(plan: Document) -> None:
    """Groups have activities; includes, externals and identities keep their text."""
    move = item(plan, "move")
    assert move.activities is not None
    assert move.within is not None
    assert (move.within[0].value.window.value, move.within[0].value.together) == ("weekend", True)
    assert item(plan, "cutover").ignore_resource_calendars is True
    include = item(plan, "fin").include
    assert include is not None
    assert include.value == "teams/finance.yaml"
    later = item(plan, "later")
    assert later.uid is not None
    assert (later.uid.value, later.active) == ("4711", False)
    node = item(plan, "servers.node-1")
    assert node.links == {"Runbook": "https://wiki.example/patch"}
    assert node.fields == {"change": "CHG001"}


def test_meetings_progress_and_expectations(plan: Document) -> None:
    """Gates, checkpoints, messages, progress and what is expected."""
    gate = plan.gates[0]
    assert gate.gate
    assert gate.else_ is not None
    assert gate.else_.value == "contingency"
    assert gate.criteria == ("No open severity 1",)
    standup, bridge_call, halfway = plan.checkpoints
    assert standup.until is not None
    assert standup.until.value.event is not None
    assert standup.until.value.event.end is End.FINISH
    assert bridge_call.every is not None
    assert bridge_call.every.value.interval is not None
    assert halfway.at is not None
    assert halfway.at.value.lag is not None
    trigger = plan.comms[0].trigger
    assert trigger is not None
    assert trigger.value.lag is not None
    assert trigger.value.lag.negative
    done = dict((id_.value, progress) for id_, progress in plan.progress)  # noqa: C402
    assert done["pre.train"].percent_complete is not None
    assert done["pre.train"].percent_complete.value == 60
    assert plan.options["protect"].value == "rollback"
    expected = {one.subject.value: one for one in plan.expect}
    assert values(expected["critical"].ids) == ["load"]
    finish = expected["finish"].value
    assert finish is not None
    assert finish.value == "2026-12-12..2026-12-20"


def test_scalars_are_text() -> None:
    """Times, versions, octal numbers and words of YAML 1.1 keep their text."""
    plan = read("activities: {007: {name: no, notes: 12:30, uid: 0x1F, fields: {on: 1.10}}}")
    only = plan.activities[0]
    assert (only.id.value, only.name, only.notes) == ("007", "no", "12:30")
    assert only.uid is not None
    assert only.uid.value == "0x1F"
    assert only.fields == {"on": "1.10"}


def test_hyphens_and_length_are_read() -> None:
    """A hyphen in a key is an underscore; `length` of meetings is `duration`."""
    plan = read(
        "activities: {a: {duration: 1d, on-abort: finish}}\n"
        "gates: {g: {length: 1h}}\ncheckpoints: {c: {at: a.finish, length: 15m}}"
    )
    assert plan.activities[0].on_abort == "finish"
    assert plan.gates[0].duration is not None
    assert plan.checkpoints[0].duration is not None
    assert "duration" in plan.gates[0].keys


def test_progress_on_an_activity() -> None:
    """Progress keys of an activity are gathered, their places kept."""
    only = read(
        "activities: {a: {duration: 1d, actual_start: 2026-11-02, remaining: 2h}}"
    ).activities[0]
    assert only.progress is not None
    assert only.progress.actual_start is not None
    assert only.progress.remaining is not None
    assert only.progress.span == only.keys["actual_start"]


def test_what_cannot_be_read_leaves_its_place() -> None:
    """A wrong value is reported and left out; its key stays known, so nothing follows from it."""
    report = Report()
    plan = read_text("activities: {a: {duration: 3 days, owner: pm}}", "plan.yaml", report)
    assert plan is not None
    only = plan.activities[0]
    assert only.duration is None
    assert "duration" in only.keys
    assert only.owner is not None
    assert [one.code for one in report.diagnostics] == ["IMS120"]


def test_a_link_may_look_like_an_id() -> None:
    """`load-1h` is an id where there is such an activity, and where nothing else fits."""
    plan = read("activities: {load: {}, load-1h: {}, b: {after: load-1h}, c: {after: other-1h}}")
    assert [one.after[0].id.value for one in plan.activities[2:]] == ["load-1h", "other-1h"]


def test_places_inside_quotes() -> None:
    """In plain text the wrong piece is pointed at; in quotes the whole text is."""
    report = Report()
    read_text("activities: {a: {after: b SS+x}, c: {after: 'b SS+x'}}", "plan.yaml", report)
    plain, in_quotes = (one.span for one in report.diagnostics)
    assert plain is not None
    assert in_quotes is not None
    assert (plain.column, plain.end_column) == (30, 31)
    assert (in_quotes.column, in_quotes.end_column) == (45, 53)


def test_several_syntax_errors_show_at_once() -> None:
    """After a line that is no YAML reading resumes, and wrong values show as well."""
    report = Report()
    text = (
        "name: Phase 1: design\nstart: 11/02/2026\nactivities:\n"
        "  a: {name: Team [A]}\n  b: {duration: 3 days}\n  c: {name: @x}\n"
    )
    assert read_text(text, "plan.yaml", report) is None
    found = [(one.code, one.span.line) for one in report.sorted() if one.span]
    assert found == [("IMS116", 1), ("IMS124", 2), ("IMS116", 4), ("IMS120", 5), ("IMS116", 6)]
