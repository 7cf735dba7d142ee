"""Calendars, windows, dates and durations."""

from __future__ import annotations

from imsgen.diagnostics.codes import Code
from imsgen.diagnostics.model import Severity

CODES: tuple[Code, ...] = (
    Code(
        "IMS301",
        "a local time that occurs twice",
        "In the night when clocks go back an hour occurs twice. Write the offset from UTC to say "
        "which is meant. Repeating things (calendars, windows, checkpoints) take the first.",
        bad="constraint: SNET 2026-11-01 01:30            # timezone: America/New_York",
        good="constraint: SNET 2026-11-01 01:30-04:00",
    ),
    Code(
        "IMS302",
        "a local time that does not occur",
        "In the night when clocks go forward an hour is left out. Repeating things move to the "
        "next minute that exists.",
        bad="deadline: 2027-03-14 02:30      # timezone: America/New_York",
        good="deadline: 2027-03-14 03:30",
    ),
    Code(
        "IMS305",
        "a date far from the plan",
        "The date is more than ten years from the plan's start: most often a mistyped year.",
        bad="deadline: 2038-11-05      # start: 2026-11-02",
        good="deadline: 2028-11-05",
        severity=Severity.WARNING,
    ),
    Code(
        "IMS306",
        "a planned date before the plan's start",
        "Nothing is planned before `start:`. Actual dates, baselines and calendars may lie before "
        "it. A date without a time means the whole day, so a constraint on the first day is fine.",
        bad="load: {duration: 4h, constraint: SNET 2025-11-05}      # start: 2026-11-02",
        good="load: {duration: 4h, constraint: SNET 2026-11-05}",
    ),
    Code(
        "IMS307",
        "a plan without a start",
        "Everything starts as early as it can, and no earlier than the plan. The start is never "
        "taken from the clock: the same plan gives the same schedule tomorrow.",
        bad="imsgen: 1\nactivities: {load: {duration: 4h}}",
        good="imsgen: 1\nstart: 2026-11-02 08:00\nactivities: {load: {duration: 4h}}",
    ),
    Code(
        "IMS308",
        "unknown holidays",
        "Holidays are named by country (`US`) or by country and subdivision (`GB-SCT`), as in "
        "ISO 3166.",
        bad="office: {base: standard, holidays: UK}",
        good="office: {base: standard, holidays: GB}",
    ),
    Code(
        "IMS309",
        "calendars based on each other",
        "`base:` takes another calendar's hours, so the chain of bases has to end.",
        bad="office: {base: crew}\ncrew: {base: office}",
        good="office: {work: {mon-fri: 08:00-16:00}}\ncrew: {base: office}",
    ),
    Code(
        "IMS310",
        "hours stated twice",
        "Of two statements about a day the narrower wins: `fri` over `mon-fri`, a date over a "
        "range, any exception over a holiday, a calendar over its base. Two that are equally "
        "narrow contradict each other.",
        bad="work: {mon-wed: 08:00-16:00, tue-thu: 09:00-17:00}",
        good="work: {mon: 08:00-16:00, tue-thu: 09:00-17:00}",
    ),
    Code(
        "IMS311",
        "a calendar that never works",
        "From the plan's start on the calendar has no working time, so nothing on it could ever "
        "be done. Days that `work:` does not name are closed.",
        bad="shut: {exceptions: {2026-12-24: none}}",
        good="office: {base: standard, exceptions: {2026-12-24: none}}",
    ),
    Code(
        "IMS312",
        "a recurrence that is not usable",
        "Recurring exceptions follow RFC 5545 and give whole days. A rule that counts (every "
        "second week) needs the date it counts from.",
        bad="exceptions: [{rrule: FREQ=WEEKLY;BYDAY=1MO, work: none}]",
        good="exceptions: [{rrule: FREQ=MONTHLY;BYDAY=1MO, work: none}]",
    ),
    Code(
        "IMS313",
        "an exception at a time of day",
        "An exception gives other hours to whole days; the hours stand behind the date.",
        bad="exceptions: {2026-12-24 12:00: none}",
        good="exceptions: {2026-12-24: 08:00-12:00}",
    ),
    Code(
        "IMS314",
        "an end that is not after its start",
        "The stretch of time is empty or runs backwards.",
        bad="outage: {from: 2026-12-07 20:00, to: 2026-12-04 04:00}",
        good="outage: {from: 2026-12-04 20:00, to: 2026-12-07 04:00}",
    ),
    Code(
        "IMS315",
        "no working time is long enough without a pause",
        "`unbroken: true` means the activity runs through once begun. No stretch of working time "
        "of its calendar is that long, so it could never start.",
        bad="pour: {duration: 6h, unbroken: true}      # 08:00-12:00 and 13:00-17:00",
        good="pour: {duration: 6h, unbroken: true, calendar: site}      # 06:00-18:00",
    ),
    Code(
        "IMS316",
        "calendars that never meet",
        "An activity is worked on when its own calendar and those of all resources it needs work "
        "at once. Here that is never, or not long enough: a night shift on an activity in office "
        "hours is the usual case. People with different hours work in activities of their own; "
        "people on call have `ignore_resource_calendars: true`.",
        bad="load: {duration: 4h, needs: ben}      # ben works nights, load in office hours",
        good="load: {duration: 4h, needs: ben, calendar: night}",
    ),
    Code(
        "IMS317",
        "a `d` that is no day of this calendar",
        "`d` is always the plan's `day:`, 8 hours unless it says otherwise, on every calendar. On "
        "a calendar whose days are longer or shorter `1d` is not one of its days. For 24 hours "
        "write `1ed`, or give hours.",
        bad="watch: {duration: 2d, calendar: 24x7}      # 16 hours",
        good="watch: {duration: 2ed, calendar: 24x7}     # 48 hours",
        severity=Severity.WARNING,
    ),
    Code(
        "IMS318",
        "no calendar named",
        "The plan defines no calendar or several, and none with `calendar:` at the top, so the "
        "built-in `standard` holds for everything that names none.",
        bad="imsgen: 1\nstart: 2026-11-02\nactivities: {load: {duration: 4h}}",
        good="imsgen: 1\nstart: 2026-11-02\ncalendar: standard\nactivities: {load: {duration: 4h}}",
        severity=Severity.NOTE,
    ),
    Code(
        "IMS319",
        "a window without both ends",
        "A window is `from` and `to`, or `every` with the hours it repeats at, between `from` and "
        "`until` if you like.",
        bad="outage: {from: 2026-12-04 20:00}",
        good="outage: {from: 2026-12-04 20:00, to: 2026-12-07 04:00}",
    ),
    Code(
        "IMS320",
        "work that does not fit its window",
        "`within:` means the whole activity, pauses included, lies in one occurrence of the "
        "window. There is too little working time of the activity in any of them: office hours "
        "in a night window are the usual case.",
        bad="patch: {duration: 3h, within: night}      # in office hours",
        good="patch: {duration: 3h, within: night, calendar: 24x7}",
    ),
    Code(
        "IMS321",
        "a length that is not whole minutes",
        "Everything is planned in whole minutes. What a `d`, `w` or `mo` is follows from `day:`, "
        "`week:` and `month:`.",
        bad="load: {duration: 0.125d}      # day: 7h, so 52.5 minutes",
        good="load: {duration: 53m}",
    ),
    Code(
        "IMS322",
        "effort in elapsed time",
        "Effort is work somebody does; elapsed units count time that passes.",
        bad="load: {effort: 2ed, needs: ana}",
        good="load: {effort: 2d, needs: ana}",
    ),
    Code(
        "IMS323",
        "an estimate that decreases",
        "Three durations are the least, the likely and the most it may take.",
        bad="load: {duration: [3d, 2d, 1w]}",
        good="load: {duration: [2d, 3d, 1w]}",
    ),
    Code(
        "IMS324",
        "a repetition in working time",
        "`every: 4h` counts every hour from `from:`. Working days are no interval: write `1ed`, "
        "or the days and the time.",
        bad="call: {every: 1d, from: load.start, until: load.finish}",
        good="call: {every: weekday 09:00, from: load.start, until: load.finish}",
    ),
    Code(
        "IMS325",
        "a checkpoint without one time",
        "A checkpoint meets once, `at:` an event or date, or again and again, `every:` with "
        "`from:` and `until:`.",
        bad="call: {duration: 30m}",
        good="call: {at: load.finish + 15m, duration: 30m}",
    ),
    Code(
        "IMS326",
        "fixed at a time when nobody works",
        "MSO and MFO fix the start or the finish. At that moment (or on that day) the effective "
        "calendar of the activity rests, so no schedule can meet it.",
        bad="load: {duration: 4h, constraint: MSO 2026-11-07 08:00}      # a Saturday",
        good="load: {duration: 4h, constraint: MSO 2026-11-09 08:00}",
    ),
    Code(
        "IMS327",
        "a choice that is none",
        "One of the ways of doing the activity can never be chosen: its calendars share too "
        "little time, or it needs more of a resource than there is. It is left out.",
        bad="load: {duration: 4h, needs: {any: [ana, ben]}}      # ben works nights",
        good="load: {duration: 4h, needs: ana}",
        severity=Severity.WARNING,
    ),
    Code(
        "IMS328",
        "a date over thirty years away",
        "Calendars are worked out for thirty years from the plan's start at most.",
        bad="deadline: 2062-11-05      # start: 2026-11-02",
        good="deadline: 2032-11-05",
    ),
    Code(
        "IMS329",
        "dates that exclude each other",
        "One constraint allows only dates after those the other allows.",
        bad="load: {duration: 4h, constraint: [SNET 2026-11-20, FNLT 2026-11-13]}",
        good="load: {duration: 4h, constraint: [SNET 2026-11-13, FNLT 2026-11-20]}",
    ),
)
