//! The short examples as programs: each is short, and prints what its head says.
#![cfg(all(unix, not(loom)))]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::watched;

/// What these print differs from run to run: they have tests of their own.
const VARYING: [&str; 4] = ["checksum", "ctrl_c", "many_waits", "progress"];

/// More than an idea.
const LONG: [&str; 1] = ["checksum"];

/// The files of one example each, by name. (Those that are folders have tests of their own.)
fn examples() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut sources: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap())
        })
        .collect();
    sources.sort();
    sources
}

/// The command at the head of an example, and what comes of it.
fn head(name: &str, source: &str) -> (Vec<String>, String) {
    let mut lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    let prompt = format!(" $ cargo run --release --example {name}");
    let command = lines.find_map(|line| line.strip_prefix(&prompt));
    let command = command.unwrap_or_else(|| panic!("{name} shows at its head no run of it:{prompt}"));
    let shown =
        lines.take_while(|line| *line != " ```").map(|line| format!("{}\n", line.get(1..).unwrap_or("")));
    (command.split_whitespace().map(str::to_owned).collect(), shown.collect())
}

/// Cargo builds the examples for `cargo test`, into a folder beside that of this test's executable.
fn program(name: &str) -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let path = own.ancestors().nth(2).unwrap().join("examples").join(name);
    assert!(
        path.exists(),
        "{path:?} is missing: build it with `cargo build --profile test --example {name}`"
    );
    path
}

#[test]
#[cfg_attr(miri, ignore = "starts programs, and Miri starts none")]
fn each_prints_what_its_head_says() {
    watched(|| {
        // What they write is written here.
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("examples-{}", std::process::id()));
        fs::create_dir(&folder).unwrap();
        let mut run = 0;
        for (name, source) in examples().iter().filter(|(name, _)| !VARYING.contains(&name.as_str())) {
            let (arguments, shown) = head(name, source);
            let output = Command::new(program(name))
                .args(arguments)
                .current_dir(&folder)
                .stdin(Stdio::null())
                .output()
                .unwrap();
            assert!(output.status.success(), "{name}: {output:?}");
            assert_eq!(String::from_utf8(output.stdout).unwrap(), shown, "{name}");
            assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{name}");
            run += 1;
        }
        assert!(run > 5, "only {run} examples were found");
        fs::remove_dir_all(folder).unwrap();
    });
}

#[test]
#[cfg_attr(miri, ignore = "reads the disk")]
fn each_is_one_idea_that_fits_on_a_page() {
    for (name, source) in examples().iter().filter(|(name, _)| !LONG.contains(&name.as_str())) {
        let lines = source.lines().count();
        assert!(lines < 80, "{name} has {lines} lines");
    }
}
