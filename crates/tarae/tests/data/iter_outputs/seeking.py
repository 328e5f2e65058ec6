"""Records what more-itertools' seekable and time_limited and Python's iter(callable, sentinel) give:
python3 seeking.py > seeking.txt

One case a line: name, arguments, answer, separated by tabs. Read by tests/iter_outputs/seeking.rs.
"""
import platform
import random

import more_itertools as mi


def line(*fields):
    print("\t".join(fields))


def words(xs):
    return " ".join(str(x) for x in xs)


print(f"# CPython {platform.python_version()}, more-itertools {mi.__version__}, by seeking.py")
rng = random.Random(6)


def trace(length, maxlen, steps):
    """What each step gives and how many items have been pulled by then, and what is remembered at the end."""
    pulled = 0

    def source():
        nonlocal pulled
        for x in range(length):
            pulled += 1
            yield x

    items, out = mi.seekable(source(), maxlen=maxlen), []
    for step in steps:
        if step == "next":
            answer = next(items, "none")
        elif step == "peek":
            answer = items.peek("none")
        elif step[0] == "=":
            answer = items.seek(int(step[1:])) or "ok"
        else:
            answer = items.relative_seek(int(step)) or "ok"
        out.append(f"{answer}/{pulled}")
    return words(out), str(list(items.elements()))


for _ in range(150):
    steps = [rng.choice(["next", "next", "peek", f"={rng.randrange(15)}", f"{rng.randrange(-5, 6):+}"]) for _ in range(15)]
    length = rng.randrange(13)
    line("seekable", str(length), words(steps), *trace(length, None, steps))

# DIFFERENCE: with a limit, `seek` counts from the oldest item there and from the beginning here. Relative steps agree.
for _ in range(150):
    steps = [rng.choice(["next", "next", "peek", f"{rng.randrange(-5, 6):+}"]) for _ in range(15)]
    length, maxlen = rng.randrange(13), rng.randrange(1, 6)
    line("seekable_limited", f"{length} {maxlen}", words(steps), *trace(length, maxlen, steps))

for limit in [0, 10**6]:
    for length in range(4):
        items = mi.time_limited(limit, range(length))
        line("time_limited", str(limit), str(length), words(items), str(items.timed_out).lower())

for _ in range(30):
    xs = [rng.randrange(4) for _ in range(rng.randrange(8))] + [0]
    left = iter(xs)
    out = words(iter(lambda: next(left), 0))
    line("iter_until", words(xs), out, words(left))
