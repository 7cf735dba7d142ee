"""Work that cannot be done: its calendars share no time, or its window has too little of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from imsgen.diagnostics import Label, Severity
from imsgen.model import DAY, Activity, Instant, Kind, Mode
from imsgen.plan.resolve.checks.calendars import works
from imsgen.plan.resolve.checks.hours import week_text
from imsgen.plan.resolve.durations import hours_text
from imsgen.plan.resolve.project import Built

Spans = tuple[tuple[Instant, Instant], ...]
_SOON = 366 * DAY
"""Look no further than a year while that is enough: calendars expand as they are asked."""
_KINDS = frozenset({Kind.TASK, Kind.GATE})


@dataclass(slots=True)
class _Room:
    """What was found out about calendars and windows, each once."""

    built: Built
    known: dict[tuple[int, bool, Spans], int] = field(default_factory=dict)

    def fits(self, activity: Activity, mode: Mode, spans: Spans) -> bool:
        """Whether the work fits into one of the spans, or anywhere without spans."""
        first, last = self.built.project.start, self.built.project.horizon[1]
        soon: Spans = ((first, min(last, Instant(first + _SOON))),)
        if not spans and self.most(activity, mode, soon) >= mode.duration:
            return True
        return self.most(activity, mode, spans) >= mode.duration

    def most(self, activity: Activity, mode: Mode, spans: Spans) -> int:
        """Return the most working minutes in one of the spans; unbroken ones if it must be."""
        calendar = self.built.book.effective_of(mode, activity.ignore_resource_calendars)
        spans = spans or ((self.built.project.start, self.built.project.horizon[1]),)
        key = (id(calendar), activity.unbroken, spans)
        if key not in self.known:
            measure = calendar.longest_interval if activity.unbroken else calendar.work_between
            self.known[key] = max(measure(first, last) for first, last in spans)
        return self.known[key]


def work_that_cannot_fit(built: Built) -> None:
    """Report activities no way of which fits its calendars or windows; drop ways that do not."""
    room = _Room(built)
    changed: dict[str, Activity] = {}
    for id_, activity in built.project.activities.items():
        if not _concerns(activity) or not all(
            works(built, one.calendar) for one in activity.modes
        ):
            continue
        spans = common_spans(built, activity)
        if spans is None:
            _report_no_common_span(built, activity)
            continue
        possible = tuple(mode for mode in activity.modes if room.fits(activity, mode, spans))
        if not possible:
            _report(built, room, activity, spans)
        elif len(possible) < len(activity.modes):
            lost = _lost(activity, possible)
            warn_of_lost_choices(built, activity, lost, "no common working time")
            changed[id_] = replace(activity, modes=possible)
    if changed:
        built.project = replace(built.project, activities={**built.project.activities, **changed})


def _concerns(activity: Activity) -> bool:
    return (
        activity.scheduled
        and activity.kind in _KINDS
        and activity.progress is None
        and any(mode.duration for mode in activity.modes)
    )


def common_spans(built: Built, activity: Activity) -> Spans | None:
    """Return where all windows of an activity hold at once, () without windows, None if never."""
    spans: Spans = ()
    for i, within in enumerate(activity.within):
        other = built.project.windows[within.window].occurrences
        spans = other if i == 0 else tuple(_overlaps(spans, other))
        if not spans:
            return None
    return spans


def _overlaps(one: Spans, two: Spans) -> Iterator[tuple[Instant, Instant]]:
    i = j = 0
    while i < len(one) and j < len(two):
        first = max(one[i][0], two[j][0])
        last = min(one[i][1], two[j][1])
        if first < last:
            yield first, last
        if one[i][1] <= two[j][1]:
            i += 1
        else:
            j += 1


def _report_no_common_span(built: Built, activity: Activity) -> None:
    names = " and ".join(f"`{one.window}`" for one in activity.within)
    node = built.context.nodes[activity.id]
    together = "share no time" if len(activity.within) > 1 else "never occurs"
    built.context.report.add(
        "IMS320",
        f"`{activity.id}` lies within {names}, which {together}",
        node.span("within"),
        labels=tuple(
            Label(span, "the window")
            for one in activity.within
            if (span := built.project.sources.get(f"window:{one.window}")) is not None
        ),
    )


def _report(built: Built, room: _Room, activity: Activity, spans: Spans) -> None:
    """Say why no way of doing the activity fits, naming the hours that do not meet."""
    mode = max(activity.modes, key=lambda one: room.most(activity, one, spans))
    node = built.context.nodes[activity.id]
    key = "within" if spans else "duration" if "duration" in node.item.keys else "effort"
    need = f"{hours_text(mode.duration)}{' without a pause' if activity.unbroken else ''}"
    notes = [f"calendar `{mode.calendar}`: {week_text(built.project.calendars, mode.calendar)}"]
    resources = [] if activity.ignore_resource_calendars else _restricting(built, mode)
    for resource, calendar in resources:
        notes.append(
            f"resource `{resource}`, calendar `{calendar}`:"
            f" {week_text(built.project.calendars, calendar)}"
        )
    for within in activity.within:
        notes.append(f"window `{within.window}`: {_window_text(built, within.window)}")
    most = room.most(activity, mode, spans)
    empty = room.most(replace(activity, unbroken=False), mode, ()) == 0
    names = " and ".join(f"`{one}`" for one, _ in resources)
    if not spans and activity.unbroken and not empty:
        code, text = "IMS315", f"its longest working interval has {hours_text(most)}"
    elif spans and not empty:
        room_text = f"at most {hours_text(most)}" if most else "none"
        code, text = "IMS320", f"its window holds {room_text} of its working time"
    elif empty and names:
        code, text = "IMS316", f"it never works together with {names}"
    else:
        code, text = "IMS316", f"its calendars have {hours_text(most)} in all"
    built.context.report.add(
        code,
        f"`{activity.id}` needs {need}, {text}",
        node.span(key),
        labels=tuple(
            Label(span, "the resource")
            for one, _ in resources
            if (span := built.project.sources.get(f"resource:{one}")) is not None
        ),
        notes=tuple(notes),
        help=_advice(code, activity, names, most),
    )


def _advice(code: str, activity: Activity, names: str, most: int) -> str:
    if code == "IMS315":
        return "give it a calendar with longer hours, or let it pause"
    if names:
        return (
            "people with different hours work in activities of their own; for people on call"
            " write `ignore_resource_calendars: true`"
        )
    if activity.within and most:
        return "shorten it, or widen the window"
    if activity.within:
        return "give it a calendar that works in the window, `calendar: 24x7`"
    return "give it a calendar that works, or shorten it"


def _restricting(built: Built, mode: Mode) -> list[tuple[str, str]]:
    """Return the resources with another calendar than the activity's, and that calendar."""
    found = []
    for need in mode.needs:
        calendar = built.project.resources[need.resource].calendar
        if calendar is not None and calendar != mode.calendar:
            found.append((need.resource, calendar))
    return found


def _window_text(built: Built, id_: str) -> str:
    window = built.project.windows[id_]
    lengths = [last - first for first, last in window.occurrences]
    what = f"{len(lengths)} occurrences of" if window.repeating else "one stretch of"
    return f"{what} {hours_text(max(lengths))}"


def _lost(activity: Activity, possible: tuple[Mode, ...]) -> list[str]:
    """Return the resources that only ways left out would use."""
    kept = {need.resource for mode in possible for need in mode.needs}
    return list(
        dict.fromkeys(
            need.resource
            for mode in activity.modes
            for need in mode.needs
            if need.resource not in kept
        )
    )


def warn_of_lost_choices(built: Built, activity: Activity, resources: list[str], why: str) -> None:
    """Say which ways of doing an activity can never be chosen."""
    node = built.context.nodes[activity.id]
    names = " or ".join(f"`{one}`" for one in resources)
    with_whom = f"with {names}" if names else "in one of the ways written"
    built.context.report.add(
        "IMS327",
        f"`{activity.id}` can never be done {with_whom}: {why}",
        node.span("alternatives" if node.item.alternatives else "needs"),
        severity=Severity.WARNING,
        help="remove the choice, or change the calendars or units",
    )
