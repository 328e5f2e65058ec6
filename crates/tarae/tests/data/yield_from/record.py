"""Records the traces of CPython's own tests of `yield from`: python3 record.py > traces.json

For any CPython from 3.13 on that has its `test` package. Each test of test_yield_from.py is run as it is, and must pass.
What its `assertEqual` is given as `trace` is written down, as strings; a test that compares several gives them one after
the other. Read by tests/generator/yield_from_traces.rs.
"""
import inspect
import json
import platform
import sys
import unittest

from test import test_yield_from


def recording(case, traces):
    """The test case `case`, which notes every list called `trace` that it compares."""

    class Recording(case):
        def assertEqual(self, first, second, msg=None):
            super().assertEqual(first, second, msg)
            caller = inspect.currentframe().f_back
            if first is caller.f_locals.get("trace"):
                traces.setdefault(self._testMethodName, []).extend(str(line) for line in first)

    return Recording


def main():
    if platform.python_implementation() != "CPython" or sys.version_info < (3, 13):
        sys.exit(f"record with CPython 3.13 or later: this is {platform.python_implementation()} {platform.python_version()}")
    traces = {}
    cases = [case for case in vars(test_yield_from).values() if isinstance(case, type) and issubclass(case, unittest.TestCase)]
    tests = unittest.TestSuite(
        unittest.defaultTestLoader.loadTestsFromTestCase(recording(case, traces)) for case in cases
    )
    result = unittest.TextTestRunner(stream=sys.stderr).run(tests)
    if not result.wasSuccessful() or result.skipped or not traces:
        sys.exit("CPython's own tests did not all pass, or compared nothing")
    answer = {
        "by": f"CPython {platform.python_version()}, Lib/test/test_yield_from.py, recorded by record.py",
        "licence": "PSF-2.0, see LICENSE.PSF and NOTICE.md",
        "traces": traces,
    }
    print(json.dumps(answer, indent=1, sort_keys=True))


if __name__ == "__main__":
    main()
