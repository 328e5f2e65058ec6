"""pages.py: what the pages of the repository promise. Every link inside it resolves; every block of code is of a kind that something
compiles or runs; every command names what is there; every section with a measured number has the command that measures it.

Run from the root. Prints what is wrong, a line each."""

import pathlib
import re
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(".")
FENCE = re.compile(r"^( *)(```+|~~~+) *(\S*)\s*$")
LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?([^()\s>]+(?:\([^()\s]*\))?[^()\s>]*)>?\s*\)")
REFERENCE = re.compile(r"^\[[^\]]+\]:\s*(\S+)", re.M)
# Units that only a measurement gives; `seconds` may be a limit that the reader chooses.
MEASURED = re.compile(
    r"\d(?:[\d.,]*\d)?\s*(?:ns|nanoseconds?|µs|us|microseconds?|instructions|나노초|마이크로초|명령어)\b", re.I
)
COMMAND = re.compile(r"`[^`]{0,160}(?:\bci/\w+\.sh|\bcargo (?:run|bench|test))[^`]{0,160}`|^ *(?:bash )?(?:ci/\w+\.sh|cargo run)\b", re.M)


def tracked(pattern):
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", pattern], capture_output=True, text=True, check=True)
    return [pathlib.Path(line) for line in listed.stdout.splitlines() if pathlib.Path(line).exists()]


def blocks(text):
    """The fenced blocks, as (language, line, content), and the text with them blanked."""
    found, rest, opened = [], [], None
    for at, line in enumerate(text.splitlines(), 1):
        fence = FENCE.match(line)
        if opened is None and fence:
            opened = (fence[2], fence[3], at, [])
            rest.append("")
        elif opened is not None and fence and fence[2].startswith(opened[0]) and not fence[3]:
            found.append((opened[1], opened[2], "\n".join(opened[3])))
            opened = None
            rest.append("")
        elif opened is not None:
            opened[3].append(line)
            rest.append("")
        else:
            rest.append(line)
    return found, "\n".join(rest)


def slug(heading):
    """A heading's anchor, as repository viewers make it."""
    heading = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").strip().lower()
    return re.sub(r"[^\w\- ]", "", heading).replace(" ", "-")


def anchors(page):
    _, text = blocks(page.read_text())
    seen, found = {}, set()
    for heading in re.findall(r"^#+\s+(.*)$", text, re.M):
        name = slug(heading)
        count = seen.get(name, 0)
        seen[name] = count + 1
        found.add(name if count == 0 else f"{name}-{count}")
    return found | set(re.findall(r"<a (?:name|id)=\"([^\"]+)\"", text))


def links(page, text, wrong):
    text = re.sub(r"`[^`\n]*`", "``", text)
    for target in LINK.findall(text) + REFERENCE.findall(text) + re.findall(r"<img src=\"([^\"]+)\"", text):
        # What rustdoc resolves, ci/docs.sh checks.
        if re.match(r"[a-z+]+:", target) or "::" in target or re.match(r"(macro|fn|mod|trait)@", target):
            continue
        file, _, anchor = target.partition("#")
        there = (page.parent / file) if file else page
        if file.endswith("()") or (file and not re.search(r"[./]", file) and not there.exists()):
            continue
        if not there.exists():
            wrong(f"{page}: the link to `{target}` leads nowhere")
        elif anchor and there.suffix == ".md" and anchor.lower() not in anchors(there):
            wrong(f"{page}: `{file or page.name}` has no heading for `#{anchor}`")


def included():
    """The pages whose blocks of Rust are tests: those that a source file includes as documentation."""
    pages = set()
    for source in tracked("*.rs"):
        for name in re.findall(r"doc = include_str!\(\s*\"([^\"]+\.md)\"", source.read_text()):
            pages.add((source.parent / name).resolve())
    return pages


def code(page, found, tested, checked_python, wrong):
    for language, line, content in found:
        kind = re.split(r"[,{ ]", language)[0]
        place = f"{page}:{line}"
        if kind in ("rust", "rust,no_run") or language.startswith(("compile_fail", "should_panic", "no_run")):
            if page.resolve() not in tested:
                wrong(f"{place}: a block of Rust in a page that no crate includes: nothing compiles it")
            if "ignore" in language:
                wrong(f"{place}: a block that is ignored")
        elif kind in ("python", "pycon"):
            if not any(page.name in text for text in checked_python):
                wrong(f"{place}: a block of Python that no test reads")
        elif kind == "toml":
            try:
                tomllib.loads(content)
            except tomllib.TOMLDecodeError as problem:
                wrong(f"{place}: {problem}")
        elif kind in ("sh", "text"):
            pass  # commands are looked at with those in the text; the rest is a picture or an output
        else:
            wrong(f"{place}: a block of `{language or 'no language'}`: say `rust`, `python`, `sh`, `toml` or `text`")


def commands(page, text, wrong):
    for script in set(re.findall(r"\bci/(\w+)\.sh", text)):
        if not (ROOT / f"ci/{script}.sh").exists():
            wrong(f"{page}: there is no ci/{script}.sh")
    for example in set(re.findall(r"--example (\w+)", text)):
        if not any((ROOT / "crates/tarae/examples").glob(f"{example}*")):
            wrong(f"{page}: there is no example `{example}`")
    for binary in set(re.findall(r"--bin (\w+)", text)):
        if not (ROOT / f"bench/src/bin/{binary}.rs").exists():
            wrong(f"{page}: there is no program `{binary}`")


def numbers(page, text, wrong):
    sections = re.split(r"^(#+ .*)$", text, flags=re.M)
    for heading, section in zip(["(its beginning)"] + sections[1::2], sections[0::2]):
        number = MEASURED.search(section)
        if number and not COMMAND.search(section):
            wrong(f"{page}: under `{heading}`, `{number[0]}` has no command beside it that measures it")


def pictures(page, text, sources, wrong):
    """Names of functions in what is drawn: `Type::function` and `module::function`."""
    drawn = "\n".join(line for line in text.splitlines() if line.startswith("    "))
    for owner, name in sorted(set(re.findall(r"\b(\w+)::(\w+)", drawn))):
        if name == "poll" and owner == "Future":
            continue
        for word in (owner, name):
            if not re.search(rf"\b{word}\b", sources):
                wrong(f"{page}: there is no `{word}`, as in `{owner}::{name}`")


def main():
    problems = []
    sources = "\n".join(file.read_text() for file in tracked("crates/*/src/*.rs"))
    sources += " ".join(file.stem for file in tracked("crates/*/src/*.rs"))
    tested = included()
    checked_python = [file.read_text() for file in tracked("*.rs") if "tests" in file.parts]
    checked_python.append((ROOT / "ci/docs.sh").read_text())  # has ci/pycon.py run those of the guide
    pages = tracked("*.md")
    for page in pages:
        whole = page.read_text()
        found, text = blocks(whole)
        links(page, text, problems.append)
        code(page, found, tested, checked_python, problems.append)
        commands(page, whole, problems.append)
        numbers(page, text, problems.append)
        pictures(page, text, sources, problems.append)
    lines = (ROOT / "README.md").read_text().count("\n")
    if lines >= 150:
        problems.append(f"README.md has {lines} lines, and is to have fewer than 150")
    print("\n".join(problems) or f"{len(pages)} pages: links, code, commands and numbers are as they should be")
    return bool(problems)


sys.exit(main())
