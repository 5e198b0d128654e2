"""Starts `spindel run` over and over, each as a process of its own, without importing it anew.

`python -m tests.faults.hatchery` reads JSON lines {"env": {…}, "log": FILE} and answers
{"hatched": PID}; when a process ends it tells {"ended": PID, "code": CODE or -SIGNAL}. Every
process dies with the hatchery. What runs in them is the command line's own `run`.
"""

import ctypes
import gc
import json
import os
import select
import signal
import sys
from pathlib import Path

import bot.slack.app
from bot.__main__ import main as spindel
from tests.faults import shifted

_PR_SET_PDEATHSIG = 1


def _child(order: dict[str, object]) -> None:
    """Become the bot."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    log = os.open(str(order["log"]), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    env = order["env"]
    assert isinstance(env, dict)
    os.environ.update(env)
    shifted.install(Path(env["FAULTS_CLOCK"])) if env.get("FAULTS_CLOCK") else None
    sys.argv = ["spindel", "run"]
    try:
        spindel()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    sys.stderr.flush()
    os._exit(code)


def _reap() -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        print(json.dumps({"ended": pid, "code": os.waitstatus_to_exitcode(status)}), flush=True)


def main() -> None:
    """Hatch until the input ends."""
    assert bot.slack.app
    gc.collect()
    gc.freeze()
    # Unbuffered: a line read ahead would not be seen by select.
    orders = os.fdopen(0, "rb", buffering=0)
    ears, mouth = os.pipe()
    os.set_blocking(ears, False)
    os.set_blocking(mouth, False)
    signal.set_wakeup_fd(mouth)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    print(json.dumps({"ready": True}), flush=True)
    while True:
        ready, _, _ = select.select([0, ears], [], [])
        if ears in ready:
            os.read(ears, 4096)
            _reap()
        if 0 in ready:
            line = orders.readline()
            if not line:
                return
            order = json.loads(line)
            pid = os.fork()
            if pid == 0:
                _child(order)
            print(json.dumps({"hatched": pid}), flush=True)


if __name__ == "__main__":
    main()
