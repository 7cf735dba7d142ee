"""The JSON Schema agrees with what is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from imsgen.plan.syntax import json_schema
from imsgen.plan.syntax.keys.plan import PLAN
from imsgen.plan.syntax.schema import ENTITIES

ROOT = Path(__file__).parents[3]
PLANS = [
    Path(__file__).parent / "annotated.yaml",
    *sorted((ROOT / "samples").rglob("*.yaml")),
    *sorted((ROOT / "templates").glob("*.yaml")),
]
SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def as_editors_read(value: Any) -> Any:
    """Return a tree of text as a YAML 1.2 reader types it: numbers and booleans."""
    if isinstance(value, dict):
        return {key: as_editors_read(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_editors_read(inner) for inner in value]
    if value in ("true", "false"):
        return value == "true"
    try:
        return int(value)
    except ValueError:
        pass
    try:
        return float(value)
    except ValueError:
        return value


def tree(text: str) -> Any:
    """Return YAML as an editor sees it."""
    return as_editors_read(yaml.load(text, yaml.CBaseLoader))


def test_it_is_a_schema() -> None:
    """It is valid JSON Schema, draft 2020-12, and every reference leads somewhere."""
    Draft202012Validator.check_schema(SCHEMA)
    wanted: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            wanted.extend([value["$ref"]] if "$ref" in value else [])
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(SCHEMA)
    assert {one.removeprefix("#/$defs/") for one in wanted} <= set(SCHEMA["$defs"])


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_good_plans_fit(path: Path) -> None:
    """Every sample, template and the annotated plan fit the schema as editors see them."""
    errors = list(VALIDATOR.iter_errors(tree(path.read_text(encoding="utf-8"))))
    assert [f"{list(one.absolute_path)}: {one.message}" for one in errors] == []


@pytest.mark.parametrize(
    "text",
    [
        "activities: {a: {duraton: 1d}}",
        "activities: {a: {duration: 3 days}}",
        "activities: {a: {duration: 4}}",
        "activities: {a: {duration: [1d, 2d]}}",
        "activities: {a: {milestone: yes}}",
        "activities: {a: {after: load+2h}}",
        "activities: {a: {after: {type: SS}}}",
        "activities: {a: {undo: {verify: 15m}}}",
        "activities: [a, b]",
        "calendars: {c: {work: {monday: 08:00-12:00}}}",
        "options: {estimate: best}",
        "start: 11/02/2026",
        "imsgen: 2",
    ],
)
def test_bad_plans_do_not_fit(text: str) -> None:
    """What the reader refuses, an editor underlines."""
    assert not VALIDATOR.is_valid(tree(text))


def test_every_key_is_described() -> None:
    """Each key has one sentence without a full stop, and a kind with a form."""
    for entity in (PLAN, *ENTITIES):
        assert entity.text
        for key in entity.keys:
            assert key.text[0].isupper() or key.text[0] in "0`"
            assert not key.text.endswith(".")
            assert key.kind.form
            assert SCHEMA["$defs"].get(entity.name, SCHEMA)["properties"][key.name]["description"]


def test_keys_are_words_that_every_yaml_reader_keeps() -> None:
    """No key is one of YAML 1.1's booleans, and keys are in snake case."""
    for entity in (PLAN, *ENTITIES):
        for key in entity.keys:
            assert key.name.replace("_", "").isalnum()
            assert key.name == key.name.lower()
            assert key.name not in ("yes", "no", "on", "off", "y", "n", "null")
