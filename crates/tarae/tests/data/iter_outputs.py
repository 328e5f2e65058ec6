"""Records what CPython's itertools give: python3 iter_outputs.py > iter_outputs.txt

One case a line: name, arguments, answer, separated by tabs. Read by tests/iter/outputs.rs.
"""
import itertools as it
import platform
import random


def line(*fields):
    print("\t".join(fields))


def words(xs):
    return " ".join(str(x) for x in xs)


print(f"# CPython {platform.python_version()}, by iter_outputs.py")

# count: start, step, how many.
for start, step, n in [(0, 1, 5), (10, 5, 4), (3, -1, 6), (-7, 3, 6), (5, 0, 3), (2**40, -(2**38), 7)]:
    line("count", words([start, step, n]), words(it.islice(it.count(start, step), n)))
for start, step, n in [(0.0, 0.1, 20), (0.5, 0.25, 8), (-1.0, 1e-9, 12), (-0.0, 1.0, 3), (0.0, float("inf"), 3), (1e16, 1.0, 6)]:
    # DIFFERENCE: CPython adds up. What its documentation recommends instead is what tarae does.
    line("count_float", words([start, step, n]), words([start] + [start + step * i for i in range(1, n)]))
    line("count_drift", words([start, step, n]), words(it.islice(it.count(start, step), n)))

rng = random.Random(3)
lists = [[], [5], [3, 3], [1, 2, 3], [2, 4, 6], [1, 1, 2, 2, 2, 1]]
lists += [[rng.randrange(4) for _ in range(rng.randrange(30))] for _ in range(20)]
for xs in lists:
    line("filterfalse_even", words(xs), words(it.filterfalse(lambda x: x % 2 == 0, xs)))
    line("accumulate_sum", words(xs), words(it.accumulate(xs)))
    line("accumulate_max", words(xs), words(it.accumulate(xs, max)))
    line("accumulate_sub", words(xs), words(it.accumulate(xs, lambda a, x: a - x)))
    line("accumulate_from", words(xs), words(it.accumulate(xs, lambda a, x: a - x, initial=100)))
    line("groupby", words(xs), ",".join(f"{k}:{words(g)}" for k, g in it.groupby(xs)))
    line("groupby_even", words(xs), ",".join(f"{int(k)}:{words(g)}" for k, g in it.groupby(xs, lambda x: x % 2 == 0)))

for pool in ["", "A", "AB", "ABC", "ABCDE"]:
    for n in range(5):
        # "()" so that one empty tuple is not nothing.
        line("product", f"{pool} {n}", words("(" + "".join(t) + ")" for t in it.product(pool, repeat=n)))


def trace(xs, steps):
    """What each step gives, and how many items have been pulled by then. G: the next group. I: its next item."""
    pulled = 0

    def source():
        nonlocal pulled
        for x in xs:
            pulled += 1
            yield x

    groups, group, out = it.groupby(source()), None, []
    for step in steps:
        if step == "G":
            pair = next(groups, None)
            if pair is None:
                out.append(f"none/{pulled}")
                # There is no group that could be asked. In Rust the borrow ends here too.
                break
            key, group = pair
            out.append(f"{key}/{pulled}")
        else:
            out.append(f"{next(group, 'none')}/{pulled}")
    return words(out)


for xs in lists:
    for _ in range(6):
        steps = "G" + "".join(rng.choice("GII") for _ in range(12))
        line("trace", words(xs), steps, trace(xs, steps))
