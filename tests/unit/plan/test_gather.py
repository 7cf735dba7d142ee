"""The files of a plan: what may be included, and how much of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from imsgen.errors import PlanError, UsageError
from imsgen.plan import load
from imsgen.plan.resolve import gather

TOP = "imsgen: 1\nstart: 2026-11-02 08:00\ncalendar: standard\n"


def codes(path: Path) -> list[str]:
    """Return the codes of loading a plan that has errors."""
    with pytest.raises(PlanError) as caught:
        load(path)
    return [one.code for one in caught.value.diagnostics]


def test_more_than_fifty_megabytes_in_all_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit counts all files together: IMS225."""
    (tmp_path / "pool.yaml").write_text("imsgen: 1\nresources: {ana: {}}\n" + "#" * 200 + "\n")
    root = tmp_path / "plan.yaml"
    root.write_text(TOP + "include: pool.yaml\nactivities: {a: {duration: 1d}}\n")
    assert load(root).project.resources["ana"].name == "ana"
    monkeypatch.setattr(gather, "TOTAL_LIMIT", 250)
    assert codes(root) == ["IMS225"]


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """Symbolic links are followed before the place is judged."""
    (tmp_path / "secret.yaml").write_text("imsgen: 1\n")
    folder = tmp_path / "plan"
    folder.mkdir()
    try:
        (folder / "pool.yaml").symlink_to(tmp_path / "secret.yaml")
    except OSError:
        pytest.skip("this system allows no symbolic links")
    root = folder / "plan.yaml"
    root.write_text(TOP + "include: pool.yaml\nactivities: {a: {duration: 1d}}\n")
    assert codes(root) == ["IMS221"]


@pytest.mark.parametrize("path", ["/etc/passwd", "C:\\pool.yaml", "~/pool.yaml", "//host/pool"])
def test_absolute_paths_are_refused(tmp_path: Path, path: str) -> None:
    """Absolute means absolute on any system."""
    root = tmp_path / "plan.yaml"
    root.write_text(TOP + f"include: '{path}'\nactivities: {{a: {{duration: 1d}}}}\n")
    assert codes(root) == ["IMS221"]


def test_an_included_plan_may_stand_twice(tmp_path: Path) -> None:
    """Under different ids it is two groups; short references stay inside each."""
    (tmp_path / "site.yaml").write_text(
        "imsgen: 1\nactivities:\n  dig: {duration: 1d}\n  fill: {duration: 1d, after: dig}\n"
    )
    root = tmp_path / "plan.yaml"
    root.write_text(
        TOP + "activities:\n  north: {include: site.yaml}\n"
        "  south: {include: site.yaml, after: north}\n"
    )
    project = load(root).project
    links = [(one.predecessor, one.successor) for one in project.dependencies]
    assert links == [("north.dig", "north.fill"), ("north", "south"), ("south.dig", "south.fill")]


def test_a_library_is_read_once_however_often_named(tmp_path: Path) -> None:
    """The root and an included plan share it."""
    (tmp_path / "pool.yaml").write_text("imsgen: 1\nresources: {ana: {}}\n")
    (tmp_path / "team.yaml").write_text(
        "imsgen: 1\ninclude: pool.yaml\nactivities: {a: {duration: 1d, needs: ana}}\n"
    )
    root = tmp_path / "plan.yaml"
    root.write_text(TOP + "include: pool.yaml\nactivities: {t: {include: team.yaml}}\n")
    loaded = load(root)
    assert [path.name for path in loaded.files] == ["plan.yaml", "pool.yaml", "team.yaml"]


def test_a_missing_root_is_a_wrong_call(tmp_path: Path) -> None:
    """There is no plan to diagnose."""
    with pytest.raises(UsageError):
        load(tmp_path / "nothing.yaml")
