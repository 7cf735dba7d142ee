"""Whether `protect: rollback` has any gate to keep safe."""

from __future__ import annotations

from imsgen.diagnostics import Severity
from imsgen.network import build_graph
from imsgen.network.protected import protected_windows
from imsgen.plan.resolve.project import Built


def nothing_to_protect(built: Built) -> None:
    """Say which gates `protect: rollback` asks nothing of: those that protect no window."""
    project = built.project
    written = built.context.parts.root.document.options.get("protect")
    if project.options.protect != "rollback" or written is None:
        return
    graph = build_graph(project)
    gates = [id_ for id_ in project.gates if id_ in graph.incoming]
    without = [id_ for id_ in gates if not protected_windows(graph, id_)]
    if gates and not without:
        return
    what, edit = "no gate protects a window", "give a gate `window:`, or what follows `within:`"
    if not gates:
        what, edit = "there is no gate", "list under `gates:` where No-Go may be said"
    elif len(without) < len(gates):
        named = " and ".join(f"`{id_}`" for id_ in without)
        what = f"{named} may be late, without a window to protect"
        edit = "give it `window:`, or what follows `within:`"
    built.context.report.add(
        "IMS414",
        f"`protect: rollback` leaves something open: {what}"
        if len(without) < len(gates)
        else f"`protect: rollback` asks nothing: {what}",
        written.span,
        severity=Severity.NOTE,
        help=edit,
    )
