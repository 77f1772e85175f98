"""Ask a kernel to run something, and read what it sends back, believing nothing of it.

Student code can write on the kernel's sockets whatever it likes, without end. So each message is
read by itself, what is none is left aside, and time, memory and life of the kernel are looked at
between any two.
"""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.session import Session as Signer

LOOK_EVERY = 0.1
LONGEST_DELAY = 3  # of a limit: for so much longer may a kernel run that other programs keep waiting
WAIT_FOR_IDLE = 1.0  # after the reply: in a flood of outputs the word that all are sent may be lost

Message = dict[str, Any]


@dataclass
class Exchange:
    """One request and what comes back for it.

    request: the number of the request; output_hook: called with each message that belongs to it
    """

    client: AsyncKernelClient
    request: str
    output_hook: Callable[[Message], None] | None
    reply: Message | None = None
    idle: bool = False
    _replied: float = field(default=0.0)

    @property
    def over(self) -> bool:
        """Whether the reply is there, and all outputs, if somebody wants them."""
        waited = time.monotonic() - self._replied > WAIT_FOR_IDLE
        return self.reply is not None and (self.output_hook is None or self.idle or waited)

    def take_output(self, message: Message) -> None:
        if message["header"].get("msg_type") == "status":
            self.idle = self.idle or message["content"].get("execution_state") == "idle"
        elif self.output_hook is not None:
            self.output_hook(message)

    def take_reply(self, message: Message) -> None:
        self.reply, self._replied = message, time.monotonic()


@dataclass
class Allowance:
    """A number of seconds in which a kernel could run.

    What it waited for a processor is not counted: that is the doing of others, perhaps of a neighbour who takes them all.
    delayed: says how long it has waited so far
    """

    seconds: float
    delayed: Callable[[], float]

    def __post_init__(self) -> None:
        self._began, self._before = time.monotonic(), self.delayed()

    @property
    def left(self) -> float:
        left = self.seconds - (time.monotonic() - self._began)
        if left > 0:
            return left
        return left + min(self.delayed() - self._before, LONGEST_DELAY * self.seconds)


async def exchange(
    client: AsyncKernelClient,
    allowance: Allowance,
    look: Callable[[bool], Awaitable[None]],
    output_hook: Callable[[Message], None] | None,
    **request: Any,
) -> Message:
    """The kernel's reply to an execute request.

    look: called between messages, with whether there was none; it raises if the kernel has to go
    Raises TimeoutError if there is no reply when the allowance is used up.
    """
    running = Exchange(client, client.execute(allow_stdin=False, **request), output_hook)
    takers = {client.shell_channel.socket: running.take_reply, client.iopub_channel.socket: running.take_output}
    poller = zmq.asyncio.Poller()
    for socket in takers:
        poller.register(socket, zmq.POLLIN)
    while not running.over:
        left = allowance.left
        if left <= 0 and running.reply is None:
            raise TimeoutError
        ready = dict(await poller.poll(int(1000 * min(max(left, 0.001), LOOK_EVERY))))
        for socket in ready:
            message = read_message(client.session, await socket.recv_multipart())
            if message is not None and message["parent_header"].get("msg_id") == running.request:
                takers[socket](message)
        await look(not ready)
    assert running.reply is not None
    return running.reply


def read_message(signer: Signer, frames: list[bytes]) -> Message | None:
    """The message in these frames, None if there is none: they may hold anything."""
    try:
        _, parts = signer.feed_identities(frames)
        message = signer.deserialize(parts)
        whole = all(isinstance(message[part], dict) for part in ("header", "parent_header", "content"))
    except Exception:  # whatever goes wrong with bytes that somebody made up
        return None
    return message if whole else None
