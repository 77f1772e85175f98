"""The repository as a whole: one truth for versions, targets that say what they do, licences."""

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distribution, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text()
PINS = {
    r.name.lower().replace("_", "-"): next(iter(r.specifier)).version
    for r in (Requirement(line) for line in LOCK.splitlines() if line and not line.startswith("#"))
}


def test_every_package_is_pinned_exactly_and_installed_so():
    assert all(line.startswith("#") or re.fullmatch(r"[\w.-]+==[\w.!+-]+", line) for line in LOCK.splitlines())
    differing = {name: (pin, version(name)) for name, pin in PINS.items() if version(name).split("+")[0] != pin}
    assert not differing, "run 'make setup'"


def test_what_the_project_names_is_in_the_lock():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    texts = [*project["dependencies"], *(text for extra in extras.values() for text in extra)]
    for requirement in map(Requirement, texts):
        if requirement.name == project["name"]:
            assert requirement.extras and requirement.extras <= set(extras), requirement
        else:
            assert requirement.specifier.contains(PINS[requirement.name.lower()]), requirement
    assert "jupyter-book<2" in extras["book"]
    assert PINS["jupyter-book"].startswith("1.")


def test_developers_have_all_that_the_project_names():
    """The lock is made from the extra that takes in the others: see *Refresh the versions* in CONTRIBUTING.md."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras, taken, waiting = project["optional-dependencies"], set(), ["dev"]
    while waiting:
        taken.add(name := waiting.pop())
        own = [r for r in map(Requirement, extras[name]) if r.name == project["name"]]
        waiting += [inner for requirement in own for inner in requirement.extras]
    assert taken == set(extras)
    assert '-e ".[dev]"' in (ROOT / "CONTRIBUTING.md").read_text()


def test_conda_environment_takes_every_version_from_the_lock():
    text = (ROOT / "environment.yml").read_text()
    entries = [line.strip()[2:] for line in text.splitlines() if line.strip().startswith("- ")]
    assert "-r requirements.lock" in entries
    assert [e for e in entries if "==" in e] == [], "versions stand in requirements.lock alone"
    python = next(e for e in entries if e.startswith("python="))
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    assert oldest == f">={python.removeprefix('python=')}"


def test_make_alone_lists_every_target():
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)) - {"help"}
    listed = {line.split()[0] for line in shown.splitlines()}
    assert listed >= targets and "course" in listed and "test" in listed
    assert all(len(line.split()) > 2 for line in shown.splitlines())


@pytest.mark.parametrize(
    "code", ["import sys; sys.version_info = (3, 10, 0, 'final', 0)", "import sys; sys.modules['ensurepip'] = None"]
)
def test_missing_prerequisite_gets_one_sentence(code):
    program = f"{code}\nimport bootstrap\nbootstrap.require_python()"
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert len(result.stderr.strip().splitlines()) == 1 and ("install" in result.stderr)


def test_missing_python_gets_one_sentence():
    result = subprocess.run(
        ["make", "PYTHON=no-such-python", "setup"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode != 0 and "install python3 and run make again" in result.stdout


@pytest.fixture
def bootstrap(tmp_path, monkeypatch):
    """The module that sets up, whose log and environment lie in a folder of their own."""
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "LOG", tmp_path / "setup.log")
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    module.LOG.write_bytes(b"")
    return module


def test_unreachable_torch_index_falls_back(bootstrap, monkeypatch, capsys):
    monkeypatch.setenv("UNROLLED_TORCH_INDEX", "http://127.0.0.1:9/cpu")
    assert bootstrap.torch_options() == []
    assert "cannot be reached" in capsys.readouterr().out
    monkeypatch.setenv("UNROLLED_TORCH_INDEX", "")
    assert bootstrap.torch_options() == []


def test_a_step_of_the_setup_is_a_line_and_its_output_goes_to_the_log(bootstrap, capfd):
    bootstrap.run("a step", [sys.executable, "-c", "print('hundreds of lines')"])
    said = capfd.readouterr()
    assert re.fullmatch(r"set-up: a step \.\.\.\nset-up: a step: done in \d+ s\n", said.out) and said.err == ""
    assert bootstrap.LOG.read_text() == "hundreds of lines\n"


def test_a_failing_step_names_its_log_and_ends_with_its_last_lines(bootstrap):
    program = "for k in range(30): print('line', k, 'x' * 500)\nraise SystemExit(3)"
    with pytest.raises(SystemExit) as stopped:
        bootstrap.run("a step", [sys.executable, "-c", program])
    first, *rest = str(stopped.value).splitlines()
    assert str(bootstrap.LOG) in first and [line[:7] for line in rest] == [f"line {k}" for k in range(20, 30)]
    assert max(map(len, rest)) <= bootstrap.LONGEST


def test_the_bar_counts_what_is_found_and_what_is_installed(bootstrap):
    pins = bootstrap.pinned("# exact\nPy_One==1.0\ntwo==2\nthree.x==3\nfour==4\n")
    assert bootstrap.how_far(pins) == f"[{'.' * 20}] 0 found, 0 installed"
    bootstrap.LOG.write_text(
        "Collecting py-one==1.0 (from -r requirements.lock (line 2))\n  Downloading py_one-1.0-py3-none-any.whl\n"
        "Processing /wheels/two-2.whl (from -r requirements.lock (line 3))\n"
        "Requirement already satisfied: three.x==3 in somewhere (from -r requirements.lock (line 4))\n"
        "Requirement already satisfied: two in somewhere (from three.x==3->-r requirements.lock (line 4))\n"
    )
    (bootstrap.VENV / "lib" / "python3.11" / "site-packages" / "Py_One-1.0.dist-info").mkdir(parents=True)
    assert bootstrap.how_far(pins) == f"[{'#' * 10}{'.' * 10}] 3 found, 1 installed"


def test_licences_are_there():
    text = (ROOT / "LICENSE").read_text()
    assert "MIT License" in text and "CC BY 4.0" in text
    assert (ROOT / "unrolled" / "data" / "LICENSES.md").exists()


def test_code_is_in_good_order():
    for command in (["ruff", "check", "."], ["ruff", "format", "--check", "."]):
        result = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout


def test_every_package_takes_the_oldest_python_that_is_promised():
    oldest = "3.11.0"
    too_new = {
        name: requires
        for name in PINS
        if (requires := distribution(name).metadata.get("Requires-Python")) and not SpecifierSet(requires).contains(oldest)
    }
    assert too_new == {}


@pytest.mark.xdist_group("together")
def test_groups_of_tests_stay_on_one_worker(request):
    """A book that two workers build at once is broken: pytest-xdist must see the groups (its issue 1386)."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        pytest.skip("one worker alone")
    assert request.node.nodeid.endswith("@together"), "these versions of pytest and pytest-xdist lose the groups"
