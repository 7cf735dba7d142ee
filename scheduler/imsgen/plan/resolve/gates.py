"""Gates: their decision side, and the groups done only on No-Go."""

from __future__ import annotations

from imsgen.diagnostics import Label
from imsgen.model import Gate
from imsgen.plan.resolve.activities import booking, check_person
from imsgen.plan.resolve.context import Context
from imsgen.plan.resolve.names import Role, find_named
from imsgen.plan.resolve.outline import Node


def find_branches(context: Context) -> None:
    """Note which groups an ``else:`` names: they and what is inside are off the plan of record.

    A group that several gates name belongs to the first of them.
    """
    gates = [node for node in context.nodes.values() if node.item.gate]
    for gate in gates:
        group = _otherwise(gate, context)
        if group is None:
            continue
        prefix = f"{group}."
        for id_ in context.nodes:
            if id_ == group or id_.startswith(prefix):
                context.branches.setdefault(id_, gate.id)
    for gate in gates:
        if gate.id in context.branches:
            owner = context.nodes[context.branches[gate.id]]
            context.report.add(
                "IMS215",
                f"the gate `{gate.id}` lies in a group that is done only on No-Go",
                gate.item.id.span,
                labels=(Label(owner.span("else"), "named here"),),
            )


def _otherwise(gate: Node, context: Context) -> str | None:
    """Return the group done on No-Go."""
    raw = gate.item.else_
    if raw is None:
        return None
    # Looked up from where the gate stands; an unknown name is reported once, in gates_of.
    found = context.names.look_up(raw.value, gate.scope)
    if len(found) == 1 and context.names.roles[found[0]] is Role.GROUP:
        return found[0]
    return None


def gates_of(context: Context) -> dict[str, Gate]:
    """Return the decision side of every gate by full id."""
    return {id_: _gate(node, context) for id_, node in context.nodes.items() if node.item.gate}


def _gate(node: Node, context: Context) -> Gate:
    item = node.item
    for ref in (*item.decides, *item.who):
        check_person(ref, context)
    else_ = None
    if item.else_ is not None:
        else_ = context.names.find(item.else_, node.scope, (Role.GROUP,))
    window = None
    if item.window is not None:
        window = find_named(item.window, context.pool.windows, "window", context.report)
    return Gate(
        id=node.id,
        decides=tuple(ref.value for ref in item.decides),
        criteria=item.criteria,
        who=tuple(ref.value for ref in item.who),
        at=booking(node, context),
        else_=else_,
        window=window,
        location=item.location,
    )
