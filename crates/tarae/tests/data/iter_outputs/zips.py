"""Records what CPython's compress, zip(strict=True) and more-itertools' roundrobin give: python3 zips.py > zips.txt

One case a line: name, arguments, answer, separated by tabs. Read by tests/iter_outputs/zips.rs.
"""
import itertools as it
import platform
import random

import more_itertools as mi


def line(*fields):
    print("\t".join(fields))


def words(xs):
    return " ".join(str(x) for x in xs)


class Pulled:
    """An iterator that counts what it has given."""

    def __init__(self, xs):
        self.left, self.pulled = iter(xs), 0

    def __iter__(self):
        return self

    def __next__(self):
        x = next(self.left)
        self.pulled += 1
        return x


print(f"# CPython {platform.python_version()}, more-itertools {mi.__version__}, by zips.py")
rng = random.Random(4)

for _ in range(60):
    data = [rng.randrange(10) for _ in range(rng.randrange(9))]
    selectors = [rng.randrange(2) for _ in range(rng.randrange(9))]
    a, b = Pulled(data), Pulled(selectors)
    # How much had been pulled of each by each item, and at the end.
    out = [f"{x}/{a.pulled}/{b.pulled}" for x in it.compress(a, b)]
    line("compress", words(data), words(selectors), words(out), f"{a.pulled} {b.pulled}")

for n in range(5):
    for m in range(5):
        a, b, out, longer = Pulled(range(n)), Pulled(range(10, 10 + m)), [], "neither"
        try:
            for x, y in zip(a, b, strict=True):
                out.append(f"{x}:{y}")
        except ValueError as error:
            longer = {"longer": "second", "shorter": "first"}[str(error).split()[4]]
        line("zip_strict", f"{n} {m}", words(out), longer, f"{a.pulled} {b.pulled}")

lists = [[], [[]], [[], []], [[1], [], [2]], [[1, 2, 3]]]
lists += [[[rng.randrange(100) for _ in range(rng.randrange(5))] for _ in range(rng.randrange(6))] for _ in range(30)]
for xss in lists:
    # A "-" for each list, so that an empty one is not nothing.
    line("roundrobin", ",".join(words(["-", *xs]) for xs in xss), words(mi.roundrobin(*xss)))
