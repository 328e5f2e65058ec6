"""layers.py SRC: modules import downwards only. The order is the list below; whoever adds a module gives it a place there."""

import pathlib
import re
import sys

# From the bottom to the top. Each may use those before it.
ORDER = ["sync", "panics", "timeline", "cancel", "job", "options", "task", "generator", "stream", "executor", "iter", "guide"]

# What all may name: what macros expand to, and what stands at the crate's root.
ROOT = {"__private", "prelude", "init", "remote", "coroutine", "generator", "stream", "try_stream", "yield_from"}


def imports(text):
    """The modules of the crate that some code names; comments and documentation may name what they like."""
    code = re.sub(r"//[^\n]*", "", text)
    for one, several in re.findall(r"(?<!\$)\bcrate::(?:(\w+)|\{([^;]*)\})", code):
        if one:
            yield one
        else:
            depth, top = 0, ""
            for c in several:
                depth += (c == "{") - (c == "}")
                top += c if depth == 0 else ""
            yield from (part.split("::")[0].strip() for part in top.split(","))


def main(src):
    wrong = []
    seen = set()
    for file in sorted(src.rglob("*.rs")):
        module = file.relative_to(src).parts[0].removesuffix(".rs")
        if module == "lib":
            continue
        if module not in ORDER:
            wrong.append(f"{file}: the module `{module}` has no place in the order")
            continue
        # Tests of a module may use the whole crate.
        if "tests" in file.stem or "loom_tests" in file.parts:
            continue
        text = file.read_text().split("#[cfg(test)]\nmod tests", 1)[0]
        for name in imports(text):
            if name in ORDER:
                seen.add((module, name))
                if ORDER.index(name) > ORDER.index(module):
                    wrong.append(f"{file}: `{module}` imports `{name}`, which is above it")
            elif name not in ROOT:
                wrong.append(f"{file}: `crate::{name}` is no module of the order")
    if not seen:
        wrong.append(f"found no import in {src}: is it the library's source?")
    print("\n".join(wrong) or f"{len(seen)} pairs of modules, each downwards")
    return bool(wrong)


sys.exit(main(pathlib.Path(sys.argv[1])))
