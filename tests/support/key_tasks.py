"""Key tasks of our own, in the form of a methodology's files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from imsgen.diagnostics import Report
from imsgen.formats.importing.imported import Imported
from imsgen.formats.playbook.context import Choices
from imsgen.formats.playbook.convert import read_plan

CUTOVER = """---
phase: 3
keyTask: 4
name: Move to the new ledger
objective: Move every office to the new ledger in one weekend.
responsibleParty: shared
activities:
  - text: Write the plan of the weekend
    responsibleParty: shared
  - text: If Go decision made-switch the offices over
    responsibleParty: shared
  - text: If No-Go decision made-return to the old ledger
    responsibleParty: shared
  - text: Announce the weekend to all offices
    responsibleParty: customer
  - text: Schedule checkpoints through the weekend
    responsibleParty: shared
  - text: Load opening balances
    responsibleParty: provider
  - text: Support users in the warranty period
    responsibleParty: provider
inputs:
  - text: Fallback Plan
    filename: fallback.docx
  - Rehearsal Report
outputs:
  - Weekend Plan
stakeholders:
  - {text: Program Manager, responsibleParty: [customer, provider]}
  - {text: Ledger Lead, responsibleParty: provider}
  - {text: "Bank Liaison (as needed)", responsibleParty: customer}
  - {text: Executive Sponsor, responsibleParty: customer}
bestPractice:
  - Hold a daily meeting while offices switch
---
"""


def key_task(
    phase: object,
    number: object,
    name: str,
    *,
    activities: Sequence[str] = ("Develop it", "Review it"),
    inputs: Sequence[str] = (),
    outputs: Sequence[str] = (),
    people: Sequence[str] = ("Program Manager",),
) -> str:
    """Return the text of a key task whose lists are plain text."""
    lists = {
        "activities": activities, "inputs": inputs, "outputs": outputs, "stakeholders": people,
    }  # fmt: skip
    lines = [f"phase: {phase}", f"keyTask: {number}", f"name: {name}", "responsibleParty: shared"]
    for key, items in lists.items():
        if items:
            lines += [f"{key}:", *(f"  - {one}" for one in items)]
    return "\n".join(["---", *lines, "---", ""])


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files into a folder and return it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def imported(path: Path, choices: Choices | None = None) -> tuple[Imported, Report]:
    """Return what is imported by the rules of M3, and what was reported."""
    report = Report()
    found = read_plan(path, choices or Choices(), None, report)
    assert found is not None, report.diagnostics
    return found, report
