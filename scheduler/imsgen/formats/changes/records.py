"""Changes as plain data for JSON: times in UTC, amounts in minutes."""

from __future__ import annotations

from typing import Any

from imsgen.analysis.changes.model import (
    Cause,
    Changes,
    DeadlineChange,
    GateChange,
    Moved,
    Shift,
    Span,
    Told,
)
from imsgen.model import Rollback, to_text
from imsgen.schedule import encode


def as_record(changes: Changes) -> dict[str, Any]:
    """Return everything that changed; a list is empty where nothing did."""
    before, after = changes.status_dates
    return {
        "plan": changes.plan,
        "name": changes.name,
        "changed": not changes.empty,
        "compared": "schedules" if changes.dated else "plans",
        "revisions": list(changes.revisions),
        "status_dates": [None if one is None else to_text(one) for one in (before, after)],
        "quality": list(changes.status),
        "finish": _finish(changes),
        "moved": [_moved(one, changes) for one in changes.moved],
        "added": [_dated(id_, span, changes) for id_, span in changes.added],
        "removed": [_dated(id_, span, changes) for id_, span in changes.removed],
        "edits": [encode(one) for one in changes.edits],
        "reported": [encode(one) for one in changes.news],
        "floats": [encode(one) for one in changes.floats],
        "driving_chain": [list(one) for one in changes.chain],
        "gates": [_gate(one) for one in changes.gates],
        "deadlines": [_deadline(one) for one in changes.deadlines],
        "told": [_told(one) for one in changes.told],
    }


def _finish(changes: Changes) -> dict[str, Any] | None:
    if changes.finish is None:
        return None
    before, after = changes.finish
    return {
        "before": to_text(before),
        "after": to_text(after),
        "shift": _shift(changes.finish_shift),
    }


def _moved(one: Moved, changes: Changes) -> dict[str, Any]:
    return {
        "id": one.id,
        "was_id": one.was,
        "name": changes.names.get(one.id, one.id),
        "before": _span(one.before),
        "after": _span(one.after),
        "start": _shift(one.start),
        "finish": _shift(one.finish),
        "because": [_cause(cause) for cause in one.causes],
        "root": one.root,
    }


def _cause(one: Cause) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "id": one.id or None,
        "resource": one.resource or None,
        "shift": None if one.shift is None else _shift(one.shift),
        "text": one.text,
    }


def _gate(one: GateChange) -> dict[str, Any]:
    return {"id": one.id, "before": _back(one.before), "after": _back(one.after)}


def _back(back: Rollback | None) -> dict[str, Any] | None:
    if back is None:
        return None
    return {
        "decided": to_text(back.decided),
        "verdict": back.verdict.value,
        "latest": None if back.latest is None else to_text(back.latest),
        "margin": back.margin,
        "length": back.length,
    }


def _deadline(one: DeadlineChange) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "deadline": None if one.deadline is None else to_text(one.deadline),
        "finish": None if one.finish is None else to_text(one.finish),
        "late_before": one.before,
        "late_after": one.after,
        "newly_missed": one.newly_missed,
    }


def _told(one: Told) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "kind": "party" if one.party else "person",
        "email": one.email or None,
        "timezone": one.timezone,
        "notices": [
            {
                "kind": notice.kind.value,
                "id": notice.id,
                "name": notice.name,
                "before": None if notice.before is None else _span(notice.before),
                "after": None if notice.after is None else _span(notice.after),
                "roles": list(notice.roles),
                "because": notice.because,
                "count": notice.count,
            }
            for notice in one.notices
        ],
    }


def _dated(id_: str, span: Span, changes: Changes) -> dict[str, Any]:
    return {"id": id_, "name": changes.names.get(id_, id_), **_span(span)}


def _span(span: Span) -> dict[str, str]:
    return {"start": to_text(span[0]), "finish": to_text(span[1])}


def _shift(shift: Shift) -> dict[str, int]:
    return {"work": shift.work, "clock": shift.clock}
