//! The example `process_pool` as a program: it prints what its head says.
#![cfg(all(unix, not(loom)))]

use std::process::{Command, Stdio};

#[test]
#[cfg_attr(miri, ignore = "starts a program, and Miri starts none")]
fn it_prints_what_its_head_says() {
    let own = std::env::current_exe().unwrap();
    // Cargo builds the examples for `cargo test`, into a folder beside that of this test's executable.
    let path = own.ancestors().nth(2).unwrap().join("examples/process_pool");
    let output = Command::new(&path).stdin(Stdio::null()).output();
    let output = output.unwrap_or_else(|error| panic!("{path:?}: {error}"));
    assert!(output.status.success(), "{output:?}");

    let source = include_str!("../../examples/process_pool.rs");
    let head = source.lines().skip_while(|line| !line.starts_with("//! squares"));
    let said: Vec<&str> =
        head.map_while(|line| line.strip_prefix("//! ")).take_while(|line| *line != "```").collect();
    assert!(said.len() > 5);
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().collect::<Vec<_>>(), said);
    // What the panic itself has to say is captured.
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
