"""What a learner installs: the wheel, NumPy, and nothing else. Everything here runs in environments of its own."""

import json
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import nbformat
import numpy as np
import pytest

from autograder.authoring.pieces import pieces
from autograder.checks import ASSIGNMENTS
from autograder.oracle.installing import needs
from autograder.oracle.source import solution_sources
from autograder.paths import EXERCISES, ROOT

pytestmark = pytest.mark.xdist_group("light")

# What is run there: every exercise of the assignments handed over in a file, a right and a wrong answer to each.
# "windows" takes away beforehand what only POSIX systems have.
PROGRAM = """
import json, pathlib, sys
work, system = sys.argv[1:]
import numpy, os, signal
if system == "windows":
    for module, names in {
        signal: ["SIGALRM", "alarm", "setitimer", "getitimer", "pthread_kill", "siginterrupt"],
        os: ["fork", "getuid", "geteuid", "getpgid", "killpg", "O_NOFOLLOW", "O_NONBLOCK"],
    }.items():
        for name in names:
            delattr(module, name)
    sys.modules |= dict.fromkeys(["fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog"])

def defined(assignment, changed):
    space = {}
    for source in [assignment["setup"], *(assignment["right"] | changed).values()]:
        exec(compile(source, "notebook", "exec"), space)
    return space

answers = {}
for name, assignment in json.loads(pathlib.Path(work).read_text("utf-8")).items():
    check = defined(assignment, {})["check"]
    answers[name] = {}
    for exercise in assignment["right"]:
        wrong = {exercise: assignment["wrong"][exercise][1]}
        right, seen = check(defined(assignment, {})[exercise]), check(defined(assignment, wrong)[exercise])
        answers[name][exercise] = {
            "right": [right.verdict.points, right.verdict.out_of],
            "text": repr(right),
            "named": [m.key for m in seen.verdict.mistakes],
            "lost": seen.verdict.out_of - seen.verdict.points,
        }
print(json.dumps(answers))
"""


def released(assignment_id):
    """The sources of our code cells in the released notebook, by id."""
    notebook = nbformat.read(EXERCISES / assignment_id / f"{assignment_id}.ipynb", as_version=4)
    return {cell.id: cell.source for cell in notebook.cells if cell.cell_type == "code"}


NUMPY_ALONE = [name for name in ASSIGNMENTS if "torch" not in needs(released(name)["setup-cell"])]


def handed_over(assignment_id):
    first = {}
    for piece in pieces(assignment_id, "wrong"):
        first.setdefault(piece.exercise, (piece.name.split("-")[0], piece.source))
    setup = released(assignment_id)["setup-cell"]
    return {"setup": setup, "right": solution_sources(assignment_id), "wrong": first}


class Environment:
    """A fresh virtual environment with nothing but NumPy, in a folder whose name has a space and an umlaut."""

    def __init__(self, folder):
        self.folder = folder
        venv.create(folder / "für sich", symlinks=True)
        self.python = folder / "für sich" / "bin" / "python"
        self.packages = next((folder / "für sich").glob("lib/python*/site-packages"))
        installed = Path(np.__file__).parents[1]
        for part in installed.glob("numpy*"):
            (self.packages / part.name).symlink_to(part)

    def run(self, program, *arguments):
        command = [self.python, "-I", "-W", "error", "-c", program, *map(str, arguments)]
        return subprocess.run(command, cwd=self.folder, env={}, capture_output=True, text=True, check=False)

    def last_line(self, program):
        """What a person reads in the end of a program that fails."""
        result = self.run(program)
        assert result.returncode == 1, result.stdout
        return result.stderr.splitlines()[-1]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of what the package is built from: setuptools leaves things behind, and takes up what lies there."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    for name in ("unrolled", "autograder"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def built(project, kind, folder):
    """The wheel that setuptools makes for ``pip install`` (wheel) or ``pip install -e`` (editable)."""
    program = "import setuptools.build_meta as b, sys; getattr(b, 'build_' + sys.argv[1])(sys.argv[2])"
    subprocess.run([sys.executable, "-c", program, kind, folder], cwd=project, check=True, capture_output=True)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


@pytest.fixture(scope="module")
def wheel(project, tmp_path_factory):
    left = project / "build" / "lib" / "autograder" / "left.py"
    left.parent.mkdir(parents=True)
    left.write_text("# by an earlier build, of a version that took all in\n")
    return built(project, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def light(wheel, tmp_path_factory):
    environment = Environment(tmp_path_factory.mktemp("light"))
    wheel.extractall(environment.packages)  # installing a wheel of pure Python is no more than this
    return environment


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    return Environment(tmp_path_factory.mktemp("bare"))


@pytest.fixture(scope="module", params=["as it is", "windows"])
def answers(request, light, tmp_path_factory):
    work = tmp_path_factory.mktemp("work") / "work.json"
    work.write_text(json.dumps({name: handed_over(name) for name in NUMPY_ALONE}), encoding="utf-8")
    result = light.run(PROGRAM, work, request.param)
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    return json.loads(result.stdout)


def test_the_wheel_holds_no_known_mistake_and_all_that_check_needs(wheel):
    names = wheel.namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"unrolled", "unrolled_course"}
    here = {path.relative_to(ROOT).as_posix() for path in (ROOT / "unrolled").rglob("*") if path.is_file()}
    assert {name for name in here if "__pycache__" not in name} <= set(names)


def test_the_repository_installed_in_place_has_the_instructors_package_too(project, tmp_path):
    editable = built(project, "editable", tmp_path)
    finder = next(name for name in editable.namelist() if name.endswith("finder.py"))
    mapping = editable.read(finder).decode()
    assert f"'autograder': {str(project / 'autograder')!r}" in mapping
    assert f"'unrolled': {str(project / 'unrolled')!r}" in mapping
    points = next(name for name in editable.namelist() if name.endswith("entry_points.txt"))
    assert "autograder.sandbox.provisioner:BubblewrapProvisioner" in editable.read(points).decode()


def test_a_learner_needs_numpy_alone(wheel):
    metadata = wheel.read(next(name for name in wheel.namelist() if name.endswith("METADATA"))).decode()
    required = [line for line in metadata.splitlines() if line.startswith("Requires-Dist") and "extra ==" not in line]
    assert required == ["Requires-Dist: numpy>=2"]


@pytest.mark.parametrize("package", ["matplotlib", "torch", "IPython", "jupyter_client", "autograder", "setuptools"])
def test_nothing_else_is_there(light, package):
    assert light.last_line(f"import {package}") == f"ModuleNotFoundError: No module named '{package}'"


def test_every_module_can_be_imported(light):
    program = (
        "import importlib, pkgutil, unrolled\n"
        "for found in pkgutil.walk_packages(unrolled.__path__, 'unrolled.'):\n"
        "    importlib.import_module(found.name)\n"
        "    print(found.name)"
    )
    result = light.run(program)
    assert result.returncode == 0, result.stderr
    assert {"unrolled.plots", "unrolled.sliders", "unrolled.standins.project"} <= set(result.stdout.split())


def test_most_assignments_need_numpy_alone():
    assert set(ASSIGNMENTS) - set(NUMPY_ALONE) == {"architectures", "scheduled_sampling", "project"}


@pytest.mark.parametrize("assignment", NUMPY_ALONE)
def test_check_knows_right_from_wrong_with_numpy_alone(assignment, answers):
    given = handed_over(assignment)
    assert set(answers[assignment]) == {exercise.name for exercise in ASSIGNMENTS[assignment].exercises}
    for exercise, answer in answers[assignment].items():
        points = ASSIGNMENTS[assignment].exercise(exercise).points
        assert answer["right"] == [points, points], answer["text"]
        assert "all behaviours are there" in answer["text"]
        assert answer["lost"] > 0
        assert given["wrong"][exercise][0] in answer["named"][:1], exercise


@pytest.mark.parametrize("way", ["", "import signal; del signal.setitimer\n"], ids=["alarm", "windows"])
def test_an_endless_loop_ends_with_a_sentence(light, way):
    program = (
        f"{way}import unrolled.checking as c\n"
        "c.SECONDS_PER_CALL = 0.1\n"
        "def parameter_count(N, D, H, shared):\n"
        "    while True: pass\n"
        "print(repr(c.check(parameter_count)))"
    )
    result = light.run(program)
    assert "did not end within 0.1 seconds" in result.stdout, result.stderr


def test_a_figure_without_matplotlib_says_what_to_install(light):
    line = light.last_line(released("rnn")["setup-cell"] + "\nplots.figure()")
    sentence = "matplotlib is not installed here: run  %pip install matplotlib  and then this cell again."
    assert line == f"ModuleNotFoundError: {sentence}"


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_a_notebook_says_what_to_install_where_the_course_is_missing(bare, assignment):
    line = bare.last_line(next(iter(released(assignment).values())))
    extra = "torch" if assignment not in NUMPY_ALONE or assignment == "language_model" else "plots"
    assert line == (
        f'ImportError: Not installed here: run  %pip install "unrolled-course[{extra}]"  and then this cell again.'
    )


@pytest.mark.parametrize(
    ("assignment", "cell"),
    [
        ("architectures", "setup-cell"),
        ("scheduled_sampling", "setup-cell"),
        ("project", "setup-cell"),
        ("language_model", "real-network"),
    ],
)
def test_a_notebook_says_what_to_install_where_torch_is_missing(light, assignment, cell):
    line = light.last_line(released(assignment)[cell])
    assert line == 'ImportError: Not installed here: run  %pip install "unrolled-course[torch]"  and then this cell again.'
