"""The ways of doing an activity: needs, ``any:`` and ``alternatives:`` multiplied out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, islice, product
from math import ceil

from imsgen.diagnostics import Span
from imsgen.model import FULL, Estimate, Mode, Need
from imsgen.plan.document import At, RawAlternative, RawDuration, RawEstimate, RawNeed
from imsgen.plan.resolve.context import Context
from imsgen.plan.resolve.durations import LONG_UNITS, minutes, whole_minutes
from imsgen.plan.resolve.names import find_named
from imsgen.plan.resolve.outline import Node

MOST_MODES = 64
"""More ways of doing one activity than this are refused."""
Needs = tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """How long an activity takes, before resources are chosen."""

    duration: int
    """Minutes; 0 with ``effort``."""
    elapsed: bool = False
    effort: int | None = None
    estimate: Estimate | None = None
    text: str = ""
    assumed: bool = False
    long_units: bool = False
    """Whether it was written in ``d``, ``w`` or ``mo``."""


def work_of(node: Node, context: Context) -> Work:
    """Return the duration or effort the activity states."""
    setting = node.part.setting
    if node.item.effort is not None:
        raw = node.item.effort
        found = minutes(raw, setting, context.report)
        if raw.value.elapsed:
            context.report.add(
                "IMS322",
                f"effort is work, `{raw.value.text}` counts elapsed time",
                raw.span,
                help=f"write `{raw.value.text.replace('e', '')}`",
            )
        return Work(
            0,
            effort=found,
            text=raw.value.text,
            assumed=raw.value.assumed,
            long_units=_long(raw.value),
        )
    if node.item.duration is not None:
        return _estimated(node.item.duration, node, context)
    return Work(0)


def _long(raw: RawDuration) -> bool:
    return any(unit in LONG_UNITS for _, unit in raw.amounts)


def _estimated(raw: At[RawEstimate], node: Node, context: Context) -> Work:
    setting = node.part.setting
    value = raw.value
    likely = whole_minutes(value.likely, raw.span, setting, context.report)
    if value.least is None or value.most is None:
        return Work(
            likely,
            value.likely.elapsed,
            text=value.likely.text,
            assumed=value.likely.assumed,
            long_units=_long(value.likely),
        )
    least = whole_minutes(value.least, raw.span, setting, context.report)
    most = whole_minutes(value.most, raw.span, setting, context.report)
    text = f"[{value.least.text}, {value.likely.text}, {value.most.text}]"
    if not least <= likely <= most:
        context.report.add(
            "IMS323",
            f"an estimate is least, likely, most: `{text}` decreases",
            raw.span,
            help="write the three from the shortest to the longest",
        )
    planned = {
        "likely": likely,
        "pert": round(Fraction(least + 4 * likely + most, 6)),
        "pessimistic": most,
    }
    return Work(
        planned.get(context.options.estimate, likely),
        value.likely.elapsed,
        estimate=Estimate(least, likely, most),
        text=text,
        assumed=any(one.assumed for one in (value.least, value.likely, value.most)),
        long_units=_long(value.likely),
    )


def modes_of(node: Node, work: Work, calendar: str, context: Context) -> tuple[Mode, ...]:
    """Return every way of doing the activity, in the order written."""
    found: list[Mode] = []
    total = 0
    for one in node.item.alternatives or (RawAlternative(),):
        own = _replaced(one, work, node, context)
        calendar_id = calendar
        if one.calendar is not None:
            calendar_id = context.pool.calendar(one.calendar, context.report) or calendar
        needs = node.item.needs if one.needs is None else one.needs
        choices = list(islice(needs_of(needs, context), MOST_MODES + 1))
        total += len(choices)
        for choice in choices:
            duration = own.duration
            if own.effort is not None:
                duration = _from_effort(own.effort, choice, node, context)
            found.append(Mode(duration, calendar_id, choice, own.elapsed))
    if total > MOST_MODES:
        context.report.add(
            "IMS403",
            f"`{node.id}` can be done in more than {MOST_MODES} ways",
            node.span("alternatives" if node.item.alternatives else "needs"),
            help="name fewer candidates in `any:`, or one group of them as a resource of its own",
        )
        return tuple(found[:1])
    return tuple(dict.fromkeys(found)) or (Mode(work.duration, calendar, (), work.elapsed),)


def _replaced(one: RawAlternative, work: Work, node: Node, context: Context) -> Work:
    if one.duration is None:
        return work
    found = minutes(one.duration, node.part.setting, context.report)
    return Work(
        found, one.duration.value.elapsed, text=work.text, long_units=_long(one.duration.value)
    )


def needs_of(raw: Sequence[RawNeed], context: Context) -> list[Needs]:
    """Return every choice of resources: one without ``any:``, else one a combination."""
    options: list[list[Needs]] = []
    for need in raw:
        known = [
            ref.value
            for ref in need.resources
            if find_named(ref, context.resources, "resource", context.report) is not None
        ]
        if len(known) < len(need.resources):
            continue
        options.append(
            [
                tuple(Need(one, need.units) for one in chosen)
                for chosen in combinations(dict.fromkeys(known), need.count)
            ]
        )
    repeated = _check_twice(raw, context)
    found = []
    for picked in islice(product(*options), 100 * MOST_MODES):
        choice = tuple(need for part in picked for need in part)
        if len({need.resource for need in choice}) == len(choice):
            found.append(choice)
    if not found and not repeated:
        last = next((need.span for need in reversed(raw) if need.any), None)
        context.report.add(
            "IMS406",
            "there are not enough different resources to choose from",
            last or raw[-1].span,
            help="name another resource in `any:`",
        )
    return found


def _check_twice(raw: Sequence[RawNeed], context: Context) -> bool:
    """Whether a resource is needed twice, which is reported."""
    seen: set[str] = set()
    twice = False
    for need in raw:
        if need.any:
            continue
        ref = need.resources[0]
        if ref.value in seen:
            twice = True
            context.report.add(
                "IMS405",
                f"`{ref.value}` is needed twice",
                ref.span,
                help=f"write the units once, `{{{ref.value}: 2}}`",
            )
        seen.add(ref.value)
    return twice


def _from_effort(effort: int, needs: Needs, node: Node, context: Context) -> int:
    """Return the duration of fixed work: effort over the units that do it, rounded up.

    Equipment (``holds``) does no work beside people; alone it does.
    """
    people = [need.units for need in needs if not context.resources[need.resource].holds]
    units = sum(people or [need.units for need in needs])
    if not units and "needs" in node.item.keys:
        return effort  # what is needed could not be read, and that is reported
    if not units:
        span: Span = node.span("effort")
        context.report.add(
            "IMS408",
            f"`{node.id}` has effort but needs nobody to do it",
            span,
            help="add `needs:`, or write `duration:`",
        )
        return effort
    return ceil(Fraction(effort * FULL, units))
