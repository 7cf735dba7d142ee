"""Dates before the plan starts, and dates so far off that a year was mistyped."""

from __future__ import annotations

from imsgen.diagnostics import Severity
from imsgen.model import DAY
from imsgen.plan.document import At, RawInstant
from imsgen.plan.resolve.dates import local_text
from imsgen.plan.resolve.horizon import LONGEST
from imsgen.plan.resolve.outline import Node
from imsgen.plan.resolve.project import Built

_FAR = 3653 * DAY
"""Ten years."""


def dates_far_off(built: Built) -> None:
    """Warn about dates over 10 years from the plan's start, refuse those over 30 after it."""
    context, start = built.context, built.project.start
    seen = set()
    for instant, span in context.dates.mentioned:
        if abs(instant - start) <= _FAR or span in seen:
            continue
        seen.add(span)
        years = abs(instant - start) / (365.25 * DAY)
        where = "after" if instant > start else "before"
        if instant - start > LONGEST:
            context.report.add(
                "IMS328",
                f"this date is {years:.0f} years after the plan's start, at most 30 are planned",
                span,
            )
        else:
            context.report.add(
                "IMS305",
                f"this date is {years:.0f} years {where} the plan's start",
                span,
                severity=Severity.WARNING,
                help="check the year",
            )


def dates_before_the_start(built: Built) -> None:
    """Report planned dates before the plan's start; what has happened may lie there."""
    for node in built.context.nodes.values():
        activity = built.project.activities.get(node.id)
        if activity is not None and activity.progress is not None:
            continue
        for constraint in node.item.constraint:
            if constraint.value.date is not None:
                _check(
                    built,
                    node,
                    "constraint",
                    At(constraint.value.date, constraint.span),
                    f"{constraint.value.type} ",
                )
        for key in ("deadline", "at", "expected"):
            raw = getattr(node.item, key)
            if raw is not None:
                _check(built, node, key, raw)
    document = built.context.parts.root.document
    deadline = built.project.deadline
    if document.deadline is not None and deadline is not None and deadline < built.project.start:
        _report(built, "deadline", document.deadline)


def _check(built: Built, node: Node, key: str, raw: At[RawInstant], prefix: str = "") -> None:
    dates = built.context.dates
    # The end of a day typed without a time: `SNET 2026-11-02` is fine on the first day.
    # Reading it a second time repeats no message: equal diagnostics are shown once.
    instant = dates.end(raw, node.part.setting.zone)
    if instant is not None and instant < built.project.start:
        _report(built, key, raw, prefix)


def _report(built: Built, key: str, raw: At[RawInstant], prefix: str = "") -> None:
    zone = built.context.parts.root.setting.zone
    built.context.report.add(
        "IMS306",
        f"`{key}: {prefix}{raw.value.text}` is before the plan's start"
        f" {local_text(built.project.start, zone)}",
        raw.span,
        help="move it, or `start:`",
    )
