"""What the verifier found: one broken rule, said so that a planner can check it by hand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from imsgen.model import Instant, to_datetime

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Rule(StrEnum):
    """The rules of docs/concepts/rules.md and the facts derived from a schedule."""

    PRESENT = "present"
    MODE = "mode"
    START = "start"
    DURATION = "duration"
    UNBROKEN = "unbroken"
    MILESTONE = "milestone"
    PLAN_START = "plan_start"
    STATUS_DATE = "status_date"
    ACTUAL = "actual"
    REMAINING = "remaining"
    LINK = "link"
    MAX_LAG = "max_lag"
    CONSTRAINT = "constraint"
    WITHIN = "within"
    TOGETHER = "together"
    FORBIDDEN = "forbidden"
    CAPACITY = "capacity"
    HAMMOCK = "hammock"
    GROUP = "group"
    FINISH = "finish"
    BOUND = "bound"
    OBJECTIVE = "objective"
    FLOAT = "float"
    CRITICAL = "critical"
    EARLY = "early"
    DRIVER = "driver"
    OCCURRENCE = "occurrence"
    MEETING = "meeting"
    ROLLBACK = "rollback"
    ROSTER = "roster"


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that a schedule breaks.

    ``ids`` are the activities, groups, resources or windows concerned, the offender first;
    ``instants`` the times the message speaks of, found before wanted.
    """

    rule: Rule
    ids: tuple[str, ...]
    message: str
    instants: tuple[Instant, ...] = ()

    def __str__(self) -> str:
        return f"{self.rule}: {self.message}"


def local(instant: int, timezone: str) -> str:
    """Return an instant as people read it, ``Fri 2026-11-06 17:00 EST``."""
    moment = to_datetime(Instant(instant)).astimezone(ZoneInfo(timezone))
    return f"{_DAYS[moment.weekday()]} {moment:%Y-%m-%d %H:%M %Z}"
