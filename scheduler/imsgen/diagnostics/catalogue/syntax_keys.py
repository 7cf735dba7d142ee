"""Codes of keys and ids."""

from __future__ import annotations

from imsgen.diagnostics.codes import Code

KEYS: tuple[Code, ...] = (
    Code(
        "IMS102",
        "an unknown key",
        "Every key is known, so that a typing error is not silently ignored. What is your own"
        " stands under `fields:`. Activities always stand under `activities:`, so a child is"
        " never mistaken for a key.",
        bad="activities:\n  load: {duraton: 1d}",
        good="activities:\n  load: {duration: 1d, fields: {change: CHG001}}",
    ),
    Code(
        "IMS119",
        "a language version this program does not read",
        "The first line of a plan says the version of the plan language; this program reads"
        " version 1.",
        bad="imsgen: 2",
        good="imsgen: 1",
    ),
    Code(
        "IMS135",
        "not an id",
        "An id has letters (A to Z), digits, `-` and `_`, starts with a letter, digit or `_`, and"
        " has at most 64 characters. A dot separates a group from what is inside it, so `1.2.3`"
        " is written `1-2-3`. Two ids of one group must differ in more than case. Names are free:"
        " `name:` takes any text. `project`, and for resources `any`, `units` and `count`, mean"
        " something already.",
        bad="activities:\n  1.2.3: {duration: 1d}",
        good="activities:\n  1-2-3: {duration: 1d}",
    ),
    Code(
        "IMS140",
        "a key of another tool",
        "The plan language has another way of saying this, and the message gives it. Links are"
        " written on the successor, as `after:`; resources are `needs:`; dates follow from links,"
        " and are held by a `constraint:` or watched by a `deadline:`.",
        bad="activities:\n  load: {duration: 1d, predecessors: stop, resources: [dba]}",
        good="activities:\n  load: {duration: 1d, after: stop, needs: [dba]}",
    ),
    Code(
        "IMS141",
        "keys that exclude each other",
        "Both keys answer the same question. Keep one of them.",
        bad="calendars:\n"
        "  crew: {exceptions: [{dates: 2026-12-24, rrule: FREQ=WEEKLY, work: none}]}",
        good="calendars:\n  crew: {exceptions: [{dates: 2026-12-24, work: none}]}",
    ),
    Code(
        "IMS142",
        "a key is missing",
        "This map means nothing without the key.",
        bad="activities:\n  load: {duration: 1d, undo: {verify: 15m}}",
        good="activities:\n  load: {duration: 1d, undo: {duration: 1h, verify: 15m}}",
    ),
)
