"""Checkpoints and communications."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from imsgen.diagnostics import Report
from imsgen.model import Checkpoint, Communication, Every
from imsgen.plan.document import At, RawEvery
from imsgen.plan.people import RawCheckpoint, RawCommunication
from imsgen.plan.resolve.activities import check_person
from imsgen.plan.resolve.context import Context
from imsgen.plan.resolve.durations import LONG_UNITS, minutes
from imsgen.plan.resolve.events import when_of
from imsgen.plan.resolve.part import Part


def plan_calendar(part: Part, context: Context) -> str:
    """Return the default calendar of the file, where offsets on events count."""
    written = part.document.calendar
    if written is None:
        return context.calendar
    return context.pool.calendar(written, context.report) or context.calendar


def checkpoints_of(context: Context) -> dict[str, Checkpoint]:
    """Return the checkpoints of all plans by full id."""
    found = {}
    for part in context.parts.plans():
        for raw in part.document.checkpoints:
            id_ = part.full(raw.id.value)
            if context.names.spans.get(id_) == raw.id.span:
                found[id_] = _checkpoint(id_, raw, part, context)
                context.sources[f"checkpoint:{id_}"] = raw.id.span
    return found


def _checkpoint(id_: str, raw: RawCheckpoint, part: Part, context: Context) -> Checkpoint:
    if raw.span is None or not context.misread(raw.span):
        _check_times(raw, context.report)
    on = plan_calendar(part, context)
    zone = part.setting.zone
    if raw.timezone is not None:
        zone = ZoneInfo(raw.timezone.value)
    for ref in (*raw.who, *raw.decides, *([raw.owner] if raw.owner is not None else [])):
        check_person(ref, context)
    return Checkpoint(
        id=id_,
        name=raw.name or raw.id.value,
        at=when_of(raw.at, part, on, context) if raw.at is not None else None,
        every=_every(raw.every, part, context) if raw.every is not None else None,
        from_=when_of(raw.from_, part, on, context) if raw.from_ is not None else None,
        until=when_of(raw.until, part, on, context, end=True) if raw.until is not None else None,
        duration=(
            minutes(raw.duration, part.setting, context.report) if raw.duration is not None else 15
        ),
        timezone=zone.key,
        calendar=(
            context.pool.calendar(raw.calendar, context.report)
            if raw.calendar is not None
            else None
        ),
        who=tuple(ref.value for ref in raw.who),
        owner=raw.owner.value if raw.owner is not None else None,
        decides=tuple(ref.value for ref in raw.decides),
        criteria=raw.criteria,
        location=raw.location,
        notes=raw.notes,
    )


def _every(raw: At[RawEvery], part: Part, context: Context) -> Every:
    value = raw.value
    if value.interval is None:
        return Every(value.weekdays, value.minute)
    interval = minutes(At(value.interval, raw.span), part.setting, context.report)
    if any(unit in LONG_UNITS for _, unit in value.interval.amounts) or interval <= 0:
        context.report.add(
            "IMS324",
            f"a repetition counts elapsed time above zero, found `{value.interval.text}`",
            raw.span,
            help="write `4h`, `1ed`, or a time of day, `day 09:00`",
        )
        interval = max(interval, 1)
    return Every(interval=interval)


def _check_times(raw: RawCheckpoint, report: Report) -> None:
    id_, span = raw.id.value, raw.id.span
    if raw.at is None and raw.every is None:
        report.add(
            "IMS325",
            f"the checkpoint `{id_}` has no time",
            span,
            help="add `at: load.finish + 15m`, or `every: weekday 09:00`",
        )
    if raw.at is not None and raw.every is not None:
        report.add(
            "IMS325",
            f"the checkpoint `{id_}` has both `at:` and `every:`",
            raw.every.span,
            help="keep one",
        )
    if raw.at is not None:
        for key, value in (("from", raw.from_), ("until", raw.until)):
            if value is not None:
                report.add(
                    "IMS325",
                    f"the checkpoint `{id_}` meets once, so it has no `{key}:`",
                    value.span,
                    help="remove it, or write `every:` instead of `at:`",
                )


def communications_of(context: Context) -> dict[str, Communication]:
    """Return the communications of all files by full id."""
    found: dict[str, Communication] = {}
    for part in context.parts.all():
        for raw in part.document.comms:
            id_ = part.full(raw.id.value)
            one = _communication(id_, raw, part, context)
            if one is None:
                continue
            if id_ in found:
                context.report.add(
                    "IMS204", f"`{id_}` is taken", raw.id.span, help="choose another id"
                )
                continue
            found[id_] = one
            context.sources[f"communication:{id_}"] = raw.id.span
    return found


def _communication(
    id_: str, raw: RawCommunication, part: Part, context: Context
) -> Communication | None:
    if raw.trigger is None:
        return None
    if raw.owner is not None:
        check_person(raw.owner, context)
    trigger = when_of(raw.trigger, part, plan_calendar(part, context), context, meetings=True)
    if trigger is None:
        return None
    return Communication(
        id=id_,
        name=raw.name or raw.id.value,
        trigger=trigger,
        audience=raw.audience,
        channel=raw.channel,
        owner=raw.owner.value if raw.owner is not None else None,
        message=raw.message,
        purpose=raw.purpose,
        feedback=raw.feedback,
        status=raw.status,
        calendar=(
            context.pool.calendar(raw.calendar, context.report)
            if raw.calendar is not None
            else None
        ),
    )
