"""The names of a plan and how references find them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from enum import StrEnum

from imsgen.diagnostics import Label, Report, Span
from imsgen.plan.document import At


class Role(StrEnum):
    """What a full id stands for."""

    ACTIVITY = "activity"
    GROUP = "group"
    GATE = "gate"
    CHECKPOINT = "checkpoint"


_SUGGESTIONS = 20
"""Looking for close names in a large plan is slow; after so many the reader has seen the point."""


class Names:
    """Every activity, group, gate and checkpoint by its full id and by each end of it."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.roles: dict[str, Role] = {}
        self.spans: dict[str, Span] = {}
        self._ends: dict[str, list[str]] = {}
        self._suggested = 0

    def add(self, id_: str, role: Role, span: Span) -> None:
        """Register a full id."""
        self.roles[id_] = role
        self.spans[id_] = span
        end = id_
        while True:
            self._ends.setdefault(end, []).append(id_)
            _, dot, end = end.partition(".")
            if not dot:
                return

    def look_up(self, text: str, scope: str) -> list[str]:
        """Return the ids a reference stands for: one, or several, or none.

        It is looked for among the siblings of ``scope`` (the group it is written in), then in
        each enclosing group outwards, then as the end of full ids anywhere.
        """
        while scope:
            near = f"{scope}.{text}"
            if near in self.roles:
                return [near]
            scope = scope.rpartition(".")[0]
        if text in self.roles:
            return [text]
        return self._ends.get(text, [])

    def find(self, ref: At[str], scope: str, wanted: Iterable[Role] = Role) -> str | None:
        """Return the full id of a reference, or report why there is none."""
        found = self.look_up(ref.value, scope)
        if not found:
            self._unknown(ref, scope)
            return None
        if len(found) > 1:
            shown = ", ".join(f"`{one}`" for one in found[:6])
            self.report.add(
                "IMS202",
                f"`{ref.value}` may be {shown}{' and more' if len(found) > 6 else ''}",
                ref.span,
                labels=tuple(
                    Label(self.spans[one], f"`{one}` is defined here") for one in found[:6]
                ),
                help=f"write the path, `{found[0]}`",
            )
            return None
        roles = tuple(wanted)
        if self.roles[found[0]] not in roles:
            expected = _any_of([_article(role) for role in roles])
            self.report.add(
                "IMS205",
                f"`{ref.value}` is {_article(self.roles[found[0]])}, expected {expected}",
                ref.span,
                labels=(Label(self.spans[found[0]], "defined here"),),
            )
            return None
        return found[0]

    def close(self, text: str, scope: str) -> list[str]:
        """Return up to three ids that may be meant, shortest unambiguous form first."""
        self._suggested += 1
        if self._suggested > _SUGGESTIONS:
            return []
        short = text.rpartition(".")[2]
        near = get_close_matches(text, self._ends, n=3, cutoff=0.6)
        near += get_close_matches(short, self._ends, n=2, cutoff=0.75)
        prefix = f"{scope}." if scope else ""
        shown: list[str] = []
        for one in near:
            full = self._ends[one][0]
            if full.startswith(prefix) and "." not in full[len(prefix) :]:
                shown.insert(0, full[len(prefix) :])
            else:
                shown.append(one if len(self._ends[one]) == 1 else full)
        return list(dict.fromkeys(shown))[:3]

    def _unknown(self, ref: At[str], scope: str) -> None:
        self.report.add(
            "IMS201",
            f"`{ref.value}` is no activity, group or gate of this plan",
            ref.span,
            help=did_you_mean(self.close(ref.value, scope)),
        )


def _article(role: Role) -> str:
    return f"an {role}" if role is Role.ACTIVITY else f"a {role}"


def _any_of(words: list[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def did_you_mean(close: Iterable[str]) -> str:
    """Return ``did you mean `a` or `b`?``, or nothing."""
    shown = " or ".join(f"`{one}`" for one in close)
    return f"did you mean {shown}?" if shown else ""


def close_to(text: str, known: Iterable[str]) -> list[str]:
    """Return up to two known names close to ``text``, whatever the case."""
    folded = {one.casefold(): one for one in known}
    return [folded[one] for one in get_close_matches(text.casefold(), folded, n=2, cutoff=0.6)]


def find_named(
    ref: At[str], known: Mapping[str, object] | Iterable[str], what: str, report: Report
) -> str | None:
    """Return a name of one of the plan-wide name spaces, or report that it is unknown."""
    if ref.value in known:
        return ref.value
    names = list(known)
    listed = ", ".join(f"`{one}`" for one in names[:8])
    report.add(
        "IMS203",
        f"`{ref.value}` is no {what} of this plan",
        ref.span,
        notes=(f"defined: {listed}{' and more' if len(names) > 8 else ''}",) if names else (),
        help=did_you_mean(close_to(ref.value, names)),
    )
    return None
