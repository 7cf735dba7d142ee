"""The plan's options, baselines and what it expects of its schedule."""

from __future__ import annotations

from imsgen.diagnostics import Report, Span
from imsgen.model import End, Expectation, Options, Status
from imsgen.plan.document import At, RawEvent, RawExpectation
from imsgen.plan.resolve.context import Context
from imsgen.plan.resolve.dates import Dates
from imsgen.plan.resolve.durations import whole_minutes
from imsgen.plan.resolve.events import event_of
from imsgen.plan.resolve.names import Role, close_to, did_you_mean
from imsgen.plan.resolve.part import Part
from imsgen.plan.syntax.values.durations import parse_duration
from imsgen.plan.syntax.values.instants import parse_range
from imsgen.plan.syntax.values.misread import Misread
from imsgen.plan.syntax.values.names import parse_event


def options_of(root: Part, report: Report) -> Options:
    """Return the options of the root; ``t_zero`` is looked up later."""
    written = root.document.options
    values = {
        key: written[key].value
        for key in ("objective", "protect", "out_of_sequence", "estimate")
        if key in written
    }
    freeze = written.get("freeze")
    minutes = None
    if freeze is not None:
        minutes = whole_minutes(parse_duration(freeze.value), freeze.span, root.setting, report)
    return Options(**values, freeze=minutes)


def lag_calendar_of(root: Part, calendar: str) -> str:
    """Return what a working lag runs on by default."""
    written = root.document.options.get("lag_calendar")
    if written is None:
        return "successor"
    return calendar if written.value == "project" else written.value


def t_zero_of(context: Context) -> str | None:
    """Return the event T-minus labels count from: as stated, else the last gate's decision."""
    root = context.parts.root
    written = root.document.options.get("t_zero")
    if written is None:
        gates = [node.id for node in context.nodes.values() if node.item.gate]
        return f"{gates[-1]}.finish" if gates else None
    id_, end = parse_event(written.value)
    event = event_of(RawEvent(At(id_, written.span), end), "", context)
    return f"{event.id}.{event.end}" if event is not None else None


def expectations_of(context: Context) -> tuple[Expectation, ...]:
    """Return what the root expects; what included plans expect holds when they stand alone."""
    found = []
    for raw in context.parts.root.document.expect:
        one = _expectation(raw, context)
        if one is not None:
            found.append(one)
            context.sources[f"expect:{one.subject}"] = raw.subject.span
    return tuple(found)


def _expectation(raw: RawExpectation, context: Context) -> Expectation | None:
    subject, root = raw.subject.value, context.parts.root
    id_, _, what = subject.rpartition(".")
    found: Expectation | None = None
    if subject == "critical":
        roles = (Role.ACTIVITY, Role.GATE)
        ids = [context.names.find(ref, "", roles) for ref in raw.ids]
        known = [
            id_
            for id_, ref in zip(ids, raw.ids, strict=True)
            if id_ is not None and _scheduled(id_, ref.span, context)
        ]
        found = Expectation(subject, ids=tuple(known))
    elif raw.value is None:
        return None
    elif subject == "status":
        found = _status(raw.value, context)
    elif subject == "finish":
        found = _dated(subject, raw.value, root, context.dates, context.report)
    elif id_ and what == "total_float":
        found = _float(At(id_, raw.subject.span), raw.value, context)
    elif id_ and what in {End.START, End.FINISH}:
        found = _event_date(RawEvent(At(id_, raw.subject.span), End(what)), raw.value, context)
    else:
        context.report.add(
            "IMS231",
            f"`{subject}` cannot be expected",
            raw.subject.span,
            help="expected `status`, `finish`, `critical`, `ID.start`, `ID.finish`"
            " or `ID.total_float`",
        )
    return found


def _event_date(raw: RawEvent, value: At[str], context: Context) -> Expectation | None:
    event = event_of(raw, "", context)
    if event is None:
        return None
    if event.id != "project" and not _scheduled(event.id, raw.id.span, context):
        return None
    # The plan's finish is simply `finish`; its start is stated, so expecting it says nothing.
    subject = event.end.value if event.id == "project" else f"{event.id}.{event.end}"
    return _dated(subject, value, context.parts.root, context.dates, context.report)


def _scheduled(id_: str, span: Span, context: Context) -> bool:
    """Whether something is on the plan of record; if not, nothing can be expected of it."""
    if context.on_record(id_):
        return True
    context.report.add("IMS231", f"`{id_}` is not scheduled, it has no dates", span)
    return False


def _status(raw: At[str], context: Context) -> Expectation | None:
    choices = [status.value for status in Status]
    if raw.value in choices:
        return Expectation("status", value=raw.value)
    context.report.add(
        "IMS230",
        f"`status: {raw.value}` is unknown, expected"
        f" {' or '.join(f'`{choice}`' for choice in choices)}",
        raw.span,
        help=did_you_mean(close_to(raw.value, choices)),
    )
    return None


def _dated(
    subject: str, raw: At[str], root: Part, dates: Dates, report: Report
) -> Expectation | None:
    try:
        found = parse_range(raw.value)
    except Misread as error:
        report.add(error.code, error.message, raw.span, help=error.help)
        return None
    zone = root.setting.zone
    first = dates.first_of(found.first, raw.span, zone)
    last = dates.last_of(found.last, raw.span, zone)
    if first is None or last is None:
        return None
    return Expectation(subject, first, last)


def _float(ref: At[str], raw: At[str], context: Context) -> Expectation | None:
    id_ = context.names.find(ref, "", (Role.ACTIVITY, Role.GATE))
    if id_ is None or not _scheduled(id_, ref.span, context):
        return None
    text, sign = raw.value, 1
    if text.startswith("-"):
        text, sign = text[1:], -1
    try:
        duration = parse_duration(text)
    except Misread as error:
        context.report.add(error.code, error.message, raw.span, help=error.help)
        return None
    span: Span = raw.span
    minutes = whole_minutes(duration, span, context.parts.root.setting, context.report)
    return Expectation(f"{id_}.total_float", value=str(sign * minutes))
