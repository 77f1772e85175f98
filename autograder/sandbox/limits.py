"""What a submission may use."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Limits:
    """Limits on one submission's run; times in seconds, sizes in bytes.

    call_seconds: for one call of a student's function by the grader; cell_seconds: for one cell; what they wait for
        a processor is not counted
    notebook_seconds: wall clock for the whole notebook
    start_seconds: for a kernel to answer; kernels: how often one may be started for a submission
    cpu_seconds: processor time of any one process
    processes: with their threads; running: how many of them may want a processor all the time
    memory: address space of one process; total_memory: of all together, as far as it is in use
    disk: what can be written to each folder; files: how many files can lie there
    output: of one cell, as far as it is kept; all_output: of the whole notebook
    message: size of one message from the kernel; messages: memory of the grader that its messages may take
    """

    call_seconds: float = 5.0
    cell_seconds: float = 20.0
    notebook_seconds: float = 300.0
    start_seconds: float = 60.0
    kernels: int = 8
    cpu_seconds: int = 300
    memory: int = 4 * 2**30
    total_memory: int = 4 * 2**30
    processes: int = 64
    running: int = 8
    file_size: int = 64 * 2**20
    disk: int = 256 * 2**20
    files: int = 20_000
    output: int = 500_000
    all_output: int = 3_000_000
    message: int = 16 * 2**20
    messages: int = 512 * 2**20

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)
