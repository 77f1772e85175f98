"""The LSTM of the reference against torch's: forward and backward over whole sequences, in turns, as paired ratios.

    .venv/bin/python benchmarks/lstm.py [--rounds 30] [--json book/data/lstm_speed.json]

Each size is measured with one and with two threads, in a process of its own, since NumPy's threads are fixed
when it is loaded. In every round torch's ``nn.LSTM``, the reference and a loop over torch's ``LSTMCell`` run one after
the other, so that a busy machine slows all three; the table gives medians of the rounds and of the rounds' ratios,
with the quartiles of these ratios. All three use the same weights and inputs in float32, and their gradients are
compared before they are timed.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

SIZES = [(32, 100, 64, 128), (8, 100, 16, 32), (32, 50, 32, 64), (1, 200, 64, 128), (64, 50, 128, 256)]  # (B, T, D, H)
THREADS = (1, 2)
CONTENDERS = ("nn.LSTM", "reference", "LSTMCell loop")
RATIOS = ("reference / nn.LSTM", "reference / LSTMCell loop")


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def contenders(B: int, T: int, D: int, H: int) -> dict[str, Callable[[], Any]]:
    """Forward and backward of each; all return the gradients of the inputs and of W_hh, as arrays."""
    import numpy as np
    import torch

    from autograder.oracle.source import reference
    from unrolled.torch_layout import lstm_from_torch

    torch.manual_seed(0)
    layer, cell = torch.nn.LSTM(D, H, batch_first=True), torch.nn.LSTMCell(D, H)
    cell.load_state_dict({name.removesuffix("_l0"): p for name, p in layer.state_dict().items()})
    W_xh, W_hh, b = lstm_from_torch(layer)
    ours = reference("lstm")
    x = torch.randn(B, T, D, requires_grad=True)
    dh, start = torch.randn(B, T, H), np.zeros((B, H), dtype=np.float32)

    def fused() -> Any:
        layer.zero_grad()
        x.grad = None
        layer(x)[0].backward(dh)
        return x.grad.numpy(), layer.weight_hh_l0.grad.numpy().T

    def loop() -> Any:
        cell.zero_grad()
        x.grad, state, kept = None, None, []
        for x_t in x.unbind(dim=1):  # one view of all steps: slicing in each step would make the way back slower
            state = cell(x_t, state)
            kept.append(state[0])
        torch.stack(kept, dim=1).backward(dh)
        return x.grad.numpy(), cell.weight_hh.grad.numpy().T

    def numpy() -> Any:
        inputs = x.detach().numpy()
        kept = ours["lstm_forward"](inputs, start, start, W_xh, W_hh, b, ours["lstm_step"])
        back = ours["lstm_step_backward"]
        dx, _, _, _, dW_hh, _ = ours["lstm_backward"](dh.numpy(), inputs, start, start, *kept, W_xh, W_hh, back)
        return dx, dW_hh

    return dict(zip(CONTENDERS, (fused, numpy, loop), strict=True))


def parts(B: int, T: int, D: int, H: int) -> dict[str, Callable[[], Any]]:
    """What the reference spends its time on: its matrix products alone, its non-linearities alone, and torch's products."""
    import numpy as np
    import torch

    rng = np.random.default_rng(0)

    def drawn(*shape: int) -> Any:
        return rng.normal(size=shape).astype(np.float32)

    x, h, a, W_xh, W_hh = drawn(B, D), drawn(B, H), drawn(B, 4 * H), drawn(D, 4 * H), drawn(H, 4 * H)
    all_x, all_h, all_a = drawn(B * T, D), drawn(B * T, H), drawn(B * T, 4 * H)

    def products() -> None:
        for _ in range(T):
            x @ W_xh, h @ W_hh, a @ W_hh.T
        all_a @ W_xh.T, all_x.T @ all_a, all_h.T @ all_a

    def non_linearities() -> None:
        for _ in range(T):
            for _ in range(3):
                0.5 * (1 + np.tanh(0.5 * h))
            np.tanh(h), np.tanh(h), np.tanh(h)  # of g, of c, and of c again on the way back

    t_x, t_h, t_a, t_W_xh, t_W_hh = (torch.from_numpy(v) for v in (all_x, h, a, W_xh, W_hh))
    t_all_h, t_all_a = torch.from_numpy(all_h), torch.from_numpy(all_a)

    def torchs_products() -> None:
        t_x @ t_W_xh
        for _ in range(T):
            t_h @ t_W_hh, t_a @ t_W_hh.T
        t_all_a @ t_W_xh.T, t_x.T @ t_all_a, t_all_h.T @ t_all_a

    return {
        "matrix products of the reference": products,
        "its sigmoids and tanhs": non_linearities,
        "the same products by torch": torchs_products,
    }


def in_turns(work: dict[str, Callable[[], Any]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of every round, after three rounds to warm up."""
    taken = [{name: 1000 * seconds(call) for name, call in work.items()} for _ in range(rounds + 3)][3:]
    return {name: [times[name] for times in taken] for name in work}


def measure(size: tuple[int, ...], threads: int, rounds: int) -> dict[str, Any]:
    """One row of the table, and for the first size what the time is made of."""
    import numpy as np
    import torch

    torch.set_num_threads(threads)
    work = contenders(*size)
    results = {name: [np.array(gradient) for gradient in call()] for name, call in work.items()}
    for name, gradients in results.items():
        for mine, theirs in zip(gradients, results["nn.LSTM"], strict=True):
            assert mine.dtype == np.float32, name
            np.testing.assert_allclose(mine, theirs, atol=1e-4 * np.abs(theirs).max(), err_msg=name)
    times = in_turns(work, rounds)
    row = {"size": size, "threads": threads, "rounds": rounds, "ms": {n: statistics.median(t) for n, t in times.items()}}
    pairs = list(zip(times["reference"], times["nn.LSTM"], times["LSTMCell loop"], strict=True))
    row["reference / nn.LSTM"] = quartiles([ours / fused for ours, fused, _ in pairs])
    row["LSTMCell loop / nn.LSTM"] = quartiles([loop / fused for _, fused, loop in pairs])
    row["reference / LSTMCell loop"] = quartiles([ours / loop for ours, _, loop in pairs])
    if size == SIZES[0]:
        row["parts"] = {name: statistics.median(t) for name, t in in_turns(parts(*size), rounds).items()}
    return row


def quartiles(values: list[float]) -> list[float]:
    """Lower quartile, median, upper quartile."""
    return [round(v, 3) for v in statistics.quantiles(values, n=4)]


def in_a_process_of_its_own(size: tuple[int, ...], threads: int, rounds: int) -> dict[str, Any]:
    variables = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    command = [sys.executable, __file__, "--one", json.dumps([size, threads, rounds])]
    environment = os.environ | dict.fromkeys(variables, str(threads))
    return json.loads(subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout)


def machine() -> str:
    """The processor in words, and how many of it there are."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else 'unknown processor'}, {os.cpu_count()} logical cores"


def table(rows: list[dict[str, Any]]) -> Table:
    """Medians in milliseconds, and the ratios with their quartiles."""
    columns = ("B, T, D, H", "threads", *(f"{name}, ms" for name in CONTENDERS), *RATIOS)
    result = Table(*columns, title="forward and backward, float32")
    for row in rows:
        times = (f"{row['ms'][name]:.1f}" for name in CONTENDERS)
        ratios = ("{1:.2f} ({0:.2f} to {2:.2f})".format(*row[name]) for name in RATIOS)
        result.add_row(str(tuple(row["size"]))[1:-1], str(row["threads"]), *times, *ratios)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=30, help="rounds for each size")
    parser.add_argument("--threads", type=int, nargs="+", default=list(THREADS), help="numbers of threads, default 1 and 2")
    parser.add_argument("--json", type=Path, help="where to write the rows")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        size, threads, rounds = json.loads(arguments.one)
        print(json.dumps(measure(tuple(size), threads, rounds)))
        return
    console, rows = Console(), []
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=len(SIZES) * len(arguments.threads))
        for size in SIZES:
            for threads in arguments.threads:
                progress.update(task, description=f"B, T, D, H = {size}, {threads} thread(s)")
                rows.append(in_a_process_of_its_own(size, threads, arguments.rounds))
                progress.advance(task)
                if arguments.json:  # after every row, so that an interrupted run leaves what it has measured
                    content = {"date": date.today().isoformat(), "machine": machine(), "rows": rows}
                    arguments.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    console.print(table(rows))
    for row in rows:
        for name, value in row.get("parts", {}).items():
            console.print(f"{row['size']}, {row['threads']} thread(s), {name}: {value:.1f} ms", highlight=False)
    if arguments.json:
        console.print(f"written  {arguments.json}")


if __name__ == "__main__":
    main()
