"""executors.py EXECUTOR: what a Python executor of processes costs, `python` for the library's own or `loky`.

Says `ready`; then, for each line `TABLE ITEMS` that it reads, how many nanoseconds that took, by the clock on the wall.
Ends with its input.
"""

import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor

WORKERS = 2


def square(x):
    return x * x


def echo(data):
    return data


def sum_of_squares(n):
    return (n - 1) * n * (2 * n - 1) // 6


def round_trip(pool, tasks):
    return sum(pool.submit(square, x).result() for x in range(tasks)), sum_of_squares(tasks)


def submit(pool, tasks):
    futures = [pool.submit(square, x) for x in range(tasks)]
    return sum(future.result() for future in futures), sum_of_squares(tasks)


def map_(pool, tasks):
    return sum(pool.map(square, range(tasks), chunksize=1000)), sum_of_squares(tasks)


def echoes(size):
    data = bytes([7]) * size

    def program(pool, times):
        for _ in range(times):
            back = pool.submit(echo, data).result()
        return back, data

    return program


PROGRAMS = {
    "round_trip": round_trip,
    "submit": submit,
    "map": map_,
    "echo1mb": echoes(1 << 20),
    "echo100mb": echoes(100 << 20),
}


def make(executor):
    if executor == "python":
        # The fastest of its ways to start, where it can be had.
        return lambda: ProcessPoolExecutor(WORKERS, mp_context=multiprocessing.get_context("fork"))
    import loky

    return lambda: loky.ProcessPoolExecutor(WORKERS)


def first_result(executor, times):
    took = 0
    for _ in range(times):
        start = time.perf_counter_ns()
        pool = executor()
        answer = pool.submit(square, 7).result()
        took += time.perf_counter_ns() - start
        assert answer == 49
        pool.shutdown()
    return took


def main():
    if sys.implementation.name != "cpython" or sys.version_info < (3, 13):
        sys.exit("needs CPython 3.13 or later")
    try:
        executor = make(sys.argv[1])
    except ImportError as missing:
        sys.exit(f"{sys.executable}: {missing}; pip has it")
    pool = None
    print("ready", flush=True)
    for line in sys.stdin:
        table, items = line.split()
        if table == "first_result":
            took = first_result(executor, int(items))
        else:
            if pool is None:
                pool = executor()
            start = time.perf_counter_ns()
            answer, expected = PROGRAMS[table](pool, int(items))
            took = time.perf_counter_ns() - start
            assert answer == expected
        print(took, flush=True)
    if pool is not None:
        pool.shutdown()


# Workers that are not forked read this file again: they must not start workers.
if __name__ == "__main__":
    main()
