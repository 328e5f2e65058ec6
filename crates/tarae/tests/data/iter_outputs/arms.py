"""Records what CPython's tee and more-itertools' distribute and partition give, step by step: python3 arms.py > arms.txt

One case a line: name, arguments, steps, what each step gave and how many items had been pulled by then, separated by
tabs. Read by tests/iter_outputs/arms.rs.
"""
import copy
import itertools as it
import platform
import random

import more_itertools as mi


def line(*fields):
    print("\t".join(fields))


def words(xs):
    return " ".join(str(x) for x in xs)


print(f"# CPython {platform.python_version()}, more-itertools {mi.__version__}, by arms.py")
rng = random.Random(5)


def trace(make, xs, steps):
    """nI: the next item of arm I. cI: a copy of arm I becomes a new arm. dI: arm I is dropped."""
    pulled = 0

    def source():
        nonlocal pulled
        for x in xs:
            pulled += 1
            yield x

    arms, out = list(make(source())), []
    for step in steps:
        i = int(step[1:])
        if step[0] == "c":
            arms.append(copy.copy(arms[i]))
        elif step[0] == "d":
            arms[i] = None
        else:
            out.append(f"{next(arms[i], 'none')}/{pulled}")
    return words(out)


def steps(arms, copies):
    alive, n, out = set(range(arms)), arms, []
    for _ in range(rng.randrange(60)):
        if not alive:
            break
        i = rng.choice(sorted(alive))
        op = rng.choice("n" * 12 + ("ccd" if copies else "d"))
        if op == "n":
            out += [f"n{i}"] * rng.choice([1, 1, 1, 2, 5, 9])
        else:
            out.append(f"{op}{i}")
            if op == "c":
                alive.add(n)
                n += 1
            else:
                alive.remove(i)
    return out


for _ in range(16):
    for arms in range(1, 5):
        xs = [rng.randrange(10) for _ in range(rng.randrange(40))]
        todo = steps(arms, True)
        line("tee", str(arms), words(xs), words(todo), trace(lambda s: it.tee(s, arms), xs, todo))
        todo = steps(arms, False)
        line("distribute", str(arms), words(xs), words(todo), trace(lambda s: mi.distribute(arms, s), xs, todo))
    todo = steps(2, False)
    # DIFFERENCE: more-itertools gives the rest first.
    line("partition", words(xs), words(todo), trace(lambda s: reversed(mi.partition(lambda x: x % 3 == 0, s)), xs, todo))
