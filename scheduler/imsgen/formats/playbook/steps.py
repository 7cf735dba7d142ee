"""The activities of one key task in the order they are done, around a decision if there is one."""

from __future__ import annotations

from dataclasses import dataclass, field

from imsgen.formats.importing.ids import Ids
from imsgen.formats.playbook.rules import Meeting, Rules
from imsgen.formats.playbook.source import KeyTask, Said

_BEFORE, _GO, _AFTER = range(3)
_EVENTS = ("start", "finish")
"""Names of events, which no activity in a group may have."""


@dataclass(slots=True)
class Step:
    """An activity: ``path`` leads to it from its key task, ``waits`` to those before it."""

    path: tuple[str, ...]
    name: str
    said: Said
    alongside: bool
    waits: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The id inside its group."""
        return self.path[-1]

    @property
    def reference(self) -> str:
        """What others inside the key task call it."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Asked:
    """A meeting, the text that asks for it, and whether that is an activity of its own."""

    meeting: Meeting
    text: str
    is_activity: bool


@dataclass(slots=True)
class Steps:
    """What becomes of the activities of a key task."""

    before: list[Step] = field(default_factory=list)
    """Without a decision: all of them."""
    after: list[Step] = field(default_factory=list)
    """Done once the answer is Go."""
    no_go: list[Step] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)
    """Names of inner groups by id."""
    decides: bool = False
    meetings: dict[str, Asked] = field(default_factory=dict)
    """By name, those that activities and best practices ask for."""

    def last(self) -> list[str]:
        """Return what a decision waits for."""
        return _ends(self.before)


def steps_of(task: KeyTask, rules: Rules) -> Steps:
    """Return the steps of a key task."""
    found = Steps()
    for said in task.practices:
        meeting = _meeting(said, rules)
        if meeting is not None:
            found.meetings.setdefault(meeting.name, Asked(meeting, said.text, is_activity=False))
    found.decides = decides(task, rules)
    if found.decides:
        _around_a_decision(task, rules, found)
    else:
        _in_order_of_the_file(task, rules, found)
    return found


def decides(task: KeyTask, rules: Rules) -> bool:
    """Whether activities of a key task depend on an answer."""
    return any(_answer(one, rules) for one in task.activities)


def _in_order_of_the_file(task: KeyTask, rules: Rules, found: Steps) -> None:
    ids = Ids(_EVENTS)
    earlier: list[str] = []
    for section in task.sections:
        above: tuple[str, ...] = ()
        inner = ids
        if section.name and len(task.sections) > 1:
            above = (ids.take(rules.wording.id(section.name, "part")),)
            found.headings[above[0]] = section.name
            inner = Ids(_EVENTS)
        steps = [
            _step(one, one.text, above, inner, rules)
            for one in section.activities
            if not _is_meeting(one, rules, found)
        ]
        _chain(steps, earlier)
        if steps:
            earlier = _ends(steps)
        found.before += steps


def _around_a_decision(task: KeyTask, rules: Rules, found: Steps) -> None:
    """Put every activity before the decision, after Go, last of all, or on the way of No-Go."""
    ids, others = Ids(_EVENTS), Ids(_EVENTS)
    stages: dict[int, list[Step]] = {_BEFORE: [], _GO: [], _AFTER: []}
    for said in task.activities:
        if _is_meeting(said, rules, found):
            continue
        answer = _answer(said, rules)
        name = _without_condition(said.text, rules, answer) if answer else said.text
        if answer == "no_go":
            found.no_go.append(_step(said, name, (), others, rules))
        else:
            stage = _GO if answer else _stage(said.text, rules)
            stages[stage].append(_step(said, name, (), ids, rules))
    found.before = stages[_BEFORE]
    found.after = [*stages[_GO], *stages[_AFTER]]
    _chain(found.before, [])
    _chain(found.after, [])
    _chain(found.no_go, [])


def _chain(steps: list[Step], earlier: list[str]) -> None:
    """Let every step wait for the one before it that does not go on alongside."""
    waits = earlier
    for step in steps:
        step.waits = waits
        if not step.alongside:
            waits = [step.reference]


def _ends(steps: list[Step]) -> list[str]:
    """Return the steps that no other one waits for."""
    awaited = {one for step in steps for one in step.waits}
    return [step.reference for step in steps if step.reference not in awaited]


def _step(said: Said, name: str, above: tuple[str, ...], ids: Ids, rules: Rules) -> Step:
    path = (*above, ids.take(rules.wording.id(name, "activity")))
    return Step(path, name, said, rules.kind(name).alongside)


def _answer(said: Said, rules: Rules) -> str:
    for answer in ("no_go", "go"):
        if any(one.match(said.text) for one in rules.decision[answer]):
            return answer
    return ""


def _without_condition(text: str, rules: Rules, answer: str) -> str:
    for pattern in rules.decision[answer]:
        found = pattern.match(text)
        rest = text[found.end() :].strip() if found else ""
        if rest:
            return rest[:1].upper() + rest[1:]
    return text


def _stage(text: str, rules: Rules) -> int:
    for stage, key in ((_BEFORE, "before"), (_AFTER, "after")):
        if any(one.search(text) for one in rules.decision[key]):
            return stage
    return _GO


def _meeting(said: Said, rules: Rules) -> Meeting | None:
    found = (one for one in rules.meetings if one.match.search(said.text))
    return next(found, None)


def _is_meeting(said: Said, rules: Rules, found: Steps) -> bool:
    """Whether an activity is no work but asks for meetings; then they are noted."""
    if _answer(said, rules):
        return False
    meeting = _meeting(said, rules)
    if meeting is not None:
        found.meetings[meeting.name] = Asked(meeting, said.text, is_activity=True)
    return meeting is not None
