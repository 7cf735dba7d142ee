"""The examples of the syntax codes do what they say."""

from __future__ import annotations

import pytest

from imsgen.diagnostics import Report
from imsgen.diagnostics.catalogue.syntax import CODES
from imsgen.diagnostics.codes import Code
from imsgen.plan.syntax import read_text

OF_FILES = ("IMS111", "IMS112")
"""Codes of bytes and megabytes, which an example can only describe."""
WITH_EXAMPLES = [code for code in CODES if code.code not in OF_FILES]


@pytest.mark.parametrize("code", WITH_EXAMPLES, ids=lambda code: code.code)
def test_bad_example_provokes_its_code_alone(code: Code) -> None:
    """The bad example is answered with its own code and severity, and nothing else."""
    report = Report()
    read_text(code.bad, "plan.yaml", report)
    found = {(one.code, one.severity) for one in report.sorted()}
    assert found == {(code.code, code.severity)}


@pytest.mark.parametrize("code", WITH_EXAMPLES, ids=lambda code: code.code)
def test_good_example_is_good(code: Code) -> None:
    """The good example is read without a word."""
    report = Report()
    assert read_text(code.good, "plan.yaml", report) is not None
    assert report.sorted() == ()


def test_every_code_is_explained() -> None:
    """Each syntax code has a title without a full stop and an explanation with one."""
    for code in CODES:
        assert code.code.startswith("IMS1")
        assert not code.title.endswith(".")
        assert code.explanation.endswith(".")
