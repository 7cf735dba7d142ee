"""What is written reads back as what was meant, and looks as a person would write it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imsgen.diagnostics import Report
from imsgen.plan.syntax.text.compose import compose
from imsgen.plan.syntax.text.nodes import Mapping as MappingNode
from imsgen.plan.syntax.text.nodes import Node, Text
from imsgen.plan.syntax.text.nodes import Sequence as SequenceNode
from imsgen.plan.writing import Remarked, Tree, Words, plain_tree, plan_text


def _value(node: Node) -> object:
    if isinstance(node, Text):
        return node.value
    if isinstance(node, MappingNode):
        return {key.value: _value(value) for key, value in node.entries}
    assert isinstance(node, SequenceNode)
    return [_value(item) for item in node.items]


def read_back(text: str) -> object:
    """Return what our own reader sees, which must find nothing to say."""
    report = Report()
    root, intact = compose(text, "plan.yaml", report)
    assert intact
    assert not report.diagnostics, [one.message for one in report.diagnostics]
    assert root is not None
    return _value(root)


def test_reads_as_a_person_writes() -> None:
    """Settings first, sections apart, entries in a column, one line while it fits."""
    plan: Mapping[str, Tree] = {
        "imsgen": "1",
        "name": Words("Ledger: move"),
        "parties": {"a": Words("Agency")},
        "resources": {
            "dba": {"name": Words("DBAs"), "capacity": "2"},
            "ana": {"name": Words("Ana")},
        },
        "activities": {
            "cut": {
                "name": Words("No"),
                "activities": {
                    "stop": {"name": Words("Stop, wait"), "duration": ["1d", "2d?", "4d"]},
                    "load": {"duration": "50m", "after": ["stop FS+50%", "x.y SS -1eh"]},
                },
            }
        },
    }
    assert plan_text(plan, ["From plan.xml"]) == (
        "# From plan.xml\n"
        "imsgen: 1\n"
        'name: "Ledger: move"\n'
        "parties: {a: Agency}\n"
        "\n"
        "resources:\n"
        "  dba: {name: DBAs, capacity: 2}\n"
        "  ana: {name: Ana}\n"
        "\n"
        "activities:\n"
        "  cut:\n"
        '    name: "No"\n'
        "    activities:\n"
        '      stop: {name: "Stop, wait", duration: [1d, 2d?, 4d]}\n'
        "      load: {duration: 50m, after: [stop FS+50%, x.y SS -1eh]}\n"
    )


def test_comments_stand_where_they_belong() -> None:
    """A comment of an entry ends its line; one inside opens the entry into a block."""
    plan: Mapping[str, Tree] = {
        "activities": {
            "a": Remarked({"duration": "1d"}, "assumed", before=("first", "second")),
            "b": {"duration": "1d", "after": Remarked("a", "Contingency  Plan\nrev 2")},
        }
    }
    assert plan_text(plan) == (
        "activities:\n"
        "  # first\n"
        "  # second\n"
        "  a: {duration: 1d}  # assumed\n"
        "  b:\n"
        "    duration: 1d\n"
        "    after: a  # Contingency Plan rev 2\n"
    )


def test_long_entries_open() -> None:
    """What does not fit in 120 columns becomes a block, lists item by item."""
    many: Tree = [f"predecessor-{number} FS+2h" for number in range(9)]
    text = plan_text({"activities": {"a": {"duration": "1d", "after": many}}})
    assert max(len(line) for line in text.splitlines()) <= 120
    assert "    after:\n      - predecessor-0 FS+2h\n" in text
    assert read_back(text) == {"activities": {"a": {"duration": "1d", "after": many}}}


def test_paragraphs_are_blocks() -> None:
    """Lines of a note stay lines."""
    text = plan_text({"notes": Words("One: two\n\nthree # four")})
    assert text == "notes: |-\n  One: two\n\n  three # four\n"


@pytest.mark.parametrize(
    "text", ["a: b", "a #b", "[x]", "- a", "a, b", 'a"b', "?", "", " a", "a:"]
)
def test_what_is_no_notation_is_refused(text: str) -> None:
    """Free text that slipped into a value of the notation would change the file's meaning."""
    with pytest.raises(ValueError, match="not written as a value"):
        plan_text({"duration": text})


@pytest.mark.parametrize(
    "text",
    [
        "3d?",
        "1h30m",
        "2027-01-01 08:00",
        "2027-01-01..2027-02-01",
        "08:00-12:00",
        "-5d",
        "a.b FF-1h",
        "mon-fri",
        "50%",
        "SNET 2027-01-01",
        "24x7",
        "FREQ=MONTHLY;BYDAY=1MO",
    ],
)
def test_notation_stays_plain(text: str) -> None:
    """Values as the language writes them need no quotes, in a line and in a list."""
    assert plan_text({"a": text}) == f"a: {text}\n"
    assert read_back(plan_text({"a": [text], "b": {"c": {"d": text}}})) == {
        "a": [text],
        "b": {"c": {"d": text}},
    }


anything = st.text(max_size=40)
readable = anything.filter(lambda text: all(char in "\n\t" or char.isprintable() for char in text))
ids = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,8}", fullmatch=True)
trees = st.recursive(
    st.builds(Words, readable) | st.sampled_from(["3d?", "a FS+2h", "50%", "2027-01-01 08:00"]),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(ids, inner, min_size=1, max_size=3)
        | st.builds(Remarked, st.dictionaries(ids, inner, min_size=1, max_size=2), readable)
    ),
    max_leaves=12,
)


@given(st.dictionaries(ids, trees, min_size=1, max_size=4))
def test_reads_back(tree: Mapping[str, Tree]) -> None:
    """Whatever the names and notes hold, the written plan says it and nothing else."""
    assert read_back(plan_text(tree)) == plain_tree(tree)
