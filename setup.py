"""Puts the templates of `imsgen new` into the wheel; everything else is in pyproject.toml."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithTemplates(build_py):
    """Copies templates/*.yaml beside the modules, except for an editable install.

    The plans stay at the top of the repository, where people look for them; an editable install
    reads them there.
    """

    def run(self) -> None:
        """Build the modules, then add the templates."""
        super().run()
        if self.editable_mode:
            return
        target = Path(self.build_lib) / "imsgen" / "templates"
        target.mkdir(parents=True, exist_ok=True)
        for source in sorted(Path("templates").glob("*.yaml")):
            copyfile(source, target / source.name)


setup(cmdclass={"build_py": BuildWithTemplates})
