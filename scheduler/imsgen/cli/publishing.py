"""Making a baseline of the schedule file: what is checked, and the files that come of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from imsgen.cli.outputs import SUFFIX, stem_of

if TYPE_CHECKING:
    from imsgen.model import Project, Schedule

FOLDER = "baselines"
"""Where baselines lie, beside the plan."""
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True)
class Publication:
    """A baseline and the files to write for it, empty when all is there already."""

    name: str
    revision: int
    files: Mapping[Path, bytes]


def publication(
    plan: Path, project: Project, path: Path, name: str, *, again: bool
) -> Publication:
    """Return the baseline that a schedule file makes; nothing is written.

    The schedule file itself learns of it too, so that it stays the schedule of the plan.

    Raises
    ------
    PlanError
        If the plan has changed since the schedule was made.
    UsageError
        If there is no schedule, it breaks its plan, or the name is taken or is none.
    """
    from imsgen.errors import UsageError
    from imsgen.plan import load_edited
    from imsgen.schedule import plan_hash, to_json

    content, schedule = _checked(plan, project, path)
    name = name or f"rev{schedule.revision}"
    if not _NAME.fullmatch(name):
        raise UsageError(f"`{name}` is no name of a baseline: use letters, digits, `-` and `_`")
    known = project.baselines.get(name)
    relative = known or f"{FOLDER}/{stem_of(plan)}.{name}{SUFFIX}"
    target = plan.parent / relative
    if target.exists():
        if known is not None and _same(target.read_bytes(), schedule):
            return Publication(name, schedule.revision, {})
        if not again:
            taken = "the plan has" if known is not None else f"`{target}` is"
            raise UsageError(
                f"{taken} a baseline `{name}` already: choose another name, or add `--replace`"
            )
    files = {target: content}
    if known is None:
        text = _named(plan, project, name, relative)
        after = load_edited(plan, {plan.resolve(): text}).project
        if replace(after, baselines={}) != replace(project, baselines={}):
            raise UsageError(f"more of `{plan}` would change: write `baselines:` by hand")
        files[plan] = text.encode("utf-8")
        told = replace(schedule, project=after, plan_hash=plan_hash(after))
        files[path] = to_json(told).encode("utf-8")
    return Publication(name, schedule.revision, files)


def _checked(plan: Path, project: Project, path: Path) -> tuple[bytes, Schedule]:
    """Return the schedule file and what it says, if it is the plan's and keeps every rule."""
    from imsgen.diagnostics import Diagnostic, Severity
    from imsgen.errors import PlanError, UsageError
    from imsgen.schedule import plan_hash, read_schedule
    from imsgen.verifier import verify_schedule

    if not path.exists():
        raise UsageError(f"there is no `{path}` yet: run `imsgen solve {plan}` first")
    schedule = read_schedule(path)
    if schedule.plan_hash != plan_hash(project):
        problem = Diagnostic(
            "IMS602",
            Severity.ERROR,
            f"the plan has changed since `{path}` was solved",
            help=f"run `imsgen solve {plan}`, then publish",
        )
        raise PlanError([problem])
    violations = verify_schedule(schedule)
    if violations:
        raise UsageError(
            f"`{path}` was changed by hand and breaks its plan, solve the plan again: "
            f"{violations[0].message}"
        )
    return path.read_bytes(), schedule


def _same(content: bytes, schedule: Schedule) -> bool:
    """Whether a file has the dates of a schedule already, whatever baselines it names."""
    import json

    from imsgen.errors import UsageError
    from imsgen.schedule import load_document

    try:
        published = load_document(json.loads(content), "baseline")
    except (UsageError, ValueError):
        return False
    bare = replace(schedule.project, baselines={})
    other = replace(published.project, baselines={})
    return replace(published, project=other, plan_hash="") == replace(
        schedule, project=bare, plan_hash=""
    )


def _named(plan: Path, project: Project, name: str, relative: str) -> str:
    """Return the text of the plan with the baseline in it."""
    import yaml

    from imsgen.errors import UsageError
    from imsgen.plan.writing.edit import Edit, value_of

    text = plan.read_bytes().decode("utf-8-sig")
    edit = Edit(text)
    if edit.root is None:
        raise UsageError(f"`{plan}` cannot be edited: expected a map of keys")
    block = value_of(edit.root, "baselines")
    if isinstance(block, yaml.MappingNode) and (block.value or block.flow_style):
        edit.set(block, name, relative)
    elif edit.root.flow_style:
        edit.set(edit.root, "baselines", f"{{{name}: {relative}}}")
    else:
        edit.append(["baselines:", f"  {name}: {relative}"])
    return edit.text()
