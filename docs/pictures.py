"""Make the pictures of docs/pictures from a real workbook; `make pictures` runs it.

Needs LibreOffice (soffice) and poppler (pdftotext, pdftoppm). Pages are found by the sheet name
in their header, so that a longer plan does not shift them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import imsgen
from imsgen.plan import load

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "samples" / "cutover.yaml"
SHEETS = {"Schedule": "schedule", "Cutover hours": "cutover-hours", "Checkpoints": "checkpoints"}
"""Sheet names and the pictures made of their first pages."""
DOTS_PER_INCH = 110


def run(*command: str) -> str:
    """Run a program and return what it prints."""
    return subprocess.run(  # noqa: S603 - programs and arguments are ours
        command, check=True, capture_output=True, text=True, timeout=300
    ).stdout


def pages(pdf: Path) -> dict[str, int]:
    """Return the first page of each sheet wanted, counted from 1."""
    found: dict[str, int] = {}
    for number, text in enumerate(run("pdftotext", "-layout", str(pdf), "-").split("\f"), 1):
        header = text.strip().splitlines()[:1]
        for sheet in SHEETS:
            if header and header[0].endswith(sheet):
                found.setdefault(sheet, number)
    return found


def main() -> int:
    """Write the pictures."""
    schedule = imsgen.solve(load(SAMPLE).project, imsgen.Settings())
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (workbook,) = imsgen.export(schedule, "xlsx", work, "sample")
        run(
            "soffice",
            f"-env:UserInstallation={(work / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(workbook),
        )
        pdf = work / "sample.pdf"
        for sheet, page in pages(pdf).items():
            target = HERE / "pictures" / SHEETS[sheet]
            target.parent.mkdir(exist_ok=True)
            run(
                "pdftoppm", "-png", "-singlefile", "-r", str(DOTS_PER_INCH),
                "-f", str(page), "-l", str(page), str(pdf), str(target),
            )  # fmt: skip
            print(f"{target}.png")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
