"""Run a repaired notebook in a kernel, and put the oracle's questions to it.

Everything that comes from the kernel is untrusted: it is counted, capped and decoded as
plain data.  A cell or a call that does not end is interrupted; a kernel that does not
answer an interrupt is killed, and what was judged before stays judged.
"""

import asyncio
import json
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any, cast

import nbformat
import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.provisioning import LocalProvisioner
from nbformat import NotebookNode

from autograder.sandbox.limits import Limits
from autograder.sandbox.provisioner import GradingKernelManager
from autograder.sandbox.watch import Watch
from unrolled.codec import BadValue, encode
from unrolled.probes import TIME_LIMIT, Answer, Observation, read_answer

KEPT_OUTPUTS = ("text/plain", "image/png", "image/jpeg")
REPLY_AFTER_INTERRUPT = 5.0
LOOK_EVERY = 0.5
KEEP_RUNNING = "get_ipython().ask_exit = lambda: None"  # exit() in a cell does not end the kernel
WAITING_MESSAGES = 8  # of a channel, that wait to be read: more would fill the grader's memory


class KernelGone(Exception):
    """The kernel ended or had to be killed; the message says why."""


class TimeUp(KernelGone):
    """The notebook has used up its time."""


class Session:
    """One kernel in the sandbox, from start to certain end.

    deadline: when the notebook's time is up, on the monotonic clock
    Used as an asynchronous context manager; raises KernelGone from any method once
    the kernel is no longer there, and TimeUp after the deadline.
    """

    def __init__(self, limits: Limits, torch: bool, sandboxed: bool, deadline: float) -> None:
        self.limits = limits
        self._options = {"limits": limits, "torch": torch, "sandboxed": sandboxed}
        self._deadline = deadline
        self._looked = time.monotonic()

    async def __aenter__(self) -> "Session":
        self._folder = Path(tempfile.mkdtemp(prefix="unrolled-"))
        self._context = zmq.asyncio.Context()
        self._context.setsockopt(zmq.MAXMSGSIZE, self.limits.message)
        self._context.setsockopt(zmq.RCVHWM, WAITING_MESSAGES)
        self._manager = GradingKernelManager(
            transport="ipc",
            connection_file=str(self._folder / "kernel.json"),
            ip=str(self._folder / "k"),
            context=self._context,
            **self._options,
        )
        try:
            await self._start()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def _start(self) -> None:
        await self._manager.start_kernel()
        provisioner = cast(LocalProvisioner, self._manager.provisioner)
        self._watch = Watch(cast(int, provisioner.pid), self._folder, self.limits)
        self._client: AsyncKernelClient = self._manager.client()
        self._client.start_channels()
        await self._client.wait_for_ready(timeout=self.limits.start_seconds)
        await self._execute(KEEP_RUNNING, self.limits.start_seconds, silent=True, output_hook=_ignore)

    async def __aexit__(self, *exception: object) -> None:
        if hasattr(self, "_client"):
            self._client.stop_channels()
        if self._manager.has_kernel:
            await self._manager.shutdown_kernel(now=True)
        self._context.destroy(linger=0)
        shutil.rmtree(self._folder, ignore_errors=True)

    async def run_cell(self, source: str) -> tuple[list[NotebookNode], str]:
        """Run one cell; returns its outputs and a remark, empty if it ended in time."""
        outputs = OutputCollector(self.limits.output)
        try:
            await self._execute(source, self.limits.cell_seconds, output_hook=outputs.add, stop_on_error=False)
        except TimeoutError:
            await self._interrupt()
            return outputs.collected, f"A cell ran for more than {self.limits.cell_seconds:g} seconds and was stopped."
        return outputs.collected, ""

    async def ask(self, name: str, inputs: dict[str, Any]) -> Observation:
        """What the notebook's function ``name`` does with ``inputs``, as untrusted plain data."""
        question = json.dumps(encode(inputs))
        expression = f"__import__('unrolled.probes', fromlist=['answer']).answer({name!r}, {question!r}, globals())"
        try:
            reply = await self._execute(
                "", self.limits.call_seconds, silent=True, user_expressions={"answer": expression}, output_hook=_ignore
            )
        except TimeoutError:
            await self._interrupt()
            message = f"did not end within {self.limits.call_seconds:g} seconds"
            return {"error": {"type": TIME_LIMIT, "message": message, "line": None}}
        return read_reply(reply)

    async def _execute(self, code: str, seconds: float, **options: Any) -> dict[str, Any]:
        remaining = self._deadline - time.monotonic()
        if remaining <= 0:
            raise TimeUp(f"The notebook ran for more than {self.limits.notebook_seconds:g} seconds.")
        execution = asyncio.ensure_future(
            self._client.execute_interactive(code, allow_stdin=False, timeout=min(seconds, remaining), **options)
        )
        while True:
            done, _ = await asyncio.wait({execution}, timeout=LOOK_EVERY)
            excess = self._excess()
            if excess:
                execution.cancel()
                await self._manager.shutdown_kernel(now=True)
                raise KernelGone(f"The notebook used more than it may: {excess}.")
            if done:
                return execution.result()
            if not await self._manager.is_alive():
                execution.cancel()
                raise KernelGone("The notebook's kernel ended: a crash, or too much memory or processor time.")

    def _excess(self) -> str:
        """What there is too much of, looked at now and then: a look takes some milliseconds."""
        if time.monotonic() - self._looked < LOOK_EVERY:
            return ""
        self._looked = time.monotonic()
        return self._watch.excess()

    async def _interrupt(self) -> None:
        """Stop what runs now; kill the kernel if it goes on all the same."""
        await self._manager.interrupt_kernel()
        try:
            await self._client.execute_interactive("", silent=True, timeout=REPLY_AFTER_INTERRUPT, output_hook=_ignore)
        except TimeoutError:
            await self._manager.shutdown_kernel(now=True)
            raise KernelGone("The notebook was in a loop that could not be interrupted, and its kernel was ended.") from None


def read_reply(reply: dict[str, Any]) -> Observation:
    """The observation in an execute reply; anything else counts as an error of the student's code."""
    try:
        answer = reply["content"]["user_expressions"]["answer"]
        if answer["status"] != "ok":
            error = {key: str(answer.get(key, ""))[:300] for key in ("ename", "evalue")}
            return {"error": {"type": error["ename"], "message": error["evalue"], "line": None}}
        return read_answer(str(answer["data"][Answer.MIME]))
    except (KeyError, TypeError, AttributeError, BadValue):
        message = "the answer to the grader's question was not readable"
        return {"error": {"type": "UnreadableAnswer", "message": message, "line": None}}


def _ignore(message: dict[str, Any]) -> None:
    """An output that nobody looks at."""


class OutputCollector:
    """Collects a cell's outputs up to a number of bytes; keeps text and pictures, no HTML or script."""

    def __init__(self, limit: int) -> None:
        self.collected: list[NotebookNode] = []
        self._left = limit

    def add(self, message: dict[str, Any]) -> None:
        """Keep one message from the kernel, if it is an output and there is room for it."""
        if message.get("msg_type") not in ("stream", "display_data", "execute_result", "error"):
            return
        size = len(json.dumps(message["content"], default=str))
        if size > self._left:
            self._cut()
            return
        self._left -= size
        output = safe_output(message)
        if output is not None:
            self._append(output)

    def _append(self, output: NotebookNode) -> None:
        last = self.collected[-1] if self.collected else None
        if last is not None and output.output_type == "stream" == last.output_type and last.name == output.name:
            last.text += output.text
        else:
            self.collected.append(output)

    def _cut(self) -> None:
        if self._left >= 0:
            self._left = -1
            self.collected.append(nbformat.v4.new_output("stream", text="\n[The rest of the output is left out.]\n"))


def safe_output(message: dict[str, Any]) -> NotebookNode | None:
    """One output with its harmless parts only: text and raster pictures."""
    try:
        output = nbformat.v4.output_from_msg(message)
    except (nbformat.ValidationError, ValueError, KeyError, AttributeError, TypeError):  # it may be forged
        return None
    if "data" in output:
        output.data = {kind: str(value) for kind, value in output.data.items() if kind in KEPT_OUTPUTS}
        output.metadata = {}
        return output if output.data else None
    if output.output_type == "stream":
        return nbformat.v4.new_output("stream", name=_stream_name(output), text=str(output.get("text", "")))
    traceback = [str(line) for line in output.get("traceback", [])][:100]
    return nbformat.v4.new_output(
        "error", ename=str(output.get("ename", "")), evalue=str(output.get("evalue", "")), traceback=traceback
    )


def _stream_name(output: NotebookNode) -> str:
    return "stderr" if output.get("name") == "stderr" else "stdout"
