"""Build the web book: vendor MathJax, execute chapters side by side, then Jupyter Book.

Chapters are executed into the cache that Jupyter Book reads, so the build itself finds
everything done. A chapter is executed again if its cells, the learner's package, or a file of
``book/data`` that it names changed.
"""

import hashlib
import json
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path

import yaml
from filelock import FileLock, Timeout
from jupyter_cache import get_cache
from jupyter_cache.cache.main import JupyterCacheBase
from jupyter_cache.executors import load_executor

from autograder.errors import CourseError

MATHJAX = ("tex-chtml.js", "output/chtml/fonts/woff-v2", "input/tex/extensions")
SECONDS_PER_CHAPTER = 300
Start = Callable[[int], Callable[[], None]]


class BookError(CourseError):
    """The book cannot be built; the message says where and why."""


def build_book(root: Path, start: Start) -> Path:
    """Build the book of the course in ``root``; returns its first page.

    start: called with the number of chapters to execute; gives what is called after each
    Raises BookError with chapter and cause if a cell fails or Sphinx warns.
    """
    with only_build(root / "_build"):
        return _build(root, start)


@contextmanager
def only_build(folder: Path) -> Iterator[None]:
    """Wait until no other build writes into ``folder``, and keep others out meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "book.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        print("The book is being built by another command: this one waits for it to end.", file=sys.stderr)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _build(root: Path, start: Start) -> Path:
    vendor_mathjax(root / "_build" / "vendor" / "mathjax")
    execute_chapters(root, start)
    html = root / "_build" / "html"
    program = str(Path(sys.executable).with_name("jupyter-book"))
    command = [program, "build", str(root), "-W", "-n", "--keep-going", "-q"]
    result = subprocess.run(command, cwd=root, capture_output=True, text=True, env=_environment(root), check=False)
    if result.returncode != 0:
        # Sphinx would not read the pages again, and so not warn again
        shutil.rmtree(root / "_build" / ".doctrees", ignore_errors=True)
        raise BookError(f"The book was not built: {_complaints(result.stdout + result.stderr)}")
    copy_static(root / "book" / "_static", html / "_static")
    return html / "index.html"


def _environment(root: Path) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(root), "OMP_NUM_THREADS": "1"}


def _complaints(output: str) -> str:
    """The lines of Sphinx's output that say what is wrong."""
    lines = [line for line in output.splitlines() if any(word in line for word in ("WARNING", "ERROR", "Error"))]
    text = "\n".join(dict.fromkeys(lines[:20])) or output[-2000:]
    return without_colours(text)


def without_colours(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def vendor_mathjax(target: Path) -> None:
    """Copy MathJax with the fonts and extensions that the book needs out of its package."""
    if target.exists():
        return
    spec = find_spec("sphinx-mathjax-offline")
    if spec is None or spec.origin is None:
        raise BookError("MathJax is not installed: run 'make setup'.")
    source = Path(spec.origin).parent / "static" / "mathjax"
    draft = target.with_suffix(".part")
    shutil.rmtree(draft, ignore_errors=True)
    for name in MATHJAX:
        copy = shutil.copytree if (source / name).is_dir() else shutil.copy2
        (draft / name).parent.mkdir(parents=True, exist_ok=True)
        copy(source / name, draft / name)
    draft.rename(target)


def chapters(root: Path) -> list[Path]:
    """The executable chapters, in the order of the table of contents."""
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    names = [toc["root"], *(c["file"] for part in toc.get("parts", []) for c in part["chapters"])]
    paths = [root / f"{name}.md" for name in names]
    missing = [path.relative_to(root).as_posix() for path in paths if not path.exists()]
    if missing:
        raise BookError(f"_toc.yml names chapters that do not exist: {', '.join(missing)}.")
    return [path for path in paths if "kernelspec:" in path.read_text(encoding="utf-8")[:600]]


def execute_chapters(root: Path, start: Start) -> None:
    """Execute every chapter that is not in the cache, one on each core.

    Raises BookError with the failed cell's error, after all others have been executed.
    """
    folder = root / "_build" / ".jupyter_cache"
    cache = get_cache(folder)
    forget_if_changed(cache, root / "unrolled", folder / "learners-package")
    for path in chapters(root):
        cache.add_nb_to_project(str(path), read_data={"name": "myst_nb_md", "type": "plugin"})
    forget_readers(cache, root, folder / "data.json")
    pending = [r for r in cache.list_unexecuted() if Path(r.uri) in chapters(root)]
    for record in pending:  # a page whose source is as before would otherwise not be read again
        page = Path(record.uri).relative_to(root).with_suffix(".doctree")
        (root / "_build" / ".doctrees" / page).unlink(missing_ok=True)
    tick = start(len(pending))
    os.environ |= {"PYTHONPATH": str(root), "OMP_NUM_THREADS": "1"}
    workers = ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn"))
    with kernels_log(root / "_build" / "execution.log"), workers as pool:
        futures = {pool.submit(_execute, folder, record.pk): Path(record.uri).name for record in pending}
        failed = {}
        for future in as_completed(futures):
            tick()
            if future.result():
                failed[futures[future]] = future.result()
    if failed:
        raise BookError("\n".join(f"{name}: {reason}" for name, reason in failed.items()))


@contextmanager
def kernels_log(path: Path) -> Iterator[None]:
    """Send what kernels print on stderr to a file: a failed cell's error comes from its traceback."""
    terminal = os.dup(2)
    with path.open("wb") as log:
        os.dup2(log.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(terminal, 2)
        os.close(terminal)


def forget_if_changed(cache: JupyterCacheBase, package: Path, stamp: Path) -> None:
    """Empty the cache if the package that chapters import is not the one they ran with."""
    digest = hashlib.sha256()
    for file in sorted(f for f in package.rglob("*") if f.suffix in (".py", ".js", ".json")):
        digest.update(file.read_bytes())
    if not stamp.exists() or stamp.read_text() != digest.hexdigest():
        cache.clear_cache()
        get_cache(stamp.parent).list_cache_records()  # makes the folder anew
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(digest.hexdigest())


def forget_readers(cache: JupyterCacheBase, root: Path, stamp: Path) -> None:
    """Take those chapters out of the cache that name a file of ``book/data`` which is not what it was."""
    before = json.loads(stamp.read_text()) if stamp.exists() else {}
    data = sorted((root / "book" / "data").glob("*"))
    now = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in data}
    changed = [name for name in now if now[name] != before.get(name)]
    for path in chapters(root):
        text = path.read_text(encoding="utf-8")
        record = cache.get_cached_project_nb(str(path)) if any(name in text for name in changed) else None
        if record is not None:
            cache.remove_cache(record.pk)
    stamp.write_text(json.dumps(now))


def _execute(folder: Path, pk: int) -> str:
    """Execute one chapter into the cache; returns an empty text, or the end of its traceback."""
    cache = get_cache(folder)
    logger = logging.getLogger("unrolled.book")
    logger.setLevel(logging.CRITICAL)
    executor = load_executor("local-serial", cache=cache, logger=logger)
    executor.run_and_cache(filter_pks=[pk], timeout=SECONDS_PER_CHAPTER)
    traceback = cache.get_project_record(pk).traceback
    return without_colours("\n".join((traceback or "").strip().splitlines()[-12:]))


def copy_static(source: Path, target: Path) -> None:
    """Copy changed style sheets and scripts: Sphinx leaves them out if no page changed."""
    for file in source.iterdir():
        copied = target / file.name
        if copied.exists() and copied.read_bytes() != file.read_bytes():
            shutil.copy2(file, copied)
