"""Laws of comparing two schedules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypothesis import given
from tests.support.changed import states
from tests.support.profiles import examples

from imsgen.analysis.changes import Changes, compare
from imsgen.analysis.changes.model import EditKind, NoticeKind, Shift
from imsgen.formats.changes import as_markdown, as_record, as_text
from imsgen.model import Schedule

MIRRORED = {
    NoticeKind.MOVED: NoticeKind.MOVED,
    NoticeKind.NEW: NoticeKind.CANCELLED,
    NoticeKind.CANCELLED: NoticeKind.NEW,
    NoticeKind.YOURS: NoticeKind.NO_LONGER_YOURS,
    NoticeKind.NO_LONGER_YOURS: NoticeKind.YOURS,
}
TURNED = {
    EditKind.ADDED: EditKind.REMOVED,
    EditKind.REMOVED: EditKind.ADDED,
    EditKind.CHANGED: EditKind.CHANGED,
    EditKind.RENAMED: EditKind.RENAMED,
}


@examples(8)
@given(states())
def test_a_schedule_does_not_differ_from_itself(pair: tuple[Schedule, Schedule]) -> None:
    """Nothing moved, nobody is told, and every output says so."""
    changes = compare(pair[0], pair[0])
    assert changes.empty
    assert as_text(changes, 80).endswith("nothing moved")
    assert as_markdown(changes).endswith("Nothing moved.\n")
    assert as_record(changes)["changed"] is False


@examples(15)
@given(states())
def test_the_other_way_round_is_the_mirror_image(pair: tuple[Schedule, Schedule]) -> None:
    """Later is earlier, new is gone, and the same people are told."""
    there, back = compare(*pair), compare(*reversed(pair))
    assert _clocks(there) == {
        id_: (-start, -finish) for id_, (start, finish) in _clocks(back).items()
    }
    assert there.added == back.removed
    assert there.removed == back.added
    assert there.finish_shift.clock == -back.finish_shift.clock
    assert _edits(there) == sorted(
        (part, id_, TURNED[kind], field, after, before)
        for part, id_, kind, field, before, after in _edits(back)
    )
    assert {(one.id, one.before, one.after) for one in there.floats} == {
        (one.id, one.after, one.before) for one in back.floats
    }
    assert {(one.id, one.before, one.after) for one in there.deadlines} == {
        (one.id, one.after, one.before) for one in back.deadlines
    }
    assert _told(there) == {(who, id_, MIRRORED[kind]) for who, id_, kind in _told(back)}
    assert there.empty == back.empty


@examples(15)
@given(states())
def test_told_is_exactly_who_has_other_times(pair: tuple[Schedule, Schedule]) -> None:
    """Somebody is told if and only if what they have to do, and when, is not what it was."""
    before, after = map(_times, pair)
    concerned = before.keys() | after.keys()
    told = {(one.party, one.id) for one in compare(*pair).told}
    assert told == {who for who in concerned if before.get(who) != after.get(who)}


@examples(15)
@given(states())
def test_every_move_has_a_cause_and_a_root_that_moved(pair: tuple[Schedule, Schedule]) -> None:
    """Causes say something, and chains of causes end at an activity that moved."""
    changes = compare(*pair)
    moved = {one.id for one in changes.moved}
    for one in changes.moved:
        assert one.causes
        assert all(cause.text for cause in one.causes)
        assert one.root in moved
        assert Shift(0, 0) != (one.start if one.start.clock else one.finish)
    lines = as_text(changes, 80).splitlines()
    assert all(len(line) <= 80 for line in lines)


def _clocks(changes: Changes) -> dict[str, tuple[int, int]]:
    return {one.id: (one.start.clock, one.finish.clock) for one in changes.moved}


def _edits(changes: Changes) -> list[tuple[str, str, Any, str, str, str]]:
    return sorted(
        (one.part, one.id, one.kind, one.field, one.before, one.after) for one in changes.edits
    )


def _told(changes: Changes) -> set[tuple[str, str, NoticeKind]]:
    return {(one.id, it.id, it.kind) for one in changes.told for it in one.notices}


def _times(schedule: Schedule) -> dict[tuple[bool, str], set[tuple[str, int, int]]]:
    """Return what everybody does and when: owners and people at work, their parties and its."""
    found: dict[tuple[bool, str], set[tuple[str, int, int]]] = {}
    project = schedule.project
    for id_, dates in schedule.activities.items():
        activity = project.activities[id_]
        people = [one.resource for one in activity.modes[dates.mode].needs]
        people += [activity.owner] if activity.owner else []
        homes: Iterable[str | None] = (
            project.resources[one].party for one in people if one in project.resources
        )
        parties = {*activity.party, *(home for home in homes if home)}
        for who in [*((False, one) for one in people), *((True, one) for one in parties)]:
            found.setdefault(who, set()).add((id_, dates.start, dates.finish))
    return found
