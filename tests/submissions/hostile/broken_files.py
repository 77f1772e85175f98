"""Attacks by files that are no notebooks, or not where one should be."""

import json
import os

import nbformat

from autograder.proof.attacks import ASSIGNMENT, FULL, NEIGHBOURS, attack, cell_of, honest, unsolved

NAME = f"{ASSIGNMENT}.ipynb"


@attack("hands in broken JSON", "it is recorded as not readable, for a person", 0, "its JSON is broken")
def broken_json(_folder):
    return nbformat.writes(honest())[:-500]


@attack("hands in nothing at all", "it is recorded as not readable, for a person", 0, "its JSON is broken")
def empty_file(_folder):
    return b""


@attack("hands in 25 MB", "it is recorded as too large", 0, "is larger than 20 MB")
def enormous_file(_folder):
    return b'{"cells": [], "x": "' + b"x" * 25_000_000 + b'"}'


@attack("nests lists a hundred thousand deep", "it is recorded as not readable", 0, "its JSON is broken")
def deep_json(_folder):
    return b"[" * 100_000


@attack("nests metadata so deep that copying them breaks", "they are ignored, or the file is refused", FULL)
def deep_metadata(_folder):
    text = nbformat.writes(honest())
    return text.replace('"metadata": {', '"metadata": {"deep": ' + '{"x": ' * 500 + "1" + "}" * 500 + ", ", 1)


@attack("hands in five thousand cells", "it is refused, with the number", 0, "more than 1000 cells")
def too_many_cells(_folder):
    notebook = honest()
    notebook.cells += [nbformat.v4.new_code_cell("pass") for _ in range(5000)]
    return json.dumps(notebook)


@attack("hands in format 3", "it is recorded as no notebook of format 4", 0, "not a notebook of format 4")
def wrong_format(_folder):
    return json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": []}]})


@attack("claims format 99 for a good notebook", "its cells are read", FULL)
def future_format(_folder):
    return json.dumps(honest() | {"nbformat": 99, "nbformat_minor": "x"})


@attack("puts numbers, lists and null among the cells", "they are left aside", FULL)
def cells_of_no_kind(_folder):
    notebook = json.loads(nbformat.writes(honest()))
    notebook["cells"][2:2] = [None, 3, "text", [], {}, {"cell_type": ["code"], "source": {"a": 1}, "metadata": 7}]
    return json.dumps(notebook)


@attack("uses half characters in sources, tags and names", "they are replaced", FULL)
def half_characters(folder):
    notebook = json.loads(nbformat.writes(honest()))
    notebook["cells"].insert(2, {"cell_type": "code", "source": "x = '\ud800'", "metadata": {"tags": ["\udfff"]}, "outputs": []})
    (folder / os.fsdecode(b"\xff\xfe.txt")).write_text("a name that is no text")
    return json.dumps(notebook)


@attack("hands in no notebook", "it is said that there is none", 0, "There is no notebook called")
def no_notebook(folder):
    (folder / "readme.txt").write_text("sorry")


@attack("hands in the notebook under another name", "it is found, and the name is remarked", FULL, "was handed in as my homework.ipynb")
def other_name(folder):
    (folder / "my homework.ipynb").write_text(nbformat.writes(honest()))


@attack("hands in two notebooks, none of the right name", "nobody guesses which", 0, "There is no notebook called")
def two_names(folder):
    for name in ("first.ipynb", "second.ipynb"):
        (folder / name).write_text(nbformat.writes(honest()))


@attack("makes a directory of the notebook's name", "it is recorded as no ordinary file", 0, "not an ordinary file")
def a_directory(folder):
    (folder / NAME).mkdir()


@attack("makes a pipe of the notebook's name, on which a reader would wait for ever", "it is recorded as no ordinary file", 0, "not an ordinary file")
def a_pipe(folder):
    os.mkfifo(folder / NAME)


@attack("hands in a link to a neighbour's notebook", "links are not followed", 0, "is a link")
def link_to_a_neighbour(folder):
    (folder / NAME).symlink_to(folder.parents[1] / NEIGHBOURS[0] / ASSIGNMENT / NAME)


@attack("hands in a link to the course's solutions", "links are not followed", 0, "is a link")
def link_to_the_solutions(folder):
    (folder / NAME).symlink_to("/proc/self/cwd/solutions/rnn.py")


@attack("makes its whole folder a link to a neighbour's", "links are not followed", 0, "is a link")
def folder_is_a_link(folder):
    folder.rmdir()
    folder.symlink_to(folder.parents[1] / NEIGHBOURS[0] / ASSIGNMENT)


@attack("hands in links out of its folder beside the notebook", "other files are not used", FULL, "Other files are not used")
def links_beside(folder):
    for name, target in (("passwd", "/etc/passwd"), ("up", ".."), ("loop", "loop"), ("secret.key", "../../../secret.key")):
        (folder / name).symlink_to(target)
    return honest()


@attack("hands in hard links, a socket of files and a folder called dot dot dot", "other files are not used", FULL, "Other files are not used")
def other_kinds_of_files(folder):
    (folder / "one").write_text("x")
    os.link(folder / "one", folder / "hard link")
    (folder / "...").mkdir()
    os.mkfifo(folder / "pipe")
    if os.getuid() == 0:
        os.mknod(folder / "device", 0o600 | 0o060000, os.makedev(7, 0))
    return honest()


@attack("hands in numpy.py and a package unrolled, to be imported in the place of the real ones", "no other file gets into the sandbox", 0, "Other files are not used")
def modules_that_shadow(folder):
    (folder / "numpy.py").write_text("def __getattr__(name): return lambda *a, **k: 100")
    (folder / "unrolled").mkdir()
    (folder / "unrolled" / "__init__.py").write_text("def check(f): return 100")
    (folder / "sitecustomize.py").write_text("raise SystemExit")
    return unsolved()


@attack("hands in ten thousand other files", "they are not used, and five are named", FULL, "Other files are not used")
def ten_thousand_files(folder):
    for k in range(10_000):
        (folder / f"file {k}").touch()
    return honest()


@attack("writes outputs with huge pictures and script", "a submission's own outputs are not kept", FULL)
def hostile_outputs(_folder):
    notebook = honest()
    cell_of(notebook, "check-rnn_step").outputs = [
        nbformat.v4.new_output("display_data", {"text/html": "<script>alert(1)</script>", "image/png": "A" * 3_000_000})
    ]
    return notebook
