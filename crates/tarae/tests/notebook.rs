//! The example `notebook` shows, cell by cell, what was recorded when the notebook ran in Python.
//!
//! It is built and run as a user would, with the work lists in full: sums of up to a billion items, which take minutes unless
//! they are optimised, as these tests are not.

tarae::init!();

#[expect(dead_code, reason = "`main` is for cargo; here `start` and `run` are called")]
#[path = "../examples/notebook/main.rs"]
mod example;

#[path = "notebook/cells.rs"]
mod cells;
#[path = "notebook/compare.rs"]
mod compare;
#[path = "notebook/mutate.rs"]
mod mutate;
#[path = "notebook/page.rs"]
mod page;
#[path = "notebook/reader.rs"]
mod reader;
#[path = "notebook/sections.rs"]
mod sections;
#[path = "notebook/tasks.rs"]
mod tasks;
#[path = "notebook/values.rs"]
mod values;

use example::work::{MOST_ITEMS, Work};
use page::Page;
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// What the example prints: built and run once for all tests.
fn page() -> &'static Page {
    static PAGE: OnceLock<Page> = OnceLock::new();
    PAGE.get_or_init(|| {
        // Without the link-time optimisation that budgets are measured with: it takes long, and wins nothing here.
        let run = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--release", "--package", "tarae", "--example", "notebook"])
            .envs([("CARGO_PROFILE_RELEASE_LTO", "off"), ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")])
            .stdin(Stdio::null())
            .output()
            .expect("cargo starts");
        assert!(run.status.success(), "the notebook: {}", String::from_utf8_lossy(&run.stderr));
        let text = String::from_utf8(run.stdout).expect("the notebook prints text");
        Page::read(&text).unwrap_or_else(|why| panic!("{why}"))
    })
}

fn run(work: &Work) -> String {
    let mut out = Vec::new();
    example::run(&mut out, work).unwrap();
    String::from_utf8(out).unwrap()
}

/// All messages at once: one change can break several cells.
fn assert_none(failures: Vec<String>) {
    assert!(failures.is_empty(), "{} failed\n\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_cell_is_there_in_order() {
    let numbers: Vec<u32> = page().cells.iter().map(|cell| cell.number).collect();
    let recorded: Vec<u32> = cells::recorded().iter().map(|cell| cell.number).collect();
    assert_eq!(recorded.len(), 65);
    assert_eq!(numbers, recorded);
}

#[test]
fn every_cell_has_words_of_its_own() {
    for cell in &page().cells {
        assert!(!cell.words.trim().is_empty(), "In [{}] says nothing", cell.number);
    }
}

#[test]
fn every_cell_shows_what_was_recorded() {
    let pairs = page().cells.iter().zip(cells::recorded());
    assert_none(pairs.filter_map(|(cell, recorded)| compare::cell(recorded, &cell.shown).err()).collect());
}

/// A comparison that nothing fails compares nothing.
#[test]
fn every_change_of_a_cell_is_noticed() {
    let mut tried = 0;
    let mut missed = Vec::new();
    for (cell, recorded) in page().cells.iter().zip(cells::recorded()) {
        for (what, changed) in mutate::all(recorded.number, &cell.shown) {
            tried += 1;
            if compare::cell(recorded, &changed).is_ok() {
                missed.push(format!("In [{}]: {what}:\n{changed}", cell.number));
            }
        }
    }
    assert!(tried > 5_000, "only {tried} changes tried");
    assert_none(missed);
}

#[test]
fn after_the_notebook() {
    assert_none(sections::check(&page().sections));
}

#[test]
fn every_change_of_what_comes_after_is_noticed() {
    let mut missed = Vec::new();
    for at in 0..page().sections.len() {
        for (what, changed) in mutate::of_section(&page().sections[at].shown) {
            let mut sections = page().sections.clone();
            sections[at].shown = changed;
            if sections::check(&sections).is_empty() {
                missed.push(format!("{}: {what}:\n{}", sections[at].words, sections[at].shown));
            }
        }
    }
    assert_none(missed);
}

#[test]
fn numbers_run_the_sums_alone() {
    let worklist = [1_000, 2_000_000, 0, 1];
    let page = Page::read(&run(&Work::Lists(worklist.into()))).unwrap();
    let numbers: Vec<u32> = page.cells.iter().map(|cell| cell.number).collect();
    assert_eq!(numbers, [59, 69, 78]);
    assert!(page.sections.is_empty());
    tasks::map(&worklist, &page.cells[0].shown).unwrap();
    tasks::wait(&worklist, &page.cells[1].shown).unwrap();
    tasks::as_completed(&worklist, &page.cells[2].shown).unwrap();
}

/// What the command line gives: the exit code, what is printed and what is complained about.
fn start(arguments: &[&str], out: &mut dyn Write) -> (u8, String) {
    let mut complaint = Vec::new();
    let code = example::start(arguments.iter().map(OsString::from), None, out, &mut complaint);
    (code, String::from_utf8(complaint).unwrap())
}

#[test]
fn numbers_are_read_from_the_command_line() {
    let mut out = Vec::new();
    assert_eq!(start(&["1000", "0020"], &mut out), (0, String::new()));
    let page = Page::read(&String::from_utf8(out).unwrap()).unwrap();
    tasks::map(&[1_000, 20], &page.cells[0].shown).unwrap();
}

#[test]
fn bad_arguments_are_refused() {
    let too_large = (MOST_ITEMS + 1).to_string();
    for (argument, said) in [
        ("many", "\"many\" is no whole number"),
        ("-1", "\"-1\" is no whole number"),
        ("+1", "\"+1\" is no whole number"),
        ("1e4", "\"1e4\" is no whole number"),
        ("", "\"\" is no whole number"),
        (&too_large, "the sum of 1 to 6074001000 does not fit into 64 bits"),
        ("99999999999999999999999", "the sum of 1 to 99999999999999999999999 does not fit into 64 bits"),
    ] {
        let mut out = Vec::new();
        let (code, complaint) = start(&["1000", argument], &mut out);
        assert_eq!((code, out.len()), (2, 0), "{argument}");
        assert!(complaint.starts_with(&format!("notebook: {said}; give numbers")), "{complaint}");
    }
}

#[test]
fn what_ran_when_is_drawn_into_the_file_that_is_named() {
    let file = std::env::temp_dir().join(format!("tarae-notebook-test-{}.svg", std::process::id()));
    let name = file.to_str().unwrap();
    let mut out = Vec::new();
    let (code, said) = start(&["1000", "--timeline", name, "20"], &mut out);
    assert_eq!((code, said), (0, format!("notebook: what ran when is drawn in {name}\n")));
    let page = Page::read(&String::from_utf8(out).unwrap()).unwrap();
    tasks::map(&[1_000, 20], &page.cells[0].shown).unwrap();
    let picture = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert!(picture.starts_with("<svg") && picture.contains(" tasks on "), "{picture}");

    let mut out = Vec::new();
    let (code, said) = start(&["1000", "--timeline"], &mut out);
    assert_eq!((code, out.len()), (2, 0));
    assert_eq!(said, "notebook: --timeline needs a file, such as `--timeline run.svg`\n");
}

/// The bound is exact: the longest sum fits, and the next does not.
#[test]
fn the_longest_sum_fits() {
    let sum = |n: u64| (u128::from(n) * u128::from(n + 1)) / 2;
    assert!(sum(MOST_ITEMS) <= u128::from(u64::MAX));
    assert!(sum(MOST_ITEMS + 1) > u128::from(u64::MAX));
}

/// Fails every write after so many.
struct Failing {
    writes_left: usize,
    kind: io::ErrorKind,
}

impl Write for Failing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writes_left = self.writes_left.checked_sub(1).ok_or(self.kind)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_that_leaves_ends_it_quietly() {
    for writes_left in [0, 1, 10, 100, 1_000] {
        let out = &mut Failing { writes_left, kind: io::ErrorKind::BrokenPipe };
        assert_eq!(start(&[], out), (0, String::new()));
    }
}

#[test]
fn what_cannot_be_written_is_an_error() {
    let (code, complaint) = start(&["10"], &mut Failing { writes_left: 3, kind: io::ErrorKind::StorageFull });
    assert_eq!(code, 1);
    assert!(complaint.contains("storage"), "{complaint}");
}
