from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from imsgen.formats.ical.text import Text, identifier
from imsgen.schedule.diary.text import category, distinct, one_line, paragraphs


def test_a_subject_is_one_line_without_controls() -> None:
    """Line breaks and control characters of any kind become one space or nothing."""
    assert one_line("a\r\nATTENDEE:b\x00\x07\tc\u2028d\x85e") == "a ATTENDEE:b c d e"


def test_a_long_subject_is_cut_with_an_ellipsis() -> None:
    """255 characters, the last of them the ellipsis."""
    cut = one_line("x" * 300)
    assert len(cut) == 255
    assert cut.endswith("x…")


def test_paragraphs_keep_their_line_breaks() -> None:
    """All kinds of breaks become a line feed; other controls go."""
    assert paragraphs("one\r\ntwo\rthree\x0bfour\x00 \n") == "one\ntwo\nthree\nfour"


def test_half_a_surrogate_pair_is_replaced() -> None:
    """What UTF-8 cannot hold becomes the replacement character."""
    assert one_line("a\ud83db") == "a\ufffdb"


def test_backslash_n_in_capitals_stays() -> None:
    r"""``C:\New`` is no line break."""
    assert Text("C:\\New, a;b\nc").to_ical() == rb"C:\\New\, a\;b\nc"


def test_a_category_has_no_separator() -> None:
    """Outlook splits categories at commas and semicolons."""
    assert category("Bank, Ltd; west\\east") == "Bank Ltd west east"


def test_categories_differ_by_more_than_case() -> None:
    """Empty ones go, the first spelling stays."""
    assert distinct(["Go", "", "go", "GO ", "x"]) == ["Go", "GO ", "x"]


@given(st.text())
def test_an_identifier_is_plain_ascii(text: str) -> None:
    """Nothing but letters, digits and ``._@-`` comes out, whatever goes in."""
    assert all(c.isascii() and (c.isalnum() or c in "._@-") for c in identifier(text))


@given(st.text(st.characters(codec=None)))
def test_cleaned_text_encodes(text: str) -> None:
    """Cleaned text is valid UTF-8 without control characters."""
    for cleaned in (one_line(text), paragraphs(text).replace("\n", "")):
        cleaned.encode("utf-8")
        assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in cleaned)
