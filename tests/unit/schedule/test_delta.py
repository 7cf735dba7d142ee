"""The calendar events that changed between any two revisions."""

from __future__ import annotations

from tests.support.reissued import revised

from imsgen.formats.ical.delta import changes_contents
from imsgen.model import Change, Schedule
from imsgen.schedule.delta import since


def _chain() -> tuple[Schedule, Schedule, Schedule]:
    """Return three revisions: the load takes 8, 14 and 8 days; at last it is Ben's."""
    first = revised()
    second = revised(first, work=480 * 14)
    return first, second, revised(second, owner="ben")


def test_from_one_to_the_next_it_is_what_was_published() -> None:
    """The delta of consecutive revisions is the newer schedule's own."""
    first, second, _ = _chain()
    delta = since(first, second)
    assert delta is not None
    assert delta.revision == second.revision
    changed = {
        one.uid: (one.change, one.sequence) for one in delta.meetings if one.changed_in == 2
    }
    assert changed == {
        one.uid: (one.change, one.sequence) for one in second.meetings if one.changed_in == 2
    }


def test_over_two_revisions_what_came_back_is_not_told() -> None:
    """Revision 3 has the dates of the first again: only the hand-over is left to tell."""
    first, _, third = _chain()
    delta = since(first, third)
    assert delta is not None
    told = {one.id: one.change for one in (*delta.meetings, *delta.tasks) if one.changed_in == 3}
    assert Change.MOVED not in told.values()
    assert told["task:load"] is Change.REWORDED


def test_sequences_are_no_lower_than_those_already_sent() -> None:
    """Whoever has seen revision 2 takes the events of the delta from 1 to 3 as newer."""
    first, second, third = _chain()
    delta = since(first, third)
    assert delta is not None
    sent = {one.uid: one.sequence for one in (*second.meetings, *second.tasks)}
    for one in (*delta.meetings, *delta.tasks):
        if one.changed_in == delta.revision:
            assert one.sequence >= sent.get(one.uid, 0)


def test_nothing_changed() -> None:
    """The same schedule has no delta and writes no file."""
    first = revised()
    assert since(first, first) is None
    assert list(changes_contents(first, first)) == []


def test_files_for_all_and_for_those_concerned() -> None:
    """The gate moved, so there is a calendar for all; each file has only what is new to it."""
    first, second, _ = _chain()
    files = dict(changes_contents(first, second))
    assert next(iter(files)) == "changes-rev1-to-2.ics"
    assert "changes-rev1-to-2/by-owner/ana.ics" in files
    content = files["changes-rev1-to-2/by-owner/ana.ics"].decode()
    assert "task.-load" in content or "load" in content
    assert "window" not in content


def test_backwards() -> None:
    """From a later revision to an earlier one the events get sequences of their own."""
    first, second, _ = _chain()
    delta = since(second, first)
    assert delta is not None
    assert delta.revision == 3
    assert any(one.change is Change.MOVED and one.changed_in == 3 for one in delta.meetings)
