"""Records what more-itertools' split_* and divide give: python3 splits.py > splits.txt

One case a line: name, arguments, answer, separated by tabs. Read by tests/iter_outputs/splits.rs.
"""
import platform
import random

import more_itertools as mi


def line(*fields):
    print("\t".join(fields))


def words(xs):
    return " ".join(str(x) for x in xs)


print(f"# CPython {platform.python_version()}, more-itertools {mi.__version__}, by splits.py")
rng = random.Random(5)
lists = [[], [0], [1], [0, 0], [1, 0], [0, 1], [1, 2, 3], [0, 1, 0, 0, 2, 0], [2, 1, 1, 3, 0, 4, 4]]
lists += [[rng.randrange(5) for _ in range(rng.randrange(14))] for _ in range(30)]


def record(name, split, predicate, xs, **options):
    """The lists, with how many items had been pulled when each came out, and all calls of the predicate."""
    pulled, calls = 0, 0

    def source():
        nonlocal pulled
        for x in xs:
            pulled += 1
            yield x

    def counting(*args):
        nonlocal calls
        calls += 1
        return predicate(*args)

    out = [f"{part}/{pulled}" for part in split(source(), counting, **options)]
    line(name, words(xs), str(options.get("maxsplit", -1)), " ".join(out), str(calls))


for xs in lists:
    for maxsplit in [-1, 0, 1, 2, 3]:
        for name in ["split_at", "split_before", "split_after"]:
            record(name, getattr(mi, name), lambda x: x == 0, xs, maxsplit=maxsplit)
        record("split_at_keep", mi.split_at, lambda x: x == 0, xs, maxsplit=maxsplit, keep_separator=True)
        record("split_when", mi.split_when, lambda a, b: a > b, xs, maxsplit=maxsplit)

for n in range(1, 8):
    for length in range(20):
        line("divide", str(n), str(length), str([list(part) for part in mi.divide(n, range(length))]))
