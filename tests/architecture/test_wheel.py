"""What an installation holds, from the wheel, the source archive and the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHOICES = ("IMSGEN_PURE", "IMSGEN_COMPILE")
"""Variables that decide whether the hot loop is compiled."""
HEADERS = Path(sysconfig.get_path("include")) / "Python.h"
NEEDED = ("MANIFEST.in", "LICENSE", "README.md", "pyproject.toml", "setup.py")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the source archive of a copy, and the wheel without a compiler from that archive."""
    pytest.importorskip("setuptools", minversion="77")
    return _build(tmp_path_factory, "IMSGEN_PURE")


def _build(tmp_path_factory: pytest.TempPathFactory, choice: str) -> Path:
    copy = tmp_path_factory.mktemp("copy")
    for name in NEEDED:
        shutil.copy(ROOT / name, copy / name)
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", "*.so")
    for name in ("scheduler", "templates"):
        shutil.copytree(ROOT / name, copy / name, ignore=ignored)
    target = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target), str(copy)],
        check=True,
        capture_output=True,
        env={**{key: os.environ[key] for key in os.environ if key not in CHOICES}, choice: "1"},
    )
    return target


def _wheel(built: Path) -> Path:
    (wheel,) = built.glob("*.whl")
    return wheel


def _expected() -> set[str]:
    package = ROOT / "scheduler" / "imsgen"
    found = {
        path.relative_to(ROOT / "scheduler").as_posix()
        for path in package.rglob("*")
        if path.suffix in {".py", ".pxd", ".yaml"} or path.name == "py.typed"
    }
    return found | {
        f"imsgen/templates/{path.name}" for path in (ROOT / "templates").glob("*.yaml")
    }


def test_the_wheel_holds_the_package_and_the_templates(built: Path) -> None:
    """Every module, its C types, the typing mark and the templates: no more, no less."""
    assert _wheel(built).name.endswith("-py3-none-any.whl")
    names = zipfile.ZipFile(_wheel(built)).namelist()
    assert {name for name in names if ".dist-info/" not in name} == _expected()


@pytest.mark.skipif(
    shutil.which("cc") is None or not HEADERS.exists(),
    reason="needs a C compiler and Python's headers",
)
def test_a_compiled_wheel_holds_the_hot_loop_more(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """The hot loop twice, as source and compiled; nothing of what was generated on the way."""
    pytest.importorskip("Cython", minversion="3.3")
    names = zipfile.ZipFile(_wheel(_build(tmp_path_factory, "IMSGEN_COMPILE"))).namelist()
    more = {name for name in names if ".dist-info/" not in name} - _expected()
    assert {name.partition(".")[0] for name in more} == {
        "imsgen/solver/_board",
        "imsgen/solver/_builder",
        "imsgen/solver/_colony",
        "imsgen/solver/_holds",
        "imsgen/solver/_joint",
        "imsgen/solver/_kernel",
        "imsgen/solver/_ties",
        "imsgen/solver/_ways",
    }


def test_the_source_archive_can_be_built_again(built: Path) -> None:
    """It holds the templates where the build looks for them."""
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as files:
        names = {name.partition("/")[2] for name in files.getnames()}
    assert {f"templates/{path.name}" for path in (ROOT / "templates").glob("*.yaml")} <= names
    assert {"setup.py", "pyproject.toml", "LICENSE"} <= names


def test_templates_are_found_in_an_installed_wheel(built: Path, tmp_path: Path) -> None:
    """`imsgen new` works away from the checkout."""
    place = tmp_path / "installed"
    with zipfile.ZipFile(_wheel(built)) as files:
        files.extractall(place)
    done = subprocess.run(
        [sys.executable, "-c", _NEW, str(place)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert str(place) in done.stdout
    expected = (ROOT / "templates" / "minimal.yaml").read_text(encoding="utf-8")
    assert (tmp_path / "plan.yaml").read_text(encoding="utf-8") == expected


_NEW = """
import sys
sys.path.insert(0, sys.argv[1])
sys.argv = ["imsgen", "new", "minimal", "plan.yaml"]
import imsgen
print(imsgen.__file__)
from imsgen.cli.main import main
main()
"""
