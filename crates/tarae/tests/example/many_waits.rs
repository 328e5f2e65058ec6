//! The example `many_waits` as a program: thousands of waits at once, on as few threads as it says.
#![cfg(target_os = "linux")]

use std::process::Command;

use crate::support::watched;

#[test]
#[cfg_attr(miri, ignore = "starts a program, and Miri starts none")]
fn thousands_wait_at_once_on_a_thread_or_two() {
    watched(|| {
        let own = std::env::current_exe().unwrap();
        // Cargo builds the examples for `cargo test`, into a folder beside that of this test's executable.
        let path = own.ancestors().nth(2).unwrap().join("examples/many_waits");
        assert!(
            path.exists(),
            "{path:?} is missing: build it with `cargo build --profile test --example many_waits`"
        );
        let output = Command::new(path).arg("5000").output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let printed = String::from_utf8(output.stdout).unwrap();
        let [pool, local, apart, sockets] = printed.lines().collect::<Vec<_>>()[..] else {
            panic!("not four lines: {printed}")
        };
        for (line, who, threads) in [(pool, "a pool of one worker", 3), (local, "this thread alone", 2)] {
            let rest = line.strip_prefix(&format!("{who}: 5000 timers of 100ms in ")).unwrap();
            let (seconds, rest) = rest.split_once(" s, ").unwrap();
            assert!(seconds.parse::<f64>().unwrap() < 100.0, "as if they had waited in a row: {line}");
            assert_eq!(rest, format!("with {threads} threads in all"));
        }
        assert_eq!(apart, "one after the other: 500s");
        assert_eq!(sockets, "this thread alone: 100 of 100 questions answered, with 2 threads in all");
    });
}
