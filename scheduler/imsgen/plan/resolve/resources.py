"""Resources: capacity steps, leave and references."""

from __future__ import annotations

from datetime import timedelta

from imsgen.diagnostics import Label, Report
from imsgen.model import FULL, Instant, Resource
from imsgen.plan.document import At, RawRange, RawResource
from imsgen.plan.resolve.dates import Dates
from imsgen.plan.resolve.part import Part
from imsgen.plan.resolve.pool import Pool

Capacity = tuple[tuple[Instant | None, int], ...]


def resources(pool: Pool, dates: Dates, report: Report) -> dict[str, Resource]:
    """Return the resources of the plan by id."""
    return {
        id_: _resource(raw, part, pool, dates, report)
        for id_, (raw, part) in pool.resources.items()
    }


def _resource(raw: RawResource, part: Part, pool: Pool, dates: Dates, report: Report) -> Resource:
    capacity = _capacity(raw, part, dates, report)
    calendar = pool.calendar(raw.calendar, report) if raw.calendar is not None else None
    party = pool.party((raw.party,), report) if raw.party is not None else ()
    return Resource(
        id=raw.id.value,
        name=raw.name or raw.id.value,
        capacity=capacity,
        party=party[0] if party else None,
        calendar=calendar,
        leave=_leave(raw, capacity, part, dates, report),
        holds=raw.holds,
        email=raw.email,
        rate=raw.rate,
        uid=raw.uid.value if raw.uid is not None else None,
        notes=raw.notes,
        tags=raw.tags,
        fields=dict(raw.fields),
    )


def _capacity(raw: RawResource, part: Part, dates: Dates, report: Report) -> Capacity:
    """Return the steps by date; before the first dated one there is nothing."""
    steps: list[tuple[Instant | None, int]] = []
    seen: dict[Instant, int] = {}
    for since, units in raw.capacity:
        if since is None:
            steps.append((None, units))
            continue
        instant = dates.start(since, part.setting.zone)
        if instant is None:
            continue
        if instant in seen:
            report.add(
                "IMS410",
                f"the capacity of `{raw.id.value}` from `{since.value.text}` is stated twice",
                since.span,
            )
            continue
        seen[instant] = units
        steps.append((instant, units))
    steps.sort(key=lambda step: (step[0] is not None, step[0] or 0))
    return tuple(steps) or ((None, FULL),)


def _leave(
    raw: RawResource, capacity: Capacity, part: Part, dates: Dates, report: Report
) -> tuple[tuple[Instant, Instant], ...]:
    """Return the absences of one person; a team has a capacity with dates instead."""
    found = absences(raw.leave, part, dates, report)
    largest = max(units for _, units in capacity)
    if found and largest > FULL:
        first_leave = raw.leave[0]
        leaves = first_leave.value.first.day
        back = first_leave.value.last.day + timedelta(days=1)
        start = part.document.start
        since = start.value.day if start is not None else leaves.replace(month=1, day=1)
        whole = largest // FULL
        steps = f"{since}: {whole}, {leaves}: {whole - 1}, {back}: {whole}"
        report.add(
            "IMS404",
            f"`{raw.id.value}` is {largest / FULL:g} people, `leave:` is for one",
            first_leave.span,
            labels=(Label(raw.id.span, "the resource"),),
            help=f"write `capacity: {{{steps}}}`",
        )
        return ()
    return found


def absences(
    leave: tuple[At[RawRange], ...], part: Part, dates: Dates, report: Report
) -> tuple[tuple[Instant, Instant], ...]:
    """Return ``[from, to)`` of absences, sorted, those that touch as one."""
    zone = part.setting.zone
    found: list[tuple[Instant, Instant]] = []
    for one in leave:
        first = dates.first_of(one.value.first, one.span, zone)
        last = dates.last_of(one.value.last, one.span, zone)
        if first is None or last is None:
            continue
        if last <= first:
            text = f"{one.value.first.text}..{one.value.last.text}"
            report.add("IMS314", f"the leave ends before it starts: `{text}`", one.span)
            continue
        found.append((first, last))
    return _joined(found)


def _joined(spans: list[tuple[Instant, Instant]]) -> tuple[tuple[Instant, Instant], ...]:
    joined: list[tuple[Instant, Instant]] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(joined)
