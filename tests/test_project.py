"""What holds for the project as a whole: its layers, its declared dependencies, its lock, what files may say."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
RUNTIME = [Requirement(line) for line in PROJECT["dependencies"]]
EXTRAS = {
    name: [Requirement(line) for line in lines] for name, lines in PROJECT.get("optional-dependencies", {}).items()
}
LOCKED_EXTRAS = ["dev", "evals", "bench", "postgres"]
OWN = {"corpora", "retrieval", "service", "evals", "tests"}
GPU_PACKAGES = re.compile(r"^(nvidia|cuda|triton)\b")
# In two pieces, so that this file does not hold what it forbids.
REGISTRY_HOSTS = [
    name + end
    for name, end in [
        ("pypi", ".org"),
        ("pythonhosted", ".org"),
        ("npmjs", ".org"),
        ("deb.debian", ".org"),
        ("download.pytorch", ".org"),
    ]
]
MACHINE_PATH = re.compile(r"(?<![\w.$}~*-])/(?:work|root|home/\w+|opt/(?:wheels|pypi))/")


def _third_party_imports(folder: str) -> dict[str, str]:
    """Top-level names imported below `folder`, each with one file that does so."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / folder).rglob("*.py")):
        for name in _imported_modules(path):
            top = name.partition(".")[0]
            if top not in OWN and top not in sys.stdlib_module_names:
                found.setdefault(top, str(path.relative_to(ROOT)))
    return found


def _imported_modules(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module


def _names(requirements: list[Requirement]) -> set[str]:
    return {canonicalize_name(requirement.name) for requirement in requirements}


def _undeclared(folder: str, declared: set[str]) -> dict[str, str]:
    distributions = packages_distributions()
    own_modules = {path.stem for path in (ROOT / folder).rglob("*.py")} if folder == "tests" else set()
    return {
        module: file
        for module, file in _third_party_imports(folder).items()
        if module not in own_modules
        and not {canonicalize_name(name) for name in distributions.get(module, [module])} & declared
    }


def _pins() -> dict[str, str]:
    lines = [re.match(r"([\w.-]+)(?:\[[\w,-]+\])?==([^\s;]+)", line) for line in LOCK]
    return {canonicalize_name(line[1]): line[2] for line in lines if line}


def _tracked_text() -> Iterator[tuple[str, str]]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in listed.split("\0"):
        path = ROOT / name
        if name and path.is_file() and b"\0" not in (data := path.read_bytes()):
            yield name, data.decode("utf-8", errors="replace")


def test_the_import_contracts_are_kept():
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("folder", ["corpora", "retrieval", "service"])
def test_what_the_product_imports_is_a_runtime_dependency(folder):
    assert _undeclared(folder, _names(RUNTIME)) == {}


@pytest.mark.parametrize("folder", ["evals", "tests"])
def test_what_evaluation_and_tests_import_is_a_dependency_or_an_extra(folder):
    assert _undeclared(folder, _names([*RUNTIME, *EXTRAS["dev"], *EXTRAS["evals"], *EXTRAS["bench"]])) == {}


def test_the_lock_satisfies_every_dependency_that_it_holds():
    pins = _pins()
    locked = [*RUNTIME, *(requirement for name in LOCKED_EXTRAS for requirement in EXTRAS[name])]
    wrong = {
        str(requirement): pins.get(canonicalize_name(requirement.name), "not in the lock")
        for requirement in locked
        if not requirement.specifier.contains(pins.get(canonicalize_name(requirement.name), "0"))
    }
    assert wrong == {}


def test_the_lock_pins_every_line_exactly():
    assert [line for line in LOCK if not re.match(r"[\w.-]+(\[[\w,-]+\])?==[\w.!+]+( ; .+)?$", line)] == []


def test_the_lock_brings_no_gpu_package():
    assert [line for line in LOCK if GPU_PACKAGES.match(line)] == []


def test_no_tracked_file_names_the_host_of_a_package_registry():
    assert [(name, host) for name, text in _tracked_text() for host in REGISTRY_HOSTS if host in text] == []


def test_no_tracked_file_names_a_folder_of_one_machine():
    found = [(name, match[0]) for name, text in _tracked_text() for match in MACHINE_PATH.finditer(text)]
    assert found == []


def test_the_gate_runs_the_tests_as_the_readme_says():
    command = ".venv/bin/python -m pytest"
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert command in (ROOT / "README.md").read_text(encoding="utf-8")
