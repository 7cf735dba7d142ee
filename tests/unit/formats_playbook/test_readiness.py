"""What a decision waits for beyond its documents, and durations that the words of a file state."""

from __future__ import annotations

from pathlib import Path

from tests.support.key_tasks import CUTOVER, imported, key_task, written

from imsgen.plan.loading import load_text

FILES = {
    "3.1.md": key_task(3, 1, "Build", outputs=["Software"]),
    "3.2.md": key_task(3, 2, "Authorize", inputs=["Software"]),
    "3.3.md": key_task(3, 3, "Prove", inputs=["Weekend Plan"], outputs=["Proof"]),
    "3.4.md": CUTOVER,
    "3.5.md": key_task(3, 5, "Settle in"),
    "4.1.md": key_task(4, 1, "Care", activities=["Give support for 90 days after that"]),
}


def _after(text: str, id_: str) -> list[str]:
    links = load_text(text).project.dependencies
    return [link.predecessor for link in links if link.successor == id_]


def test_a_decision_waits_for_what_its_phase_prepares(tmp_path: Path) -> None:
    """Nothing but the gate of the phase waits for 3.2; 3.3 reads the cutover's plan, 3.5 is later."""
    found, _ = imported(written(tmp_path, FILES))
    waits = _after(found.text, "go-no-go")
    assert "phase-3.3-2-authorize" in waits
    assert not [one for one in waits if one.split(".")[1][:3] in {"3-1", "3-3", "3-5"}]
    gate = _after(found.text, "gate-3")
    assert "phase-3.3-2-authorize" not in gate
    assert {one.split(".")[1][:3] for one in gate} >= {"3-3", "3-5"}
    said = next(one for one in found.losses if one.text.startswith("A Go/No-Go waits"))
    assert said.things == ("3.2",)


def test_words_that_say_how_long(tmp_path: Path) -> None:
    """Ninety days of the calendar are no working days of a kind of activity, and still assumed."""
    found, _ = imported(written(tmp_path, FILES))
    assert "duration: 90ed?" in found.text
    said = next(one for one in found.losses if one.text.startswith("How long it goes on"))
    assert said.things == ("4.1 `Give support for 90 days after that`: 90ed",)


def test_the_kind_of_work_is_a_tag_of_words(tmp_path: Path) -> None:
    """`programManagement` is no word."""
    text = FILES["3.1.md"].replace("phase: 3", "category: programManagement\nphase: 3")
    found, _ = imported(written(tmp_path, {"3.1.md": text}))
    assert "tags: [program-management]" in found.text


def test_lines_with_markup_are_told_in_order(tmp_path: Path) -> None:
    """Fields are read in the order of the rules, files are read from the top."""
    text = (
        FILES["3.1.md"].replace("- Software", "- <b>Software</b>").replace("Build", "<i>Build</i>")
    )
    _, report = imported(written(tmp_path, {"3.1.md": text}))
    one = next(one for one in report.diagnostics if one.code == "IMS617")
    assert one.span is not None
    assert (one.message, one.span.line) == ("markup is removed from 2 texts, lines 4, 10", 4)
