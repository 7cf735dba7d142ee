"""Dates as written to instants: zones, whole days, and the hours that occur twice or never."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from imsgen.calendars.zones import after_gap, candidates
from imsgen.diagnostics import Report, Span
from imsgen.model import DAY, Instant, to_datetime
from imsgen.plan.document import At, RawInstant


def local_text(instant: int, zone: ZoneInfo) -> str:
    """Return an instant as the plan would write it in a zone, ``2026-11-02 08:00``."""
    return to_datetime(Instant(instant)).astimezone(zone).strftime("%Y-%m-%d %H:%M")


class Dates:
    """Turns written dates into instants and remembers every date the plan mentions."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.mentioned: list[tuple[Instant, Span]] = []
        self._memo: dict[tuple[date, int, int | None, str], Instant] = {}

    def start(self, raw: At[RawInstant], zone: ZoneInfo) -> Instant | None:
        """Return the instant of a start: of a date alone its 00:00."""
        return self._read(raw.value, raw.span, zone, 0)

    def end(self, raw: At[RawInstant], zone: ZoneInfo) -> Instant | None:
        """Return the instant of an end: of a date alone its 24:00."""
        return self._read(raw.value, raw.span, zone, DAY)

    def first_of(self, raw: RawInstant, span: Span, zone: ZoneInfo) -> Instant | None:
        """Return :meth:`start` of a date that has no place of its own."""
        return self._read(raw, span, zone, 0)

    def last_of(self, raw: RawInstant, span: Span, zone: ZoneInfo) -> Instant | None:
        """Return :meth:`end` of a date that has no place of its own."""
        return self._read(raw, span, zone, DAY)

    def _read(self, raw: RawInstant, span: Span, zone: ZoneInfo, default: int) -> Instant | None:
        typed = raw.minute is not None
        minute = default if raw.minute is None else raw.minute
        if raw.zone is not None:
            zone = ZoneInfo(raw.zone)
        key = (raw.day, minute, raw.offset, zone.key)
        found = self._memo.get(key)
        if found is None:
            found = self._resolve(raw, minute, span, zone, typed=typed)
            if found is None:
                return None
            self._memo[key] = found
        self.mentioned.append((found, span))
        return found

    def _resolve(
        self, raw: RawInstant, minute: int, span: Span, zone: ZoneInfo, *, typed: bool
    ) -> Instant | None:
        if raw.offset is not None:
            midnight = datetime.combine(
                raw.day, datetime.min.time(), timezone(timedelta(minutes=raw.offset))
            )
            return Instant(int(midnight.timestamp()) // 60 + minute)
        found = candidates(raw.day, minute, zone)
        if len(found) == 1:
            return found[0]
        if not typed:  # midnight of a whole day: the first that exists
            return found[0] if found else after_gap(raw.day, minute, zone)
        if found:
            self._twice(raw, minute, found, span, zone)
        else:
            self._never(raw, minute, span, zone)
        return None

    def _twice(
        self,
        raw: RawInstant,
        minute: int,
        found: tuple[Instant, ...],
        span: Span,
        zone: ZoneInfo,
    ) -> None:
        text = _clock(raw.day, minute)
        first, second = (f"`{text}{_offset(instant, zone)}`" for instant in found)
        self.report.add(
            "IMS301",
            f"`{text}` occurs twice in {zone.key}, the clocks go back",
            span,
            help=f"write {first} for the first or {second} for the second",
        )

    def _never(self, raw: RawInstant, minute: int, span: Span, zone: ZoneInfo) -> None:
        jump = after_gap(raw.day, minute, zone)
        after = to_datetime(jump).astimezone(zone)
        before = to_datetime(Instant(jump - 1)).astimezone(zone)
        jumped = (after.utcoffset() or timedelta()) - (before.utcoffset() or timedelta())
        gap = int(jumped.total_seconds()) // 60
        early, late = (_clock(raw.day, minute + shift) for shift in (-gap, gap))
        self.report.add(
            "IMS302",
            f"`{_clock(raw.day, minute)}` does not occur in {zone.key}, the clocks go forward",
            span,
            help=f"write `{early}` or `{late}`",
        )


def _clock(day: date, minute: int) -> str:
    days, rest = divmod(minute, DAY)
    return f"{day + timedelta(days=days)} {rest // 60:02}:{rest % 60:02}"


def _offset(instant: Instant, zone: ZoneInfo) -> str:
    return to_datetime(instant).astimezone(zone).isoformat(timespec="minutes")[-6:]
