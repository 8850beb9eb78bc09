# Many calls at once, without a queue as long as the registry: a stop takes effect at once, and memory stays small.

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def run_jobs(function: Callable[[Item], Result], items: Iterable[Item], workers: int) -> Iterator[tuple[Item, Result]]:
    """Calls the function for each item in threads; gives results as they come. Items are begun in their order.

    What the function raises is raised here, after the calls under way have ended.
    """
    waiting = iter(items)
    under_way: dict[Future[Result], Item] = {}
    with ThreadPoolExecutor(max_workers=workers, thread_name_prefix="pull") as pool:
        while True:
            for item in islice(waiting, 2 * workers - len(under_way)):
                under_way[pool.submit(function, item)] = item
            if not under_way:
                return
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                yield under_way.pop(future), future.result()
