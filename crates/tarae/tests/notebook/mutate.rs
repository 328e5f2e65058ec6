//! Changes that a comparison must notice.

use std::ops::Range;

/// Every way to leave out, repeat or add a line, and every letter and digit changed, each with what was done. What a
/// cell's comparison masks is not changed.
pub(crate) fn all(cell: u32, shown: &str) -> Vec<(String, String)> {
    let masked = match cell {
        13 | 16 | 37 => spans(shown, "0x", &[" ", ">"]),
        59 | 69 | 78 => {
            [spans(shown, "Time : ", &["s\n"]), spans(shown, " items in ", &[" items per"])].concat()
        }
        _ => Vec::new(),
    };
    changes(shown, &masked)
}

/// The same for what comes after the notebook.
pub(crate) fn of_section(shown: &str) -> Vec<(String, String)> {
    // Where a task was submitted, but for the file; which process it was; and how long it took.
    let masked = [
        spans(shown, "(submitted at ", &["examples"]),
        spans(shown, "examples", &["after.rs", "processes.rs"]),
        spans(shown, "after.rs:", &[")"]),
        spans(shown, "processes.rs:", &[")"]),
        spans(shown, "its worker, process ", &[","]),
        spans(shown, " items in ", &[" items per"]),
        spans(shown, "them ended ", &[" ms"]),
    ]
    .concat();
    changes(shown, &masked)
}

fn changes(shown: &str, masked: &[Range<usize>]) -> Vec<(String, String)> {
    let lines: Vec<&str> = shown.split_inclusive('\n').collect();
    let mut changes = vec![
        ("a line more".to_owned(), format!("{shown}x\n")),
        ("an empty line more".to_owned(), format!("{shown}\n")),
        ("a line before".to_owned(), format!("x\n{shown}")),
    ];
    for at in 0..lines.len() {
        let with = |times: usize| {
            let lines = lines.iter().enumerate();
            lines.map(|(i, line)| line.repeat(if i == at { times } else { 1 })).collect::<String>()
        };
        changes.push((format!("without line {at}"), with(0)));
        changes.push((format!("line {at} twice"), with(2)));
    }
    for (at, c) in shown.char_indices() {
        let other = match c {
            '0'..='8' => char::from(c as u8 + 1),
            '9' => '0',
            'z' => 'y',
            _ if c.is_ascii_alphabetic() => 'z',
            _ => continue,
        };
        if !masked.iter().any(|span| span.contains(&at)) {
            let changed = format!("{}{other}{}", &shown[..at], &shown[at + 1..]);
            changes.push((format!("{other:?} for {c:?} at {at}"), changed));
        }
    }
    changes
}

/// What stands after each `begin`, up to the first `end` after it.
fn spans(text: &str, begin: &str, ends: &[&str]) -> Vec<Range<usize>> {
    text.match_indices(begin)
        .map(|(at, _)| {
            let from = at + begin.len();
            let length = ends.iter().filter_map(|end| text[from..].find(end)).min().unwrap_or(0);
            from..from + length
        })
        .collect()
}
