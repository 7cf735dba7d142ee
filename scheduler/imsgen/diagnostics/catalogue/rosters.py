"""Shifts of people."""

from __future__ import annotations

from imsgen.diagnostics.codes import Code
from imsgen.diagnostics.model import Severity

CODES: tuple[Code, ...] = (
    Code(
        "IMS420",
        "equipment on a roster",
        "Roles of people are resources that are no equipment: nobody is on duty as a server.",
        bad="resources: {prod: {holds: true}}\npeople: {ana: {roles: [prod]}}",
        good="resources: {dba: {capacity: 2}}\npeople: {ana: {roles: [dba]}}",
    ),
    Code(
        "IMS421",
        "a rule of shifts that cannot be kept",
        "Shifts, rest and hand-over are spans of time on the clock, in hours and minutes up to a week; `d` is "
        "working time. A step is 5m to 4h and divides a day, so that every day has the same times.",
        bad="roster: {window: outage, longest_shift: 1d}",
        good="roster: {window: outage, longest_shift: 12h}",
    ),
    Code(
        "IMS422",
        "shifts without room for their rules",
        "The longest shift must hold the shortest one, one step, and the hand-over with a step beside it.",
        bad="roster: {window: outage, longest_shift: 8h, shortest_shift: 10h}",
        good="roster: {window: outage, longest_shift: 12h, shortest_shift: 4h}",
    ),
    Code(
        "IMS423",
        "a roster without a window",
        "A roster covers the work in one window. It is found where all work that lies within a window lies "
        "within the same one; otherwise it has to be named.",
        bad="roster: {longest_shift: 12h}      # work lies within `outage` and within `patch`",
        good="roster: {window: outage, longest_shift: 12h}",
    ),
    Code(
        "IMS424",
        "a roster without people",
        "Resources are roles; a roster puts people by name on them, so the plan has to name some.",
        bad="roster: {window: outage}",
        good="people: {ana: {name: Ana Ruiz, roles: [dba]}}\nroster: {window: outage}",
    ),
    Code(
        "IMS654",
        "a roster that cannot be filled",
        "These people cannot cover the work of the window by these rules: proved, or not found in the limit. "
        "The schedule stands all the same. `imsgen roster` lists who is missing when, and changes of "
        "which each mends it: tried by solving. With `--strict` it is an error.",
        bad="people: {ana: {roles: [dba]}}      # for 30 hours of work\nroster: {window: outage}",
        good="people: {ana: {roles: [dba]}, ben: {roles: [dba]}, cy: {roles: [dba]}}\n"
        "roster: {window: outage}",
        severity=Severity.WARNING,
    ),
)
