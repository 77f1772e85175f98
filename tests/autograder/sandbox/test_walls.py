"""The small parts that stand between a submission and the grader, each by itself."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime

import pytest
from jupyter_client.session import Session as Signer
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from autograder.gradebook.hooks import plain
from autograder.gradebook.pages import defused
from autograder.grading.beside import NAME, handed_in
from autograder.grading.outputs import OutputCollector
from autograder.sandbox.exchange import read_message
from autograder.sandbox.limits import Limits
from autograder.sandbox.syscalls import syscall_filter
from autograder.sandbox.watch import Watch, remove_folder


def frames(signer, *parts):
    return [b"topic", b"<IDS|MSG>", signer.sign(list(parts)), *parts]


def test_a_message_is_read_once_and_what_is_none_is_none():
    signer = Signer(key=b"key")
    good = frames(signer, b'{"msg_id": "1", "msg_type": "status"}', b"{}", b"{}", b'{"x": 1}')
    assert read_message(signer, good)["content"] == {"x": 1}
    assert read_message(signer, good) is None  # its signature was used up
    header, deep = b'{"msg_id": "2", "msg_type": "status"}', b"[" * 100_000
    for parts in (
        (header, b"{}", b"{}", b"[]"),
        (b"7", b"{}", b"{}", b"{}"),
        (header, b"null", b"{}", b"{}"),
        (header, b"{}", b"{}", deep),
    ):
        assert read_message(signer, frames(signer, *parts)) is None
    for raw in ([], [b""], [b"<IDS|MSG>"], [b"x", b"<IDS|MSG>", b"0", b"{}", b"{}", b"{}", b"{}"]):
        assert read_message(signer, raw) is None


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "0001-01-01 00:00:00+14:00", "9999-99-99 00:00:00 UTC", "2026-01-01 00:00:00 /dev/zero", "\0" * 500],
)
def test_what_is_no_time_is_named(tmp_path, text):
    (tmp_path / NAME).write_text(text)
    assert handed_in(tmp_path) == (None, f"{NAME} holds no time; none is recorded for the handing in.")


def test_times_as_nbgrader_writes_them_are_read(tmp_path):
    assert handed_in(tmp_path) == (None, "")
    for text in ("2026-03-04 05:06:07.890123 UTC", "2026-03-04 05:06:07.890123 +0000", "2026-03-04 05:06:07.890123\n"):
        (tmp_path / NAME).write_text(text)
        assert handed_in(tmp_path) == (datetime(2026, 3, 4, 5, 6, 7, 890123), "")


def test_folders_nested_deep_and_without_rights_are_removed(tmp_path):
    folder = tmp_path / "shared"
    folder.mkdir()
    here = os.open(folder, os.O_DIRECTORY)
    for _ in range(3000):
        os.mkdir("x", 0o700, dir_fd=here)
        below = os.open("x", os.O_DIRECTORY, dir_fd=here)
        os.close(here)
        here = below
    os.fchmod(here, 0)
    os.close(here)
    folder.chmod(0o500)
    remove_folder(folder)
    assert not folder.exists()


def test_watch_names_what_there_is_too_much_of(tmp_path):
    limits = Limits(files=3, disk=1000)
    watch = Watch(os.getpid(), tmp_path, replace(limits, files=10**9))
    assert watch.excess(everything=True) == ""
    (tmp_path / "file").write_bytes(b"x" * 5000)
    assert "MiB of files" in watch.excess(everything=True)
    assert (
        Watch(os.getpid(), tmp_path, replace(limits, total_memory=1)).excess(everything=True).startswith("9.31323e-10 GiB")
    )
    (tmp_path / "folder").mkdir()
    assert "a folder of its own" in watch.excess(everything=True)
    watch = Watch(os.getpid(), tmp_path, replace(limits, messages=20 * 2**20))
    with watch.own_memory():
        kept = bytearray(b"x") * (60 * 2**20)
        assert "MiB of messages" in watch.excess()
    del kept


def test_filter_refuses_what_it_names_and_nothing_else():
    program = (
        "import sys, ctypes; sys.path.insert(0, {folder!r}); from enter import filter_calls\n"
        "import os, subprocess, threading\n"
        "filter_calls(bytes.fromhex({code!r}))\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "print(libc.shmget(0, 4096, 0o1600), libc.unshare(0x10000000), libc.ptrace(0, 0, 0, 0))\n"
        "t = threading.Thread(target=print, args=('thread',)); t.start(); t.join()\n"
        "print(subprocess.run(['true']).returncode)"
    )
    from autograder.sandbox.bubblewrap import ENTER

    code = program.format(folder=str(ENTER.parent), code=syscall_filter().hex())
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.split() == ["-1", "-1", "-1", "thread", "0"], done.stderr
    assert syscall_filter("no such machine") == b""


BAD_MARKDOWN = r"""
[y](javascript:alert`1`) $\href{javascript:alert(1)}{x}$ $$\href{java
script:alert(1)}{x}$$ [a](javascript&#58;alert(1)) [b](&#106;avascript:alert(1)) [c][d] ![p](http://x/y)
&#36;\href{java&#115;cript:alert(1)}{x}&#36; <javascript:alert(1)> <svg/onload=alert(1)> [e](data:text/html,x)

[d]: java&#115;cript:alert(1)
"""


def test_written_answers_hold_no_script_however_it_is_written():
    shown = markdown2html_mistune(defused(BAD_MARKDOWN)).lower()
    for active in ("javascript:", "java\nscript:", '="data:', "<svg", "<img", "&#36;", 'href="java'):
        assert active not in shown, shown
    assert defused("$a_1 < b & c$, data: 3 of 4") == "$a_1 < b & c$, data: 3 of 4"
    assert "\\" not in plain(r"$\href{javascript:alert(1)}{x}$")


def test_pictures_are_kept_only_as_their_bytes():
    outputs = OutputCollector(10_000)
    for data in ({"image/png": "iVBOR\n+/="}, {"image/png": "' onerror='x"}, {"image/png": ["a"]}, {"text/html": "<b>"}):
        content = {"data": data, "metadata": {}}
        outputs.add({"header": {"msg_type": "display_data"}, "msg_type": "display_data", "content": content})
    assert [dict(o.data) for o in outputs.collected] == [{"image/png": "iVBOR\n+/="}]
