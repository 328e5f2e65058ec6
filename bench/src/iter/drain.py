"""What CPython's itertools cost: nanoseconds an item that is made and dropped, several times each.

Prints a row, a tab and a number on each line, as `measured.rs` reads them.
"""

import sys
import time
from collections import deque
from itertools import combinations, permutations, product

ROUNDS = 15

CASES = {
    "product4": (lambda: product(range(21), repeat=4), 21**4),
    "combinations4": (lambda: combinations(range(48), 4), 48 * 47 * 46 * 45 // 24),
    "permutations9": (lambda: permutations(range(9)), 362_880),
}

if sys.implementation.name != "cpython" or sys.version_info < (3, 13):
    sys.exit("needs CPython 3.13 or later")

for make, items in CASES.values():
    assert sum(1 for _ in make()) == items
# Round by round: what others do on the machine meanwhile is in one round only, of which the median is none.
for _ in range(ROUNDS):
    for name, (make, items) in CASES.items():
        start = time.thread_time_ns()
        deque(make(), maxlen=0)
        print(f"iter/{name}_drain/cpython\t{(time.thread_time_ns() - start) / items}")
