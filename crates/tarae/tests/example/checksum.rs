//! The example `checksum` as a program: what it prints, and how it exits.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The sums of "" and "abc", from FIPS 180-2.
const OF_NOTHING: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const OF_ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

/// Cargo builds the examples for `cargo test`, into a folder beside that of this test's executable.
fn example() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let path = own.ancestors().nth(2).unwrap().join("examples/checksum");
    assert!(
        path.exists(),
        "{path:?} is missing: build it with `cargo build --profile test --example checksum`"
    );
    path
}

/// A folder of this test's own, empty, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        fs::create_dir(&path).unwrap();
        Folder(path)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs the example on it: what it prints, with `DIR` for the folder, what it complains of, and its exit code.
    fn run(&self) -> (String, String, Option<i32>) {
        let run = Command::new(example()).arg(&self.0).stdin(Stdio::null()).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap().replace(self.0.to_str().unwrap(), "DIR");
        (text(run.stdout), text(run.stderr), run.status.code())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
#[cfg_attr(miri, ignore = "starts a program, and Miri starts none")]
fn every_file_has_its_line_in_order() {
    let folder = Folder::new("checksum-order");
    for name in ["b", "a/z", "a/b/empty", "c\nd", "e f"] {
        folder.write(name, if name == "a/b/empty" { "" } else { "abc" });
    }
    fs::create_dir(folder.0.join("a/nothing")).unwrap();
    let lines = format!(
        "{OF_NOTHING}  DIR/a/b/empty\n{OF_ABC}  DIR/a/z\n{OF_ABC}  DIR/b\n\\{OF_ABC}  DIR/c\\nd\n{OF_ABC}  DIR/e f\n"
    );
    assert_eq!(folder.run(), (lines, String::new(), Some(0)));
}

#[test]
#[cfg_attr(miri, ignore = "starts a program, and Miri starts none")]
fn more_files_than_are_looked_up_ahead_come_in_order() {
    let folder = Folder::new("checksum-many");
    (0..300).for_each(|n| folder.write(&format!("{n:03}"), "abc"));
    let lines: String = (0..300).map(|n| format!("{OF_ABC}  DIR/{n:03}\n")).collect();
    assert_eq!(folder.run(), (lines, String::new(), Some(0)));
}

#[test]
#[cfg_attr(miri, ignore = "starts a program, and Miri starts none")]
fn what_cannot_be_read_is_said_and_the_rest_is_hashed() {
    let folder = Folder::new("checksum-failures");
    folder.write("a", "abc");
    folder.write("c", "abc");
    symlink("nowhere", folder.0.join("b")).unwrap(); // as if it had vanished after it was listed
    symlink(&folder.0, folder.0.join("d")).unwrap(); // a way round in a circle, which is not taken
    symlink("a", folder.0.join("e")).unwrap();
    let (lines, complaints, code) = folder.run();
    assert_eq!(lines, format!("{OF_ABC}  DIR/a\n{OF_ABC}  DIR/c\n{OF_ABC}  DIR/e\n"));
    assert_eq!(complaints, "checksum: DIR/b: No such file or directory (os error 2)\n");
    assert_eq!(code, Some(1));
}

#[test]
#[cfg(target_os = "linux")]
#[cfg_attr(miri, ignore = "starts a program, and Miri starts none")]
fn so_is_what_can_be_opened_and_not_read() {
    let folder = Folder::new("checksum-unreadable");
    folder.write("b", "abc");
    symlink("/proc/self/mem", folder.0.join("a")).unwrap(); // nothing lies at its address 0
    let complaint = "checksum: DIR/a: Input/output error (os error 5)\n";
    assert_eq!(folder.run(), (format!("{OF_ABC}  DIR/b\n"), complaint.to_owned(), Some(1)));
}

#[test]
#[cfg_attr(miri, ignore = "starts a program, and Miri starts none")]
fn an_empty_folder_has_no_lines() {
    assert_eq!(Folder::new("checksum-empty").run(), (String::new(), String::new(), Some(0)));
}

#[test]
#[cfg_attr(miri, ignore = "starts a program, and Miri starts none")]
fn no_folder_is_a_failure() {
    let folder = Folder::new("checksum-none");
    fs::remove_dir(&folder.0).unwrap();
    let complaint = "checksum: DIR: No such file or directory (os error 2)\n";
    assert_eq!(folder.run(), (String::new(), complaint.to_owned(), Some(1)));
}
