"""From key tasks and their network to the tree of a plan."""

from __future__ import annotations

from imsgen.formats.playbook.context import CALENDAR, COMPLETE, RECEIVED, STARTED, Context
from imsgen.formats.playbook.tasks import TaskTrees
from imsgen.plan.writing import Tree, Words


class Builder:
    """Grows the outline of one plan."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._rules = context.rules
        self._trees = TaskTrees(context)

    def tree(self, name: str) -> dict[str, Tree]:
        """Return the plan."""
        context, rules, trees = self._context, self._rules, self._trees
        activities: dict[str, Tree] = {
            STARTED: {"name": Words(rules.say("started")), "milestone": "true"}
        }
        if context.received_ids:
            activities[RECEIVED] = self._documents()
        for phase in context.phases:
            activities[context.phase_ids[phase]] = self._phase(phase)
        activities.update(trees.contingencies)
        activities[COMPLETE] = {
            "name": Words(rules.say("complete")), "milestone": "true", "after": self._last(),
        }  # fmt: skip
        tree: dict[str, Tree | None] = {
            "imsgen": "1",
            "name": Words(name),
            "start": context.choices.start or rules.start,
            "timezone": context.choices.timezone or rules.timezone,
            "calendar": CALENDAR,
            "calendars": {
                CALENDAR: {"work": {day: list(hours) for day, hours in rules.hours.items()}}
            },
            "parties": {
                id_: Words(rules.parties.get(word, word))
                for word, id_ in context.party_ids.items()
            },
            "resources": context.roles.tree(context.party_ids),
            "activities": activities,
            "gates": trees.gates,
            "checkpoints": trees.checkpoints,
        }
        return {key: value for key, value in tree.items() if value}

    def _documents(self) -> dict[str, Tree]:
        """Return the documents that come from outside, each to be received by someone."""
        context = self._context
        inside: dict[str, Tree] = {}
        for name, readers in context.network.received.items():
            entry: dict[str, Tree] = {
                "name": Words(self._rules.say("received", name)),
                "milestone": "true",
            }
            owners = (context.roles.owner(context.tasks[i]) for i in readers)
            owner = next((one for one in owners if one), "")
            if owner:
                entry["owner"] = owner
            inside[context.received_ids[name].partition(".")[2]] = entry
        return {
            "name": Words(self._rules.say("documents")), "after": STARTED, "activities": inside,
        }  # fmt: skip

    def _last(self) -> Tree:
        context = self._context
        if not context.gated:
            return context.ids[0]
        gates = [context.gate_ids[one] for one in context.phases]
        return gates[-1] if context.hard else gates

    def _phase(self, phase: str) -> dict[str, Tree]:
        context = self._context
        members = context.members[phase]
        working = [i for i in members if i not in context.network.monitoring]
        if context.gated:
            context_gate = self._gate(phase, working)
            self._trees.gates[context.gate_ids[phase]] = context_gate
        spans = self._span(phase, working)
        inside: dict[str, Tree] = {}
        for i in members:
            if i in context.network.monitoring:
                inside[context.ids[i]] = self._trees.hammock(i, spans)
            else:
                inside[context.ids[i]] = self._trees.entry(i)
        page = context.pages.get(phase)
        entry: dict[str, Tree] = {"name": Words(context.phase_name(phase))}
        if page and page.objective:
            entry["notes"] = Words(page.objective)
        return {**entry, "after": context.before(phase), "activities": inside}

    def _span(self, phase: str, working: list[int]) -> Tree:
        """Return the events between which monitoring goes on."""
        links = self._context.network.links
        here = set(working)
        first = next((i for i in working if not here & links.get(i, {}).keys()), None)
        begins = f"{STARTED}.finish" if first is None else f"{self._context.ids[first]}.start"
        return [begins, f"{self._context.gate_ids[phase]}.start"]

    def _gate(self, phase: str, working: list[int]) -> dict[str, Tree]:
        context = self._context
        awaited = {j for i in working for j in context.network.links.get(i, ())}
        for before in context.network.ready.values():
            awaited.update(before)
        ends: list[Tree] = [context.ids[i] for i in working if i not in awaited]
        page = context.pages.get(phase)
        gate: dict[str, Tree] = {
            "name": Words(self._rules.say("review", context.phase_name(phase))),
            "duration": f"{self._rules.gate['duration']}?",
            "after": ends or [context.before(phase)],
        }
        return self._trees.decided(gate, page.criteria if page else (), "")
