"""Syntax errors in our own words: the parser says where, the line itself says why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from imsgen.diagnostics import Diagnostic, Severity, Span
from imsgen.plan.syntax.text.nodes import STRUCTURAL, quoted

_KEY = re.compile(r"^\s*(?:- +)*([^\s#][^:#]*?):(?:\s+(.*))?$")
_TIGHT = re.compile(r"^\s*([A-Za-z_][\w-]*):(\S.*)$")
NEEDS_QUOTES = f"a text with `{STRUCTURAL}` needs quotes"


@dataclass(frozen=True, slots=True)
class Mistake:
    """A syntax error: what to say, and the line (from 0) to mend before reading on."""

    line: int
    diagnostic: Diagnostic
    final: bool = False
    """Whether reading stops here."""


def explain(error: yaml.MarkedYAMLError, lines: Sequence[str], shown: str) -> Mistake:
    """Return what a YAML error means for the person who wrote the line."""
    return _Explainer(error, lines, shown).mistake()


class _Explainer:
    """One error with its surroundings; lines and columns count from 0 here."""

    def __init__(self, error: yaml.MarkedYAMLError, lines: Sequence[str], shown: str) -> None:
        mark = error.problem_mark or error.context_mark
        self.shown = shown
        self.lines = lines
        self.problem = error.problem or ""
        self.context = error.context or ""
        self.at = (mark.line, mark.column) if mark else (0, 0)
        start = error.context_mark or mark
        self.start = (start.line, start.column) if start else (0, 0)

    def mistake(self) -> Mistake:
        """Return the first explanation that fits."""
        for explanation in (
            self._tabs,
            self._quote,
            self._special_start,
            self._flow,
            self._value,
            self._no_colon,
            self._block,
        ):
            found = explanation()
            if found is not None:
                return found
        line, column = self.at
        return self._say(
            "IMS101", f"this cannot be read as YAML: {self.problem}", line, column, column + 1
        )

    def _line(self, line: int) -> str:
        return self.lines[line] if 0 <= line < len(self.lines) else ""

    def _indent(self, line: int) -> int:
        text = self._line(line)
        return len(text) - len(text.lstrip())

    def _say(
        self, code: str, message: str, line: int, start: int, end: int, *,
        help_: str = "", label: str = "", mend: int | None = None, final: bool = False,
    ) -> Mistake:  # fmt: skip
        line = min(line, max(len(self.lines) - 1, 0))
        span = Span(self.shown, line + 1, start + 1, line + 1, max(end, start + 1) + 1)
        diagnostic = Diagnostic(code, Severity.ERROR, message, span, label, help=help_)
        return Mistake(line if mend is None else mend, diagnostic, final)

    def _tabs(self) -> Mistake | None:
        line = self.at[0]
        text = self._line(line)
        indent = text[: len(text) - len(text.lstrip())]
        if "\t" not in indent:
            return None
        count = sum(
            1 for one in self.lines if "\t" in one[: len(one) - len(one.lstrip())] and one.strip()
        )
        many = f", as {count} lines of this file are" if count > 1 else ""
        first = indent.index("\t")
        return self._say(
            "IMS109",
            f"indented with a tab{many}; a plan is indented with spaces",
            line,
            first,
            first + 1,
            help_="replace each tab by two spaces",
            final=True,
        )

    def _quote(self) -> Mistake | None:
        if "quoted scalar" not in self.context and "double-quoted" not in self.context:
            return None
        line, column = self.start
        if "escape" in self.problem or "hexdecimal" in self.problem:
            row, col = self.at
            return self._say(
                "IMS116",
                f"`{self._line(row)[col : col + 2]}` has no meaning in double quotes",
                row, col, col + 2,
                help_="use single quotes, or write `\\\\` for a backslash",
            )  # fmt: skip
        mark = self._line(line)[column : column + 1]
        return self._say(
            "IMS117", f"the quote `{mark}` is never closed", line, column, column + 1,
            help_=f"add `{mark}` at the end of the text",
        )  # fmt: skip

    def _special_start(self) -> Mistake | None:
        line, column = self.at
        if any(one in self.context for one in ("anchor", "alias", "tag", "block scalar")):
            line, column = self.start
        elif (
            "cannot start any token" not in self.problem and "sequence entries" not in self.problem
        ):
            return None
        text = self._line(line)
        value = _until_comment(text[column:]).rstrip()
        if column > 0 and _in_flow(text, column):
            value = re.split(r"[,}\]]", value)[0].rstrip()
        if not value:
            return None
        return self._say(
            "IMS116",
            f"a text that starts with `{value[0]}` needs quotes",
            line,
            column,
            column + len(value),
            help_=f"write `{quoted(value)}`",
        )

    def _flow(self) -> Mistake | None:
        if "flow" not in self.context:
            return None
        line, column = self.at
        opened, opened_column = self.start
        bracket = self._line(opened)[opened_column : opened_column + 1]
        ended = line >= len(self.lines) or "stream end" in self.problem
        if bracket in "{[" and line > opened and (ended or self._outside(line, opened)):
            closer = "}" if bracket == "{" else "]"
            if found := self._commented_out(opened, closer):
                return found
            return self._say(
                "IMS117", f"`{bracket}` is never closed", opened, opened_column,
                opened_column + 1, help_=f"add `{closer}` where it ends",
            )  # fmt: skip
        text = self._line(line)
        character = text[column : column + 1]
        if character == "," and text[:column].rstrip().endswith((",", "[", "{")):
            return self._say(
                "IMS101", "nothing stands before this comma", line, column, column + 1,
                help_="remove the comma", mend=self._mended(line, opened),
            )  # fmt: skip
        closer = {"{": "}", "[": "]"}.get(bracket, "")
        if character in "]}" and character != closer:
            return self._say(
                "IMS117", f"`{character}` cannot close `{bracket}`", line, column, column + 1,
                help_=f"write `{closer}`, or quote the text it belongs to",
                mend=self._mended(line, opened),
            )  # fmt: skip
        start, end = _value_around(text, column)
        value = text[start:end]
        return self._say(
            "IMS116", NEEDS_QUOTES, line, start, end, help_=f"write `{quoted(value)}`",
            mend=self._mended(line, opened),
        )  # fmt: skip

    def _commented_out(self, line: int, closer: str) -> Mistake | None:
        """Explain a closing bracket that stands in a comment: ``{after: load #1}``."""
        text = self._line(line)
        column = text.find(" #")
        if column < 0 or closer not in text[column:]:
            return None
        start = max(
            (found.end() for found in re.finditer(r"(?:[{\[,]|: )\s*", text[:column])), default=0
        )
        value = re.split(r"[,}\]]", text[start:])[0].rstrip()
        return self._say(
            "IMS117", f"`{text[column + 1 :].rstrip()}` is read as a comment, so `{closer}` is lost",
            line, column + 1, len(text.rstrip()), help_=f"write `{quoted(value)}`",
        )  # fmt: skip

    def _outside(self, line: int, opened: int) -> bool:
        closer = self._line(line).strip()[:1] in ("}", "]")
        return self._indent(line) <= self._indent(opened) and not closer

    def _mended(self, line: int, opened: int) -> int:
        return line if _KEY.match(self._line(line)) else opened

    def _value(self) -> Mistake | None:
        """Explain a colon where no key can be."""
        if "mapping values are not allowed" not in self.problem:
            return None
        line, column = self.at
        text = self._line(line)
        key = _KEY.match(text)
        if key and key.end(1) < column:
            value = _until_comment(key[2] or "").rstrip()
            start = key.start(2)
            return self._say(
                "IMS116", "a text with `: ` needs quotes", line, start, start + len(value),
                help_=f"write `{key[1]}: {quoted(value)}`",
            )  # fmt: skip
        above = self._above(line)
        if above is not None and (found := self._colonless(above)):
            return found
        if above is not None:
            return self._indentation(line, f"deeper than line {above + 1} allows")
        return None

    def _no_colon(self) -> Mistake | None:
        if "could not find expected ':'" not in self.problem:
            return None
        line = self.start[0]
        return self._colonless(line) or self._say(
            "IMS101", "expected `key: value`", line, self._indent(line),
            len(self._line(line).rstrip()),
        )  # fmt: skip

    def _above(self, line: int) -> int | None:
        for other in range(line - 1, -1, -1):
            stripped = self._line(other).strip()
            if stripped and not stripped.startswith("#"):
                return other
        return None

    def _colonless(self, line: int) -> Mistake | None:
        """Explain a line that lacks its colon or the space behind it."""
        text = _until_comment(self._line(line)).rstrip()
        start = self._indent(line)
        tight = _TIGHT.match(text)
        if tight and ": " not in text:
            return self._say(
                "IMS101", "a space is missing behind `:`", line, start, len(text),
                help_=f"write `{tight[1]}: {tight[2]}`",
            )  # fmt: skip
        if _KEY.match(text) or text.lstrip().startswith("- "):
            return None
        return self._say(
            "IMS101", f"expected `key: value`, found `{text.strip()}`", line, start, len(text),
            help_=f"write `{text.strip()}: …`, or make it part of the line above",
        )  # fmt: skip

    def _block(self) -> Mistake | None:
        if "block" not in self.context:
            return None
        line, column = self.at
        text = self._line(line)
        closer = text[column : column + 1]
        if closer in ("]", "}") and text[:column].rstrip()[-1:] in ("]", "}"):
            return self._say(
                "IMS117", f"`{closer}` closes nothing", line, column, column + 1,
                help_=f"remove the `{closer}`",
            )  # fmt: skip
        if "expected node content" in self.problem or column > self._indent(line):
            key = _KEY.match(text)
            value = _until_comment((key[2] if key else text) or "").strip()
            start = text.find(value) if value else column
            if value[:1] in "\"'{[" or value[:1] in "]}":
                return self._say(
                    "IMS116", f"nothing may follow `{text[:column].strip()[-1:]}` here"
                    if column > start else NEEDS_QUOTES,
                    line, start, start + len(value), help_=f"write `{quoted(_unquoted(value))}`",
                )  # fmt: skip
        return self._indentation(line, "differently from every line it could belong to")

    def _indentation(self, line: int, how: str) -> Mistake:
        indent = self._indent(line)
        return self._say(
            "IMS118", f"this line is indented {how}", line, indent,
            len(self._line(line).rstrip()),
            help_="give it the indentation of the lines it belongs with, by two spaces a level",
        )  # fmt: skip


def _unquoted(value: str) -> str:
    """Return ``'it's'`` as ``it's``: the text somebody meant to quote."""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    if value[:1] == "'" and re.match(r"'[^']*'\w", value):
        return value[1:]
    return value


def _until_comment(text: str) -> str:
    return text.split(" #", 1)[0]


def _in_flow(text: str, column: int) -> bool:
    before = text[:column]
    return before.count("{") > before.count("}") or before.count("[") > before.count("]")


def _value_around(text: str, column: int) -> tuple[int, int]:
    """Return where the text around a column starts and ends inside braces."""
    start = max(
        (found.end() for found in re.finditer(r"(?:[{\[,]|: )\s*", text[:column])), default=0
    )
    depth = 0
    for index in range(column, len(text)):
        character = text[index]
        if character in "[{":
            depth += 1
        elif character in "]}":
            if depth == 0:
                return start, max(len(text[:index].rstrip()), start + 1)
            depth -= 1
        elif character == "," and depth == 0:
            return start, max(len(text[:index].rstrip()), start + 1)
    return start, max(len(text.rstrip()), start + 1)
