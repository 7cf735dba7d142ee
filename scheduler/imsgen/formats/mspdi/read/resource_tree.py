"""Resources of the file as resources of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction

from imsgen.formats.mspdi.read import notation
from imsgen.formats.mspdi.read.calendar_tree import Calendars
from imsgen.formats.mspdi.read.ids import free, slug
from imsgen.formats.mspdi.read.losses import Losses
from imsgen.formats.mspdi.read.source import Calendar, ProjectFile, Resource
from imsgen.model import CLOSED
from imsgen.plan.writing import Tree, Words

WORK = 1
_KINDS = {0: "A material is no resource of a plan", 2: "A cost is no resource of a plan"}
_RESERVED = {"any", "units", "count"}
_HOURS_OF_RATE = {1: Fraction(1, 60), 2: Fraction(1)}
_DAY, _WEEK, _MONTH, _YEAR = 3, 4, 5, 7
_MONTHS = 12
_FOR_EVER = 2049
"""The year in which MS Project ends what has no end."""


class Resources:
    """The people and equipment that tasks may need, by UID."""

    def __init__(
        self, file: ProjectFile, calendars: Calendars, most: Mapping[int, Fraction], losses: Losses
    ) -> None:
        """``most`` is the largest share of each resource that a task asks for."""
        self._file = file
        self._calendars = calendars
        self._losses = losses
        self.ids: dict[int, str] = {}
        self.tree: dict[str, Tree] = {}
        self._entries: dict[str, dict[str, Tree]] = {}
        for resource in file.resources.values():
            if resource.type != WORK:
                losses.add(
                    _KINDS.get(resource.type, "Only people and equipment are kept"), resource
                )
                continue
            wanted = slug(resource.name, f"resource-{resource.uid}")
            id_ = free(wanted, lambda one: one in self.tree or one in _RESERVED)
            self.ids[resource.uid] = id_
            self._entries[id_] = self._entry(resource, most.get(resource.uid, Fraction(0)))
            self.tree[id_] = self._entries[id_]

    def base_of(self, uid: int) -> Calendar | None:
        """Return the calendar that a resource's hours come from, its own days off aside."""
        resource = self._file.resources[uid]
        calendar = self._file.calendars.get(resource.calendar)
        if calendar is None:
            return None
        if self._leave(resource, calendar) is not None:
            base = self._file.calendars.get(calendar.base) if calendar.base is not None else None
            return None if base is None else self._calendars.plain(base)
        return self._calendars.plain(calendar)

    def give_parties(self, ids: Mapping[str, str]) -> None:
        """Let those whose group is a party's name belong to it; ``ids`` is by that name."""
        for uid, id_ in self.ids.items():
            party = ids.get(self._file.resources[uid].group.casefold())
            entry = self._entries[id_]
            if party is not None:
                entry.pop("tags", None)
                self.tree[id_] = {"name": entry.pop("name"), "party": party, **entry}

    def is_away(self, uid: int) -> bool:
        """Whether a resource has days off of its own."""
        resource = self._file.resources[uid]
        calendar = self._file.calendars.get(resource.calendar)
        return calendar is not None and self._leave(resource, calendar) is not None

    def _entry(self, resource: Resource, most: Fraction) -> dict[str, Tree]:
        calendar = self._file.calendars.get(resource.calendar)
        leave = None if calendar is None else self._leave(resource, calendar)
        base = self.base_of(resource.uid)
        id_ = None if base is None else self._calendars.id_of(base.uid)
        return notation.only(
            {
                "name": Words(resource.name),
                "capacity": self._capacity(resource, most),
                "calendar": id_,
                "leave": leave,
                "email": resource.email if _is_address(resource.email) else None,
                "rate": self._rate(resource),
                "notes": Words(resource.notes) if resource.notes else None,
                "tags": [slug(resource.group, "group")] if resource.group else None,
                "fields": {key: Words(text) for key, text in resource.fields.items()} or None,
                "uid": str(resource.uid),
            }
        )

    def _capacity(self, resource: Resource, most: Fraction) -> Tree | None:
        periods = [one for one in resource.available if one[0] is not None or one[1] is not None]
        if len(periods) > 1 or (periods and periods[0][0] is not None):
            return self._dated(resource, most)
        capacity = resource.max_units
        if most > capacity:
            shown = f"{notation.units(capacity)} to {notation.units(most)}"
            self._losses.add(
                "A task asks for more than there is, so there are more now",
                f"UID {resource.uid} `{resource.name}` from {shown}",
            )
            capacity = most
        shown = notation.units(capacity)
        return None if shown == "1" else shown

    def _dated(self, resource: Resource, most: Fraction) -> Tree:
        if any(value < most for _, _, value in resource.available):
            self._losses.add("A task may ask for more than there is at times", resource)
        steps: dict[str, Tree] = {}
        ends = None
        for begin, end, value in resource.available:
            if begin is not None and ends is not None and ends < begin:
                steps[notation.beginning(ends)] = "0"
            at = begin or self._file.start
            if at is not None:
                steps[notation.beginning(at)] = "0" if value == 0 else notation.units(value)
            ends = None if end is None or end.year >= _FOR_EVER else _after(end)
        if ends is not None:
            steps[notation.beginning(ends)] = "0"
        return steps

    def _leave(self, resource: Resource, calendar: Calendar) -> Tree | None:
        """Return the days off of somebody whose calendar is only a base less days off."""
        alone = resource.max_units <= 1 and not calendar.is_base and calendar.base is not None
        days_off = all(one.hours == CLOSED and not one.rule for one in calendar.exceptions)
        own_week = any(hours is not None for hours in calendar.week)
        if not alone or own_week or not days_off or not calendar.exceptions:
            return None
        return [notation.days(one.first, one.last) for one in calendar.exceptions]

    def _rate(self, resource: Resource) -> str | None:
        """Return the amount an hour."""
        file = self._file
        month = Fraction(file.day * file.days_per_month, 60)
        hours = {
            **_HOURS_OF_RATE,
            _DAY: Fraction(file.day, 60),
            _WEEK: Fraction(file.week, 60),
            _MONTH: month,
            _YEAR: month * _MONTHS,
        }.get(resource.rate_format)
        if resource.rate <= 0 or hours is None:
            return None
        amount = round(resource.rate / hours, 2)
        return f"{float(amount):.2f}".removesuffix(".00") if amount else None


def _is_address(text: str) -> bool:
    name, at, host = text.partition("@")
    return bool(name and at and "." in host) and all(
        char.isascii() and (char.isalnum() or char in "._+-@") for char in text
    )


def _after(end: datetime) -> datetime:
    """Return the minute after an end, which MS Project writes as 23:59 of the last day."""
    return end + timedelta(minutes=1) if (end.hour, end.minute) == (23, 59) else end
