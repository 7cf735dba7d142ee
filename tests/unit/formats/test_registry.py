from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from imsgen import formats
from imsgen.errors import UsageError
from imsgen.formats.registry import known
from imsgen.schedule.files import write_file


def test_names_are_the_suffixes_in_the_order_people_ask_for_them() -> None:
    """The Excel workbook comes first; the names are what follows the dot of the file."""
    assert formats.names() == ("xlsx", "ics", "xml", "json", "csv")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("xslx", "did you mean `xlsx`?"),
        ("excel", "did you mean `xlsx`?"),
        (".ICS", "did you mean `ics`?"),
        ("mspdi", "did you mean `xml`?"),
        ("docx!", "choose from xlsx, ics, xml, json, csv"),
    ],
)
def test_an_unknown_format_is_answered_with_the_one_meant(typed: str, answer: str) -> None:
    """A near miss, a foreign name and a capital get the edit; anything else the list."""
    with pytest.raises(UsageError) as caught:
        known(typed)
    assert str(caught.value) == f"`{typed}` is not a format: {answer}"


def test_naming_the_formats_imports_none_of_them() -> None:
    """The registry loads no library that writes files: a command that lists formats stays light."""
    script = (
        "import sys, imsgen.formats as f; f.names();"
        "print([m for m in ('xlsxwriter', 'icalendar', 'lxml', 'ortools') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_file_is_replaced_whole_and_leaves_nothing_beside(tmp_path: Path) -> None:
    """Folders are made, the old content goes in one step, no temporary file stays."""
    path = tmp_path / "out" / "plan.csv"
    write_file(path, "one")
    write_file(path, "zwei ∩")
    assert path.read_bytes() == "zwei ∩".encode()
    assert [one.name for one in path.parent.iterdir()] == ["plan.csv"]


def test_a_place_that_cannot_be_written_is_a_usage_error(tmp_path: Path) -> None:
    """A file where a folder should be is the user's to mend: exit code 2, the path in the text."""
    (tmp_path / "blocked").write_text("a file", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be written") as caught:
        write_file(tmp_path / "blocked" / "plan.csv", "x")
    assert caught.value.exit_code == 2
