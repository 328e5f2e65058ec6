"""What CPython's Executor.map costs: nanoseconds of CPU an item, over all threads, several times.

Prints a row, a tab and a number on each line, as `measured.rs` reads them.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

ROUNDS = 7
WORKERS = 2
ITEMS = 2000


def work(item):
    return item


def executor_map(pool):
    return sum(pool.map(work, range(ITEMS)))


def plain_map(pool):
    return sum(map(work, range(ITEMS)))


if sys.implementation.name != "cpython" or sys.version_info < (3, 13):
    sys.exit("needs CPython 3.13 or later")

with ThreadPoolExecutor(WORKERS) as pool:
    executor_map(pool)  # starts the threads
    for _ in range(ROUNDS):
        for program in executor_map, plain_map:
            start = time.process_time_ns()
            answer = program(pool)
            took = time.process_time_ns() - start
            assert answer == ITEMS * (ITEMS - 1) // 2
            print(f"flow/python/{program.__name__}\t{took / ITEMS}")
