"""Keep Python's collector of cycles from walking through every batch again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Let rows go as they fall out of use; cycles are looked for between batches only.

    An import makes many small objects that live for one batch; the collector, started by their
    number, would take a third of the time and find nothing.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def collect_young() -> None:
    """Free the cycles made lately: those of the driver hold the values of whole statements."""
    gc.collect(0)
