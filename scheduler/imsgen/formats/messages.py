"""What a communications plan says of each message: how often, and when first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from imsgen.formats.facts import Facts
from imsgen.formats.notation import duration_text
from imsgen.model import DAY, Checkpoint, Communication, Instant, MeetingKind
from imsgen.schedule.diary.wording import on_no_go
from imsgen.schedule.views import WEEKDAYS, counted

OPEN: Final = "Open"
"""What the template calls a message that nobody has begun to prepare."""
_EVERY_DAY, _WORKING_DAYS = tuple(range(7)), tuple(range(5))


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message with the dates on which the schedule sends it, in order; none: never."""

    message: Communication
    dates: tuple[Instant, ...]

    @property
    def first(self) -> Instant | None:
        """The first date."""
        return self.dates[0] if self.dates else None


def deliveries(facts: Facts) -> list[Delivery]:
    """Return the messages of the plan by their first date, those never sent last."""
    sent: dict[str, list[Instant]] = {}
    for one in facts.schedule.meetings:
        if one.kind is MeetingKind.COMMUNICATION and not one.cancelled:
            id_ = one.series or one.id.removeprefix("comms:")
            sent.setdefault(id_, []).append(one.start)
    found = [
        Delivery(message, tuple(sorted(sent.get(id_, ()))))
        for id_, message in facts.project.communications.items()
    ]
    return sorted(found, key=lambda one: (one.first is None, one.first or 0))


def frequency(facts: Facts, one: Delivery) -> str:
    """Return how often a message is sent: ``Once``, ``If No-Go``, ``Every 4h, 16 times``."""
    if on_no_go(one.message):
        return "Once, if No-Go"
    trigger = one.message.trigger.event
    checkpoint = facts.project.checkpoints.get(trigger.id) if trigger is not None else None
    if checkpoint is not None and checkpoint.every is not None:
        return f"{_repetition(facts, checkpoint)}, {counted(len(one.dates), 'time')}"
    return "Once" if one.dates else "Not sent by this plan"


def _repetition(facts: Facts, checkpoint: Checkpoint) -> str:
    every = checkpoint.every
    if every is None:
        return "Once"
    if every.interval is not None:
        if every.interval % DAY == 0:
            return f"Every {counted(every.interval // DAY, 'day')}"
        return f"Every {duration_text(every.interval, facts.project.day)}"
    if every.weekdays == _EVERY_DAY:
        return "Daily"
    if every.weekdays == _WORKING_DAYS:
        return "Every weekday"
    return "Every " + ", ".join(WEEKDAYS[day] for day in every.weekdays)
