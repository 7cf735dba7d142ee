"""Calendar events of a schedule."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from tests.support.projects import at, bridge, make_project, office, task
from tests.support.schedules import dated, make_schedule

from imsgen.model import (
    Checkpoint,
    Communication,
    End,
    Event,
    Every,
    Gate,
    Kind,
    Meeting,
    MeetingKind,
    Schedule,
    When,
    Window,
    to_datetime,
)


def _local(meeting: Meeting) -> str:
    moment = to_datetime(meeting.start).astimezone(ZoneInfo(meeting.timezone))
    return moment.strftime("%m-%d %H:%M")


def _checkpoint_schedule(checkpoint: Checkpoint, start: str, finish: str) -> Schedule:
    project = make_project(
        [task("a", 60, "bridge")],
        calendars=[office(), bridge()],
        start=start,
        checkpoints={checkpoint.id: checkpoint},
    )
    return make_schedule(project, dated("a", start, finish))


def test_gates_and_checkpoint_milestones_meet() -> None:
    """A gate and a milestone with `checkpoint: true` are meetings, other activities are not."""
    project = make_project(
        [
            task("a", 60),
            task("ready", 0, checkpoint=True),
            task("done", 0),
            task("go-live", 60, kind=Kind.GATE, name="Go/No-Go"),
        ],
        gates={"go-live": Gate("go-live")},
    )
    schedule = make_schedule(
        project,
        dated("a", "2026-11-02 08:00", "2026-11-02 09:00"),
        dated("ready", "2026-11-02 09:00", "2026-11-02 09:00"),
        dated("done", "2026-11-02 09:00", "2026-11-02 09:00"),
        dated("go-live", "2026-11-02 10:00", "2026-11-02 11:00"),
    )
    assert [(one.id, one.kind, one.uid) for one in schedule.meetings] == [
        ("ready", MeetingKind.MILESTONE, "test.ready@imsgen.invalid"),
        ("go-live", MeetingKind.GATE, "test.go-live@imsgen.invalid"),
    ]
    assert schedule.meetings[1].finish == at("2026-11-02 11:00")


def test_a_checkpoint_follows_its_event() -> None:
    """`at: a.finish + 15m` is a quarter of an hour after the finish."""
    one = Checkpoint("c", "Check", at=When(event=Event("a", End.FINISH), offset=15))
    schedule = _checkpoint_schedule(one, "2026-11-02 08:00", "2026-11-02 09:00")
    (meeting,) = schedule.meetings
    assert meeting.start == at("2026-11-02 09:15")
    assert meeting.finish == at("2026-11-02 09:30")
    assert meeting.series == ""


def test_a_checkpoint_on_something_off_the_plan_is_left_out() -> None:
    """No meeting hangs on a No-Go or on an activity that is not scheduled."""
    for event in (Event("a", End.NO_GO), Event("gone", End.START)):
        one = Checkpoint("c", "Check", at=When(event=event))
        schedule = _checkpoint_schedule(one, "2026-11-02 08:00", "2026-11-02 09:00")
        assert schedule.meetings == ()


def test_a_stand_up_keeps_its_local_hour_when_clocks_change() -> None:
    """09:00 in New York is 13:00 UTC before 1 November 2026 and 14:00 UTC after."""
    one = Checkpoint("standup", "Stand-up", every=Every((4, 0), 540), timezone="America/New_York")
    schedule = _checkpoint_schedule(one, "2026-10-30 08:00", "2026-11-03 00:00")
    assert [to_datetime(meeting.start).hour for meeting in schedule.meetings] == [13, 14]
    assert [meeting.uid for meeting in schedule.meetings] == [
        "test.standup.20261030@imsgen.invalid",
        "test.standup.20261102@imsgen.invalid",
    ]
    assert {meeting.series for meeting in schedule.meetings} == {"standup"}


def test_a_calendar_drops_occurrences_outside_it() -> None:
    """A daily call on the office calendar skips the weekend; until is not included."""
    one = Checkpoint(
        "call",
        "Call",
        every=Every((0, 1, 2, 3, 4, 5, 6), 540),
        calendar="office",
        until=When(instant=at("2026-11-10 09:00")),
    )
    schedule = _checkpoint_schedule(one, "2026-11-05 09:00", "2026-11-20 09:00")
    assert [_local(meeting) for meeting in schedule.meetings] == [
        "11-05 09:00",
        "11-06 09:00",
        "11-09 09:00",
    ]


def test_an_interval_counts_elapsed_from_its_beginning() -> None:
    """Every four hours from the start, through the night when clocks go back."""
    one = Checkpoint("call", "Call", every=Every(interval=240), timezone="America/New_York")
    schedule = _checkpoint_schedule(one, "2026-11-01 03:00", "2026-11-01 12:00")
    assert [_local(meeting) for meeting in schedule.meetings] == [
        "10-31 23:00",
        "11-01 02:00",
        "11-01 06:00",
    ]


def test_the_doubled_hour_has_two_identities() -> None:
    """01:30 occurs twice on 1 November in New York; both occurrences keep apart."""
    one = Checkpoint("call", "Call", every=Every(interval=60), timezone="America/New_York")
    schedule = _checkpoint_schedule(one, "2026-11-01 05:30", "2026-11-01 07:30")
    assert [meeting.id for meeting in schedule.meetings] == [
        "call.20261101T0130",
        "call.20261101T0130-0500",
    ]


def test_windows_show_and_repeating_ones_only_where_used() -> None:
    """A single window is shown; of a repeating one the occurrences with work in them."""
    single = Window("outage", "Outage", ((at("2026-11-06 20:00"), at("2026-11-07 04:00")),))
    repeating = Window(
        "patch",
        "Patch",
        (
            (at("2026-11-06 22:00"), at("2026-11-07 04:00")),
            (at("2026-11-13 22:00"), at("2026-11-14 04:00")),
        ),
        repeating=True,
    )
    project = make_project(
        [task("a", 60, "bridge")], windows={"outage": single, "patch": repeating}
    )
    schedule = make_schedule(
        project,
        dated("a", "2026-11-13 22:00", "2026-11-13 23:00", occurrence={"patch": 1}),
    )
    assert [(one.id, one.series, one.uid) for one in schedule.meetings] == [
        ("window:outage", "outage", "test.window.-outage@imsgen.invalid"),
        (
            "window:patch.20261113T2200",
            "patch",
            "test.window.-patch.20261113T2200@imsgen.invalid",
        ),
    ]


def test_a_message_is_sent_when_its_trigger_happens() -> None:
    """Two hours before the work begins; both outcomes of a gate when it decides."""
    project = make_project(
        [task("a", 60), task("go", 60, kind=Kind.GATE)],
        gates={"go": Gate("go")},
        communications={
            "closing": Communication(
                "closing", "We close", When(event=Event("a", End.START), offset=-120)
            ),
            "on-go": Communication("on-go", "We go", When(event=Event("go", End.GO))),
            "off": Communication("off", "We stay", When(event=Event("go", End.NO_GO))),
        },
    )
    schedule = make_schedule(
        project,
        dated("a", "2026-11-02 10:00", "2026-11-02 11:00"),
        dated("go", "2026-11-02 13:00", "2026-11-02 14:00"),
    )
    sent = [one for one in schedule.meetings if one.kind is MeetingKind.COMMUNICATION]
    assert [(one.id, _local(one), one.uid) for one in sent] == [
        ("comms:closing", "11-02 08:00", "test.comms.-closing@imsgen.invalid"),
        ("comms:off", "11-02 14:00", "test.comms.-off@imsgen.invalid"),
        ("comms:on-go", "11-02 14:00", "test.comms.-on-go@imsgen.invalid"),
    ]


def test_a_message_follows_each_meeting_of_a_checkpoint() -> None:
    """Minutes go out half an hour after the end of each of three calls."""
    call = Checkpoint("call", "Call", every=Every(interval=240), duration=15)
    project = make_project(
        [task("a", 60, "bridge")],
        checkpoints={"call": call},
        communications={
            "minutes": Communication(
                "minutes", "Minutes", When(event=Event("call", End.FINISH), offset=30)
            )
        },
    )
    schedule = make_schedule(project, dated("a", "2026-11-02 08:00", "2026-11-02 17:00"))
    sent = [one for one in schedule.meetings if one.kind is MeetingKind.COMMUNICATION]
    assert [(_local(one), one.series) for one in sent] == [
        ("11-02 08:45", "minutes"),
        ("11-02 12:45", "minutes"),
        ("11-02 16:45", "minutes"),
    ]


def _blackout(forbids: tuple[str, ...], except_: tuple[str, ...], every: Every) -> int:
    """Return how many of the calls of 2 to 6 November are held; a blackout is on the 4th."""
    window = Window(
        "shut", "Shut", ((at("2026-11-04 00:00"), at("2026-11-05 00:00")),),
        forbids=forbids, excepted=except_,
    )  # fmt: skip
    project = make_project(
        [task("a", 60, "bridge")],
        checkpoints={"call": Checkpoint("call", "Call", every=every)},
        windows={"shut": window},
    )
    schedule = make_schedule(project, dated("a", "2026-11-02 08:00", "2026-11-06 17:00"))
    return sum(one.kind is MeetingKind.CHECKPOINT for one in schedule.meetings)


def test_stand_ups_skip_blackout_days() -> None:
    """A window that forbids all and excepts nothing empties the day; a freeze of work does not."""
    daily, bridge_call = Every((0, 1, 2, 3, 4), 540), Every(interval=1440)
    assert _blackout((), (), daily) == 5
    assert _blackout(("all",), (), daily) == 4
    assert _blackout(("all",), ("cutover",), daily) == 5
    assert _blackout(("release",), (), daily) == 5
    assert _blackout(("all",), (), bridge_call) == 5
    assert _blackout(("call",), (), bridge_call) == 4
    assert _blackout(("call",), ("call",), bridge_call) == 5


def test_what_people_work_on_is_no_meeting() -> None:
    """Work and milestones nobody meets for are events of their own, for those who want them."""
    project = make_project(
        [task("a", 60, owner="ana"), task("done", 0), task("ready", 0, checkpoint=True)]
    )
    schedule = make_schedule(
        project,
        dated("a", "2026-11-02 08:00", "2026-11-02 09:00", critical=True),
        dated("done", "2026-11-02 09:00", "2026-11-02 09:00"),
        dated("ready", "2026-11-02 09:00", "2026-11-02 09:00"),
    )
    assert [(one.id, one.audience) for one in schedule.tasks] == [
        ("task:a", ("critical", "owner:ana")),
        ("task:done", ()),
    ]
    assert [one.id for one in schedule.meetings] == ["ready"]


def test_occurrences_keep_their_identity_when_all_move() -> None:
    """Calls counted from a start an hour later are the same calls; so is a later stand-up."""

    def uids(every: Every, start: str) -> list[str]:
        one = Checkpoint("call", "Call", every=every)
        schedule = _checkpoint_schedule(one, start, "2026-11-03 12:00")
        return [meeting.uid.partition("@")[0] for meeting in schedule.meetings]

    calls = ["test.call.1", "test.call.2", "test.call.3"]
    assert uids(Every(interval=600), "2026-11-02 09:00") == calls
    assert uids(Every(interval=600), "2026-11-02 10:00") == calls
    days = ["test.call.20261102", "test.call.20261103"]
    assert uids(Every((0, 1), 660), "2026-11-02 09:00") == days
    assert uids(Every((0, 1), 690), "2026-11-02 09:00") == days
