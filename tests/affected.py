"""``--affected``: only the tests that a change can break, for the time between two edits (``make check``).

What counts as changed is what is not yet in the branch that this one leaves from, or else the last commit. A test needs
its own file, the modules that it imports with all that these import, the files that it names, and of each assignment
that it is about the checks, the solution, the notebook, the examples and the bank. A test that is given an assignment or
an exercise as a parameter is about that one; of other tests the texts in their files tell.
"""

import ast
import subprocess
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest

from autograder.checks import ASSIGNMENTS
from autograder.paths import ROOT
from autograder.proof.decides import digest, files_of, imported, imports, upstream

REGISTRY = "autograder.checks"
SLOW_FIXTURES = {"built", "small_book", "graded_models"}
SAMPLE = 30  # of the proofs: a change to the judge can break all of them
TOLD_OTHERWISE = ("autograder", "unrolled", "solutions", "tests", "exercises")  # by imports, and as an assignment's
OF_AN_ASSIGNMENT = ("solutions/{}.py", "exercises/{}/{}.ipynb", "unrolled/cases/{}.json")


def pytest_addoption(parser):
    parser.addoption("--affected", action="store_true", help="only tests that a change can break, without the slow ones")


def changed_files(root: Path = ROOT) -> set[str]:
    """What is changed and not yet in the branch that this one leaves from, or else in the last commit; relative paths."""
    bases = (git(root, "merge-base", "HEAD", name).strip() for name in ("@{upstream}", "origin/main", "main"))
    base = next((base for base in bases if base), "HEAD")
    now = git(root, "diff", "--name-only", base) + git(root, "ls-files", "--others", "--exclude-standard")
    return set((now or git(root, "diff", "--name-only", "HEAD~1", "HEAD")).splitlines())


def git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False).stdout


@dataclass(frozen=True)
class FileOfTests:
    """A file of tests, read but not imported."""

    path: Path

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Of the file and of the files of tests that it imports."""
        return [node for file in self.files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))]

    @cached_property
    def files(self) -> set[Path]:
        """The file, the helpers that it imports and what pytest reads before it."""
        tree = ast.walk(ast.parse(self.path.read_text(encoding="utf-8")))
        named = [n.module for n in tree if isinstance(n, ast.ImportFrom) and (n.module or "").startswith("tests.")]
        helpers = {ROOT.joinpath(*name.split(".")).with_suffix(".py") for name in named}
        return {self.path, *helpers, *(f for p in self.path.parents if (f := p / "conftest.py").exists())}

    @cached_property
    def words(self) -> set[str]:
        """All texts in the file, and the parts of those that are paths."""
        texts = [n.value for n in self.nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        return {word for text in texts for word in (text, *text.split("/"))}

    @cached_property
    def modules(self) -> set[str]:
        """The project's modules that it imports itself."""
        return {module for module, _ in imported(self.nodes) if module in imports().modules}

    @cached_property
    def own(self) -> set[str]:
        """What all its tests need."""
        return relative(self.files | files_of(frozenset().union(*map(upstream, self.modules))))

    @property
    def assignments(self) -> list[str]:
        """Those that its tests are about: those that it names, or all if it goes through them."""
        named = [name for name in ASSIGNMENTS if name in self.words]
        return named or (list(ASSIGNMENTS) if REGISTRY in self.modules else [])

    def needs(self, path: str) -> bool:
        """Whether some test of the file needs ``path``."""
        return path in self.own or any(belongs(path, name) for name in self.assignments) or self.names(path)

    def names(self, path: str) -> bool:
        """Whether it says the name of a file, or of the folder at the top that it lies in."""
        top, name = Path(path).parts[0], Path(path).name
        return name in self.words or (top in self.words and top not in TOLD_OTHERWISE)


def relative(files: set[Path]) -> set[str]:
    return {file.relative_to(ROOT).as_posix() for file in files if file.is_relative_to(ROOT)}


@cache
def of_exercise(assignment_id: str, module: str) -> frozenset[str]:
    """The files of a module of checks, and of all that it imports."""
    return frozenset(relative(files_of(upstream(f"{REGISTRY}.{assignment_id}.{module}"))))


@cache
def check_modules(assignment_id: str) -> list[str]:
    return [m.rsplit(".", 1)[1] for m in imports().modules if m.startswith(f"{REGISTRY}.{assignment_id}.")]


def belongs(path: str, assignment_id: str, exercise: str = "") -> bool:
    """Whether a file is one of an assignment, or of an exercise of it: checks, solution, notebook, examples, bank."""
    if path in (form.format(assignment_id, assignment_id) for form in OF_AN_ASSIGNMENT):
        return True
    bank = f"tests/submissions/{assignment_id}/"
    if path.startswith(bank):
        return not exercise or path.endswith(".toml") or Path(path).name.startswith(f"{exercise}.")
    modules = [m for m in check_modules(assignment_id) if not exercise or m == exercise.lower()]
    return path == f"{REGISTRY.replace('.', '/')}/{assignment_id}/__init__.py" or any(
        path in of_exercise(assignment_id, module) for module in modules
    )


def about(item: pytest.Item) -> tuple[str, str]:
    """The assignment and the exercise that a test is given, empty where it is given none."""
    given = getattr(item, "callspec", None)
    values = given.params if given is not None else {}
    assignment, exercise = values.get("assignment", values.get("assignment_id")), values.get("exercise")
    thing = values.get("piece", values.get("bank"))
    if thing is not None:
        assignment, exercise = thing.assignment, thing.exercise
    return getattr(assignment, "id", assignment) or "", getattr(exercise, "name", exercise) or ""


def affected(item: pytest.Item, file: FileOfTests, changed: set[str]) -> bool:
    """Whether one of the changed files can break a test."""
    assignment, exercise = about(item)
    if assignment:
        return any(path in file.own or belongs(path, assignment, exercise) or file.names(path) for path in changed)
    return any(file.needs(path) for path in changed)


class Selection:
    """The plugin of a run with ``--affected``."""

    def __init__(self, config):
        self.changed, self.seed, self.told = changed_files(), config.option.draw, []

    @cache  # noqa: B019  one for the whole run
    def file(self, path):
        return FileOfTests(path)

    def pytest_ignore_collect(self, collection_path):
        """Files that no change concerns are not even imported."""
        if collection_path.name.startswith("test_") and collection_path.suffix == ".py":
            return None if any(self.file(collection_path).needs(path) for path in self.changed) else True
        return None

    def pytest_collection_modifyitems(self, config, items):
        hit = [item for item in items if affected(item, self.file(item.path), self.changed)]
        quick = [i for i in hit if not i.get_closest_marker("slow") and not SLOW_FIXTURES & set(i.fixturenames)]
        proofs = sorted((i for i in quick if "ledger" in i.fixturenames), key=lambda i: digest(self.seed, i.nodeid))
        chosen = [i for i in quick if i not in set(proofs[SAMPLE:])]
        config.hook.pytest_deselected(items=[i for i in items if i not in set(chosen)])
        items[:] = chosen
        self.told = [f"{len(self.changed)} changed files can break {len(hit)} tests; {len(chosen)} of them were run."]
        if len(proofs) > SAMPLE:
            self.told.append(f"Of {len(proofs)} proofs a sample of {SAMPLE} was taken.")
        left = sorted({i.path.relative_to(ROOT).as_posix() for i in set(hit) - set(quick)})
        if left:
            self.told.append(f"Left to make test, for they take long: {len(hit) - len(quick)} tests in {', '.join(left)}.")

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session):
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["affected"] = self.told
        if session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED:
            session.exitstatus = pytest.ExitCode.OK

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node):
        self.told = getattr(node, "workeroutput", {}).get("affected", self.told)

    @pytest.hookimpl(trylast=True)
    def pytest_terminal_summary(self, terminalreporter):
        terminalreporter.write_line("Affected: " + (" ".join(self.told) if self.changed else "nothing has changed."))


def pytest_configure(config):
    if config.option.affected:
        config.pluginmanager.register(Selection(config), "affected")
