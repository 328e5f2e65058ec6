"""Runs the blocks of Python of pages, by Python's doctest: python3 ci/pycon.py PAGE...

A page is one session: what a block defines, those after it may use. What a line gives must be what stands under it.
"""
import doctest
import multiprocessing
import pathlib
import re
import sys

# A page's functions are this program's, so that other processes find them.
import __main__

BLOCK = re.compile(r"^```pycon\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def check(page):
    """Runs a page: how many lines were run, and how many gave something else."""
    text = pathlib.Path(page).read_text(encoding="utf-8")
    parser = doctest.DocTestParser()
    examples = []
    for block in BLOCK.finditer(text):
        line = text.count("\n", 0, block.start(1))
        for example in parser.get_examples(block[1], page):
            example.lineno += line
            examples.append(example)
    test = doctest.DocTest(examples, {}, page, page, 0, text)
    names = vars(__main__)
    own = dict(names)
    test.globs = names
    result = doctest.DocTestRunner(verbose=False).run(test, clear_globs=False)
    names.clear()
    names.update(own)  # the next page begins anew
    return result


if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    wrong = []
    for page in sys.argv[1:]:
        result = check(page)
        print(f"{page}: {result.attempted} lines of Python run")
        if result.failed or not result.attempted:
            wrong.append(page)
    if wrong or not sys.argv[1:]:
        sys.exit(f"pycon.py: wrong, or without a line of Python: {wrong}")
