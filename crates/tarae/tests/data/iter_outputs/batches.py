"""Records what CPython's itertools give: python3 batches.py > batches.txt

Needs CPython 3.13. One case a line: name, arguments, answer, separated by tabs. Read by tests/iter_outputs/batches.rs.
"""
import itertools as it
import platform
import random


def line(*fields):
    print("\t".join(fields))


def words(xs):
    return " ".join(str(x) for x in xs)


def strict(xs, n):
    out = []
    try:
        for batch in it.batched(xs, n, strict=True):
            out.append(words(batch))
    except ValueError:
        out.append("error")
    return ",".join(out)


print(f"# CPython {platform.python_version()}, by batches.py")

rng = random.Random(8)
lists = [list(range(n)) for n in range(13)]
lists += [[rng.randrange(100) for _ in range(rng.randrange(60))] for _ in range(20)]
for xs in lists:
    for n in [1, 2, 3, 4, 8, 100]:
        line("batched", f"{n}", words(xs), ",".join(words(batch) for batch in it.batched(xs, n)))
        line("strict", f"{n}", words(xs), strict(xs, n))
