"""Changing values in the text of a plan, every other character as it was."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from imsgen.plan.writing.edit import Edit, Map, value_of


def root(edit: Edit) -> Map:
    assert edit.root is not None
    return edit.root


def inner(edit: Edit, key: str) -> Map:
    found = value_of(root(edit), key)
    assert isinstance(found, yaml.MappingNode)
    return found


def test_a_value_is_replaced_in_place() -> None:
    """The comment behind it and the blanks before it stay."""
    edit = Edit("a:   1   # one\nb: 2\n")
    edit.set(root(edit), "a", "3")
    assert edit.text() == "a:   3   # one\nb: 2\n"


def test_a_key_is_added_behind_the_last() -> None:
    """On the line of a map in braces; below the last line of a block, at its indent."""
    edit = Edit("a: {x: 1}  # c\nb:\n    x: 1  # d\n# e\n")
    edit.set(inner(edit, "a"), "y", "2")
    edit.set(inner(edit, "b"), "y", "2")
    assert edit.text() == "a: {x: 1, y: 2}  # c\nb:\n    x: 1  # d\n    y: 2\n# e\n"


def test_a_key_is_added_behind_block_text_and_lines_that_end_in_cr_lf() -> None:
    """Block text takes its break along; breaks stay what they are in the file."""
    edit = Edit("a:\n  x: |\n    one\n\nb: 1\n")
    edit.set(inner(edit, "a"), "y", "2")
    assert yaml.load(edit.text(), yaml.BaseLoader) == {"a": {"x": "one\n", "y": "2"}, "b": "1"}
    edit = Edit("a:\r\n  x: 1\r\nb: 1\r\n")
    edit.set(inner(edit, "a"), "y", "2")
    assert edit.text() == "a:\r\n  x: 1\r\n  y: 2\r\nb: 1\r\n"


def test_a_key_is_taken_away_and_a_comment_behind_it_stays() -> None:
    """First, middle and last of a map in braces; a line of a block."""
    for gone, left in (("x", "{y: 2, z: 3}"), ("y", "{x: 1, z: 3}"), ("z", "{x: 1, y: 2}")):
        edit = Edit("a: {x: 1, y: 2, z: 3}  # c\n")
        edit.remove(inner(edit, "a"), gone)
        assert edit.text() == f"a: {left}  # c\n"
    edit = Edit("a:\n  x: 1  # why\n  y: 2\n  z: 3\n")
    edit.remove(inner(edit, "a"), "x")
    edit.remove(inner(edit, "a"), "y")
    assert edit.text() == "a:\n  # why\n  z: 3\n"


def test_comments_inside_braces_stay_whatever_goes() -> None:
    """An entry goes with its comma, and with its line where nothing else is on it."""
    text = "a: {x: 1,  # one\n    y: 2,  # two\n    z: 3\n   }  # all\n"
    for gone in (("x",), ("y",), ("z",), ("y", "z"), ("x", "y", "z")):
        edit = Edit(text)
        for key in gone:
            edit.remove(inner(edit, "a"), key)
        edit.set(inner(edit, "a"), "new", "9")
        left = {"x": "1", "y": "2", "z": "3", "new": "9"}
        found = edit.text()
        assert yaml.load(found, yaml.BaseLoader) == {
            "a": {key: value for key, value in left.items() if key not in gone}
        }
        assert all(found.count(f"# {one}") == 1 for one in ("one", "two", "all"))
    assert "z: 3\n" in text


def test_what_loses_its_last_line_takes_another() -> None:
    """The new line does not go with the one that is taken away."""
    edit = Edit("a:\n  x: 1\n  y: 2\nb: 3\n")
    edit.remove(inner(edit, "a"), "y")
    edit.set(inner(edit, "a"), "z", "9")
    assert edit.text() == "a:\n  x: 1\n  z: 9\nb: 3\n"
    edit = Edit("a:\n  x: 1\nb: 3\n")
    edit.remove(inner(edit, "a"), "x")
    edit.set(inner(edit, "a"), "z", "9")
    assert edit.text() == "a:\n  z: 9\nb: 3\n"


def test_a_new_key_may_have_its_place() -> None:
    """Behind the key named, at the end where the map has none such; asked twice it is there once."""
    edit = Edit("a: 1  # c\nb: 2\n")
    edit.set(root(edit), "x", "8", behind="a")
    edit.set(root(edit), "x", "9", behind="a")
    edit.set(root(edit), "y", "9", behind="q")
    assert edit.text() == "a: 1  # c\nx: 9\nb: 2\ny: 9\n"


def test_an_empty_map_a_document_end_and_odd_breaks_are_no_trouble() -> None:
    """`{}` takes keys; lines are added before `...`; a line separator is a blank in a plan."""
    edit = Edit("a: {}\n")
    edit.set(inner(edit, "a"), "x", "1")
    assert edit.text() == "a: {x: 1}\n"
    edit = Edit("a: 1\n...\n# after\n")
    edit.append(["b: 2"])
    assert edit.text() == "a: 1\nb: 2\n...\n# after\n"
    edit = Edit("a: one\u2028two  # \x85\nb: 2\n")
    edit.set(root(edit), "b", "3")
    assert edit.text() == "a: one\u2028two  # \x85\nb: 3\n"


def test_block_text_leaves_the_blank_lines_behind_it() -> None:
    """They part entries; only its own lines are replaced."""
    edit = Edit("a: |\n  one\n  two\n\nb: 2\n")
    edit.set(root(edit), "a", "3")
    assert edit.text() == "a: 3\n\nb: 2\n"


def test_ids_are_no_keywords() -> None:
    """`a-b` and `a_b` are two ids, while `actual-start` is the key `actual_start`."""
    edit = Edit("p: {a-b: 1, actual-start: 2}\n")
    edit.add(inner(edit, "p"), "a_b", "3")
    edit.remove(inner(edit, "p"), "actual_start")
    assert edit.text() == "p: {a-b: 1, a_b: 3}\n"


KEYS = ("k0", "k1", "k2", "k3", "new")


@settings(max_examples=200, deadline=None)
@given(
    before=st.dictionaries(st.sampled_from(KEYS[:4]), st.integers(0, 9), min_size=1),
    changes=st.dictionaries(st.sampled_from(KEYS), st.one_of(st.none(), st.integers(10, 99))),
    flow=st.booleans(),
    ended=st.booleans(),
    remarked=st.booleans(),
)
def test_the_map_says_what_was_asked_and_the_rest_is_untouched(
    before: dict[str, int],
    changes: dict[str, int | None],
    flow: bool,
    ended: bool,
    remarked: bool,
) -> None:
    """Any mix of setting, adding and taking away, in braces or blocks, last in the file or not."""
    wanted: dict[str, Any] = {key: str(value) for key, value in before.items()}
    for key, value in changes.items():
        if value is None:
            wanted.pop(key, None)
        else:
            wanted[key] = str(value)
    if not wanted:
        return
    pairs = [f"{key}: {value}" for key, value in before.items()]
    tail = "  # c" if remarked else ""
    body = f" {{{', '.join(pairs)}}}" if flow else "".join(f"\n  {one}{tail}" for one in pairs)
    edit = Edit(f"# top\na:{body}" + ("\nz: 1  # end\n" if ended else ""))
    for key, value in changes.items():
        if value is None:
            edit.remove(inner(edit, "a"), key)
        else:
            edit.set(inner(edit, "a"), key, str(value))
    text = edit.text()
    if (
        not flow
        and all(changes.get(key, 0) is None for key in before)
        and set(wanted) <= set(before)
    ):
        return  # a block that loses all of its keys: the caller drops it whole
    assert yaml.load(text, yaml.BaseLoader)["a"] == wanted
    assert text.startswith("# top\na:")
    assert text.count("# c") == (0 if flow or not remarked else len(before))
    assert not ended or text.endswith("z: 1  # end\n")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("include: [a.yaml]   # all\n", "include: [a.yaml, b.yaml]   # all\n"),
        (
            "include:\n  - a.yaml   # all\nx: 1\n",
            "include:\n  - a.yaml   # all\n  - b.yaml\nx: 1\n",
        ),
        ("include:\r\n- a.yaml\r\n", "include:\r\n- a.yaml\r\n- b.yaml\r\n"),
        ("include:\n- a.yaml", "include:\n- a.yaml\n- b.yaml"),
    ],
)
def test_an_item_joins_a_list(text: str, wanted: str) -> None:
    """Behind the last item, in its style, comments left where they are."""
    edit = Edit(text)
    assert edit.root is not None
    items = value_of(edit.root, "include")
    assert isinstance(items, yaml.SequenceNode)
    edit.extend(items, "b.yaml")
    assert edit.text() == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("start: 1   # first\nlast: 2\n", "start: 1   # first\nnew: x\nlast: 2\n"),
        ("start: 1", "start: 1\nnew: x"),
        ("start: 1\nnew: old   # kept\n", "start: 1\nnew: x   # kept\n"),
        ("{start: 1, last: 2}\n", "{start: 1, new: x, last: 2}\n"),
        ("last: 2\n", "last: 2\nnew: x\n"),
    ],
)
def test_a_key_stands_behind_another(text: str, wanted: str) -> None:
    """Beside it in braces, on a line of its own in a block; at the end where the other is missing."""
    edit = Edit(text)
    assert edit.root is not None
    edit.set_after(edit.root, "start", "new", "x")
    assert edit.text() == wanted


def test_a_map_that_loses_all_is_an_empty_one() -> None:
    """Nothing behind a key would be no value."""
    edit = Edit("progress:\n  a: {x: 1}\n  b: {x: 2}\nlast: 1\n")
    assert edit.root is not None
    inside = value_of(edit.root, "progress")
    assert isinstance(inside, yaml.MappingNode)
    edit.remove(inside, "a")
    edit.remove(inside, "b")
    assert edit.text() == "progress:\n  {}\nlast: 1\n"
