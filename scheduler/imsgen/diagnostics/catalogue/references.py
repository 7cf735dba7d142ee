"""Names: references, ids, and the files a plan is made of."""

from __future__ import annotations

from imsgen.diagnostics.codes import Code
from imsgen.diagnostics.model import Severity

CODES: tuple[Code, ...] = (
    Code(
        "IMS201",
        "a reference to nothing",
        "No activity, group, gate or checkpoint has this id. A reference is looked for among the "
        "siblings of where it is written, then in each enclosing group outwards, then as the end "
        "of a full id anywhere in the plan. Ids are case-sensitive.",
        bad="load: {duration: 4h, after: biuld}",
        good="load: {duration: 4h, after: build}",
    ),
    Code(
        "IMS202",
        "a reference to several things",
        "Ids are unique inside their group only, so `load` may be `rehearsal.load` and "
        "`cutover.load`. From outside both groups it takes the path to tell them apart; inside a "
        "group the short id means the one next to it.",
        bad="accept: {duration: 1h, after: load}",
        good="accept: {duration: 1h, after: cutover.load}",
    ),
    Code(
        "IMS203",
        "an unknown calendar, window, resource or party",
        "Calendars, windows, resources and parties are defined once for all files of a plan, "
        "here or in a library that the plan includes. `standard` and `24x7` are built in.",
        bad="load: {duration: 4h, calendar: brigde}",
        good="calendars: {bridge: {work: 24x7}}\nactivities: {load: {duration: 4h, calendar: bridge}}",
    ),
    Code(
        "IMS204",
        "an id that is taken",
        "Activities, groups, gates and checkpoints of one group share one name space, because "
        "links and events name them all alike. Ids that differ only in case would be the same to "
        "a spreadsheet.",
        bad="activities: {go-live: {duration: 4h}}\ngates: {go-live: {duration: 1h}}",
        good="activities: {switch: {duration: 4h}}\ngates: {go-live: {duration: 1h}}",
    ),
    Code(
        "IMS205",
        "a reference to something of the wrong kind",
        "A link waits for an activity, a group or a gate. A checkpoint never drives logic: people "
        "meet when the work has got there, the work does not wait for the meeting. `else:` names "
        "a group.",
        bad="load: {duration: 4h, after: standup}      # a checkpoint",
        good="gates: {ready: {duration: 1h}}\nactivities: {load: {duration: 4h, after: ready}}",
    ),
    Code(
        "IMS206",
        "a built-in calendar defined again",
        "`standard` (Mon-Fri 08:00-12:00 and 13:00-17:00, no holidays) means the same in every "
        "plan. A calendar of your own has an id of its own.",
        bad="calendars: {standard: {work: {mon-fri: 08:00-16:00}}}",
        good="calendars: {office: {work: {mon-fri: 08:00-16:00}}}",
    ),
    Code(
        "IMS220",
        "an included file that does not exist",
        "A path under `include:` is relative to the file it is written in.",
        bad="include: [pol.yaml]",
        good="include: [pool.yaml]",
    ),
    Code(
        "IMS221",
        "an include that leads outside",
        "A plan is one folder: included files lie in the folder of the root file or below it, so "
        "that a plan can be moved, reviewed and solved elsewhere. Absolute paths, addresses and "
        "links that lead out of the folder are refused.",
        bad="include: [../pool.yaml]",
        good="include: [shared/pool.yaml]",
    ),
    Code(
        "IMS222",
        "files that include each other",
        "An included plan cannot hold the plan that includes it.",
        bad="activities: {whole: {include: programme.yaml}}      # in programme.yaml itself",
        good="activities: {team: {include: teams/finance.yaml}}",
    ),
    Code(
        "IMS223",
        "a library with activities",
        "A file under the `include:` at the top is a library: calendars, windows, resources, "
        "parties, progress and messages. Activities have a place in the outline, so a file with "
        "activities is included there, as a group.",
        bad="include: [teams/finance.yaml]",
        good="activities: {fin: {include: teams/finance.yaml}}",
    ),
    Code(
        "IMS224",
        "one id, two definitions",
        "Calendars, windows, resources and parties are shared by all files of a plan: that is "
        "how two teams mean the same person. The same definition twice is one; two different "
        "ones would make every date depend on which is read first.",
        bad="# teams/fin.yaml\nresources: {dba: {capacity: 2}}\n# programme.yaml\n"
        "resources: {dba: {capacity: 3}}",
        good="# both files\ninclude: [pool.yaml]",
    ),
    Code(
        "IMS225",
        "a plan of too many megabytes",
        "The files of a plan may have 50 MB together, 10 MB each. A plan of 5,000 activities has "
        "about one.",
        bad="include: [dump.yaml]      # 80 MB",
        good="include: [pool.yaml]",
    ),
    Code(
        "IMS229",
        "a name that is nearly a resource",
        "`owner`, `backup`, `decides` and `who` may be any name. This one is so close to a "
        "resource or party of the plan that it looks mistyped, and then the person would get no "
        "invitation.",
        bad="load: {duration: 4h, owner: programme-manager}      # the resource is program-manager",
        good="load: {duration: 4h, owner: program-manager}",
        severity=Severity.WARNING,
    ),
    Code(
        "IMS230",
        "an unknown status",
        "A schedule is `optimal` (proved), `feasible` (not proved) or `interrupted`.",
        bad="expect: {status: optimum}",
        good="expect: {status: optimal}",
    ),
    Code(
        "IMS231",
        "something that cannot be expected",
        "`expect:` compares the schedule with dates, floats, the status and the critical ids.",
        bad="expect: {load.cost: 12}",
        good="expect: {load.finish: 2026-12-05, load.total_float: 0h, critical: [load]}",
    ),
    Code(
        "IMS232",
        "an external milestone without a date",
        "`external:` names an activity of another team's plan. As long as the plans are apart "
        "nobody can compute its date, so the milestone stands where it is `expected:`.",
        bad="vendor: {external: hr.interface}",
        good="vendor: {external: hr.interface, expected: 2026-11-20}",
    ),
    Code(
        "IMS233",
        "a window that forbids nothing",
        "No activity, group or tag has this name, so the window keeps nothing out on its account. "
        "A mistyped tag would let a release into the freeze.",
        bad="windows: {freeze: {from: 2026-12-01, to: 2026-12-08, forbids: relase}}",
        good="windows: {freeze: {from: 2026-12-01, to: 2026-12-08, forbids: release}}",
        severity=Severity.WARNING,
    ),
    Code(
        "IMS234",
        "a plan without activities",
        "There is nothing to schedule. A file of calendars and resources is a library: include "
        "it in a plan.",
        bad="imsgen: 1\nstart: 2026-11-02\nresources: {ana: {}}",
        good="imsgen: 1\nstart: 2026-11-02\nactivities: {load: {duration: 4h}}",
    ),
    Code(
        "IMS235",
        "a group without activities",
        "A group takes its dates from what is inside. An empty one has none, so what waits for it "
        "waits for nothing, not even for what the group waits for.",
        bad="phase-2: {activities: {}}\ndone: {milestone: true, after: phase-2}",
        good="phase-2: {activities: {plan: {duration: 5d?}}}\ndone: {milestone: true, after: phase-2}",
        severity=Severity.WARNING,
    ),
)
