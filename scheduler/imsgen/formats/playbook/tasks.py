"""From a key task to a group of activities, a hammock, a milestone, and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from imsgen.formats.importing.ids import Ids, slug
from imsgen.formats.playbook.context import CALENDAR, STARTED, Context
from imsgen.formats.playbook.source import KeyTask
from imsgen.formats.playbook.steps import Step, Steps, steps_of
from imsgen.formats.playbook.wording import words_of
from imsgen.plan.writing import Tree, Words

_CONDITIONAL = "conditional"
"""Tag of activities that are done only if something holds."""


class TaskTrees:
    """Makes the entries of key tasks, and gathers what stands elsewhere in the plan."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._rules = context.rules
        self.gates: dict[str, Tree] = {}
        self.checkpoints: dict[str, Tree] = {}
        self.contingencies: dict[str, Tree] = {}

    def hammock(self, i: int, spans: Tree) -> dict[str, Tree]:
        """Return a key task that goes on as long as its phase."""
        return {**self._common(i, listed=True), "spans": spans}

    def entry(self, i: int) -> dict[str, Tree]:
        """Return any other key task."""
        context, task = self._context, self._context.tasks[i]
        steps = steps_of(task, self._rules)
        links = self._links(i)
        entry = self._common(i)
        if links:
            entry["after"] = links
        gate = self._decision(i, steps, links) if steps.decides else ""
        self._meet(i, steps, gate)
        if not steps.before and not steps.after:
            context.counts.empty.append(f"{task.label} `{task.name}`")
            return {**entry, **({"after": gate} if gate else {}), "milestone": "true"}
        for step in steps.after:
            step.waits = step.waits or [gate]
        inside = self._outline(task, [*steps.before, *steps.after], steps.headings)
        if gate and not steps.after:
            # something has to wait for the answer, or nothing would
            inside[Ids(inside).take("decided")] = {
                "name": Words(self._rules.say("decided")), "milestone": "true", "after": gate,
            }  # fmt: skip
        entry["activities"] = inside
        return entry

    def decided(
        self, gate: dict[str, Tree], criteria: Iterable[str], owner: str
    ) -> dict[str, Tree]:
        """Return a gate with who decides, its owner if nobody of the rules takes part."""
        self._context.counts.durations += 1
        deciders = self._context.roles.known(self._rules.deciders) or ([owner] if owner else [])
        if deciders:
            gate["decides"] = deciders
        texts: list[Tree] = [Words(one) for one in criteria]
        if texts:
            gate["criteria"] = texts
        return gate

    def _common(self, i: int, *, listed: bool = False) -> dict[str, Tree]:
        context, task = self._context, self._context.tasks[i]
        entry: dict[str, Tree] = {"name": Words(task.name)}
        if task.parties:
            entry["party"] = context.party_of(task.parties)
        owner = context.roles.owner(task)
        if owner:
            entry["owner"] = owner
        if task.stream:
            entry["tags"] = [slug(words_of(task.stream), "work")]
        lines = [
            task.objective,
            task.preamble,
            # one heading over all activities makes no group, and may say when they apply
            task.sections[0].name if len(task.sections) == 1 else "",
            *([f"- {one.text}" for one in task.activities] if listed else []),
            *(self._rules.say("practice", one.text) for one in task.practices),
            *self._asides(task),
        ]
        notes = "\n".join(line for line in lines if line)
        if notes:
            entry["notes"] = Words(notes)
        return entry

    def _asides(self, task: KeyTask) -> Iterable[str]:
        """Yield who is concerned without working on it."""
        roles = self._context.roles
        idle = [one for one in task.stakeholders if not roles.units(one)]
        for saying, wanted in (("informed", False), ("needed", True)):
            names = [one.text for one in idle if roles.is_conditional(one) is wanted]
            if names:
                yield self._rules.say(saying, ", ".join(names))

    def _links(self, i: int) -> list[Tree]:
        """Return what a key task waits for, each with the documents that are the reason."""
        context = self._context
        found: list[Tree] = [
            {"id": context.received_ids[name], "reason": Words(name)}
            for name in context.received_by.get(i, ())
        ]
        for j, names in sorted(context.network.links.get(i, {}).items()):
            found.append({"id": context.ids[j], "reason": Words(", ".join(names))})
        return found

    def _outline(
        self, task: KeyTask, steps: list[Step], headings: Mapping[str, str]
    ) -> dict[str, Tree]:
        inside: dict[str, Tree] = {}
        groups: dict[str, dict[str, Tree]] = {}
        for step in steps:
            if len(step.path) == 1:
                inside[step.id] = self._activity(task, step)
                continue
            above = step.path[0]
            if above not in groups:
                groups[above] = {}
                inside[above] = {"name": Words(headings[above]), "activities": groups[above]}
            groups[above][step.id] = self._activity(task, step)
        return inside

    def _activity(self, task: KeyTask, step: Step) -> dict[str, Tree]:
        context = self._context
        context.counts.durations += 1
        entry: dict[str, Tree] = {"name": Words(step.name)}
        parties = step.said.parties or task.parties
        if parties and set(parties) != set(task.parties):
            entry["party"] = context.party_of(parties)
        entry["duration"] = self._duration(task, step)
        if step.waits:
            entry["after"] = step.waits[0] if len(step.waits) == 1 else [*step.waits]
        needs = context.roles.needs(task, parties)
        if needs:
            entry["needs"] = needs
        if self._rules.is_conditional(step.name):
            context.counts.conditional.append(f"{task.label} `{step.name}`")
            entry["tags"] = [_CONDITIONAL]
        return entry

    def _duration(self, task: KeyTask, step: Step) -> Tree:
        """Return how long a step takes: by its own words, else by the kind of work."""
        stated = self._rules.stated_length(step.name)
        if stated:
            self._context.counts.stated.append(f"{task.label} `{step.name}`: {stated}")
            return f"{stated}?"
        estimate = self._rules.kind(step.name).estimates[self._context.choices.size]
        return [f"{one}?" for one in estimate]

    def _decision(self, i: int, steps: Steps, links: list[Tree]) -> str:
        """Add the gate of a key task and the way of No-Go; return the gate's id."""
        context, task = self._context, self._context.tasks[i]
        single = len([one for one in context.counts.decisions if one]) == 0
        wanted = "go-no-go" if single else slug(f"go-no-go {task.phase} {task.number}", "gate")
        id_ = context.top.take(wanted)
        context.counts.decisions.append(f"{task.label} `{task.name}`")
        ready = context.network.ready.get(i, [])
        context.counts.ready += ready
        waits = [f"{context.ids[i]}.{one}" for one in steps.last()] or links or [STARTED]
        gate: dict[str, Tree] = {
            "name": Words(self._rules.say("decision", task.name)),
            "duration": f"{self._rules.gate['duration']}?",
            "after": [*waits, *(context.ids[j] for j in ready)],
        }
        if steps.no_go:
            other = context.top.take("contingency" if single else f"contingency-{id_}")
            gate["else"] = other
            way: dict[str, Tree] = {"name": Words(self._rules.say("contingency", task.name))}
            if task.parties:
                way["party"] = context.party_of(task.parties)
            way["activities"] = self._outline(task, steps.no_go, {})
            self.contingencies[other] = way
        rests_on = [
            one.text
            for one in task.inputs
            if any(pattern.search(one.text) for pattern in self._rules.decision["criteria"])
        ]
        self.gates[id_] = self.decided(gate, rests_on, context.roles.owner(task))
        return id_

    def _meet(self, i: int, steps: Steps, gate: str) -> None:
        """Add the meetings that a key task asks for; as an activity, from its decision on."""
        context, task = self._context, self._context.tasks[i]
        who = context.roles.working(task)
        for asked in steps.meetings.values():
            meeting = asked.meeting
            name = f"{task.label} {meeting.name}"
            context.counts.meetings.append(name)
            first = f"{gate}.finish" if gate and asked.is_activity else f"{context.ids[i]}.start"
            entry: dict[str, Tree] = {
                "name": Words(f"{meeting.name}: {task.name}"),
                "every": meeting.every,
                "from": first,
                "until": f"{context.ids[i]}.finish",
                "duration": meeting.duration,
                "calendar": CALENDAR,
            }
            if who:
                entry["who"] = [*who]
            entry["notes"] = Words(asked.text)
            self.checkpoints[context.top.take(slug(name, "meeting"))] = entry
