"""People, and the rules of the roster they are on."""

from __future__ import annotations

from collections.abc import Mapping

from imsgen.diagnostics import Label
from imsgen.model import DAY, Activity, Person, RosterRules
from imsgen.plan.document import At, RawDuration
from imsgen.plan.people import RawPerson, RawRoster
from imsgen.plan.resolve.context import Context
from imsgen.plan.resolve.durations import LONG_UNITS, hours_text, minutes
from imsgen.plan.resolve.names import find_named
from imsgen.plan.resolve.part import Part
from imsgen.plan.resolve.resources import absences

_SPANS = ("longest_shift", "shortest_shift", "least_rest", "handover", "step")
_STEPS = (5, 240)
"""The least and most minutes of a step."""


def people_of(context: Context) -> dict[str, Person]:
    """Return the people of all files by id."""
    return {id_: _person(raw, part, context) for id_, (raw, part) in context.pool.people.items()}


def _person(raw: RawPerson, part: Part, context: Context) -> Person:
    pool, report = context.pool, context.report
    party = pool.party((raw.party,), report) if raw.party is not None else ()
    context.sources[f"person:{raw.id.value}"] = raw.id.span
    return Person(
        id=raw.id.value,
        name=raw.name or raw.id.value,
        roles=_roles(raw.roles, context),
        party=party[0] if party else None,
        email=raw.email,
        calendar=pool.calendar(raw.calendar, report) if raw.calendar is not None else None,
        leave=absences(raw.leave, part, context.dates, report),
        prefers=pool.calendar(raw.prefers, report) if raw.prefers is not None else None,
        notes=raw.notes,
    )


def _roles(refs: tuple[At[str], ...], context: Context) -> tuple[str, ...]:
    found = []
    for ref in refs:
        id_ = find_named(ref, context.resources, "resource", context.report)
        if id_ is None:
            continue
        if context.resources[id_].holds:
            context.report.add(
                "IMS420",
                f"`{id_}` is equipment (`holds: true`), nobody is on duty as it",
                ref.span,
                help="name the people who work with it",
            )
            continue
        found.append(id_)
    return tuple(dict.fromkeys(found))


def roster_of(context: Context, activities: Mapping[str, Activity]) -> RosterRules | None:
    """Return the rules of the root's roster; those of included plans hold when they stand alone."""
    raw = context.parts.root.document.roster
    if raw is None:
        return None
    if not context.pool.people and "people" not in context.parts.root.document.keys:
        context.report.add(
            "IMS424",
            "the plan has a roster and nobody to put on it",
            context.parts.root.document.keys["roster"],
            help="add `people: {ana: {name: Ana, roles: [dba]}}`",
        )
    context.sources["roster"] = context.parts.root.document.keys["roster"]
    for key, span in raw.keys.items():
        context.sources[f"roster.{key}"] = span
    window = _window(raw, context, activities)
    given = {key: _minutes(raw, key, context) for key in _SPANS}
    spans = {key: value for key, value in given.items() if value is not None}
    backups = {} if raw.backups is None else {"backups": raw.backups}
    rules = RosterRules(window or "", roles=_roles(raw.roles, context), **spans, **backups)
    _check(raw, rules, context)
    return rules if window is not None else None


def _window(raw: RawRoster, context: Context, activities: Mapping[str, Activity]) -> str | None:
    """Return the window named, else the only one that work lies within."""
    if raw.window is not None:
        return find_named(raw.window, context.pool.windows, "window", context.report)
    if context.misread(raw.span):
        return None
    used = dict.fromkeys(
        within.window
        for activity in activities.values()
        if activity.scheduled
        for within in activity.within
    )
    if len(used) == 1:
        return next(iter(used))
    several = ", ".join(f"`{one}`" for one in used)
    context.report.add(
        "IMS423",
        f"the roster may cover {several}" if used else "the roster has no window to cover",
        context.parts.root.document.keys["roster"],
        help=f"add `window: {next(iter(used), 'outage')}`",
    )
    return None


def _minutes(raw: RawRoster, key: str, context: Context) -> int | None:
    """Return the elapsed minutes of a rule; None: not written, or not to be read as any."""
    written: At[RawDuration] | None = getattr(raw, key)
    if written is None:
        return None
    text = written.value.text
    if any(unit in LONG_UNITS for _, unit in written.value.amounts):
        context.report.add(
            "IMS421",
            f"shifts count hours on the clock, found `{text}`",
            written.span,
            help="write hours, `12h`",
        )
        return None
    found = minutes(written, context.parts.root.setting, context.report)
    least, most = _STEPS if key == "step" else (1 if key == "longest_shift" else 0, 7 * DAY)
    if not least <= found <= most or (key == "step" and DAY % found):
        expected = f"between {hours_text(least)} and {hours_text(most)}"
        if key == "step":
            expected = f"a part of a day {expected}"
        context.report.add(
            "IMS421",
            f"`{key}: {text}` cannot be kept, expected {expected}",
            written.span,
            help="write `30m`" if key == "step" else "write hours, `12h`",
        )
        return None
    return found


def _check(raw: RawRoster, rules: RosterRules, context: Context) -> None:
    """Report rules that no shift can keep together."""
    longest = rules.longest_shift
    for key, value in (
        ("shortest_shift", rules.shortest_shift),
        ("handover", rules.handover + rules.step),
        ("step", rules.step),
    ):
        if value <= longest:
            continue
        written = getattr(raw, key) or raw.longest_shift
        label = raw.longest_shift
        context.report.add(
            "IMS422",
            f"a shift of at most {hours_text(longest)} has no room for"
            f" `{key}: {hours_text(getattr(rules, key))}`",
            written.span if written is not None else context.sources["roster"],
            labels=(Label(label.span, "the longest"),)
            if label is not None and label is not written
            else (),
            help=f"write `longest_shift: {hours_text(value)}`, or less of the other",
        )
        return
