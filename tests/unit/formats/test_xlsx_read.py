"""Reading workbooks of others: values, kinds of numbers, and files made to do harm."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from imsgen.formats.xlsx.read import Form, Unreadable, package, read_workbook
from imsgen.formats.xlsx.read.cells import is_date

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = f'<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{RELATED}">'


def packed(
    path: Path, sheet: str, *, head: str = "", more: Mapping[str, str] | None = None
) -> Path:
    """Write the least that is a workbook, with one sheet."""
    parts = {
        "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{RELATED}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": head
        or f'{HEAD}<sheets><sheet name="One" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="b" Type="{RELATED}'
        '/worksheet" Target="sheet.xml"/></Relationships>',
        "xl/sheet.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>',
        **(more or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return path


def reason(path: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        read_workbook(path)
    return caught.value.reason


def test_cells_are_what_the_writer_put_there(tmp_path: Path) -> None:
    """Text, numbers, dates, truths, errors and formulas, with indent, level and merged cells."""
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("It's")
    date = book.add_format({"num_format": 'ddd d mmm hh:mm "EST"', "indent": 3})
    sheet.write_string(0, 0, " =text\r\nb\x07_x0041_ ")
    sheet.write_number(0, 1, 0.5)
    sheet.write_datetime(0, 2, datetime(2027, 3, 5, 17, 30), date)  # noqa: DTZ001
    sheet.write_boolean(0, 3, True)
    sheet.write_formula(0, 4, "=1/0", None, "#DIV/0!")
    sheet.write_formula(0, 5, "=B1*2", None, 1)
    sheet.write_formula(0, 6, '="a"', None, "a")
    sheet.merge_range(2, 0, 4, 1, "wide")
    sheet.set_row(2, None, None, {"level": 2})
    book.define_name("Here", "='It''s'!$B$1")
    book.add_worksheet("Gone").very_hidden()
    book.close()
    found = read_workbook(path)
    one = found.sheets[0]
    assert one.at(1, 1).text == " =text\r\nb\x07_x0041_ "
    assert (one.at(1, 2).form, one.at(1, 2).number) == (Form.NUMBER, 0.5)
    assert one.at(1, 3).moment() == datetime(2027, 3, 5, 17, 30)  # noqa: DTZ001
    assert one.at(1, 3).indent == 3
    assert [one.at(1, i).form for i in (4, 5, 6, 7)] == [
        Form.TRUTH, Form.ERROR, Form.NUMBER, Form.TEXT,
    ]  # fmt: skip
    assert all(one.at(1, i).formula and one.at(1, i).valued for i in (5, 6, 7))
    assert one.merged == [(3, 1, 5, 2)]
    assert one.levels == {3: 2}
    assert found.names == {"Here": ("It's", 1, 2)}
    assert one.place(1, 28) == "'It''s'!AB1"
    assert [sheet.name for sheet in found.visible()] == ["It's"]


def test_openpyxl_saves_formulas_without_values_and_inline_text(tmp_path: Path) -> None:
    """Both are told apart from empty cells."""
    book = openpyxl.Workbook()
    page: Any = book.active
    page["A1"] = "=1+1"
    page["B1"] = datetime(2027, 3, 5)  # noqa: DTZ001
    book.save(tmp_path / "a.xlsx")
    cells = read_workbook(tmp_path / "a.xlsx").sheets[0]
    assert cells.at(1, 1).formula
    assert not cells.at(1, 1).valued
    assert cells.at(1, 2).form is Form.DATE
    row = (
        '<row><c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c><c t="d"><v>2027-03-05'
        "T08:00:00</v></c><c><v>nan</v></c></row>"
    )
    other = read_workbook(packed(tmp_path / "b.xlsx", row)).sheets[0]
    assert other.at(1, 1).text == "ab"
    assert other.at(1, 2).moment() == datetime(2027, 3, 5, 8)  # noqa: DTZ001
    assert other.at(1, 3).form is Form.TEXT


def test_days_since_1904_are_the_same_days(tmp_path: Path) -> None:
    """Workbooks from old Macs count from another day."""
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx", {"date_1904": True})
    date = book.add_format({"num_format": "yyyy-mm-dd"})
    book.add_worksheet().write_datetime(0, 0, datetime(2027, 3, 5), date)  # noqa: DTZ001
    book.close()
    cell = read_workbook(tmp_path / "a.xlsx").sheets[0].at(1, 1)
    assert cell.moment() == datetime(2027, 3, 5)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("yyyy-mm-dd hh:mm", True), ("General", False), ('0.0" days"', False), ("0%", False),
        ("[$-409]d/m/yy;@", True), ("[h]:mm", True), ("[Red]0.00", False), ("#,##0_d", False),
        ("@", False), ("0.00E+00", False),
    ],
)  # fmt: skip
def test_a_number_format_shows_a_date_or_not(code: str, wanted: bool) -> None:
    """Letters of dates count only outside quotes, colours and fillers."""
    assert is_date(164, code) is wanted


def test_files_that_are_no_workbook_are_refused_in_words(tmp_path: Path) -> None:
    """Each with what it is: nothing, text, the old format, a password, another zip, cut off."""
    path = tmp_path / "a.xlsx"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    cases = {
        b"": "it is empty",
        b"id,name\n": "it is no workbook",
        ole: "it is in the format of Excel 97 (.xls)",
        ole + "EncryptedPackage".encode("utf-16-le"): "it is protected with a password",
        b"PK\x03\x04 cut off": "it is no workbook, or a damaged one",
    }
    for content, said in cases.items():
        path.write_bytes(content)
        assert reason(path) == said
    assert reason(tmp_path / "none.xlsx") == "no such file or directory"
    assert reason(tmp_path) == "is a directory"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/epub+zip")
    assert reason(path) == "it is no workbook"


def test_workbooks_that_are_broken_or_hostile_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No sheets, entities, a part that is no XML, more than anyone reads."""
    path = tmp_path / "a.xlsx"
    packed(path, "", head=f"{HEAD}<sheets/></workbook>")
    assert reason(path) == "it has no sheet with cells"
    laughs = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    packed(path, "", more={"xl/sheet.xml": f"{laughs}<worksheet>&b;</worksheet>"})
    assert reason(path) == "it declares XML entities, which no workbook does"
    packed(path, "<row><c>")
    assert reason(path) == "its part `xl/sheet.xml` cannot be read"
    packed(path, "", more={"xl/sheet.xml": "<worksheet/>" + " " * 9_000_000})
    assert path.stat().st_size < 20_000
    monkeypatch.setattr(package, "MOST_PARTS", 8_000_000)
    assert reason(path) == "it unpacks to more than 8 MB"


def test_a_million_empty_rows_take_no_room(tmp_path: Path) -> None:
    """Rows without anything are read and forgotten, in any order; merged cells too."""
    rows = "".join(f'<row r="{i}"><c r="A{i}" s="1"/></row>' for i in range(1, 50_001))
    text = '<row r="1048576"><c r="A1048576" t="str"><v>end</v></c></row>'
    sheet = read_workbook(packed(tmp_path / "a.xlsx", text + rows)).sheets[0]
    assert list(sheet.cells) == [1_048_576]


def test_what_points_nowhere_is_empty(tmp_path: Path) -> None:
    """Strings and styles that are not there, addresses that are none."""
    rows = '<row r="x"><c r="?" t="s" s="99"><v>7</v></c><c r="B2" s="-1"><v>5</v></c></row>'
    sheet = read_workbook(packed(tmp_path / "a.xlsx", rows)).sheets[0]
    assert sheet.at(1, 1).text == ""
    assert sheet.at(2, 2).number == 5
