"""Progress: what has happened by the status date, and what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import ceil

from imsgen.diagnostics import Label, Span
from imsgen.model import Activity, Instant, Kind, Progress
from imsgen.plan.document import RawProgress
from imsgen.plan.resolve.context import Context
from imsgen.plan.resolve.dates import local_text
from imsgen.plan.resolve.durations import hours_text, minutes
from imsgen.plan.resolve.names import Role
from imsgen.plan.resolve.part import Part


def record(activities: Mapping[str, Activity], context: Context) -> dict[str, Activity]:
    """Return the activities with their progress."""
    written = _written(activities, context)
    if not written:
        return dict(activities)
    if context.status_date is None:
        span = next(iter(written.values()))[2]
        context.report.add(
            "IMS330",
            "the plan has progress but no `status_date:`",
            span,
            help="add `status_date: 2026-11-20 17:00`, the moment the progress describes",
        )
    found = dict(activities)
    for id_, (raw, part, span) in written.items():
        recorder = _Recorder(found[id_], raw, part, span, context)
        progress = recorder.progress()
        if progress is not None:
            found[id_] = replace(found[id_], progress=progress)
    return found


def _written(
    activities: Mapping[str, Activity], context: Context
) -> dict[str, tuple[RawProgress, Part, Span]]:
    """Return what is written about each activity, on itself or in a ``progress:`` block."""
    found: dict[str, tuple[RawProgress, Part, Span]] = {}
    for id_ in activities:
        node = context.nodes[id_]
        if node.item.progress is not None:
            span = node.item.progress.span or node.item.id.span
            found[id_] = (node.item.progress, node.part, span)
    for part in context.parts.all():
        for ref, raw in part.document.progress:
            full = context.names.find(ref, part.prefix, (Role.ACTIVITY, Role.GATE))
            if full is None:
                continue
            if full in found:
                context.report.add(
                    "IMS331",
                    f"the progress of `{full}` is written twice",
                    ref.span,
                    labels=(Label(found[full][2], "the first is here"),),
                    help="keep one of the two",
                )
                continue
            found[full] = (raw, part, ref.span)
    return found


class _Recorder:
    """Reads the progress of one activity."""

    def __init__(
        self, activity: Activity, raw: RawProgress, part: Part, span: Span, context: Context
    ) -> None:
        self.activity = activity
        self.raw = raw
        self.part = part
        self.span = span
        self.context = context
        zone = part.setting.zone
        dates = context.dates
        self.start = dates.start(raw.actual_start, zone) if raw.actual_start else None
        self.finish = dates.end(raw.actual_finish, zone) if raw.actual_finish else None
        self.resume = dates.start(raw.resume, zone) if raw.resume else None
        self.percent = raw.percent_complete.value if raw.percent_complete else None

    def progress(self) -> Progress | None:
        """Return the progress, or None if nothing has happened yet or it makes no sense."""
        if self.activity.kind is Kind.HAMMOCK:
            self._refuse(f"the hammock `{self.activity.id}` has no progress of its own", self.span)
            return None
        if self.activity.kind is Kind.MILESTONE and self.start is None:
            self.start = self.finish
        if not self._consistent() or not self._past():
            return None
        if self.start is None:
            return None
        if self.finish is not None:
            return Progress(self.start, self.finish, 100, 0)
        left = self._remaining()
        return Progress(self.start, None, self.percent, left, self.resume)

    def _remaining(self) -> int:
        mode = self.activity.modes[0]
        raw = self.raw.remaining
        if raw is not None:
            found = minutes(raw, self.part.setting, self.context.report)
            if found and raw.value.elapsed != mode.elapsed:
                kind = "elapsed" if mode.elapsed else "working"
                self._refuse(
                    f"`{raw.value.text}` does not count {kind} time, as the duration of"
                    f" `{self.activity.id}` does",
                    raw.span,
                )
            return found
        estimate = self.activity.estimate
        duration = estimate.likely if estimate is not None else mode.duration
        return ceil(duration * (100 - (self.percent or 0)) / 100)

    def _refuse(self, message: str, span: Span, help_: str = "") -> None:
        self.context.report.add("IMS332", message, span, help=help_)

    def _consistent(self) -> bool:
        """Whether the keys fit together."""
        raw, id_ = self.raw, self.activity.id
        before = len(self.context.report.diagnostics)
        if self.finish is not None and self.start is None and raw.actual_start is None:
            self._refuse(
                f"`{id_}` has finished but never started", self.span, "add `actual_start:`"
            )
        if raw.percent_complete is not None and self.finish is None:
            span = raw.percent_complete.span
            if self.percent == 100:
                self._refuse(f"`{id_}` is 100% complete", span, "add `actual_finish:`")
            elif self.percent and self.start is None:
                self._refuse(
                    f"`{id_}` is {self.percent}% complete but never started",
                    span,
                    "add `actual_start:`",
                )
        if self.finish is None and self.start is None:
            for key in ("remaining", "resume"):
                value = getattr(raw, key)
                if value is not None:
                    self._refuse(
                        f"`{key}:` is for started activities, `{id_}` has not started",
                        value.span,
                        "add `actual_start:`, or remove it",
                    )
        if self.finish is not None:
            self._check_finished()
        return len(self.context.report.diagnostics) == before

    def _check_finished(self) -> None:
        raw, id_ = self.raw, self.activity.id
        if raw.percent_complete is not None and self.percent != 100:
            self._refuse(
                f"`{id_}` has finished, so it is 100% complete",
                raw.percent_complete.span,
                "remove `percent_complete:`, or `actual_finish:`",
            )
        if raw.remaining is not None and any(n for n, _ in raw.remaining.value.amounts):
            self._refuse(
                f"`{id_}` has finished, nothing remains",
                raw.remaining.span,
                "remove `remaining:`, or `actual_finish:`",
            )
        if raw.resume is not None:
            self._refuse(f"`{id_}` has finished", raw.resume.span, "remove `resume:`")
        if self.start is not None and self.finish is not None and self.finish < self.start:
            span = raw.actual_finish.span if raw.actual_finish is not None else self.span
            help_ = "correct one of `actual_start:` and `actual_finish:`"
            self._refuse(f"`{id_}` finished before it started", span, help_)

    def _past(self) -> bool:
        """Whether every actual date is at or before the status date."""
        status: Instant | None = self.context.status_date
        if status is None:
            return True
        zone = self.part.setting.zone
        ok = True
        for key, instant in (("actual_start", self.start), ("actual_finish", self.finish)):
            written = getattr(self.raw, key)
            if written is None or instant is None or instant <= status:
                continue
            late = hours_text(instant - status)
            self.context.report.add(
                "IMS333",
                f"`{key}: {written.value.text}` is {late} after the status date"
                f" {local_text(status, zone)}",
                written.span,
                help="what has not happened by then is planned, not actual",
            )
            ok = False
        return ok
