"""Files as LibreOffice saves them."""

from __future__ import annotations

import subprocess
from pathlib import Path

EXCEL = "xlsx:Calc MS Excel 2007 XML"


def saved_again(path: Path, folder: Path) -> Path:
    """Return the workbook as LibreOffice saves it."""
    profile = folder / "profile"
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            EXCEL,
            "--outdir",
            str(folder),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=600,
    )
    return folder / path.name
