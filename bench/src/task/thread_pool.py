"""What CPython's ThreadPoolExecutor costs: nanoseconds a task, several times, by the clock on the wall.

Prints a row, a tab and a number on each line, as `measured.rs` reads them.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

ROUNDS = 15
WORKERS = 2


def batch(pool, tasks=1000):
    futures = [pool.submit(lambda n=n: n) for n in range(tasks)]
    return tasks, sum(future.result() for future in futures)


def round_trip(pool, tasks=100):
    return tasks, sum(pool.submit(lambda n=n: n).result() for n in range(tasks))


if sys.implementation.name != "cpython" or sys.version_info < (3, 13):
    sys.exit("needs CPython 3.13 or later")

with ThreadPoolExecutor(WORKERS) as pool:
    batch(pool)  # starts the threads
    # Round by round: what others do on the machine meanwhile is in one round only, of which the median is none.
    for _ in range(ROUNDS):
        for program in batch, round_trip:
            start = time.perf_counter_ns()
            tasks, answer = program(pool)
            took = time.perf_counter_ns() - start
            assert answer == tasks * (tasks - 1) // 2
            print(f"task/{program.__name__}/python\t{took / tasks}")
