"""Resources."""

from __future__ import annotations

from imsgen.diagnostics.codes import Code
from imsgen.diagnostics.model import Severity

CODES: tuple[Code, ...] = (
    Code(
        "IMS401",
        "more than there is",
        "The activity needs more of a resource than there ever is from the plan's start on.",
        bad="resources: {dba: {capacity: 2}}\nactivities: {load: {duration: 4h, needs: {dba: 3}}}",
        good="resources: {dba: {capacity: 3}}\nactivities: {load: {duration: 4h, needs: {dba: 3}}}",
    ),
    Code(
        "IMS402",
        "more than there is in the window",
        "The resource grows enough, but not while the activity's window is open. Before its first "
        "dated step a capacity is 0.",
        bad="dba: {capacity: {2026-11-02: 1, 2027-01-04: 2}}      # the outage is in December",
        good="dba: {capacity: {2026-11-02: 1, 2026-12-01: 2}}",
    ),
    Code(
        "IMS403",
        "too many ways of doing one activity",
        "Choices of `any:` and `alternatives:` are multiplied out; at most 64 ways are tried.",
        bad="load: {duration: 4h, needs: {any: [a, b, c, d, e, f, g, h, i], count: 4}}",
        good="resources: {team: {capacity: 9}}\nactivities: {load: {duration: 4h, needs: {team: 4}}}",
    ),
    Code(
        "IMS404",
        "leave of a team",
        "`leave:` takes one person out: non-working time. Of a resource of several, some stay; "
        "that is a capacity with dates.",
        bad="dba: {capacity: 3, leave: [2026-12-24..2027-01-02]}",
        good="dba: {capacity: {2026-11-02: 3, 2026-12-24: 2, 2027-01-03: 3}}",
    ),
    Code(
        "IMS405",
        "a resource needed twice",
        "Each resource stands once in `needs:`, with the units it is needed at.",
        bad="load: {duration: 4h, needs: [dba, {dba: 2}]}",
        good="load: {duration: 4h, needs: {dba: 3}}",
    ),
    Code(
        "IMS406",
        "nobody left to choose",
        "Every choice of `any:` would take a resource that the activity holds already.",
        bad="load: {duration: 4h, needs: [ana, {any: [ana]}]}",
        good="load: {duration: 4h, needs: [ana, {any: [ben, cy]}]}",
    ),
    Code(
        "IMS408",
        "effort without anybody",
        "With `effort:` the duration is the work divided by the units that do it.",
        bad="load: {effort: 2d}",
        good="load: {effort: 2d, needs: {dba: 2}}      # takes 1d",
    ),
    Code(
        "IMS409",
        "a choice in an undo",
        "The way back is rehearsed and timed: it names who goes it.",
        bad="undo: {duration: 1h, needs: [{any: [ana, ben]}]}",
        good="undo: {duration: 1h, needs: ana}",
    ),
    Code(
        "IMS410",
        "two capacities from one date",
        "Each step of a capacity has a date of its own.",
        bad="dba: {capacity: {2026-11-02: 1, 2026-11-02 00:00: 2}}",
        good="dba: {capacity: {2026-11-02: 1, 2026-12-01: 2}}",
    ),
    Code(
        "IMS411",
        "people on a hammock",
        "A hammock takes capacity of equipment (`holds: true`) only. Its people are reported, not "
        "levelled: being on duty does not keep them from other work.",
        bad="lead: {spans: cutover, needs: pm}",
        good="crane: {spans: lift, needs: crane}      # resources: {crane: {holds: true}}",
        severity=Severity.NOTE,
    ),
    Code(
        "IMS412",
        "a hammock that holds what its work needs",
        "A hammock holds equipment from its first event to its last. Work inside that span which "
        "needs the same equipment needs units besides; those of the hammock are not lent to it.",
        bad="crane: {spans: lift, needs: crane}\nlift: {duration: 2d, needs: crane}      "
        "# resources: {crane: {holds: true}}",
        good="crane: {spans: lift, needs: crane}\nlift: {duration: 2d}",
    ),
    Code(
        "IMS413",
        "an objective that nothing bears on",
        "`least_cost` counts the rates of resources that something needs, `smooth` what is in use "
        "of any resource, `fewest_people` of those that are no equipment. Without them every "
        "schedule is as good as any other.",
        bad="resources: {dba: {}}\noptions: {objective: least_cost}",
        good="resources: {dba: {rate: 85.50}}\noptions: {objective: least_cost}",
    ),
    Code(
        "IMS414",
        "nothing to protect",
        "`options: {protect: rollback}` keeps every gate safe that protects a window: the one it "
        "names under `window:`, or the one that what follows it lies in. There is no such gate, "
        "or some gates are not, so nothing is asked of them.",
        bad="options: {protect: rollback}      # no gate has `window:`, nothing after one `within:`",
        good="gates: {commit: {window: outage, after: verify}}",
    ),
)
