//! Reads the page, and writes its rows as tests.

use std::collections::HashMap;
use std::fmt::Write;

/// The parts of the page that claim something.
pub(crate) struct Page {
    /// What stands before each Rust line.
    pub(crate) imports: String,
    pub(crate) sections: Vec<Section>,
    /// What was typed at Python's prompt, and what it showed.
    pub(crate) sessions: Vec<(String, String)>,
}

/// A table, under the last word of its heading.
pub(crate) struct Section {
    pub(crate) name: String,
    pub(crate) rows: Vec<Row>,
}

pub(crate) struct Row {
    pub(crate) python: String,
    /// What Python gives; of an iterator, the list of its items.
    pub(crate) gives: String,
    pub(crate) rust: String,
    /// What Rust gives, if that is something else on purpose.
    pub(crate) differs: Option<String>,
}

const HEAD: [&str; 4] = ["Python", "gives", "Rust", "what differs"];

impl Page {
    pub(crate) fn read(text: &str) -> Page {
        let mut page = Page { imports: String::new(), sections: Vec::new(), sessions: Vec::new() };
        let mut heading = "";
        let mut in_table = false;
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if let Some(title) = line.strip_prefix("##") {
                heading = title;
            } else if let Some(language) = line.strip_prefix("```") {
                let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
                match language {
                    "rust" if page.imports.is_empty() => page.imports = block.join("\n"),
                    "pycon" => page.sessions.extend(session(&block)),
                    _ => {}
                }
            } else if line.starts_with("| ") {
                let cells = cells(line);
                if cells == HEAD {
                    let name = heading.split_whitespace().last().expect("a table has a heading").to_owned();
                    page.sections.push(Section { name, rows: Vec::new() });
                    in_table = true;
                } else if in_table {
                    assert_eq!(cells.len(), 4, "a row has four cells: {line}");
                    page.sections.last_mut().expect("its head was there").rows.push(Row::read(&cells));
                }
            } else if !line.starts_with('|') {
                in_table = false;
            }
        }
        page
    }

    pub(crate) fn section(&self, name: &str) -> &Section {
        self.sections
            .iter()
            .find(|section| section.name == name)
            .unwrap_or_else(|| panic!("no section {name}"))
    }
}

impl Row {
    fn read(cells: &[String]) -> Row {
        let code = |cell: &str| {
            let code = cell.strip_prefix('`').and_then(|cell| cell.strip_suffix('`'));
            code.unwrap_or_else(|| panic!("not a span of code: {cell}")).to_owned()
        };
        let differs =
            cells[3].strip_prefix("gives `").map(|rest| rest.split('`').next().unwrap_or(rest).to_owned());
        Row { python: code(&cells[0]), gives: code(&cells[1]), rust: code(&cells[2]), differs }
    }
}

/// The cells of a row. A bar in a cell stands behind a backslash, also in code.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim().strip_prefix('|').and_then(|line| line.strip_suffix('|'));
    let line = line.expect("a row begins and ends with a bar").replace("\\|", "\0");
    line.split('|').map(|cell| cell.trim().replace('\0', "|")).collect()
}

/// What was typed, each with its further lines, and what was shown under it.
fn session(block: &[&str]) -> Vec<(String, String)> {
    let mut typed: Vec<(String, String)> = Vec::new();
    for line in block {
        if let Some(source) = line.strip_prefix(">>> ") {
            typed.push((format!("{source}\n"), String::new()));
            continue;
        }
        let (source, shown) = typed.last_mut().expect("a session begins with the prompt");
        match line.strip_prefix("...") {
            Some(more) if shown.is_empty() => {
                *source += more.strip_prefix(' ').unwrap_or(more);
                source.push('\n');
            }
            _ => {
                *shown += line;
                shown.push('\n');
            }
        }
    }
    typed
}

/// The names that a line of Python calls.
fn called(python: &str) -> impl Iterator<Item = &str> {
    let in_a_name = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    python.match_indices('(').filter_map(move |(at, _)| {
        let before = &python[..at];
        let name = before.trim_end_matches(in_a_name).len();
        Some(&before[name..]).filter(|name| name.starts_with(char::is_alphabetic))
    })
}

/// Whether a line of Python uses a name: calls it, or a method of it. (`chain.from_iterable` is a name of its own.)
pub(crate) fn uses(python: &str, name: &str) -> bool {
    called(python).any(|call| {
        let method = call.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        call == name || method && name != "chain"
    })
}

/// What the test of a row is called: as the first name of the section that the line uses, else as the first that it calls.
fn test_name(section: &str, python: &str, names: &[&str]) -> String {
    let name = called(python)
        .find_map(|call| names.iter().find(|name| uses(&format!("{call}()"), name)))
        .copied()
        .or_else(|| called(python).last())
        .unwrap_or("comprehension");
    format!("{section} {name}").to_lowercase().replace(|c: char| !c.is_alphanumeric(), "_")
}

/// The file `rows.rs`: one test a row.
pub(crate) fn tests(page: &Page, names_of: impl Fn(&str) -> Vec<&'static str>) -> String {
    let mut out = String::from(
        "// Written from PYTHON.md by tests/python_sheet.rs, one test a row: as long as that page, and not to be edited.\n\n",
    );
    out += "use super::gives;\nuse super::shown::shown;\n";
    for line in page.imports.lines() {
        writeln!(out, "{line}").unwrap();
    }
    let mut seen: HashMap<String, u32> = HashMap::new();
    for section in &page.sections {
        let names = names_of(&section.name);
        for row in &section.rows {
            let mut name = test_name(&section.name, &row.python, &names);
            let times = seen.entry(name.clone()).or_insert(0);
            *times += 1;
            if *times > 1 {
                write!(name, "_{times}").unwrap();
            }
            writeln!(
                out,
                "\n#[test]\nfn {name}() {{\n    gives({:?}, {:?}, shown!({}));\n}}",
                section.name, row.python, row.rust
            )
            .unwrap();
        }
    }
    out
}
