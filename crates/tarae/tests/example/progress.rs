//! The example `progress` as a program: what it prints, and how it exits.
#![cfg(unix)]

use std::process::{Command, Output, Stdio};

fn run(argument: &str) -> Output {
    let own = std::env::current_exe().unwrap();
    // Cargo builds the examples for `cargo test`, into a folder beside that of this test's executable.
    let path = own.ancestors().nth(2).unwrap().join("examples/progress");
    assert!(
        path.exists(),
        "{path:?} is missing: build it with `cargo build --profile test --example progress`"
    );
    Command::new(path).arg(argument).stdin(Stdio::null()).output().unwrap()
}

#[test]
#[cfg_attr(miri, ignore = "starts a program, and Miri starts none")]
fn it_says_what_it_found_and_draws_no_bar_where_there_is_no_terminal() {
    for (numbers, found) in [
        ("50", "of 1 to 50, 27 needs the most steps: 111"),
        ("1", "of 1 to 1, 1 needs the most steps: 0"),
        ("0", "of no numbers, none needs the most steps"),
    ] {
        let output = run(numbers);
        assert!(output.status.success());
        assert_eq!(output.stderr, b"");
        let printed = String::from_utf8(output.stdout).unwrap();
        let [first, second] = printed.lines().collect::<Vec<_>>()[..] else {
            panic!("not two lines: {printed}")
        };
        assert_eq!(first, found);
        let tasks =
            second.strip_prefix(&format!("{numbers} items were ")).unwrap().strip_suffix(" tasks").unwrap();
        assert!(tasks.parse::<u64>().unwrap() <= numbers.parse().unwrap(), "{second}");
    }
}

#[test]
#[cfg_attr(miri, ignore = "starts a program, and Miri starts none")]
fn what_is_no_number_is_refused() {
    let output = run("many");
    assert_eq!(output.status.code(), Some(1));
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert!(complaint.contains("is no number of numbers; give one such as 1000"), "{complaint}");
}
