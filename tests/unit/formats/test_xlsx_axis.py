from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.placed import placed_schedule
from tests.support.projects import at, make_project, resource, task
from tests.support.weekend import weekend

from imsgen.formats.facts import Facts
from imsgen.formats.xlsx.book import serial
from imsgen.formats.xlsx.listing import height
from imsgen.formats.xlsx.parties import marks_of
from imsgen.formats.xlsx.scale import Scale, minute_scale, scale_of
from imsgen.formats.xlsx.spans import spans_of
from imsgen.formats.xlsx.text import clean, lines, margin, sheet_name
from imsgen.formats.xlsx.workload import workloads
from imsgen.model import Instant, Kind, Party, Window
from imsgen.schedule.tminus import t_minus, zero_of

NEW_YORK = ZoneInfo("America/New_York")
UTC = ZoneInfo("UTC")


def test_a_serial_is_the_local_clock_in_days() -> None:
    """2026-11-02 is day 46328 of Excel; 13:00 UTC is 08:00 in New York, a third of a day."""
    assert serial(at("2026-11-02 00:00"), UTC) == 46328
    assert serial(at("2026-11-02 13:00"), NEW_YORK) == 46328 + 8 / 24


@pytest.mark.parametrize(
    ("last", "unit", "slots"),
    [
        ("2026-11-03 17:00", "1 h", 34),
        ("2026-11-08 17:00", "4 h", 39),
        ("2026-11-29 17:00", "day", 28),
        ("2027-11-01 17:00", "week", 53),
        ("2030-11-01 17:00", "month", 49),
    ],
)
def test_the_axis_is_as_coarse_as_the_plan_is_long(last: str, unit: str, slots: int) -> None:
    """From Monday 2 November 2026 08:00: hours, four hours, days, weeks, months."""
    scale = scale_of(at("2026-11-02 08:00"), at(last), UTC)
    assert (scale.unit, len(scale.slots)) == (unit, slots)


def test_no_slot_is_shorter_than_a_day_where_the_clocks_change() -> None:
    """From Saturday to Sunday of the change the schedule shows days, not a doubled hour."""
    scale = scale_of(at("2026-10-31 12:00"), at("2026-11-01 20:00"), NEW_YORK)
    assert scale.unit == "day"


def test_days_begin_at_local_midnight_also_when_they_have_25_hours() -> None:
    """1 November 2026 lasts from 04:00 UTC to 05:00 UTC of the next day in New York."""
    scale = scale_of(at("2026-10-20 12:00"), at("2026-11-10 12:00"), NEW_YORK)
    starts = [slot.start for slot in scale.slots]
    first = starts.index(at("2026-11-01 04:00"))
    assert starts[first + 1] - starts[first] == 25 * 60


def test_quarters_of_an_hour_label_the_hour_and_the_minutes() -> None:
    """20:00 is `20`, then 15, 30, 45; the first slot names the day."""
    scale = minute_scale(at("2026-11-02 20:05"), at("2026-11-02 21:00"), 15, UTC)
    assert [slot.tick for slot in scale.slots] == ["20", "15", "30", "45", "21"]
    assert scale.slots[0].band == "Mon 2 Nov"


instants = st.integers(at("2026-01-01 00:00"), at("2030-01-01 00:00")).map(Instant)


@given(instants, st.integers(0, 5 * 525_600), st.sampled_from([UTC, NEW_YORK]))
def test_the_axis_holds_the_plan_without_gaps(first: Instant, span: int, zone: ZoneInfo) -> None:
    """Slots follow each other, the first begins at or before the plan, the last ends after it."""
    scale: Scale = scale_of(first, Instant(first + span), zone)
    starts = [slot.start for slot in scale.slots] + [scale.end]
    assert starts == sorted(set(starts))
    assert starts[0] <= first
    assert starts[-2] <= first + span < starts[-1]
    assert len(scale.slots) <= 131


def test_letters_are_different_and_shared_work_is_grey() -> None:
    """Customer, contractor, cloud: C, O, L; what two share gets S."""
    parties = {id_: Party(id_, id_.title()) for id_ in ("customer", "contractor", "cloud")}
    both = ("customer", "cloud")
    project = make_project([task("a", 60, party=both)], parties=parties)
    marks = marks_of(project)
    assert [marks[(id_,)].letter for id_ in parties] == ["C", "O", "L"]
    assert marks[both].letter == "S"


def test_the_outage_is_the_stretch_worth_a_sheet() -> None:
    """Six activities lie in the outage; the gate before it does not."""
    (span,) = spans_of(weekend())
    assert (span.name, len(span.ids), span.window) == ("Outage weekend", 6, True)


def test_a_freeze_is_no_place_to_work_in() -> None:
    """A window that forbids is not shown, nor is one that holds four activities."""
    freeze = Window(
        "f", "Freeze", ((at("2026-11-01 00:00"), at("2026-11-06 00:00")),), False, ("x",)
    )
    long = task("z", 480 * 20)
    six = [task(f"t{i}", 60) for i in range(6)]
    assert not spans_of(placed_schedule(make_project([*six, long], windows={"f": freeze})))
    work = Window("w", "Work", freeze.occurrences)
    assert len(spans_of(placed_schedule(make_project([*six, long], windows={"w": work})))) == 1
    few = [*six[:4], long]
    assert not spans_of(placed_schedule(make_project(few, windows={"w": work})))


def test_a_short_plan_is_its_own_stretch() -> None:
    """Five activities within a week need no window to get their hours shown."""
    (span,) = spans_of(placed_schedule(make_project([task(f"t{i}", 60) for i in range(5)])))
    assert not span.window


def test_load_follows_the_working_time_and_capacity_its_steps() -> None:
    """A day and a half at 50 % is 6 hours; capacity doubles on Wednesday: 16 + 48 hours."""
    doubled = resource("r", capacity=((None, 100), (at("2026-11-04 00:00"), 200)))
    project = make_project([task("a", 720, needs={"r": 50})], (), [doubled])
    ends = [at("2026-11-02 00:00"), at("2026-11-03 00:00"), at("2026-11-09 00:00")]
    (load,) = workloads(Facts(placed_schedule(project)), ends)
    assert load.load == (4, 2)
    assert load.capacity == (8, 8 + 3 * 16)


def test_night_work_adds_to_the_capacity_it_uses() -> None:
    """Eight hours of Sunday on a round-the-clock calendar are load, and capacity, not overload."""
    project = make_project([task("a", 480, "bridge", {"r": 100})], (), [resource("r")])
    schedule = placed_schedule(project, {"a": "2026-11-08 02:00"})
    (load,) = workloads(Facts(schedule), [at("2026-11-08 00:00"), at("2026-11-09 00:00")])
    assert (load.load, load.capacity) == ((8,), (8,))


def test_equipment_is_held_while_the_work_rests_and_people_on_hammocks_are_free() -> None:
    """From Monday 08:00 to Tuesday 12:00 the crane is held 28 hours, the engineer 12."""
    crane, engineer = resource("crane", holds=True), resource("engineer")
    work = task("a", 720, needs={"crane": 100, "engineer": 100})
    project = make_project([work], (), [crane, engineer])
    ends = [at("2026-11-02 00:00"), at("2026-11-09 00:00")]
    loads = workloads(Facts(placed_schedule(project)), ends)
    assert [load.load for load in loads] == [(28,), (12,)]
    schedule = placed_schedule(make_project([work], (), [crane, engineer]))
    hammock = task("a", 720, needs={"engineer": 100}, kind=Kind.HAMMOCK)
    lead = make_project([hammock], (), [crane, engineer])
    shown = Facts(placed_schedule(lead, activities=schedule.activities))
    assert workloads(shown, ends)[1].load == (0,)


def test_t_minus_counts_elapsed_days_to_the_last_decision() -> None:
    """The gate ends on Friday 19:00 EDT; the outage steps begin a day and an hour later."""
    schedule = weekend()
    zero = zero_of(schedule)
    assert zero is not None
    assert t_minus(schedule.activities["cutover.stop"].start, zero.instant) == "T+1d 1h"
    assert t_minus(Instant(zero.instant - 150), zero.instant) == "T-2h 30m"
    assert t_minus(zero.instant, zero.instant) == "T-0"


def test_sheet_names_are_what_excel_accepts() -> None:
    """Forbidden signs go, 31 characters stay, the same name in other case gets a number."""
    assert sheet_name("Hours: [a/b]*?", []) == "Hours   a b"
    assert sheet_name("'Quoted'", []) == "Quoted"
    assert sheet_name("history", []) == "History of plan"
    assert sheet_name("", []) == "Sheet"
    assert sheet_name("COVER", ["Cover"]) == "COVER 2"
    assert sheet_name("x" * 40, ["X" * 31]) == "x" * 29 + " 2"


@given(st.text(), st.lists(st.text(), max_size=3))
def test_any_text_makes_a_sheet_name(text: str, others: list[str]) -> None:
    """At most 31 characters, none forbidden, no apostrophe at the ends, none used before."""
    taken: list[str] = []
    for other in others:
        taken.append(sheet_name(other, taken))
    name = sheet_name(text, taken)
    assert 0 < len(name) <= 31
    assert not any(sign in name for sign in "[]:*?/\\")
    assert name.strip("'") == name
    assert name.lower() not in [other.lower() for other in taken]


@given(st.text(st.characters(), max_size=300))
def test_clean_text_can_be_written(text: str) -> None:
    """No control character but tab and line feed, no lone surrogate, nothing else changed."""
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert not any(ord(sign) < 32 and sign not in "\t\n" for sign in cleaned)
    if text.isprintable():
        assert cleaned == text


def test_cells_hold_what_excel_counts() -> None:
    """32,767 UTF-16 units: an emoji is two of them; what is cut ends in an ellipsis."""
    assert len(clean("x" * 32_767)) == 32_767
    cut = clean("😀" * 20_000)
    assert len(cut.encode("utf-16-le")) // 2 <= 32_767
    assert cut.endswith("😀…")


def test_margins_double_the_ampersand() -> None:
    """`&A` in a header would print the sheet's name."""
    assert margin("R&A") == "R&&A"
    assert margin("x" * 254 + "&") == "x" * 254


def test_lines_count_breaks_and_wraps() -> None:
    """Two lines, the second of which wraps once at ten characters."""
    assert lines("one\ntwo three four", 10) == 3


def test_labels_of_narrow_slots_do_not_touch() -> None:
    """Beside a wide table every other hour has its label; those of half hours stand apart."""
    hours = minute_scale(at("2026-11-01 00:00"), at("2026-11-01 04:00"), 60, UTC)
    assert hours.ticks(2.0) == ["00", "01", "02", "03", "04"]
    assert hours.ticks(1.2) == ["00", "", "02", "", "04"]
    halves = minute_scale(at("2026-11-01 00:00"), at("2026-11-03 00:00"), 30, UTC)
    assert halves.ticks(1.2)[:5] == ["00", "", "01", "", "02"]


def test_rows_of_long_paragraphs_are_no_higher_than_they_fill() -> None:
    """Two lines are 27 points; of 34 lines counted, 30 are enough."""
    assert height([("abcdefghi " * 2, 10)]) == 27
    assert height([("abcdefghij " * 34, 10)]) == 15 + 29 * 12


def test_lines_keep_words_whole() -> None:
    """Three words of six do not share lines of ten; one of 25 takes two and a half."""
    assert lines("abcdef abcdef abcdef", 10) == 3
    assert lines("x" * 25 + " ab", 10) == 3
    assert lines("x" * 30 + " ab", 10) == 4
