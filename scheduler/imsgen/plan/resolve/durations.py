"""Durations as written to minutes, by the day, week and month of the file."""

from __future__ import annotations

from fractions import Fraction

from imsgen.diagnostics import Report, Span
from imsgen.plan.document import At, RawDuration, RawLag
from imsgen.plan.resolve.part import Setting

_FIXED = {"m": 1, "h": 60, "em": 1, "eh": 60, "ed": 1440, "ew": 10080}
LONG_UNITS = frozenset({"d", "w", "mo"})
"""Units whose length the plan sets."""


def exact_minutes(raw: RawDuration, setting: Setting) -> Fraction:
    """Return the minutes of a duration, maybe with a fraction."""
    long = {"d": setting.day, "w": setting.week, "mo": setting.month}
    total = Fraction(0)
    for amount, unit in raw.amounts:
        total += amount * (_FIXED.get(unit) or long[unit])
    return total


def whole_minutes(raw: RawDuration, span: Span, setting: Setting, report: Report) -> int:
    """Return the minutes of a duration; one with a fraction of a minute is reported."""
    exact = exact_minutes(raw, setting)
    if exact.denominator != 1:
        near = round(exact)
        report.add(
            "IMS321",
            f"`{raw.text}` is {float(exact):g} minutes, expected whole minutes",
            span,
            help=f"write `{near}{'em' if raw.elapsed else 'm'}`",
        )
        return near
    return int(exact)


def minutes(raw: At[RawDuration], setting: Setting, report: Report) -> int:
    """Return the minutes of a placed duration, see :func:`whole_minutes`."""
    return whole_minutes(raw.value, raw.span, setting, report)


def signed_minutes(lag: RawLag, span: Span, setting: Setting, report: Report) -> int:
    """Return the minutes of a lag given as a duration; negative for a lead."""
    if lag.duration is None:
        return 0
    found = whole_minutes(lag.duration, span, setting, report)
    return -found if lag.negative else found


def hours_text(minutes_: int) -> str:
    """Return minutes for people: ``6h``, ``1h30m``, ``45m``."""
    hours, rest = divmod(minutes_, 60)
    return f"{hours}h{rest}m" if hours and rest else f"{hours}h" if hours else f"{rest}m"
