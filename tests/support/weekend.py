"""An outage weekend over a clock change, small enough to check by hand, as a schedule."""

from __future__ import annotations

from typing import Any

from tests.support.placed import placed_schedule
from tests.support.projects import at, bridge, link, make_project, office, resource, task

from imsgen.model import (
    Checkpoint,
    End,
    Event,
    Every,
    Gate,
    Group,
    Kind,
    Party,
    Progress,
    Project,
    Schedule,
    Undo,
    When,
    Window,
    Within,
)

OUTAGE = (at("2026-10-31 00:00"), at("2026-11-02 11:00"))
"""Friday 20:00 to Monday 06:00 in New York; its clocks go back on Sunday 1 November 02:00."""


def weekend_project() -> Project:
    """Return the plan: two weeks of preparation, a gate, nine hours of cutover, a contingency."""

    def step(id_: str, duration: int, **more: Any) -> Any:
        more.setdefault("party", ("provider",))
        return task(f"cutover.{id_}", duration, "bridge", within=(Within("outage"),), **more)

    activities = [
        task("pre.plan", 480 * 3, name="Write the cutover plan", party=("customer",), owner="pm",
             progress=Progress(at("2026-10-12 08:00"), at("2026-10-14 17:00"), 100, 0)),
        task("pre.rehearse", 480 * 4, name="Dress rehearsal", needs={"dba": 200},
             party=("customer", "provider"), owner="pm",
             progress=Progress(at("2026-10-15 08:00"), percent_complete=50, remaining=960)),
        task("pre.train", 480 * 5, name="Train users & key staff", needs={"ana": 50},
             party=("customer",), deadline=at("2026-10-23 04:00")),
        task("pre.ready", 0, name="Ready", checkpoint=True),
        task("go-live", 60, calendar="bridge", name="Go/No-Go", kind=Kind.GATE, party=("customer",), owner="pm"),
        step("stop", 45, name="Stop interfaces", owner="ana", backup="ben", undo=Undo(30, 15)),
        step("backup", 240, name="Back up the legacy database", needs={"dba": 100},
             owner="ben", undo=Undo(60)),
        step("load", 360, name="Load, convert, check", needs={"dba": 200}, owner="ben",
             backup="ana", undo=Undo(120), fields={"Verification": "Row counts equal"}),
        step("check", 90, name="Reconcile balances", party=("customer",), owner="pm"),
        step("switch", 20, name="Retire legacy writes", irreversible=True, owner="ben"),
        step("open", 0, name="System open", party=("customer", "provider")),
        task("contingency.restore", 180, "bridge", name="Return to legacy", branch="go-live",
             party=("provider",)),
        task("later", 480, name="Dropped scope", active=False),
    ]  # fmt: skip
    links = [
        link("pre.plan", "pre.rehearse"),
        link("pre.plan", "pre.train", "SS", 960, lag_text="+2d"),
        link("pre.rehearse", "pre.ready"),
        link("pre.train", "pre.ready"),
        link("pre.ready", "go-live"),
        link("go-live", "cutover.stop"),
        link("cutover.stop", "cutover.backup"),
        link("cutover.backup", "cutover.load", "FS", 15),
        link("cutover.load", "cutover.check", "SS", 180),
        link("cutover.load", "cutover.check", "FF", 30),
        link("cutover.check", "cutover.switch"),
        link("cutover.switch", "cutover.open"),
    ]
    groups = (
        Group("pre", "Pre-cutover", owner="pm"),
        Group("cutover", "Cutover", undo=Undo(240)),
        Group("contingency", "Contingency", branch="go-live"),
    )
    return make_project(
        activities,
        links,
        [
            resource("dba", 200, name="Database team", party="provider"),
            resource("ana", name="Ana", calendar="office", party="provider"),
            resource("ben", name="Ben", party="provider"),
            resource("pm", name="Program manager", party="customer"),
        ],
        calendars=(office(timezone="America/New_York"), bridge()),
        start="2026-10-12 12:00",
        id="weekend",
        name="Core financials go-live & more",
        timezone="America/New_York",
        status_date=at("2026-10-19 21:00"),
        groups=groups,
        parties={
            "customer": Party("customer", "Agency"),
            "provider": Party("provider", "Integrator"),
        },
        windows={"outage": Window("outage", "Outage weekend", (OUTAGE,))},
        gates={
            "go-live": Gate(
                "go-live", ("pm",), ("No open severity 1", "Rehearsal within 10 %"), ("ana", "ben"),
                else_="contingency",
            )
        },
        checkpoints={
            "halfway": Checkpoint(
                "halfway", "Half of the load done", When(event=Event("cutover.load", End.START),
                offset=180), who=("pm",), timezone="America/New_York",
                criteria=("Half of the rows loaded",),
            ),
            "bridge-call": Checkpoint(
                "bridge-call", "Bridge call", every=Every(interval=120),
                from_=When(event=Event("cutover", End.START)),
                until=When(event=Event("cutover", End.FINISH)), timezone="America/New_York",
            ),
        },
    )  # fmt: skip


def weekend(**more: Any) -> Schedule:
    """Return its schedule: Go/No-Go on Friday 18:00, cutover from Saturday 20:00 New York.

    The load runs from Sunday 01:00 EDT, six hours, to 06:00 EST.
    """
    starts = {
        "go-live": "2026-10-30 22:00",
        "cutover.stop": "2026-11-01 00:00",
        "pre.plan": "2026-10-12 12:00",
    }
    return placed_schedule(
        weekend_project(),
        starts,
        details={
            "pre.train": {"total_float": 960},
            "pre.plan": {"total_float": 0},
            **{
                f"cutover.{name}": {"critical": True}
                for name in ("stop", "backup", "load", "check", "switch", "open")
            },
        },
        driving_chain=("cutover.stop", "cutover.backup", "cutover.load", "cutover.open"),
        **more,
    )
