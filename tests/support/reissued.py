"""Plans that change from revision to revision, for tests of what calendars are told."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from hypothesis import strategies as st
from tests.support.placed import placed_schedule
from tests.support.projects import at, link, make_project, resource, task

from imsgen.model import (
    Checkpoint,
    Communication,
    End,
    Event,
    Every,
    Gate,
    Kind,
    Party,
    Project,
    Schedule,
    When,
    Window,
)
from imsgen.schedule import carry, tasks

_SHUT = (at("2026-11-11 05:00"), at("2026-11-12 05:00"))
OWNERS = ("ana", "ben", "Zoë, night desk")
WEEKDAYS = (0, 1, 2, 3, 4)


def changing_project(
    *,
    work: int = 480 * 8,
    owner: str = "ana",
    party: str = "cust",
    ready: bool = True,
    zone: str = "America/New_York",
    standup: int = 540,
    location: str = "Bridge 1",
    message: str = "We close on Friday",
    freeze: str = "2026-12-05 05:00",
    name: str = "Test plan",
    gap: bool = False,
) -> Project:
    """Return a plan with a gate, a stand-up, messages, windows and owned work.

    With ``gap`` the stand-up is not held on a day on which the office is shut.
    """
    ends = When(event=Event("go", End.FINISH))
    return make_project(
        [
            task("load", work, owner=owner, party=(party,), name="Load"),
            task("ready", 0, owner="ben", checkpoint=ready, party=("prov",)),
            task("go", 60, kind=Kind.GATE, owner="ana"),
            task("after", 960, owner=owner),
        ],
        [link("load", "ready"), link("ready", "go"), link("go", "after")],
        [
            resource("ana", name="Ana", party="cust", email="ana@cust.example"),
            resource("ben", name="Ben", party="prov", email="ben@prov.example"),
        ],
        gates={"go": Gate("go", ("ana",), ("No severity 1",), ("ben",), location=location)},
        checkpoints={
            "standup": Checkpoint("standup", "Stand-up", every=Every(WEEKDAYS, standup),
                                  until=ends, timezone=zone, who=("ana", "ben")),
            "half": Checkpoint("half", "Half way", at=When(event=Event("load", End.START),
                                                           offset=120), owner=owner),
        },
        communications={
            "told": Communication("told", "We go", When(event=Event("go", End.GO)), "Staff",
                                  owner="ben", message=message),
            "off": Communication("off", "We stay", When(event=Event("go", End.NO_GO)), "Staff"),
            "minutes": Communication(
                "minutes", "Minutes", When(event=Event("half", End.FINISH), offset=30),
            ),
        },
        windows={
            "freeze": Window("freeze", "Freeze", ((at("2026-12-01 05:00"), at(freeze)),)),
            **({"shut": Window("shut", "Shut", (_SHUT,), forbids=("all",))} if gap else {}),
        },
        parties={"cust": Party("cust", "Agency"), "prov": Party("prov", "Integrator")},
        timezone=zone,
        name=name,
    )  # fmt: skip


def revised(previous: Schedule | None = None, **changes: Any) -> Schedule:
    """Return the schedule of the plan with these changes, as the revision after the previous."""
    project = changing_project(**changes)
    placed = placed_schedule(project)
    hash_ = sha256(repr(sorted(changes.items())).encode()).hexdigest()
    work = tasks(project, placed.activities, placed.groups, placed.finish)
    fresh = placed_schedule(project, tasks=work, plan_hash=hash_)
    return carry(fresh, previous)


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "work": st.sampled_from([480 * 6, 480 * 8, 480 * 14]),
        "owner": st.sampled_from(OWNERS),
        "party": st.sampled_from(["cust", "prov"]),
        "ready": st.booleans(),
        "zone": st.sampled_from(["America/New_York", "Australia/Sydney", "Africa/Casablanca"]),
        "standup": st.sampled_from([540, 555]),
        "location": st.sampled_from(["Bridge 1", "Room; 2", ""]),
        "message": st.sampled_from(["We close on Friday", "x\r\nATTENDEE:mailto:a@b.example"]),
        "freeze": st.sampled_from(["2026-12-05 05:00", "2026-12-06 05:00"]),
        "name": st.sampled_from(["Test plan", "Other, plan"]),
    },
)
"""What one revision has other than the plan as first written."""
