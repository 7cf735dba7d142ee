"""An XML file as a tree of the elements that matter, safely.

Only what :mod:`imsgen.formats.mspdi.read` asks for is kept: the binary and time-phased parts of a
file are passed over while it is parsed, so that memory follows the plan and not the file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from imsgen.diagnostics import Report, Span

MEGABYTE = 1_000_000
MOST_BYTES = 250 * MEGABYTE
"""Of a file; 50,000 tasks take about 150 MB."""
MOST_ELEMENTS = 20_000_000
"""Kept or passed over."""
MOST_KEPT = 3_000_000
"""Kept, of some 250 bytes each; 50,000 tasks have half as many."""
MOST_DEPTH = 40
MOST_TEXT = MEGABYTE
"""Characters of one value."""
_CHUNK = 1 << 16
PASSED_OVER = frozenset(
    {"TimephasedData", "Views", "Filters", "Groups", "Tables", "Maps", "Reports", "Drawings",
     "DataLinks", "VBAProjects", "OutlineCodes", "WBSMasks", "GUID", "CreationDate", "Masks"}
)  # fmt: skip
"""Elements whose content is not kept."""
_NOT_READ = frozenset(
    {"ACWP", "AccrueAt", "ActualCost", "ActualDuration", "ActualOvertimeCost",
     "ActualOvertimeWork", "ActualOvertimeWorkProtected", "ActualWork", "ActualWorkProtected",
     "BCWP", "BCWS", "BookingType", "CV", "CanLevel", "CommitmentType", "Confirmed", "Cost",
     "CostPerUse", "CostRateTable", "CostVariance", "CreateDate", "Critical",
     "DisplayAsSummary", "EarlyFinish", "EarlyStart", "EarnedValueMethod", "EffortDriven",
     "FinishSlack", "FinishVariance", "FixedCostAccrual", "FixedMaterial", "FreeSlack",
     "HasFixedRateUnits", "HideBar", "ID", "IsBudget", "IsEnterprise", "IsGeneric",
     "IsInactive", "IsPublished", "IsSubprojectReadOnly", "LateFinish", "LateStart",
     "LevelAssignments", "LevelingCanSplit", "LevelingDelay", "LevelingDelayFormat",
     "LinkedFields", "ManualDuration", "ManualFinish", "ManualStart", "OutlineCode",
     "OverAllocated", "Overallocated", "OvertimeCost", "OvertimeRate", "OvertimeRateFormat",
     "PeakUnits", "PercentWorkComplete", "PhysicalPercentComplete", "PreLeveledFinish",
     "PreLeveledStart", "RegularWork", "RemainingCost", "RemainingOvertimeCost",
     "RemainingOvertimeWork", "RemainingWork", "ResponsePending", "ResumeValid", "Rollup",
     "SV", "StartSlack", "StartVariance", "TotalSlack", "UpdateNeeded", "VAC", "WorkGroup",
     "WorkVariance"}
)  # fmt: skip
"""Values that follow from others, or that no plan has; most of a file."""
_LEFT_OUT = PASSED_OVER | _NOT_READ
_WORK_LEFT, _NOTHING = "1", "PT0H0M0S"


@dataclass(slots=True)
class Element:
    """An element without its namespace; ``line`` and ``column`` count from 1."""

    tag: str
    line: int
    column: int
    text: str = ""
    children: list[Element] = field(default_factory=list)
    paused: bool = False
    """Whether its time-phased data has working time without work after work."""
    firsts: dict[str, Element] | None = None
    """The first child of each name, once one was asked for."""

    def all(self, *tags: str) -> Iterator[Element]:
        """Yield the children of that name; several names are a path."""
        for child in self.children:
            if child.tag == tags[0]:
                if len(tags) == 1:
                    yield child
                else:
                    yield from child.all(*tags[1:])

    def get(self, tag: str) -> Element | None:
        """Return the first child of that name."""
        if self.firsts is None:
            self.firsts = {child.tag: child for child in reversed(self.children)}
        return self.firsts.get(tag)

    def said(self, tag: str) -> str:
        """Return the text of the first child of that name, empty without one."""
        child = self.get(tag)
        return "" if child is None else child.text.strip()


class RefusedError(Exception):
    """The file is not read any further; carries a code, a message and what to do."""

    def __init__(self, code: str, message: str, help_: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.help = help_


def read_tree(path: Path, shown: str, report: Report) -> Element | None:
    """Return the root of an XML file, or None after reporting why there is none."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > MOST_BYTES:
                report.add(
                    "IMS611",
                    f"`{shown}` is too large: {size / MEGABYTE:.0f} MB, at most "
                    f"{MOST_BYTES // MEGABYTE} MB are read",
                    Span(shown, 1, 1, 1, 1),
                    help="save it without its views, or in parts",
                )
                return None
            builder = _Builder()
            while chunk := file.read(_CHUNK):
                builder.feed(chunk)
            return builder.finish()
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        report.add("IMS610", f"cannot read `{shown}`: {reason}", Span(shown, 1, 1, 1, 1))
    except RefusedError as error:
        line, column = builder.place()
        span = Span(shown, line, column, line, column + 1)
        report.add(error.code, str(error), span, help=error.help)
    except expat.ExpatError as error:
        line, column = error.lineno, error.offset + 1
        report.add(
            "IMS610",
            f"`{shown}` is not readable XML: {expat.ErrorString(error.code)}",
            Span(shown, line, column, line, column + 1),
            help="save the file again as XML from MS Project",
        )
    return None


class _Builder:
    """Grows the tree as expat reads; expands nothing and fetches nothing."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._root: Element | None = None
        self._open: list[Element] = []
        self._passing = 0
        self._passed: str | None = None
        """Text of the element passed over, where it may tell of a pause."""
        self._kind = ""
        self._seen = 0
        self._kept = 0

    def feed(self, chunk: bytes) -> None:
        try:
            self._parser.Parse(chunk, False)
        except (LookupError, ValueError) as error:
            raise RefusedError("IMS610", f"the encoding of the file is unknown: {error}") from None

    def finish(self) -> Element | None:
        self._parser.Parse(b"", True)
        return self._root

    def place(self) -> tuple[int, int]:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self._seen += 1
        if self._seen > MOST_ELEMENTS:
            raise RefusedError("IMS611", f"the file has more than {MOST_ELEMENTS:,} elements")
        tag = name.rpartition("}")[2]
        if self._passing or (self._open and tag in _LEFT_OUT):
            self._passing += 1
        if len(self._open) + self._passing >= MOST_DEPTH:
            raise RefusedError("IMS611", f"elements are nested more than {MOST_DEPTH} deep")
        if self._passing:
            self._passed = "" if tag in {"Type", "Value"} else None
            return
        self._kept += 1
        if self._kept > MOST_KEPT:
            raise RefusedError("IMS611", f"the file has more than {MOST_KEPT:,} values")
        line, column = self.place()
        element = Element(tag, line, column)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _end(self, name: str) -> None:
        if self._passing:
            self._passing -= 1
            if self._passed is not None:
                self._note(name.rpartition("}")[2], self._passed)
                self._passed = None
        else:
            self._open.pop()

    def _note(self, tag: str, text: str) -> None:
        """See where time-phased data stops work: nothing is done in a time that is worked."""
        if tag == "Type":
            self._kind = text
        elif self._kind == _WORK_LEFT and text == _NOTHING:
            self._open[-1].paused = True

    def _data(self, text: str) -> None:
        if self._passed is not None and len(self._passed) < MOST_DEPTH:
            self._passed += text
        if self._passing or not self._open:
            return
        self._open[-1].text += text
        if len(self._open[-1].text) > MOST_TEXT:
            raise RefusedError("IMS611", f"a value has more than {MOST_TEXT:,} characters")

    def _doctype(self, *_about: object) -> None:
        raise RefusedError(
            "IMS611",
            "the file has a document type (`<!DOCTYPE`), which no MS Project file has",
            "it may be meant to do harm: ask who sent it, or save it again from MS Project",
        )
