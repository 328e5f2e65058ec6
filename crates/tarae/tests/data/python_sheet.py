"""Runs the Python of PYTHON.md and records what it gives: python3 python_sheet.py > python_sheet.json

With CPython 3.13 and more-itertools (`pip install more-itertools==11.2.1`). Read by tests/python_sheet.rs.
With `--fill` it also writes what was given into the page: the second cell of each row, the lines under each prompt.

The recipes of the documentation are run as more-itertools ships them; none is copied here.
"""
import collections
import contextlib
import doctest
import functools
import heapq
import io
import itertools
import json
import math
import operator
import pathlib
import platform
import re
import sys
from importlib.metadata import version

import more_itertools

PAGE = pathlib.Path(__file__).resolve().parents[4] / "PYTHON.md"

# The page of Python 3.14.3 has these; `tabulate` was there until 3.14.2 and `partition` until 3.13. The last line came
# with a later version.
RECIPES = """
    take prepend running_mean repeatfunc flatten ncycles loops tail consume nth quantify first_true all_equal
    unique_justseen unique_everseen unique sliding_window grouper roundrobin subslices derangements iter_index iter_except
    multinomial powerset sum_of_squares reshape transpose matmul convolve polynomial_from_roots polynomial_eval
    polynomial_derivative sieve factor is_prime totient
    tabulate partition
    running_min running_max running_median running_statistics
""".split()

# Nothing has been added between 3.13 and 3.14.
ITERTOOLS = sorted(name for name in dir(itertools) if not name.startswith("_")) + ["chain.from_iterable"]


def namespace(section):
    """What a line of a section may use."""
    names = {module.__name__: module for module in [collections, functools, heapq, itertools, math, operator]}
    names |= {name: getattr(operator, name) for name in ["add", "mul", "itemgetter"]}
    names |= {"Counter": collections.Counter, "reduce": functools.reduce}
    names |= {name: getattr(itertools, name) for name in ITERTOOLS if "." not in name}
    if section in ["recipes", "more-itertools"]:
        names |= {name: getattr(more_itertools, name) for name in all_of_more_itertools() if name not in ITERTOOLS}
    return names


def all_of_more_itertools():
    from more_itertools import more, recipes

    return sorted(set(more.__all__ + recipes.__all__))


def items(value):
    """An iterator is shown as the list of its items."""
    return list(value) if isinstance(value, (collections.abc.Iterator, range)) else value


def in_order(values):
    return sorted(values, key=lambda value: json.dumps(value, separators=(",", ":"), ensure_ascii=False))


def encoded(value):
    """As tests/python_sheet/shown.rs has it."""
    value = items(value)
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            # As text: not every reader of JSON reads all digits.
            return {"float": repr(value)}
        case list() | tuple() | collections.deque():
            return [encoded(item) for item in value]
        case set() | frozenset():
            return {"set": in_order(encoded(item) for item in value)}
        case dict():
            return {"dict": in_order([encoded(k), encoded(v)] for k, v in value.items())}
        case more_itertools.Stats():
            return [encoded(getattr(value, name)) for name in ["size", "minimum", "median", "maximum", "mean"]]
    raise TypeError(f"no form for {value!r}")


def row(section, python, what_differs):
    names = namespace(section)
    record = {"section": section, "python": python}
    try:
        value = items(eval(python, names))
    except ValueError as error:
        record |= {"gives": f"ValueError: {error}", "value": {"raises": True}}
    else:
        record |= {"gives": repr(value), "value": encoded(value)}
    if differs := re.match("gives `([^`]*)`", what_differs):
        record |= {"differs_text": differs[1], "differs": encoded(eval(differs[1], names))}
    return record


def cells(line):
    return [cell.strip().replace("\0", "|") for cell in line.strip()[1:-1].replace("\\|", "\0").split("|")]


def line_of(cells):
    return "|" + "|".join(f" {cell} ".replace("|", "\\|") if cell else " " for cell in cells) + "|"


def session(text, names):
    """Runs what was typed at the prompt: (typed, shown) of each."""
    for example in doctest.DocTestParser().get_examples(text):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            try:
                exec(compile(example.source, "<session>", "single"), names)
            except Exception as error:
                message = f"{type(error).__name__}: {error}".removesuffix(": ")
                out.write(f"Traceback (most recent call last):\n    ...\n{message}\n")
        yield example.source, out.getvalue()


def prompt(source, shown):
    first, *more = source.splitlines()
    return [">>> " + first] + [("... " + line).rstrip() for line in more] + shown.splitlines()


def run(page):
    """The page with what Python gives filled in, and the record."""
    rows, sessions, filled = [], [], []
    heading = None
    in_table = False
    lines = iter(page.splitlines())
    for line in lines:
        if line.startswith("##"):
            heading = line.split()[-1]
            if line.startswith("## "):
                names = namespace(None)
        if not line.startswith("|"):
            in_table = False
        elif cells(line) == ["Python", "gives", "Rust", "what differs"]:
            in_table = True
        if in_table and line.startswith("| `"):
            python, _, rust, what_differs = cells(line)
            rows.append(row(heading, python[1:-1], what_differs))
            filled.append(line_of([python, f"`{rows[-1]['gives']}`", rust, what_differs]))
        elif line == "```pycon":
            block = itertools.takewhile(lambda line: line != "```", lines)
            filled.append(line)
            for source, shown in session("\n".join(block) + "\n", names):
                sessions.append({"source": source, "shown": shown})
                filled += prompt(source, shown)
            filled.append("```")
        else:
            filled.append(line)
    record = {
        "by": f"python_sheet.py, CPython {platform.python_version()}, more-itertools {version('more-itertools')}",
        "itertools": ITERTOOLS,
        "recipes": RECIPES,
        "more-itertools": all_of_more_itertools(),
        "rows": rows,
        "sessions": sessions,
    }
    return "\n".join(filled) + "\n", record


def main():
    filled, record = run(PAGE.read_text())
    if "--fill" in sys.argv:
        PAGE.write_text(filled)
    # One row a line, so that a change shows as one.
    parts = []
    for key, value in record.items():
        one_a_line = isinstance(value, list) and isinstance(value[0], dict)
        lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in value) if one_a_line else ""
        parts.append(f"{json.dumps(key)}: " + (f"[\n{lines}\n]" if one_a_line else json.dumps(value)))
    print("{\n" + ",\n".join(parts) + "\n}")


if __name__ == "__main__":
    main()
