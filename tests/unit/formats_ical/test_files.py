"""Which calendars there are, who has which events, and what is told of a revision."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from tests.support.ics import parse
from tests.support.reissued import revised

from imsgen.formats.ical import write
from imsgen.formats.ical.audiences import file_name
from imsgen.formats.ical.files import contents
from imsgen.model import Schedule


def _files(schedule: Schedule, tasks: str = "") -> dict[str, Any]:
    return dict(contents(schedule, "plan.ics", tasks))


def _ids(content: bytes) -> set[str]:
    """Return the events of a file by the part of their UID that is the plan's."""
    root, _ = parse(content)
    assert root is not None
    uids = (event.value("UID") for event in root.inner("VEVENT"))
    return {uid.removeprefix("test.").removesuffix("@imsgen.invalid").split(".2026")[0]
            for uid in uids}  # fmt: skip


MESSAGES = {"comms.-told", "comms.-minutes", "comms.-off"}
EVERYBODY = {"go", "ready", "standup", "half", "window.-freeze"} | MESSAGES


def test_everybodys_calendar_has_what_people_meet_for() -> None:
    """Gates, checkpoints, milestones, messages of both outcomes and windows; no work."""
    assert _ids(_files(revised())[""]) == EVERYBODY


def test_a_person_gets_the_gates_their_meetings_and_their_steps() -> None:
    """Ana owns the work and decides; Ben owns the milestone and one message."""
    files = _files(revised())
    mine = {"standup", "half", "go", "window.-freeze"}
    assert _ids(files["by-owner/ana.ics"]) == mine | {"task.-load", "task.-after"}
    ben = {"standup", "go", "ready", "comms.-told", "window.-freeze"}
    assert _ids(files["by-owner/ben.ics"]) == ben


def test_a_party_gets_what_concerns_its_people() -> None:
    """The half-way checkpoint is the customer's, who owns it; one message the provider's."""
    files = _files(revised())
    both = {"go", "standup", "window.-freeze", "comms.-minutes", "comms.-off"}
    assert _ids(files["by-party/cust.ics"]) == both | {"half"}
    assert _ids(files["by-party/prov.ics"]) == both | {"ready", "comms.-told"}


@pytest.mark.parametrize(
    ("tasks", "everybody", "party"),
    [
        ("", set(), set()),
        ("mine", set(), {"task.-load"}),
        ("critical", set(), set()),
        ("all", {"task.-load", "task.-after"}, {"task.-load"}),
    ],
)
def test_activities_are_asked_for(tasks: str, everybody: set[str], party: set[str]) -> None:
    """Each choice adds work to everybody's calendar and to the parties'; owners have theirs."""
    files = _files(revised(), tasks)
    assert _ids(files[""]) == EVERYBODY | everybody
    assert {one for one in _ids(files["by-party/cust.ics"]) if one.startswith("task")} == party
    assert {"task.-load", "task.-after"} <= _ids(files["by-owner/ana.ics"])


def test_an_event_is_the_same_in_every_file() -> None:
    """Lines, UID and SEQUENCE included, so that programs merge what they know."""
    seen: dict[str, list[Any]] = {}
    for content in _files(revised(), "all").values():
        if isinstance(content, bytes):
            root, _ = parse(content)
            assert root is not None
            for event in root.inner("VEVENT"):
                assert seen.setdefault(event.value("UID"), event.properties) == event.properties
    assert {"test.go@imsgen.invalid", "test.task.-load@imsgen.invalid"} < seen.keys()


def test_work_in_one_go_blocks_time_and_long_work_does_not() -> None:
    """An hour of work is busy; fourteen days leave time for other things."""
    for minutes, busy in ((60, "BUSY"), (480 * 14, "FREE")):
        content = _files(revised(work=minutes))["by-owner/ana.ics"]
        events: Any = Calendar.from_ical(content).events
        (load,) = (one for one in events if "task.-load" in one["uid"])
        assert load["x-microsoft-cdo-busystatus"] == busy


def test_the_first_revision_has_no_changes() -> None:
    """There is nothing to compare with, so nobody is told of a change."""
    assert [name for name in _files(revised()) if name.startswith("changes")] == []


def test_changes_are_told_with_the_old_and_the_new_time() -> None:
    """Two more days of work move the gate; the list says from when to when, and to whom."""
    first = revised(work=480 * 6)
    files = _files(revised(first, work=480 * 8))
    text = files["changes-rev1-to-2.txt"]
    assert "Moved (" in text
    gate = text[text.index("  GO/NO-GO – go\n") :].splitlines()[:4]
    assert gate == [
        "  GO/NO-GO – go",
        "    was: Tue 10 Nov 2026 03:00-04:00 EST (America/New_York) = 08:00-09:00 UTC",
        "    now: Thu 12 Nov 2026 03:00-04:00 EST (America/New_York) = 08:00-09:00 UTC",
        "    tell: everybody, Ana, Ben",
    ]
    ana = text[text.index("Ana <ana@cust.example>") : text.index("Ben <ben@prov.example>")]
    assert "  - moved: GO/NO-GO – go: Tue 10 Nov 2026" in ana
    assert "  - moved: your step Load: Mon 2 Nov 2026" in ana
    assert " more have another T-minus" in text
    assert "Freeze" not in text
    assert {"go", "ready"} <= _ids(files["changes-rev1-to-2.ics"])


def test_only_what_changed_is_in_the_calendar_of_changes() -> None:
    """Another room for the gate is one event."""
    files = _files(revised(revised(), location="Room 2"))
    assert _ids(files["changes-rev1-to-2.ics"]) == {"go"}
    assert "Other words, same time (1)" in files["changes-rev1-to-2.txt"]


def test_occurrences_that_change_alike_are_one_line_of_the_list() -> None:
    """A short series of single stand-ups an hour later: told once, with how many."""
    first = revised(work=480 * 3)
    text = _files(revised(first, work=480 * 3, location="Room 2", zone="Australia/Sydney"))[
        "changes-rev1-to-2.txt"
    ]
    assert text.count("  Stand-up, ") <= 4
    assert " times (the first is shown, the last is " in text


def test_the_moved_event_itself_says_when_it_was() -> None:
    """The old time stays in the text until the next change."""
    first = revised(work=480 * 6)
    second = revised(first, work=480 * 8)
    third = revised(second, work=480 * 8, message="Other words")
    for schedule in (second, third):
        events: Any = Calendar.from_ical(_files(schedule)[""]).events
        (gate,) = (one for one in events if one["uid"] == "test.go@imsgen.invalid")
        assert "Moved in revision 2, it was: Tue 10 Nov 2026" in gate["description"]
        assert gate["sequence"] == 1


def test_a_step_that_changes_hands_leaves_one_calendar_for_another() -> None:
    """Ana's calendar takes it back for three revisions, Ben's has it; Ana is told."""
    schedule = revised(revised(), owner="ben")
    files = _files(schedule)
    events: Any = Calendar.from_ical(files["by-owner/ana.ics"]).events
    (gone,) = (one for one in events if "task.-load" in one["uid"])
    assert gone["status"] == "CANCELLED"
    assert gone["summary"].startswith("NO LONGER YOURS – ")
    assert "task.-load" in _ids(files["by-owner/ben.ics"])
    text = files["changes-rev1-to-2.txt"]
    assert "  - no longer yours: Half way" in text
    for n in range(3):
        assert "task.-load" in _ids(_files(schedule)["by-owner/ana.ics"])
        schedule = revised(schedule, owner="ben", message=f"Other words {n}")
    assert "task.-load" not in _ids(_files(schedule)["by-owner/ana.ics"])


def test_who_has_no_part_any_more_still_hears_of_the_gates() -> None:
    """The night desk owned a step once; its calendar goes on, with nothing of its own."""
    schedule = revised(owner="Zoë, night desk")
    (name,) = (one for one in _files(schedule) if "night-desk" in one)
    for n in range(5):
        schedule = revised(schedule, message=f"Words {n}")
    assert _ids(_files(schedule)[name]) == {"go", "window.-freeze"}


def test_a_series_that_gets_short_is_taken_back_as_a_whole() -> None:
    """Single events take the place of the repeating one, which calendars are told is off."""
    schedule = revised(revised(work=480 * 12), work=480 * 3)
    events: Any = Calendar.from_ical(_files(schedule)[""]).events
    (whole,) = (one for one in events if one["uid"] == "test.standup@imsgen.invalid")
    assert whole["status"] == "CANCELLED"
    assert "rrule" in whole
    singles = [one for one in events if "test.standup.2026" in one["uid"]]
    assert 0 < len(singles) <= 10


def test_the_page_names_every_file_and_program(tmp_path: Path) -> None:
    """README.txt says how to import into each program, and which file is whose."""
    written = write(revised(revised(), owner="ben"), tmp_path / "plan.ics")
    page = (tmp_path / "plan.ical" / "README.txt").read_text(encoding="utf-8")
    for program in ("Classic Outlook", "New Outlook", "Outlook on the web", "Google", "Apple",
                    "Thunderbird"):  # fmt: skip
        assert program in page
    for path in written:
        name = path.relative_to(tmp_path / "plan.ical").as_posix() if path != written[0] else ""
        assert name in page or name == "README.txt"
    assert "IMS-test" in page


@pytest.mark.parametrize(
    ("owner", "name"),
    [("ana", "ana"), ("Ana", "ana-6d85f3"), ("../etc/passwd", None), ("con", None), ("con.x", None),
     ("Zoë, night desk", None), ("نور", None), ("a" * 300, None)],
)  # fmt: skip
def test_a_person_never_names_a_path(owner: str, name: str | None) -> None:
    """Whatever a person is called, the file lies in its folder and suits every system."""
    found = file_name(owner)
    assert name is None or found.startswith(name[:4])
    assert found == Path(found).name
    assert found not in {".", "..", "con"}
    assert found.isascii()
    assert len(found) < 80
