"""Revisions, SEQUENCE and cancellations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.support.projects import at, make_project, task
from tests.support.schedules import dated, make_schedule

from imsgen.model import Run, Schedule
from imsgen.schedule import carry

START = at("2026-11-02 08:00")


def _schedule(finish: str, *, name: str = "Ready", meet: bool = True, **more: Any) -> Schedule:
    project = make_project([task("a", 60), task("ready", 0, name=name, checkpoint=meet)], **more)
    return make_schedule(
        project,
        dated("a", "2026-11-02 08:00", finish),
        dated("ready", finish, finish),
    )


def test_the_first_revision_is_stamped_from_the_plan_start() -> None:
    """Without a status date LAST-MODIFIED is the plan's start plus one minute a revision."""
    schedule = _schedule("2026-11-02 09:00")
    assert schedule.revision == 1
    assert schedule.meetings[0].sequence == 0
    assert schedule.meetings[0].last_modified == START + 1


def test_the_status_date_is_the_stamp_when_there_is_one() -> None:
    """A status date replaces the plan's start."""
    status_date = at("2026-11-05 17:00")
    schedule = _schedule("2026-11-02 09:00", status_date=status_date)
    assert schedule.meetings[0].last_modified == status_date + 1


def test_nothing_changed_is_the_same_revision() -> None:
    """Solving again, however long it took, gives the published schedule back."""
    first = _schedule("2026-11-02 09:00")
    again = replace(first, run=Run(spent=7.5))
    carried = carry(again, first)
    assert carried.revision == 1
    assert carried.meetings == first.meetings


def test_a_moved_meeting_rises_in_sequence() -> None:
    """Another time is sequence 1 and a later stamp, with the same UID."""
    first = _schedule("2026-11-02 09:00")
    second = carry(_schedule("2026-11-02 10:00"), first)
    (meeting,) = second.meetings
    assert second.revision == 2
    assert meeting.uid == first.meetings[0].uid
    assert meeting.sequence == 1
    assert meeting.last_modified == START + 2


def test_an_unmoved_meeting_keeps_sequence_and_stamp() -> None:
    """When only something else changes, a meeting is not sent out again."""
    first = _schedule("2026-11-02 09:00")
    second = carry(_schedule("2026-11-02 09:00", deadline=at("2026-11-20 00:00")), first)
    assert second.revision == 2
    assert second.meetings == first.meetings


def test_a_new_name_is_a_change_of_the_meeting() -> None:
    """What a reader sees counts, not only the time."""
    first = _schedule("2026-11-02 09:00")
    second = carry(_schedule("2026-11-02 09:00", name="Readiness review"), first)
    assert second.meetings[0].sequence == 1


def test_a_removed_meeting_is_cancelled_for_three_revisions() -> None:
    """It stays with a raised sequence for three revisions, then it is forgotten."""
    schedule = _schedule("2026-11-02 09:00")
    seen = []
    for hour in (10, 11, 12, 13, 14):
        schedule = carry(_schedule(f"2026-11-02 {hour}:00", meet=False), schedule)
        seen.append(
            [(one.cancelled_for, one.sequence, one.cancelled) for one in schedule.meetings]
        )
    assert seen == [[(1, 1, True)], [(2, 1, True)], [(3, 1, True)], [], []]


def test_a_cancelled_meeting_can_come_back() -> None:
    """Reviving a meeting raises the sequence once more and clears the cancellation."""
    first = _schedule("2026-11-02 09:00")
    second = carry(_schedule("2026-11-02 09:00", meet=False), first)
    third = carry(_schedule("2026-11-02 09:00"), second)
    (meeting,) = third.meetings
    assert (meeting.sequence, meeting.cancelled, meeting.cancelled_for) == (2, False, 0)
    assert meeting.last_modified == START + 3


def test_stamps_grow_even_when_the_status_date_is_taken_away() -> None:
    """A base that moves back does not make a newer event look older."""
    first = _schedule("2026-11-02 09:00", status_date=at("2026-11-05 17:00"))
    second = carry(_schedule("2026-11-02 10:00"), first)
    assert second.meetings[0].last_modified == at("2026-11-05 17:00") + 2


def test_another_plan_hands_nothing_on() -> None:
    """A file of the same name that holds another plan's schedule is no previous revision."""
    other = _schedule("2026-11-02 10:00", id="other")
    schedule = carry(_schedule("2026-11-02 09:00"), other)
    assert schedule.revision == 1
    assert [one.cancelled for one in schedule.meetings] == [False]
    assert schedule.meetings[0].last_modified == START + 1
