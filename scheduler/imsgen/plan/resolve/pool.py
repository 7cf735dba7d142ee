"""Calendars, windows, resources and parties: one name space each for all files of a plan."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Protocol, TypeVar

from imsgen.diagnostics import Label, Report, Span
from imsgen.model import ALWAYS, STANDARD
from imsgen.plan.document import At, RawCalendar, RawInstant, RawResource, RawWindow
from imsgen.plan.people import RawPerson
from imsgen.plan.resolve.names import find_named
from imsgen.plan.resolve.part import Part, Parts

BUILT_IN = (STANDARD, ALWAYS)


class _Named(Protocol):
    @property
    def id(self) -> At[str]: ...


D = TypeVar("D", bound=_Named)


@dataclass(slots=True)
class Pool:
    """The definitions by id, each with the file that sets its zone."""

    calendars: dict[str, tuple[RawCalendar, Part]] = field(default_factory=dict)
    windows: dict[str, tuple[RawWindow, Part]] = field(default_factory=dict)
    resources: dict[str, tuple[RawResource, Part]] = field(default_factory=dict)
    people: dict[str, tuple[RawPerson, Part]] = field(default_factory=dict)
    parties: dict[str, At[str]] = field(default_factory=dict)
    used: dict[str, None] = field(default_factory=dict)
    """Built-in calendars that the plan names."""

    def calendar(self, ref: At[str], report: Report) -> str | None:
        """Return the id of a calendar, or report that there is none."""
        if ref.value in BUILT_IN:
            self.used[ref.value] = None
            return ref.value
        if ref.value in self.calendars:
            return ref.value
        return find_named(ref, {**self.calendars, **dict.fromkeys(BUILT_IN)}, "calendar", report)

    def party(self, refs: tuple[At[str], ...], report: Report) -> tuple[str, ...]:
        """Return parties; ``shared`` means all that are declared."""
        found: list[str] = []
        for ref in refs:
            if ref.value == "shared" and "shared" not in self.parties:
                found.extend(self.parties)
            elif find_named(ref, self.parties, "party", report) is not None:
                found.append(ref.value)
        return tuple(dict.fromkeys(found))


def pool(parts: Parts, report: Report) -> Pool:
    """Collect the definitions of all files.

    The same definition in two files is one; different ones of the same id are reported.
    """
    found = Pool()
    for part in parts.all():
        document = part.document
        for calendar in document.calendars:
            if calendar.id.value not in BUILT_IN:
                _merge(found.calendars, calendar, part, "calendar", report)
                continue
            report.add(
                "IMS206",
                f"`{calendar.id.value}` is a built-in calendar",
                calendar.id.span,
                help="choose another id",
            )
        for window in document.windows:
            _merge(found.windows, window, part, "window", report)
        for resource in document.resources:
            _merge(found.resources, resource, part, "resource", report)
        for person in document.people:
            _merge(found.people, person, part, "person", report)
        for id_, name in document.parties:
            other = found.parties.setdefault(id_.value, At(name.value, id_.span))
            if other.value != name.value:
                _differ("party", id_, other.span, report)
    return found


def _merge(
    known: dict[str, tuple[D, Part]], one: D, part: Part, what: str, report: Report
) -> None:
    other = known.setdefault(one.id.value, (one, part))
    if other[0] is one:
        return
    if _meaning(one, part) != _meaning(*other):
        _differ(what, one.id, other[0].id.span, report)


def _differ(what: str, id_: At[str], other: Span, report: Report) -> None:
    report.add(
        "IMS224",
        f"the {what} `{id_.value}` is defined differently elsewhere",
        id_.span,
        labels=(Label(other, "the first definition is here"),),
        help="keep one definition in a library that both files include, or rename one",
    )


def _meaning(value: object, part: Part) -> object:
    """Return what a definition says, without places: dates in the zone they are read in."""
    if isinstance(value, At):
        return _meaning(value.value, part)
    if isinstance(value, tuple):
        return tuple(_meaning(one, part) for one in value)
    if isinstance(value, Span) or not is_dataclass(value):
        return None if isinstance(value, Span) else value
    zone: object = None
    if isinstance(value, RawInstant) and value.zone is None and value.offset is None:
        zone = part.setting.zone.key
    if isinstance(value, RawCalendar | RawWindow) and value.timezone is None:
        zone = part.setting.zone.key
    return (
        zone,
        *(_meaning(getattr(value, one.name), part) for one in fields(value) if one.name != "text"),
    )
