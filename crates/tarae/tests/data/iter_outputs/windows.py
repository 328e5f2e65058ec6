"""Records what CPython's itertools and more-itertools give: python3 windows.py > windows.txt

Needs CPython 3.13 and `pip install more-itertools`. One case a line: name, arguments, answer, separated by tabs.
Read by tests/iter_outputs/windows.rs.
"""
import itertools as it
import platform
import random
from importlib.metadata import version

import more_itertools as mit


def line(*fields):
    print("\t".join(fields))


def words(xs):
    return " ".join(str(x) for x in xs)


def groups(xs):
    return ",".join(words(x) for x in xs)


print(f"# CPython {platform.python_version()}, more-itertools {version('more-itertools')}, by windows.py")

rng = random.Random(7)
lists = [[], [5], [3, 3], [1, 2, 3], [1, 2, 3, 4]]
lists += [[rng.randrange(100) for _ in range(rng.randrange(30))] for _ in range(20)]
for xs in lists:
    line("pairwise", words(xs), groups(it.pairwise(xs)))
    for n in range(1, 6):
        line("sliding", f"{n}", words(xs), groups(mit.sliding_window(xs, n)))
        for step in range(1, 8):
            # What the last window is filled up with is no window's item.
            windows = [[x for x in w if x is not None] for w in mit.windowed(xs, n, step=step)]
            line("windowed", f"{n} {step}", words(xs), groups(windows))
