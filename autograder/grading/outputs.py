"""What is kept of a cell's outputs: text and pictures up to a number of bytes, no HTML and no script."""

import json
import re
from typing import Any

import nbformat
from nbformat import NotebookNode

KEPT_PICTURES = ("image/png", "image/jpeg")


class OutputCollector:
    """Collects a cell's outputs up to a number of bytes; keeps text and pictures, no HTML or script."""

    def __init__(self, limit: int) -> None:
        self.collected: list[NotebookNode] = []
        self._left = limit

    def add(self, message: dict[str, Any]) -> None:
        """Keep one message from the kernel, if it is an output and there is room for it."""
        if message["header"].get("msg_type") not in ("stream", "display_data", "execute_result", "error"):
            return
        try:
            size = len(json.dumps(message["content"], default=str))
            output = safe_output(message) if size <= self._left else None
        except RecursionError:  # nested so deep that it could just be read
            return
        if size > self._left:
            self._cut()
            return
        self._left -= size
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
        output.data = {kind: str(value) for kind, value in output.data.items() if _kept(kind, value)}
        output.metadata = {}
        return output if output.data else None
    if output.output_type == "stream":
        return nbformat.v4.new_output("stream", name=_stream_name(output), text=str(output.get("text", "")))
    traceback = [str(line) for line in output.get("traceback", [])][:100]
    return nbformat.v4.new_output(
        "error", ename=str(output.get("ename", "")), evalue=str(output.get("evalue", "")), traceback=traceback
    )


def _kept(kind: str, value: Any) -> bool:
    """Whether a part of an output is text, or a picture that is nothing but its bytes: it will stand in a page as it is."""
    return kind == "text/plain" or (kind in KEPT_PICTURES and re.fullmatch(r"[A-Za-z0-9+/=\s]*", str(value)) is not None)


def _stream_name(output: NotebookNode) -> str:
    return "stderr" if output.get("name") == "stderr" else "stdout"
