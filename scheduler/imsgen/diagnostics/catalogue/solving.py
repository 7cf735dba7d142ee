"""Solving: why no schedule exists."""

from __future__ import annotations

from imsgen.diagnostics.codes import Code

CODES: tuple[Code, ...] = (
    Code(
        "IMS501",
        "a constraint that cannot be met",
        "By links, calendars and dates alone the activity cannot be done by its constraint. The "
        "chain that holds it up is named, and by how much it is too long. A constraint is hard; a "
        "`deadline:` is reported when missed, but never keeps a plan from being scheduled.",
        bad="ship: {duration: 10d, after: coat, constraint: FNLT 2027-04-30}",
        good="ship: {duration: 10d, after: coat, constraint: FNLT 2027-05-11}",
    ),
    Code(
        "IMS502",
        "an activity that does not get into its window in time",
        "Everything before the activity takes so long that its window has closed, or what is left "
        "of each occurrence is too short for it.",
        bad="load: {duration: 6h, after: stop, within: outage}      # stop ends as outage closes",
        good="outage: {from: 2026-12-04 20:00, to: 2026-12-07 12:00}",
    ),
    Code(
        "IMS503",
        "a maximal lag that cannot be kept",
        "Other links, dates or working hours hold the activity longer after its predecessor than "
        "`max_lag:` allows.",
        bad="strip: {after: [{id: pour, max_lag: 2d}, cure], duration: 1d}      # cure takes 28ed",
        good="strip: {after: [{id: pour, max_lag: 30ed}, cure], duration: 1d}",
    ),
    Code(
        "IMS504",
        "an activity that finds no working time",
        "No stretch of its working time before the end of the plan's horizon is long enough, the "
        "calendars of its resources and windows it keeps out of included.",
        bad="pour: {duration: 12h, unbroken: true, calendar: office}",
        good="pour: {duration: 12h, unbroken: true, calendar: 24x7}",
    ),
    Code(
        "IMS505",
        "a resource with too little time",
        "What must be done with the resource between two dates is more than its capacity there, "
        "whatever the order.",
        bad="capacity: 1      # two activities of 3d, both FNLT the fourth day",
        good="capacity: 2",
    ),
    Code(
        "IMS506",
        "dates that cannot be met together",
        "Each date alone can be met, all of them cannot with the resources there are. The smallest "
        "set found is named: moving any one of its dates, or more capacity, may resolve it. Where "
        "no date is named, a resource is not there long enough for the work at all.",
        bad="a: {duration: 2d, needs: dba, constraint: FNLT 2026-11-04}\n"
        "b: {duration: 2d, needs: dba, constraint: FNLT 2026-11-04}",
        good="b: {duration: 2d, needs: dba, constraint: FNLT 2026-11-06}",
    ),
    Code(
        "IMS507",
        "a gate without time for No-Go",
        "The plan says `options: {protect: rollback}`, and in every schedule what has begun when "
        "the gate decides takes longer to undo, contingency and all, than the window lasts. It is "
        "said how much longer the window would have to be, and what else was tried and works.",
        bad="outage: {from: 2026-11-06 18:00, to: 2026-11-07 02:00}      # 45 min too short",
        good="outage: {from: 2026-11-06 18:00, to: 2026-11-07 02:45}",
    ),
    Code(
        "IMS508",
        "a gate after something irreversible",
        "The plan says `options: {protect: rollback}`, but an irreversible step comes before a "
        "gate that protects a window, so there is no way back from it in any schedule.",
        bad="gates: {commit: {after: wipe, window: outage}}      # wipe is irreversible",
        good="wipe: {duration: 1h, irreversible: true, after: commit}",
    ),
)
