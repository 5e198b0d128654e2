"""Serves one model over HTTP: POST /model/parse and /model/vectors, GET /status, GET /version.

The token comes from SPINDEL_RASA_TOKEN, never from the command line, which anybody on the
machine can read. When the model has answered once, the port is opened and one line of JSON
goes to stdout.
"""

import argparse
import contextlib
import json
import logging
import os
import socket
import sys
import warnings
from pathlib import Path
from typing import NoReturn

from spindel_nlu.serving.files import checked_model

os.environ["RASA_TELEMETRY_ENABLED"] = "false"
os.environ.setdefault("OMP_NUM_THREADS", "1")
warnings.filterwarnings("ignore", category=DeprecationWarning)

SET_UP = 3  # exit code
BACKLOG = 100
MODEL_HELP = "<fingerprint>.tar.gz, or the folder of models for the current one"
TOKEN = "SPINDEL_RASA_TOKEN"  # noqa: S105 - the variable's name

log = logging.getLogger("spindel_nlu.serve")


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help=MODEL_HELP)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=5005, help="0: a free one")
    parser.add_argument(
        "--die-with-parent",
        type=int,
        nargs="?",
        const=os.getppid(),
        metavar="PID",
        help="end when the parent ends; PID: the parent's own process id",
    )
    return parser.parse_args()


def serve(model: Path, token: str, host: str, port: int) -> None:
    """Load the model, open the port, answer until told to stop."""
    # Slow to import: a wrong command line is answered at once.
    from spindel_nlu.serving.app import make_app
    from spindel_nlu.serving.model import Model

    loaded = Model(model)
    app = make_app(loaded, token)
    with listening(host, port) as sock:
        bound = sock.getsockname()[1]
        ready = {"host": host, "port": bound, "fingerprint": loaded.fingerprint}
        print(json.dumps({**ready, "pipeline": loaded.pipeline}), flush=True)
        log.info("%s (%s) on %s:%d", loaded.fingerprint[:12], loaded.pipeline, host, bound)
        app.run(sock=sock, motd=False, access_log=False)


def listening(host: str, port: int) -> socket.socket:
    """Return a socket at which callers may queue. Raises OSError when the port is taken."""
    sock = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
        sock.listen(BACKLOG)
    except OSError:
        sock.close()
        raise
    return sock


def refuse(reason: str) -> NoReturn:
    """Say why nothing can be served, and end."""
    log.error(reason)
    sys.exit(SET_UP)


def stay_with(parent: int) -> None:
    """End when the parent ends."""
    from spindel_nlu.serving.process import ParentGoneError, die_with

    try:
        die_with(parent)
    except ParentGoneError as error:
        refuse(str(error))


def main() -> None:
    """Serve until told to stop."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="rasa: %(message)s")
    for chatty in ("sanic.root", "sanic.error", "rasa"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    asked = arguments()
    if asked.die_with_parent is not None:
        stay_with(asked.die_with_parent)
    token = os.environ.pop(TOKEN, "")
    if not token:
        refuse(f"{TOKEN} is empty: a server without a token is refused")
    try:
        model = checked_model(asked.model)
    except (FileNotFoundError, ValueError) as error:
        refuse(str(error))
    try:
        with contextlib.suppress(KeyboardInterrupt):
            serve(model, token, asked.host, asked.port)
    except OSError as error:
        refuse(f"{asked.host}:{asked.port}: {error.strerror}")


if __name__ == "__main__":
    main()
