"""Records what CPython's itertools and more-itertools give: python3 choose.py > choose.txt

One case a line: name, arguments, answer, separated by tabs. Read by tests/iter_outputs/choose.rs.
"""
import itertools as it
import math
import platform
import random
from importlib.metadata import version

import more_itertools as mi


def line(*fields):
    print("\t".join(str(field) for field in fields))


print(f"# CPython {platform.python_version()}, more-itertools {version('more-itertools')}, by choose.py")

# pool, k: how many there are, and each.
for pool in ["", "A", "AB", "ABA", "ABCD", "ABCDE"]:
    for k in range(5):
        for name, choices in [
            ("product", it.product(pool, repeat=k)),
            ("combinations", it.combinations(pool, k)),
            ("combinations_with_replacement", it.combinations_with_replacement(pool, k)),
            ("permutations", it.permutations(pool, k)),
        ]:
            words = ["".join(choice) for choice in choices]
            line(name, pool, k, len(words), ",".join(words))

# n, k, index: the choice of that number, from range(n).
rng = random.Random(4)
product = lambda n, k, index: mi.nth_product(index, *[range(n)] * k)
combination = lambda n, k, index: mi.nth_combination(range(n), k, index)
replacement = lambda n, k, index: mi.nth_combination_with_replacement(range(n), k, index)
permutation = lambda n, k, index: mi.nth_permutation(range(n), k, index)
with_replacement = lambda n, k: math.comb(n + k - 1, k)
for name, nth, total, sizes in [
    ("nth_product", product, pow, [(1, 3), (10, 4), (48, 4), (1000, 8), (70, 20)]),
    ("nth_combination", combination, math.comb, [(5, 5), (48, 4), (52, 5), (100, 50), (1000, 2), (3000, 11), (130, 66)]),
    ("nth_replacement", replacement, with_replacement, [(1, 4), (48, 4), (20, 30), (1000, 3)]),
    ("nth_permutation", permutation, math.perm, [(3, 3), (9, 9), (22, 4), (30, 30), (64, 5), (65, 5), (200, 3)]),
]:
    for n, k in sizes:
        # A number beyond 2**128 is none in Rust.
        top = min(total(n, k), 2**128)
        for index in sorted({0, top // 2, top - 1} | {rng.randrange(top) for _ in range(5)}):
            line(name, n, k, index, " ".join(str(place) for place in nth(n, k, index)))
