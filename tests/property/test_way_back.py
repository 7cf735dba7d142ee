"""What people fill in anywhere in a workbook is what the plan says afterwards, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.filled import fill
from tests.support.placed import placed_schedule

from imsgen import formats
from imsgen.formats.xlsx.update import update_plan
from imsgen.model import Project, to_datetime
from imsgen.plan import load
from imsgen.schedule import write_files

START = datetime(2027, 3, 1, 8)  # noqa: DTZ001 - cells have no zone
STATUS = datetime(2027, 3, 26, 17)  # noqa: DTZ001
IDS = ("one", "two", "group.three", "group.four", "team.five", "team.six")
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=12
).map(lambda text: " ".join(text.split()).lstrip("=#").strip())
"""A cell holds it as text: what begins with `=` or `#` the writing program takes for more."""


@st.composite
def entries(draw: st.DrawFn, name: str) -> str:
    """Draw an activity, in braces or as a block, with comments or without."""
    parts = [f"name: {name}", f"duration: {draw(st.integers(1, 20))}d"]
    if draw(st.booleans()):
        parts.append(
            draw(st.sampled_from(["owner: ana", "notes: as agreed", 'notes: "a: b # c"']))
        )
    if draw(st.booleans()):
        parts.append("actual_start: 2027-03-02 08:00")
    remark = draw(st.sampled_from(["", "  # why", "  # x: {y}"]))
    if draw(st.booleans()):
        between = draw(st.sampled_from([", ", ",\n      ", ",  # told\n      "]))
        return f"{{{between.join(parts)}}}{remark}\n"
    return remark.lstrip() + "\n" + "".join(f"      {part}{remark}\n" for part in parts)


@st.composite
def plans(draw: st.DrawFn) -> tuple[str, str]:
    """Draw the root of a plan and the file of its team."""
    made = {id_: draw(entries(id_.rpartition(".")[2])) for id_ in IDS}
    root = (
        "imsgen: 1\nname: Drawn\nstart: 2027-03-01 08:00\nstatus_date: 2027-03-26 17:00  # Friday\n"
        "timezone: Europe/London\nresources: {ana: {name: Ana}, ben: {name: Ben}}\nactivities:\n"
        f"    one: {made['one']}    two: {made['two']}    group:\n     activities:\n"
        f"      three: {made['group.three'].replace(chr(10) + '      ', chr(10) + '        ')}"
        f"      four: {made['group.four'].replace(chr(10) + '      ', chr(10) + '        ')}"
        "    team: {include: team.yaml}\n"
    )
    told = draw(st.sampled_from(["", "progress:  # by Ana\n  {}\n", "include: [told.yaml]\n"]))
    team = f"imsgen: 1\ntimezone: America/New_York\nactivities:\n    five: {made['team.five']}"
    return root + (told if "told" in told else ""), f"{team}    six: {made['team.six']}"


@st.composite
def edits(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """Draw what a person fills in, by activity and key; nothing that contradicts itself."""
    found: dict[str, dict[str, Any]] = {}
    for id_ in draw(st.lists(st.sampled_from(IDS), unique=True)):
        one: dict[str, Any] = {}
        if draw(st.booleans()):
            begun = START + timedelta(
                hours=draw(st.integers(0, 200)), minutes=draw(st.integers(0, 59))
            )
            one["actual_start"] = begun
            if draw(st.booleans()):
                one["actual_finish"] = begun + timedelta(minutes=draw(st.integers(1, 20_000)))
                one["percent_complete"] = 100
            else:
                one["percent_complete"] = draw(st.integers(0, 99))
                if draw(st.booleans()):
                    one["remaining"] = f"{draw(st.integers(1, 30))}h"
        if draw(st.booleans()):
            one["owner"] = draw(st.sampled_from(["Ben", "ben", "carol"]))
        if draw(st.booleans()):
            one["notes"] = draw(TEXT)
        if one:
            found[id_] = one
    return found


HEADINGS = {"actual_start": "Actual start", "actual_finish": "Actual finish", "owner": "Owner",
            "percent_complete": "% complete", "remaining": "Remaining", "notes": "Notes"}  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(plan=plans(), filled=edits())
def test_the_plan_says_what_was_filled_in_and_nothing_else(
    plan: tuple[str, str], filled: dict[str, dict[str, Any]]
) -> None:
    """Every drawn value is in the plan, every other one as before, every comment where it was."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        root = folder / "go.yaml"
        root.write_text(plan[0], encoding="utf-8")
        (folder / "team.yaml").write_text(plan[1], encoding="utf-8")
        (folder / "told.yaml").write_text("imsgen: 1\nprogress:\n  zzz: {}\n".replace(
            "  zzz: {}\n", "  # nothing yet\n  {}\n"), encoding="utf-8")  # fmt: skip
        before = load(root).project
        formats.write(placed_schedule(before), "xlsx", folder, "go", formats.Options())
        cells = {
            (id_, HEADINGS[key]): value / 100 if key == "percent_complete" else value
            for id_, values in filled.items()
            for key, value in values.items()
        }
        fill(folder / "go.xlsx", cells)
        found = update_plan(root, before, folder / "go.xlsx")
        write_files({path: text.encode() for path, text in found.texts.items()})
        after = load(root).project
        again = update_plan(root, after, folder / "go.xlsx")
        assert again.changes == ()
        _compare(before, after, filled)
        texts = "".join(path.read_text("utf-8") for path in sorted(folder.glob("*.yaml")))
    for remark in ("# why", "# x: {y}", "# told", "# Friday"):
        assert texts.count(remark) == "".join(plan).count(remark)


def _compare(before: Project, after: Project, filled: dict[str, dict[str, Any]]) -> None:
    zone_free = {"progress": None, "owner": None, "notes": ""}
    for id_, one in before.activities.items():
        now, said = after.activities[id_], filled.get(id_, {})
        assert replace(one, **zone_free) == replace(now, **zone_free)  # type: ignore[arg-type]
        owner = {"Ben": "ben"}.get(said.get("owner", ""), said.get("owner", one.owner))
        assert now.owner == owner
        assert now.notes == said.get("notes", one.notes)
        if "actual_start" not in said:
            assert now.progress == one.progress
            continue
        assert now.progress is not None
        assert _wall(now.progress.actual_start) == said["actual_start"]
        assert _wall(now.progress.actual_finish) == said.get("actual_finish")
        if "actual_finish" not in said and said["percent_complete"]:
            assert now.progress.percent_complete == said["percent_complete"]
        if "remaining" in said:
            assert now.progress.remaining == 60 * int(said["remaining"][:-1])


def _wall(at: Any) -> datetime | None:
    """Return London's time in March before the clocks change: UTC."""
    return None if at is None else to_datetime(at).replace(tzinfo=None)
