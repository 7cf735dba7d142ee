"""Logic: what activities and groups may say, links, gates and hammocks."""

from __future__ import annotations

from imsgen.diagnostics.codes import Code
from imsgen.diagnostics.model import Severity

CODES: tuple[Code, ...] = (
    Code(
        "IMS207",
        "not exactly one kind of activity",
        "An activity says exactly one of `duration`, `effort`, `milestone: true`, `spans` and "
        "`external`, or has `alternatives` with durations. Nothing is assumed: an activity "
        "without any of them is an error, not one day.",
        bad="check: {duration: 4h, milestone: true}",
        good="check: {duration: 4h}\nchecked: {milestone: true, after: check}",
    ),
    Code(
        "IMS208",
        "a key that a group cannot have",
        "A group takes its dates and its work from the activities inside. `needs` on a group "
        "could mean that each activity needs the resource, or that it is held over the whole "
        "span: say which.",
        bad="cutover: {needs: dba, activities: {load: {duration: 4h}}}",
        good="cutover: {activities: {load: {duration: 4h, needs: dba}}}\n"
        "held: {spans: cutover, needs: dba}",
    ),
    Code(
        "IMS209",
        "an outcome of something that is no gate",
        "Only a gate is decided: `GATE.go` and `GATE.no-go` are its outcomes. Everything else "
        "has a start and a finish.",
        bad="comms: {ready: {trigger: load.go}}",
        good="comms: {ready: {trigger: load.finish}}",
    ),
    Code(
        "IMS210",
        "a link to itself or to the group around it",
        "A group finishes when everything inside has finished, so nothing inside can wait for "
        "it, nor can the group wait for a part of itself.",
        bad="g: {activities: {b: {duration: 1d, after: g}}}",
        good="g: {activities: {a: {duration: 1d}, b: {duration: 1d, after: a}}}",
    ),
    Code(
        "IMS211",
        "the same link twice",
        "Two activities may have two links when their types differ (SS and FF together make a "
        "ladder). The same type twice says two different things at once. Links under "
        "`dependencies:` count too.",
        bad="load: {duration: 4h, after: [stop, stop FS+1h]}",
        good="load: {duration: 4h, after: stop FS+1h}",
    ),
    Code(
        "IMS212",
        "constraints that cannot stand together",
        "An activity has at most one constraint for its start (SNET, SNLT, MSO) and one for its "
        "finish (FNET, FNLT, MFO). A group takes SNET and FNLT only, as in MS Project.",
        bad="a: {duration: 1d, constraint: [SNET 2026-11-05, SNLT 2026-11-06]}",
        good="a: {duration: 1d, constraint: [SNET 2026-11-05, FNLT 2026-11-06]}",
    ),
    Code(
        "IMS213",
        "links of an inactive activity",
        "`active: false` keeps an activity in the text but out of the schedule. Links through it "
        "are dropped, as with inactive tasks in MS Project: what waited for it waits for nothing.",
        bad="b: {duration: 1d, after: a, active: false}\nc: {duration: 1d, after: b}",
        good="b: {duration: 1d, after: a, active: false}\nc: {duration: 1d, after: a}",
        severity=Severity.NOTE,
    ),
    Code(
        "IMS214",
        "waiting for what is done only on No-Go",
        "The group that a gate names with `else:` is off the plan of record: it is done only "
        "when the gate says No-Go. Nothing outside may depend on it.",
        bad="tell: {duration: 1h, after: contingency.restore}",
        good="contingency: {activities: {restore: {duration: 1h}, tell: {duration: 1h, after: restore}}}",
    ),
    Code(
        "IMS215",
        "a gate inside a No-Go group",
        "A gate is decided on the plan of record. What is done on No-Go has no gates of its own.",
        bad="gates: {go: {duration: 1h, else: team}}      # teams/finance.yaml has a gate",
        good="gates: {go: {duration: 1h, else: contingency}}",
    ),
    Code(
        "IMS216",
        "links in a circle",
        "Each activity of the circle waits for the one before it, so none can ever start. The "
        "places of all its links are shown: one of them is wrong. A link to a group means every "
        "activity inside.",
        bad="a: {duration: 1d, after: c}\nb: {duration: 1d, after: a}\nc: {duration: 1d, after: b}",
        good="a: {duration: 1d}\nb: {duration: 1d, after: a}\nc: {duration: 1d, after: b}",
    ),
    Code(
        "IMS217",
        "an event that can be read two ways",
        "A group with a child called `start` or `finish` makes `group.start` ambiguous: the start "
        "of the group, or the child.",
        bad="cutover: {activities: {start: {duration: 1h}}}\ncomms: {closed: {trigger: cutover.start}}",
        good="cutover: {activities: {begin: {duration: 1h}}}\n"
        "comms: {closed: {trigger: cutover.start}}",
    ),
    Code(
        "IMS218",
        "a link that a group cannot have",
        "A link to a group is FS or SS and holds for the start of every activity inside. A group "
        "has no duration, so no share of it can be a lag.",
        bad="g: {after: a FF, activities: {b: {duration: 1d}}}",
        good="g: {activities: {b: {duration: 1d, after: a FF}}}",
    ),
    Code(
        "IMS219",
        "a lag that contradicts itself",
        "`lag` and `max_lag` are counted on one calendar. An elapsed lag counts every minute, so "
        "no calendar belongs to it. `max_lag` is at least the lag.",
        bad="b: {duration: 1d, after: {id: a, lag: 2d, max_lag: 1d}}",
        good="b: {duration: 1d, after: {id: a, lag: 2d, max_lag: 5d}}",
    ),
    Code(
        "IMS226",
        "a milestone that works",
        "A milestone is something that is true at an instant: it takes no time, so nobody works "
        "on it and nothing can interrupt it.",
        bad="ready: {milestone: true, needs: dba}",
        good="check: {duration: 1h, needs: dba}\nready: {milestone: true, after: check}",
    ),
    Code(
        "IMS227",
        "irreversible, with an undo",
        "`irreversible: true` says there is no way back, `undo:` says what it is.",
        bad="switch: {duration: 20m, undo: 1h, irreversible: true}",
        good="switch: {duration: 20m, irreversible: true}",
    ),
    Code(
        "IMS228",
        "a hammock that drives",
        "A hammock (`spans:`) takes its dates from what it spans. It drives nothing, waits for "
        "nothing and has no date of its own; links, constraints and deadlines belong to what it "
        "spans.",
        bad="hire: {spans: lift, needs: crane, deadline: 2026-12-01}",
        good="lift: {duration: 2d, deadline: 2026-12-01}\nhire: {spans: lift, needs: crane}",
    ),
    Code(
        "IMS236",
        "a gate that may protect several windows",
        "A No-Go must be over when the window that the gate protects ends: the one it names with "
        "`window:`, else the one that what follows the gate lies in. That must be one only. "
        "Where no gate has an `else:` and nothing an `undo:` or `irreversible:`, it does not "
        "matter.",
        bad="go: {after: ready, else: back}      # its successors are within outage, and network",
        good="go: {after: ready, else: back, window: outage}",
    ),
)
