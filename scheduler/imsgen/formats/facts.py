"""What several formats say about a schedule and the schedule only implies."""

from __future__ import annotations

from functools import cached_property
from zoneinfo import ZoneInfo

from imsgen.calendars import CalendarBook, WorkCalendar
from imsgen.formats.notation import activity_duration, link_text
from imsgen.formats.project_links import links_text, row_numbers
from imsgen.model import Activity, Dependency, Instant, Kind, Mode, Schedule

SHARED = "Shared"
"""The plan's word for all of its parties."""


def percent_of(activity: Activity, mode: Mode) -> int:
    """Return percent complete of the mode's duration, from the actuals where it is not stated."""
    progress = activity.progress
    if progress is None or progress.actual_start is None:
        return 0
    if progress.actual_finish is not None:
        return 100
    if progress.percent_complete is not None:
        return progress.percent_complete
    if progress.remaining is None or not mode.duration:
        return 0
    return max(0, min(99, round(100 * (mode.duration - progress.remaining) / mode.duration)))


class Facts:
    """Answers about one schedule: who, how far, on what calendar, after what."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.project = schedule.project
        self.zone = ZoneInfo(schedule.project.timezone)
        self.book = CalendarBook(schedule.project)

    @cached_property
    def driving(self) -> frozenset[str]:
        """Ids of the driving chain."""
        return frozenset(self.schedule.driving_chain)

    # -- work --------------------------------------------------------------------------------

    def mode(self, id_: str) -> Mode:
        """Return the mode chosen, the first for what is not scheduled."""
        placed = self.schedule.activities.get(id_)
        return self.project.activities[id_].modes[placed.mode if placed else 0]

    def calendar(self, id_: str) -> WorkCalendar:
        """Return the effective calendar of the mode chosen."""
        activity = self.project.activities[id_]
        return self.book.effective_of(self.mode(id_), activity.ignore_resource_calendars)

    def duration(self, id_: str) -> int:
        """Return the minutes of an activity: of its mode or, for a hammock, what it spans."""
        placed = self.schedule.activities.get(id_)
        if self.project.activities[id_].kind is Kind.HAMMOCK and placed:
            return self.calendar(id_).work_between(placed.start, placed.finish)
        return self.mode(id_).duration

    def duration_text(self, id_: str) -> str:
        """Return the duration in the plan's notation, empty for what has no length."""
        activity = self.project.activities[id_]
        mode = self.mode(id_)
        if activity.kind is Kind.HAMMOCK or not mode.duration:
            return ""
        return activity_duration(activity, mode, self.project.day)

    # -- progress ----------------------------------------------------------------------------

    def percent(self, id_: str) -> int:
        """Return percent complete of the duration, from the actuals where it is not stated."""
        return percent_of(self.project.activities[id_], self.mode(id_))

    def group_percent(self, id_: str) -> int:
        """Return percent complete of a group: the mean of its activities, by duration."""
        leaves = [one for one in self.project.leaves(id_) if self.counts(one)]
        weights = [self.mode(one).duration for one in leaves]
        if not any(weights):
            weights = [1] * len(leaves)
        done = sum(self.percent(one) * weight for one, weight in zip(leaves, weights, strict=True))
        return done // sum(weights) if leaves else 0

    def counts(self, id_: str) -> bool:
        """Whether an activity counts for the percentage of its groups: on the plan, no hammock."""
        activity = self.project.activities[id_]
        return activity.kind is not Kind.HAMMOCK and id_ in self.schedule.activities

    # -- links -------------------------------------------------------------------------------

    @cached_property
    def incoming(self) -> dict[str, list[Dependency]]:
        """Links by successor, in file order."""
        return self._by("successor")

    @cached_property
    def outgoing(self) -> dict[str, list[Dependency]]:
        """Links by predecessor, in file order."""
        return self._by("predecessor")

    def _by(self, end: str) -> dict[str, list[Dependency]]:
        found: dict[str, list[Dependency]] = {}
        for link in self.project.dependencies:
            found.setdefault(getattr(link, end), []).append(link)
        return found

    def predecessors_text(self, id_: str) -> str:
        """Return the links that lead to an activity or group, ``stop SS+2h, backup``."""
        links = self.incoming.get(id_, ())
        return ", ".join(link_text(link, link.predecessor, self.project) for link in links)

    def successors_text(self, id_: str) -> str:
        """Return the links that leave an activity or group."""
        links = self.outgoing.get(id_, ())
        return ", ".join(link_text(link, link.successor, self.project) for link in links)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The numbers that MS Project gives groups and activities."""
        return row_numbers(self.project.outline)

    def project_links(self, id_: str, *, before: bool) -> str:
        """Return the links that lead to an activity or group, or leave it, as MS Project has them."""
        links = (self.incoming if before else self.outgoing).get(id_, ())
        return links_text(links, self.numbers, self.project.day, before=before)

    # -- people ------------------------------------------------------------------------------

    def person(self, id_: str | None) -> str:
        """Return the name of whom the plan names by id, the text itself if it is no id."""
        if id_ is None:
            return ""
        known = self.project.resources.get(id_) or self.project.people.get(id_)
        return known.name if known else id_

    def people(self, ids: tuple[str, ...]) -> str:
        """Return the names of several people."""
        return ", ".join(self.person(id_) for id_ in ids)

    def party_text(self, ids: tuple[str, ...]) -> str:
        """Return the names of parties, ``Agency + Integrator``; ``Shared`` where it is all."""
        parties = self.project.parties
        if len(ids) > 1 and len(ids) == len(parties):
            return SHARED
        return " + ".join(parties[id_].name if id_ in parties else id_ for id_ in ids)

    # -- dates -------------------------------------------------------------------------------

    def dates(self, id_: str) -> tuple[Instant, Instant] | None:
        """Return start and finish of an activity or group; None for what is not scheduled."""
        placed = self.schedule.activities.get(id_)
        if placed is not None:
            return placed.start, placed.finish
        return self.schedule.groups.get(id_)

    def late(self, id_: str) -> bool:
        """Whether an activity or group misses its deadline."""
        node: Activity | object = self.project.activities.get(id_) or self.project.groups[id_]
        deadline: Instant | None = getattr(node, "deadline", None)
        dates = self.dates(id_)
        return deadline is not None and dates is not None and dates[1] > deadline
