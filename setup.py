"""Templates into the wheel, and the hot loop through a compiler; the rest is in pyproject.toml.

``IMSGEN_PURE=1`` leaves the compiler out; ``IMSGEN_COMPILE=1`` fails where there is none.
"""

from __future__ import annotations

import os
from pathlib import Path
from shutil import copyfile

from setuptools import Extension, setup
from setuptools.command.build_py import build_py

COMPILED = (
    "_board",
    "_joint",
    "_builder",
    "_ways",
    "_holds",
    "_ties",
    "_kernel",
    "_colony",
)
DIRECTIVES = {
    "language_level": 3,
    "annotation_typing": False,
    "boundscheck": False,
    "wraparound": False,
    "initializedcheck": False,
    "cdivision": True,
}


def extensions() -> list[Extension]:
    """Return the modules to compile; without a compiler they run as Python."""
    if os.environ.get("IMSGEN_PURE"):
        return []
    strict = bool(os.environ.get("IMSGEN_COMPILE"))
    try:
        from Cython.Build import cythonize
    except ImportError:
        if strict:
            raise
        return []
    sources = [
        Extension(
            f"imsgen.solver.{name}",
            [f"scheduler/imsgen/solver/{name}.py"],
            extra_compile_args=["-O3", "-g0"],
        )
        for name in COMPILED
    ]
    found: list[Extension] = cythonize(sources, build_dir="build", compiler_directives=DIRECTIVES)
    for extension in found:  # cythonize forgets it when it is set before
        extension.optional = not strict
    return found


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


setup(cmdclass={"build_py": BuildWithTemplates}, ext_modules=extensions())
