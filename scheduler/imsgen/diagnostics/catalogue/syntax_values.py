"""Codes of single values."""

from __future__ import annotations

from imsgen.diagnostics.codes import Code
from imsgen.diagnostics.model import Severity

VALUES: tuple[Code, ...] = (
    Code(
        "IMS120",
        "not a duration",
        "A duration is a number with a unit: `45m` minutes, `4h`, `3d`, `2w`, `1mo`; elapsed, not"
        " through a calendar: `em eh ed ew`. Units can be combined, `1h30m`, and a number may have"
        " decimals, `1.5h`, if whole minutes come out. A `?` behind it marks an assumption."
        " A number without a unit could be hours or days, so it is refused.",
        bad="activities:\n  load: {duration: 3 days}",
        good="activities:\n  load: {duration: 3d}",
    ),
    Code(
        "IMS121",
        "not a three-point estimate",
        "An estimate is `[least, likely, most]`: three durations of one family of units.",
        bad="activities:\n  load: {duration: [2d, 5d]}",
        good="activities:\n  load: {duration: [2d, 3d, 5d]}",
    ),
    Code(
        "IMS122",
        "not a link",
        "A link is an id, a type if it is not `FS`, and a lag: `load`, `load SS`, `load SS+2d`,"
        " `load +2eh`. A space ends the id, because ids may contain `-`. Several links are a"
        " list, all of which must hold.",
        bad="activities:\n  test: {duration: 1d, after: 12FS+2d;5SS}",
        good="activities:\n  test: {duration: 1d, after: [12 FS+2d, 5 SS]}",
    ),
    Code(
        "IMS123",
        "not a lag",
        "A lag is a duration with a sign, `+2d` or `-1eh`, or a percentage of the predecessor's"
        " duration, `+50%`. Working lags count on the successor's calendar.",
        bad="activities:\n  test: {duration: 1d, after: load FS+2 days}",
        good="activities:\n  test: {duration: 1d, after: load FS+2d}",
    ),
    Code(
        "IMS124",
        "not a date",
        "Dates are written `2026-11-02`, with a time `2026-11-02 08:00`, with a zone"
        " `2026-11-02 08:00 Europe/London`, `2026-11-02 08:00-05:00` or `2026-11-02 13:00Z`."
        " `11/02/2026` is refused because half of the world reads it as 11 February. Years from"
        " 1984 to 2149 can be planned.",
        bad="start: 11/02/2026",
        good="start: 2026-11-02",
    ),
    Code(
        "IMS125",
        "not a time zone",
        "Zones are IANA names such as `America/New_York`; abbreviations such as `EDT` do not say"
        " when clocks change.",
        bad="timezone: EDT",
        good="timezone: America/New_York",
    ),
    Code(
        "IMS126",
        "not a range of dates",
        "A range is `A..B`. Between dates both days are included. It does not end before it"
        " starts.",
        bad="resources:\n  ana: {leave: [2027-03-26..2027-03-15]}",
        good="resources:\n  ana: {leave: [2027-03-15..2027-03-26]}",
    ),
    Code(
        "IMS127",
        "not an event",
        "An event is an end of an activity, group or gate, `load.finish`, of the plan,"
        " `project.start`, or the outcome of a gate, `go-live.go`. Where a date is asked for, an"
        " event can have an offset: `load.finish + 15m`.",
        bad="checkpoints:\n  halfway: {at: load.end + 15m}",
        good="checkpoints:\n  halfway: {at: load.finish + 15m}",
    ),
    Code(
        "IMS128",
        "not days of the week",
        "Days are `mon tue wed thu fri sat sun`, ranges `mon-fri`, several `mon+wed`, `weekday`"
        " for Monday to Friday and `day` for all.",
        bad="calendars:\n  office: {work: {Monday: 08:00-12:00}}",
        good="calendars:\n  office: {work: {mon: 08:00-12:00}}",
    ),
    Code(
        "IMS129",
        "not hours",
        "Hours are one interval, `08:00-12:00`, or a list of them, `none` for a closed day, `24x7`"
        " for all of it. An interval past midnight, `22:00-06:00`, belongs to the day it starts"
        " on.",
        bad="calendars:\n  office: {work: {mon-fri: 8am-5pm}}",
        good="calendars:\n  office: {work: {mon-fri: 08:00-17:00}}",
    ),
    Code(
        "IMS130",
        "not a repetition",
        "A checkpoint repeats `every: weekday 09:00`, `mon+thu 14:00` or `4h`. A window also says"
        " its end: `fri+sat 22:00-04:00`, or over days `sat 22:00 - mon 04:00`.",
        bad="windows:\n  patch: {every: sat 22:00}",
        good="windows:\n  patch: {every: sat 22:00-04:00}",
    ),
    Code(
        "IMS131",
        "not units",
        "Units are a number, `2` or `0.5`, or a percentage, `50%`, no finer than one percent.",
        bad="activities:\n  load: {duration: 1d, needs: {dba: half}}",
        good="activities:\n  load: {duration: 1d, needs: {dba: 50%}}",
    ),
    Code(
        "IMS132",
        "not a need",
        "`needs` names a resource, a list of them, or a map from resources to units. One out of"
        " several is `{any: [ana, ben]}`.",
        bad="activities:\n  load: {duration: 1d, needs: 2 dba}",
        good="activities:\n  load: {duration: 1d, needs: {dba: 2}}",
    ),
    Code(
        "IMS133",
        "not a constraint",
        "A constraint is one of MS Project's eight: `ASAP`, `ALAP`, or with a date `MSO`, `MFO`"
        " (must start, must finish on), `SNET`, `SNLT` (start no earlier, no later than), `FNET`,"
        " `FNLT` (finish). Constraints are hard; a `deadline:` is soft.",
        bad="activities:\n  load: {duration: 1d, constraint: SNTE 2026-11-05}",
        good="activities:\n  load: {duration: 1d, constraint: SNET 2026-11-05}",
    ),
    Code(
        "IMS134",
        "neither true nor false",
        "Booleans are `true` and `false`. Some YAML readers take `yes`, `no`, `on` and `off` for"
        " booleans and some for text, so a plan does not have them.",
        bad="activities:\n  done: {milestone: yes}",
        good="activities:\n  done: {milestone: true}",
    ),
    Code(
        "IMS136",
        "not a number that fits",
        "Priorities are whole numbers from 0 to 1000. A percentage is whole, `40%` or `40`;"
        " `0.4` could be meant either way and is refused.",
        bad="progress:\n  load: {actual_start: 2026-11-02 08:00, percent_complete: 0.4}",
        good="progress:\n  load: {actual_start: 2026-11-02 08:00, percent_complete: 40%}",
    ),
    Code(
        "IMS137",
        "none of the words",
        "This key takes one of a few words, which the message lists.",
        bad="options: {out_of_sequence: progress-override}",
        good="options: {out_of_sequence: progress_override}",
    ),
    Code(
        "IMS139",
        "not an address",
        "Links are whole addresses with their scheme, `https://…`; an e-mail address has one `@`."
        " Both end up in calendars and workbooks, where people click on them.",
        bad="activities:\n  load: {duration: 1d, links: [wiki.example/load]}",
        good='activities:\n  load: {duration: 1d, links: ["https://wiki.example/load"]}',
    ),
    Code(
        "IMS143",
        "hours that overlap or touch",
        "The intervals of a day overlap or touch each other and count as one. Nothing is wrong"
        " with that, but a break may have been meant.",
        bad="calendars:\n  office: {work: {mon-fri: [08:00-12:00, 12:00-17:00]}}",
        good="calendars:\n  office: {work: {mon-fri: 08:00-17:00}}",
        severity=Severity.NOTE,
    ),
    Code(
        "IMS144",
        "not a recurrence rule",
        "A recurrence rule is written as in iCalendar (RFC 5545): `FREQ=MONTHLY;BYDAY=1MO` is the"
        " first Monday of each month.",
        bad="calendars:\n  crew: {exceptions: [{rrule: first monday, work: none}]}",
        good="calendars:\n  crew: {exceptions: [{rrule: FREQ=MONTHLY;BYDAY=1MO, work: none}]}",
    ),
)
