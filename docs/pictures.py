"""Make the pictures of docs/pictures from a real workbook; `make pictures` runs it.

Needs LibreOffice (soffice) and poppler (pdftotext, pdftoppm). Pages are found by the sheet name
in their header, so that a longer plan does not shift them.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import imsgen
from imsgen import formats
from imsgen.model import Project
from imsgen.plan import load

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "samples" / "cutover.yaml"
SHEETS = {
    "Schedule": ("schedule",),
    "Cutover hours": ("cutover-hours", "cutover-bars"),
    "Way back": ("way-back",),
    "Checkpoints": ("checkpoints",),
    "Communications": ("communications",),
    "Resources": ("resources", "load"),
    "Resources by hour": ("load-by-hour",),
    "RACI": ("raci",),
    "Baseline": ("baseline",),
    "Health": ("health",),
    "Cover": ("cover",),
}
"""Sheet names and the pictures made of their first pages."""
SHORTER = "plan.steps"
"""In the baseline of the pictures this activity lasts a day, so that there is something to see."""
NIGHT, NIGHT_DOTS, NIGHT_HEIGHT = "ledger-night.yaml", 150, 390
"""The plan of the worked night, dots an inch for its wide page, pixels its few rows take of it."""
DOTS_PER_INCH = 110


def run(*command: str) -> str:
    """Run a program and return what it prints."""
    return subprocess.run(  # noqa: S603 - programs and arguments are ours
        command, check=True, capture_output=True, text=True, timeout=300
    ).stdout


def pages(pdf: Path) -> dict[str, list[int]]:
    """Return the pages of each sheet wanted, counted from 1."""
    found: dict[str, list[int]] = {}
    for number, text in enumerate(run("pdftotext", "-layout", str(pdf), "-").split("\f"), 1):
        header = text.strip().splitlines()[:1]
        for sheet in SHEETS:
            if header and header[0].endswith(f"  {sheet}"):
                found.setdefault(sheet, []).append(number)
    return found


def printed(workbook: Path) -> Path:
    """Return a workbook as LibreOffice prints it, beside it."""
    folder = workbook.parent
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run(
        "soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder),
        str(workbook),
    )  # fmt: skip
    return workbook.with_suffix(".pdf")


def draw(pdf: Path, page: int, target: Path, dots: int = DOTS_PER_INCH, height: int = 0) -> None:
    """Make a picture of a page, or of so many pixels from its top."""
    target.parent.mkdir(exist_ok=True)
    run(
        "pdftoppm", "-png", "-singlefile", "-r", str(dots), "-H", str(height),
        "-f", str(page), "-l", str(page), str(pdf), str(target),
    )  # fmt: skip
    print(f"{target}.png")  # noqa: T201


def earlier(project: Project) -> Project:
    """Return the plan as it might have been agreed, one activity shorter."""
    activity = project.activities[SHORTER]
    shorter = tuple(replace(mode, duration=project.day) for mode in activity.modes)
    activities = {**project.activities, SHORTER: replace(activity, modes=shorter)}
    return replace(project, activities=activities)


def night() -> None:
    """Write the pictures of the worked night: as published, and as replanned."""
    page = (HERE / "guides" / "worked-night.md").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        shutil.copy(HERE / "guides" / NIGHT, work)
        names = iter(("night-published", "night-replanned"))
        for command in re.findall(r"^\$ imsgen (.*)$", page, re.MULTILINE):
            solves = command.startswith("solve")
            text = command.replace("-f none", "-f xlsx") if solves else command
            subprocess.run(  # noqa: S603 - the commands of our own guide
                [sys.executable, "-m", "imsgen", *text.split()],
                cwd=work,
                check=True,
                capture_output=True,
                timeout=300,
            )
            if solves:
                pdf = printed((work / NIGHT).with_suffix(".xlsx"))
                number = pages(pdf)["Cutover hours"][0]
                draw(pdf, number, HERE / "pictures" / next(names), NIGHT_DOTS, NIGHT_HEIGHT)


def sample() -> None:
    """Write the pictures of the sample."""
    project = load(SAMPLE).project
    schedule, agreed = (
        imsgen.solve(one, imsgen.Settings()) for one in (project, earlier(project))
    )
    options = formats.Options(baselines={"agreed": agreed})
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (workbook,) = formats.write(schedule, "xlsx", work, "sample", options).files
        pdf = printed(workbook)
        for sheet, found in pages(pdf).items():
            for name, page in zip(SHEETS[sheet], found, strict=False):
                draw(pdf, page, HERE / "pictures" / name)


def main() -> int:
    """Write the pictures."""
    sample()
    night()
    return 0


if __name__ == "__main__":
    sys.exit(main())
