from __future__ import annotations

import pytest

from imsgen.formats.mspdi.codes import duration_format
from imsgen.formats.mspdi.elements import element, file_bytes
from imsgen.formats.mspdi.outline import numbers
from imsgen.formats.mspdi.remarks import Remarks
from imsgen.formats.mspdi.text import one_line, paragraphs, unique


@pytest.mark.parametrize(
    ("text", "minutes", "elapsed", "format_"),
    [
        ("3d?", 1440, False, 7),
        ("45m", 45, False, 3),
        ("2w", 4800, False, 9),
        ("1mo", 9600, False, 11),
        ("+2eh", 120, True, 6),
        ("28ed", 40320, True, 8),
        ("[2d, 3d, 5d]", 1440, False, 7),
        ("1h30m", 90, False, 3),
        ("", 960, False, 7),
        ("", 120, False, 5),
        ("", 2880, True, 8),
        ("", 0, False, 3),
    ],
)
def test_durations_are_shown_in_the_plans_unit(
    text: str, minutes: int, elapsed: bool, format_: int
) -> None:
    """The unit the plan wrote, else the largest that fits; one more where it is elapsed."""
    assert duration_format(text, minutes, 480, elapsed) == format_


def test_uids_are_the_plans_where_they_are_numbers() -> None:
    """Others, and second uses of one number, get the next free."""
    made = numbers([("a", "2"), ("b", None), ("c", "GUID-1"), ("d", "2"), ("e", "0")])
    assert made == {"a": 2, "b": 1, "c": 3, "d": 4, "e": 5}


def test_elements_come_in_order() -> None:
    """The order is the table's, not the caller's; None is left out."""
    made = element("T", ("A", "B", "C"), {"C": 1, "A": "x", "B": None})
    assert made.lines == (" <A>x</A>", " <C>1</C>")


def test_text_is_escaped_and_elements_are_nested() -> None:
    """Markup in a value is text; an element inside one of its own name stands in its place."""
    inside = element("B", ("X",), {"X": "<&>"})
    made = element("T", ("A", "B"), {"A": [inside], "B": [inside]})
    assert file_bytes(made).decode().splitlines()[1:] == [
        '<T xmlns="http://schemas.microsoft.com/project">',
        " <A>",
        "  <B>",
        "   <X>&lt;&amp;&gt;</X>",
        "  </B>",
        " </A>",
        " <B>",
        "  <X>&lt;&amp;&gt;</X>",
        " </B>",
        "</T>",
    ]


def test_an_element_out_of_the_table_is_refused() -> None:
    """A name without place would break the schema's sequence."""
    with pytest.raises(KeyError, match="T: X"):
        element("T", ("A",), {"X": 1})


def test_remarks_are_one_line_a_kind() -> None:
    """Each says what is so and of which, four named, the rest counted."""
    remarks = Remarks()
    for id_ in ("a", "b", "a", "c", "d", "e", "f"):
        remarks.add("Lost", id_)
    remarks.add("Whole")
    assert remarks.lines() == ("Lost: `a`, `b`, `c`, `d` and 2 more", "Whole")


def test_text_is_what_xml_can_hold() -> None:
    """Controls, half surrogates and noncharacters go."""
    assert one_line("a\x00\r\nb\ud800\ufffe") == "a b"
    assert paragraphs("a\r\nb\x0bc\x01") == "a\nb\nc"
    assert len(one_line("x" * 300)) == 255


def test_names_are_numbered_when_taken() -> None:
    """Case does not tell names apart, and the number fits the limit."""
    taken: set[str] = set()
    assert [unique(one, taken, 8) for one in ("Office", "OFFICE", "Offices9")] == [
        "Office",
        "OFFI (2)",
        "Offices9",
    ]
