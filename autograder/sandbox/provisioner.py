"""A Jupyter kernel behind bubblewrap, started the way Jupyter means it: by a provisioner."""

import os
from pathlib import Path
from subprocess import DEVNULL
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from traitlets import Bool, Instance, Unicode

from autograder.sandbox.bubblewrap import spare_uid, wrap
from autograder.sandbox.limits import Limits

NAME = "bubblewrap"


class BubblewrapProvisioner(LocalProvisioner):
    """Starts the kernel's command inside the sandbox.

    Registered under the entry point ``jupyter_client.kernel_provisioners``; its settings
    are those of the ``SandboxedKernelManager`` that it belongs to.
    """

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        manager = cast(GradingKernelManager, self.parent)
        folder = Path(manager.connection_file).parent
        uid = spare_uid()
        if uid is not None:
            os.chown(folder, uid, uid)
            os.chown(manager.connection_file, uid, uid)
        # The first process inside is bubblewrap's own: its environment can be read there by the same user.
        kwargs |= {"cwd": "/", "stdout": DEVNULL, "stderr": DEVNULL, "env": {"PATH": os.defpath}}
        return await super().launch_kernel(
            wrap(cmd, folder, Path(manager.beside), manager.limits, manager.torch, uid), **kwargs
        )


class GradingKernelManager(AsyncKernelManager):
    """A kernel of this Python over Unix sockets, in the sandbox unless ``sandboxed`` is false.

    beside: the folder of the files that lie beside the notebook
    """

    sandboxed = Bool(True)
    torch = Bool(False)
    limits = Instance(Limits, ())
    beside = Unicode()

    @property
    def kernel_spec(self) -> KernelSpec:
        provisioner = NAME if self.sandboxed else "local-provisioner"
        return KernelSpec(
            argv=["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            display_name="grading",
            language="python",
            interrupt_mode="message",
            metadata={"kernel_provisioner": {"provisioner_name": provisioner, "config": {}}},
        )
