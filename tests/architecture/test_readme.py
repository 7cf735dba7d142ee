"""What the README shows is what a reader gets."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from imsgen.cli.main import cli

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.compile(r"```\n\$ imsgen (solve samples/minimal\.yaml)\n(.*?)```", re.DOTALL)


def test_output_in_the_readme_is_the_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The summary of the minimal sample is printed as the README shows it."""
    (tmp_path / "samples").mkdir()
    shutil.copy(ROOT / "samples" / "minimal.yaml", tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    match = SHOWN.search(README)
    assert match is not None
    result = CliRunner().invoke(cli, match[1].split())
    assert result.stdout.rstrip() == match[2].rstrip()


def test_plan_in_the_readme_is_the_sample() -> None:
    """The plan shown is the minimal sample, its comments and expectations apart."""
    sample = (ROOT / "samples" / "minimal.yaml").read_text(encoding="utf-8")
    shown = re.search(r"```yaml\n(imsgen: 1\n.*?)```", README, re.DOTALL)
    assert shown is not None
    lines = [line for line in sample.splitlines() if not line.startswith(("#", "expect"))]
    assert shown[1].rstrip().splitlines() == lines


@pytest.mark.parametrize(
    "page", [path.relative_to(ROOT).as_posix() for path in sorted(ROOT.glob("docs/**/*.md"))]
    + ["README.md", "CONTRIBUTING.md"],
)  # fmt: skip
def test_links_between_pages_lead_somewhere(page: str) -> None:
    """Every relative link of a page leads to a file."""
    path = ROOT / page
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    missing = [
        target for target in targets if "://" not in target and not (path.parent / target).exists()
    ]
    assert not missing
