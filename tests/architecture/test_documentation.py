"""Everything a user can meet is documented."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import click
import pytest

from imsgen.cli.main import COMMANDS, cli

ROOT = Path(__file__).parents[2]


def _generator() -> ModuleType:
    spec = spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _command(name: str) -> click.Command:
    command = cli.get_command(click.Context(cli, info_name="imsgen"), name)
    assert command is not None
    return command


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    """One sentence for the list, a text, and at least one line to copy."""
    command = _command(name)
    assert command.short_help
    assert not command.short_help.endswith(".")
    assert f"imsgen {name}" in (command.help or "")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help(name: str) -> None:
    """Each option says what it is for, as a sentence."""
    for parameter in _command(name).params:
        if isinstance(parameter, click.Option):
            assert (parameter.help or "").rstrip("]").endswith((".", "default", "")), (
                parameter.name
            )
            assert parameter.help, parameter.name


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_reference(name: str) -> None:
    """The page of commands has a section for it."""
    text = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    assert f"\n## imsgen {name}\n" in text


@pytest.mark.parametrize(
    "page", ["cli.md", "codes.md", "imsgen.schema.json", "keys.md", "tables.md"]
)
def test_generated_pages_are_current(page: str) -> None:
    """`make docs` would change nothing."""
    written = (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8")
    assert written == _generator().PAGES[page](), "run `make docs` and commit the result"
