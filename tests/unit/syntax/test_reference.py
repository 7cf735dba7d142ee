"""The page of keys says everything the tables do."""

from __future__ import annotations

from imsgen.plan.syntax.keys.plan import PLAN
from imsgen.plan.syntax.reference import FORMS, describe_keys
from imsgen.plan.syntax.schema import ENTITIES


def test_every_key_has_a_row() -> None:
    """Each entity has a section, each key of it a row of four cells."""
    page = describe_keys()
    for entity in (PLAN, *ENTITIES):
        section = page.split(f"## {entity.noun.capitalize()}\n")[1].split("\n## ")[0]
        for key in entity.keys:
            row = next(line for line in section.splitlines() if line.startswith(f"| `{key.name}`"))
            assert row.replace("\\|", "").count("|") == 5


def test_every_form_is_described() -> None:
    """Each form a key can have is in the table of values, and no other."""
    used = {key.kind.form for entity in (PLAN, *ENTITIES) for key in entity.keys}
    used = {form.removesuffix(", or a list") for form in used if not form.startswith("map of")}
    assert used == set(FORMS)
