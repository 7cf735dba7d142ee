"""The way back from gates in the cells of the workbook."""

from __future__ import annotations

from imsgen.formats.facts import Facts
from imsgen.model import Gate, Meeting
from imsgen.schedule.way_back import event_id, rollback_text, safe_lines, worth_telling


def way_back(facts: Facts, gate: Gate) -> str:
    """Return what a No-Go of a gate takes and until when it is safe; empty where nothing is known."""
    back = facts.schedule.rollbacks.get(gate.id)
    if back is None or not worth_telling(facts.project, back):
        return ""
    text = rollback_text(facts.project, back)
    return f"{text[:1].upper()}{text[1:]}"


def last_moment(facts: Facts, meeting: Meeting) -> str:
    """Return what people have to know of a last safe moment."""
    for one in facts.schedule.last_safe:
        if event_id(facts.project, one) == meeting.id:
            return "\n".join(safe_lines(facts.project, one))
    return ""
