"""Patterson files (``.rcp``): instances of the resource-constrained project scheduling problem.

The numbers are, in this order: activities and resources; the capacity of each resource; then for
each activity its duration, its demand of each resource, how many successors it has, and their
numbers from 1. Line breaks mean nothing, they fall anywhere. The first and the last activity are
the source and the sink.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from imsgen.model import (
    ALWAYS,
    ROUND_THE_CLOCK,
    Activity,
    Calendar,
    Dependency,
    Instant,
    Kind,
    Mode,
    Need,
    Project,
    Resource,
    from_datetime,
)

START = from_datetime(datetime(2026, 1, 1, tzinfo=UTC))
DAY = 1440


class FormatError(ValueError):
    """A file that is not in Patterson's format."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance; activities count from 0, the first is the source and the last the sink."""

    name: str
    capacities: tuple[int, ...]
    durations: tuple[int, ...]
    demands: tuple[tuple[int, ...], ...]
    successors: tuple[tuple[int, ...], ...]

    @property
    def critical_path(self) -> int:
        """Length of the longest chain of activities: resources count for nothing."""
        finish = [0] * len(self.durations)
        for activity in self.order():
            finish[activity] += self.durations[activity]
            for follower in self.successors[activity]:
                finish[follower] = max(finish[follower], finish[activity])
        return max(finish, default=0)

    @property
    def energy(self) -> int:
        """Periods the scarcest resource needs for all its work."""
        return max(
            (
                -(-sum(d * r[k] for d, r in zip(self.durations, self.demands, strict=True)) // cap)
                for k, cap in enumerate(self.capacities)
                if cap
            ),
            default=0,
        )

    def order(self) -> list[int]:
        """Return the activities, each after all it waits for.

        Raises
        ------
        FormatError
            If activities wait for each other in a circle.
        """
        waiting = [0] * len(self.durations)
        for followers in self.successors:
            for follower in followers:
                waiting[follower] += 1
        found = [activity for activity, count in enumerate(waiting) if count == 0]
        for activity in found:
            for follower in self.successors[activity]:
                waiting[follower] -= 1
                if waiting[follower] == 0:
                    found.append(follower)
        if len(found) < len(self.durations):
            raise FormatError(f"{self.name}: activities wait for each other in a circle")
        return found

    def project(self) -> Project:
        """Return the instance as a plan on one calendar that never rests, a period a minute."""
        ids = [activity_id(number) for number in range(len(self.durations))]
        resources = {
            f"r{k + 1}": Resource(f"r{k + 1}", f"Resource {k + 1}", ((None, 100 * cap),))
            for k, cap in enumerate(self.capacities)
        }
        activities = {id_: self._activity(number, id_) for number, id_ in enumerate(ids)}
        links = (
            Dependency(ids[number], ids[follower])
            for number, followers in enumerate(self.successors)
            for follower in followers
        )
        return Project(
            id=self.name,
            name=self.name,
            start=START,
            timezone="UTC",
            calendar=ALWAYS,
            horizon=(Instant(START - DAY), Instant(START + DAY + 2 * sum(self.durations))),
            calendars={ALWAYS: Calendar(ALWAYS, "Always", "UTC", (ROUND_THE_CLOCK,) * 7)},
            resources=resources,
            activities=activities,
            dependencies=tuple(dict.fromkeys(links)),
            outline=tuple(ids),
        )

    def _activity(self, number: int, id_: str) -> Activity:
        duration = self.durations[number]
        needs = tuple(
            Need(f"r{k + 1}", 100 * units)
            for k, units in enumerate(self.demands[number])
            if units and duration
        )
        return Activity(
            id=id_,
            name=f"Activity {number + 1}",
            kind=Kind.TASK if duration else Kind.MILESTONE,
            modes=(Mode(duration, ALWAYS, needs),),
            duration_text=f"{duration}m" if duration else "",
        )


def activity_id(number: int) -> str:
    """Return the id of an activity in the plan; ids count from 1 as the file does."""
    return f"a{number + 1}"


def read(path: Path) -> Instance:
    """Return the instance of a file.

    Raises
    ------
    FormatError
        If the file is not in the format.
    """
    return parse(path.read_text(encoding="ascii"), path.stem)


def parse(text: str, name: str) -> Instance:
    """Return the instance of a text.

    Raises
    ------
    FormatError
        If the text is not in the format: too few or too many numbers, something that is no
        number, a negative number, a successor that does not exist, or a circle.
    """
    numbers = _numbers(text, name)
    try:
        count, kinds = next(numbers), next(numbers)
        capacities = _take(numbers, kinds)
        rows = [_row(numbers, kinds) for _ in range(count)]
    except StopIteration:
        raise FormatError(f"{name}: the file ends before its last activity") from None
    if next(numbers, None) is not None:
        raise FormatError(f"{name}: numbers follow the last activity")
    for number, (_, _, successors) in enumerate(rows):
        for follower in successors:
            if not 0 <= follower < count:
                raise FormatError(
                    f"{name}: activity {number + 1} precedes {follower + 1}, of {count}"
                )
    instance = Instance(
        name,
        capacities,
        tuple(duration for duration, _, _ in rows),
        tuple(demands for _, demands, _ in rows),
        tuple(successors for _, _, successors in rows),
    )
    instance.order()
    return instance


def _row(numbers: Iterator[int], kinds: int) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
    """Return duration, demands and successors (from 0) of the next activity."""
    duration = next(numbers)
    demands = _take(numbers, kinds)
    successors = _take(numbers, next(numbers))
    return duration, demands, tuple(one - 1 for one in successors)


def _take(numbers: Iterator[int], length: int) -> tuple[int, ...]:
    """Return so many numbers; a generator expression would swallow their end."""
    found = []
    for _ in range(length):
        found.append(next(numbers))
    return tuple(found)


def _numbers(text: str, name: str) -> Iterator[int]:
    for word in text.split():
        if not word.isdecimal():
            raise FormatError(f"{name}: `{word}` is not a whole number from 0 up")
        yield int(word)
