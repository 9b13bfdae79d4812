"""Several people at the same moment, each on a connection of their own."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection

from shared.lifecycle import WorkflowError


def at_once(*steps: Callable[[], object]) -> list[str]:
    """Run the steps at the same moment, each on a connection of its own; gives what each came to."""
    barrier, results = Barrier(len(steps)), [""] * len(steps)

    def run(number: int, step: Callable[[], object]) -> None:
        barrier.wait()
        try:
            step()
            results[number] = "done"
        except WorkflowError:
            results[number] = "refused"
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
