"""Run a repaired notebook in a kernel, and put the oracle's questions to it.

Everything that comes from the kernel is untrusted: it is counted, capped and decoded as
plain data.  A cell or a call that does not end is interrupted; a kernel that does not
answer an interrupt is killed, and what was judged before stays judged.
"""

import asyncio
import json
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.provisioning import LocalProvisioner
from nbformat import NotebookNode

from autograder.grading.outputs import OutputCollector
from autograder.sandbox.exchange import Allowance, Message, exchange
from autograder.sandbox.limits import Limits
from autograder.sandbox.provisioner import GradingKernelManager
from autograder.sandbox.watch import CROWDED, LOOK_EVERY, Watch, remove_folder
from unrolled.calls.probes import TIME_LIMIT, Answer, Observation, read_answer
from unrolled.values.codec import BadValue, encode

REPLY_AFTER_INTERRUPT = 5.0
# What questions need is loaded, and NumPy's own memory for products taken, before a cell can leave none for them.
WARM = """
__import__("unrolled.calls.probes"), __import__("matplotlib.figure")
(lambda a: a @ a)(__import__("numpy").ones((64, 64)))
"""
KEEP_RUNNING = "get_ipython().ask_exit = lambda: None"  # exit() in a cell does not end the kernel
WAITING_MESSAGES = 8  # of a channel, that wait to be read: more would fill the grader's memory

Hook = Callable[[Message], None] | None


class KernelGone(Exception):
    """The kernel ended or had to be killed; the message says why."""


class TimeUp(KernelGone):
    """The notebook has used up its time."""


class Session:
    """One kernel in the sandbox, from start to certain end.

    deadline: when the notebook's time is up, on the monotonic clock; files: what lies beside the notebook, by name
    Used as an asynchronous context manager; raises KernelGone from any method once
    the kernel is no longer there, and TimeUp after the deadline.
    """

    def __init__(self, limits: Limits, torch: bool, sandboxed: bool, deadline: float, files: Mapping[str, bytes]) -> None:
        self.limits = limits
        self._options = {"limits": limits, "torch": torch, "sandboxed": sandboxed}
        self._deadline, self._files = deadline, files

    async def __aenter__(self) -> "Session":
        self._folder = Path(tempfile.mkdtemp(prefix="unrolled-"))
        self._beside = Path(tempfile.mkdtemp(prefix="unrolled-"))
        self._context = zmq.asyncio.Context()
        self._context.setsockopt(zmq.MAXMSGSIZE, self.limits.message)
        self._context.setsockopt(zmq.RCVHWM, WAITING_MESSAGES)
        self._manager = GradingKernelManager(
            transport="ipc",
            connection_file=str(self._folder / "kernel.json"),
            ip=str(self._folder / "k"),
            context=self._context,
            beside=str(self._beside),
            **self._options,
        )
        try:
            await self._start()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def _start(self) -> None:
        for name, content in self._files.items():
            (self._beside / name).write_bytes(content)
            (self._beside / name).chmod(0o644)
        await self._manager.start_kernel(cwd=str(self._beside))
        provisioner = cast(LocalProvisioner, self._manager.provisioner)
        self._watch = Watch(cast(int, provisioner.pid), self._folder, self.limits)
        self._client: AsyncKernelClient = self._manager.client()
        self._client.start_channels()
        await self._client.wait_for_ready(timeout=self.limits.start_seconds)
        self._watch.find_kernel()
        await self._execute(self.limits.start_seconds, code=KEEP_RUNNING)
        await self._execute(self.limits.start_seconds, code=WARM)

    async def __aexit__(self, *exception: object) -> None:
        if hasattr(self, "_client"):
            self._client.stop_channels()
        if self._manager.has_kernel:
            await self._manager.shutdown_kernel(now=True)
        self._context.destroy(linger=0)
        remove_folder(self._folder)
        remove_folder(self._beside)

    async def run_cell(
        self, source: str, room: int | None = None, seconds: float | None = None
    ) -> tuple[list[NotebookNode], str]:
        """Run one cell; returns its outputs, of ``room`` bytes at most, and a remark, empty if it ended in time.

        seconds: what it may take, if that is less than any cell may
        """
        seconds = self.limits.cell_seconds if seconds is None else min(seconds, self.limits.cell_seconds)
        outputs = OutputCollector(self.limits.output if room is None else min(room, self.limits.output))
        try:
            await self._execute(seconds, outputs.add, code=source, stop_on_error=False)
        except TimeoutError:
            await self._interrupt()
            return outputs.collected, self._stopped(seconds)
        await self.settle()
        return outputs.collected, ""

    def _stopped(self, seconds: float) -> str:
        if seconds < self.limits.cell_seconds:
            return "A cell was stopped when it had taken half of the time that was left for cells outside of the tasks."
        return f"A cell ran for more than {seconds:g} seconds and was stopped."

    async def settle(self) -> None:
        """See what a cell or a check has left running, so that none after it is blamed: wait until a crowd is gone."""
        await self._look(quiet=True, everything=True)
        for _ in range(2 * CROWDED):
            if not self._watch.crowded():
                return
            await asyncio.sleep(LOOK_EVERY)
            await self._look(quiet=True, everything=True)

    async def ask(self, name: str, inputs: dict[str, Any]) -> Observation:
        """What the notebook's function ``name`` does with ``inputs``, as untrusted plain data."""
        question = json.dumps(encode(inputs))
        expression = f"__import__('unrolled.calls.probes', fromlist=['answer']).answer({name!r}, {question!r}, globals())"
        try:
            reply = await self._execute(self.limits.call_seconds, user_expressions={"answer": expression})
        except TimeoutError:
            await self._interrupt()
            message = f"did not end within {self.limits.call_seconds:g} seconds"
            return {"error": {"type": TIME_LIMIT, "message": message, "line": None}}
        return read_reply(reply)

    async def _execute(self, seconds: float, output_hook: Hook = None, code: str = "", **request: Any) -> Message:
        """Run ``code``, silently if nobody listens to its outputs; raises TimeoutError after ``seconds``."""
        remaining = self._deadline - time.monotonic()
        if remaining <= 0:
            raise TimeUp(f"The notebook ran for more than {self.limits.notebook_seconds:g} seconds.")
        with self._watch.own_memory():
            return await exchange(
                self._client,
                Allowance(min(seconds, remaining), self._watch.delayed),
                self._look,
                output_hook,
                code=code,
                silent=output_hook is None,
                **request,
            )

    async def _look(self, quiet: bool, everything: bool = False) -> None:
        """End a kernel that uses too much, and notice one that has ended, once it has no more to say."""
        excess = self._watch.excess(everything)
        if excess:
            await self._manager.shutdown_kernel(now=True)
            raise KernelGone(f"The notebook used more than it may: {excess}.")
        if quiet and not await self._manager.is_alive():
            raise KernelGone("The notebook's kernel ended: a crash, or too much memory or processor time.")

    async def _interrupt(self) -> None:
        """Stop what runs now; kill the kernel if it goes on all the same."""
        await self._manager.interrupt_kernel()
        try:
            with self._watch.own_memory():
                patience = Allowance(REPLY_AFTER_INTERRUPT, self._watch.delayed)
                await exchange(self._client, patience, self._look, None, code="", silent=True)
        except TimeoutError:
            await self._manager.shutdown_kernel(now=True)
            raise KernelGone("The notebook was in a loop that could not be interrupted, and its kernel was ended.") from None


def read_reply(reply: dict[str, Any]) -> Observation:
    """The observation in an execute reply; anything else counts as an error of the student's code."""
    try:
        answer = reply["content"]["user_expressions"]["answer"]
        if answer["status"] != "ok":
            error = {key: str(answer.get(key, ""))[:300] for key in ("ename", "evalue")}
            message = f"The grader's question could not be put to the notebook ({error['ename']}: {error['evalue']})."
            return {"error": {"type": "Unasked", "message": message, "line": None}}
        return read_answer(str(answer["data"][Answer.MIME]))
    except (KeyError, TypeError, AttributeError, BadValue):
        message = "What the call returned could not be read."
        return {"error": {"type": "UnreadableAnswer", "message": message, "line": None}}
