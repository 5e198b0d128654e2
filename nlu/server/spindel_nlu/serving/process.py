"""A process that does not outlive the one that started it (Linux)."""

import ctypes
import os
import signal

SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG in <sys/prctl.h>


class ParentGoneError(RuntimeError):
    """The parent ended before its end could be watched for."""


def die_with(parent: int) -> None:
    """Ask the kernel to kill this process when `parent` ends.

    The kernel watches the thread that started this process, so that must be one that lives as
    long as the parent does.

    Args:
        parent: the process id of the parent, as the parent knows it.

    Raises:
        ParentGoneError: when the parent has ended already.
        OSError: when the kernel refuses.
    """
    kernel = ctypes.CDLL(None, use_errno=True)
    if kernel.prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    # It may have ended between the start of this process and the request above.
    if os.getppid() != parent:
        raise ParentGoneError(f"process {parent} is not the parent")
