"""Schedules and their files."""

from __future__ import annotations

from imsgen.diagnostics.codes import Code
from imsgen.diagnostics.model import Severity

CODES: tuple[Code, ...] = (
    Code(
        "IMS601",
        "the schedule is not what the plan expects",
        "A line under `expect:` does not hold. The files are written all the same, so that you "
        "can look at the schedule; the exit code is 1. Expectations are how a plan tests itself: "
        "a sample, a template or a promise to a customer keeps its dates, or says that it has "
        "not. A date alone means that day, `A..B` a range.",
        bad="expect: {finish: 2026-12-04}      # the schedule finishes on 7 December",
        good="expect: {finish: 2026-12-07}      # or change the plan until the 4th holds",
    ),
    Code(
        "IMS602",
        "the plan has changed since it was solved",
        "`imsgen solve --locked` does not search: it checks that the schedule file beside the "
        "plan was made from this very plan and writes the other files from it. Comments, layout "
        "and the order of definitions do not count as a change; an included file does. "
        "`imsgen gates` and `imsgen roster` of a plan show the published schedule and warn.",
        bad="imsgen solve --locked go-live.yaml",
        good="imsgen solve go-live.yaml",
    ),
    Code(
        "IMS603",
        "a deadline is missed",
        "A `deadline:` is a promise, not a law: the schedule misses it as little as possible, "
        "says so, and the exit code stays 0. With `--strict` it is an error and the exit code 1. "
        "A date that must hold, or else there is no schedule, is a `constraint: FNLT`.",
        bad="ready: {duration: 5d, deadline: 2026-11-04}      # the work takes until the 6th",
        good="ready: {duration: 5d, deadline: 2026-11-06}",
        severity=Severity.WARNING,
    ),
    Code(
        "IMS604",
        "the schedule is not proved optimal",
        "`--require-optimal` makes a schedule without a proof an error, exit code 1. The files "
        "are written, with the best schedule found and the bound that no schedule can beat.",
        bad="imsgen solve --require-optimal --effort 1 programme.yaml",
        good="imsgen solve --require-optimal --effort 100 --time-limit 10m programme.yaml",
    ),
    Code(
        "IMS605",
        "the schedule breaks a rule of the plan",
        "`imsgen verify` checks a schedule file against its plan in wall-clock time, apart from "
        "the solver. Either the plan has changed since it was solved, or someone edited the "
        "schedule file. Solve the plan again; if a fresh schedule breaks a rule, that is a bug "
        "of ours, and `solve` itself refuses to write it.",
        bad="imsgen verify go-live.yaml",
        good="imsgen solve go-live.yaml",
    ),
    Code(
        "IMS606",
        "a gate later than booked",
        "A gate with `at:` is held at its booked time, or later when what it waits for is not "
        "done by then. People have the booking in their calendars: somebody must tell them. The "
        "schedule stands; `constraint: MSO` would make the booking hard.",
        bad="go-live: {at: 2026-12-04 18:00, after: ready}      # ready is done on Saturday",
        good="go-live: {at: 2026-12-05 10:00, after: ready}",
        severity=Severity.WARNING,
    ),
    Code(
        "IMS607",
        "a gate that waits for a night or weekend to pass",
        "Everything before the gate is done, but its calendar does not work then, so the decision "
        "waits, although what comes right before or after it works through that night. During a "
        "cutover a gate belongs on the calendar of the bridge. A gate with a booked time, `at:`, "
        "needs no calendar. Where everybody has the night off, nothing is said.",
        bad="accepted: {after: cutover.check, decides: pm}      # office hours, at 03:00",
        good="accepted: {after: cutover.check, decides: pm, calendar: bridge}",
        severity=Severity.WARNING,
    ),
    Code(
        "IMS608",
        "the file would open with other dates",
        "Before an MS Project file is written, its own data are scheduled once more as Project does "
        "it on opening: calendars, links with their lags, constraints, levelling delays. Every "
        "date must come out as solved, or no file is written at all. The notes name the tasks that "
        "would move. That is a gap between the plan language and Project, or a bug of ours: please "
        "report it with the plan. The other formats are not concerned, and `--pin manual` writes a "
        "copy that does not schedule.",
        bad="imsgen export go-live.schedule.json -f xml",
        good="imsgen export go-live.schedule.json -f xml --pin manual",
    ),
    Code(
        "IMS609",
        "a gate too late to go back",
        "A No-Go at the gate would end after the window it protects: undoing what has begun by "
        "then and what follows on No-Go take longer than is left, under the same calendars and "
        "people. `imsgen gates` shows the rollback, step by step, and until when a No-Go is safe. "
        "It is no error unless the solve is `--strict`.",
        bad="go: {after: verify, else: back}      # decides 1 h before outage ends, undoing takes 4 h",
        good="go: {after: load, else: back}      # before verify begins: 4 h are left",
        severity=Severity.WARNING,
    ),
    Code(
        "IMS623",
        "a gate past the point of no return",
        "Something that is `irreversible:` has begun when the gate decides, so there is nothing "
        "to go back to. A gate with an `else:` or a window belongs before the first such step.",
        bad="go: {after: switch, else: back}      # switch is irreversible",
        good="switch: {duration: 20m, after: go, irreversible: true}",
        severity=Severity.WARNING,
    ),
)
