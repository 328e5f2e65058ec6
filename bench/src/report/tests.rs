//! The report of a small run, against files that were looked at; and the pages that are in the repository.

use super::*;
use crate::results::tests::run;
use std::path::PathBuf;

const ROWS: &str = "\
task/batch\twall time a task\tBatches & more
task/batch/hand\tlimit\tchart\tby <hand>
task/batch/ours\tours\tchart\ttarae
task/batch/rayon\tpeer\tchart\trayon
task/batch/chili\tpeer\ttable\tchili
task/batch/nobody\tpeer\tchart\tnot measured
task/idle_wakeups\tours\ttable\twake-ups: tarae
flow/map\tCPU time an item\tA map
flow/map/ours\tours\tchart\ttarae
flow/map/peer_a\tpeer\tchart\tpeer_a
";

const GOALS: &str = "name\top\tlimit\twhat
task/batch_vs_rayon\t>=\t5\t
task/idle_wakeups\t<=\t0\t
process/map_tasks_per_s\t>=\t1\t
";

fn results() -> Results {
    let mut results = Results::default();
    let times = [
        ("task/batch/hand", 20.0, (19.0, 21.5)),
        ("task/batch/ours", 40.0, (39.0, 44.0)),
        ("task/batch/rayon", 4321.0, (4000.0, 4444.0)),
        ("task/batch/chili", 800.0, (800.0, 801.0)),
        ("flow/map/ours", 82.0, (81.0, 83.0)),
        ("flow/map/peer_a", 91.0, (90.0, 95.0)),
    ];
    for (name, median, half) in times {
        results.measured.time.insert(name.to_string(), median);
        results.measured.middle_half.insert(name.to_string(), half);
    }
    results.measured.instructions.insert("task/batch/ours".to_string(), 163.25);
    results.measured.counted.insert("task/idle_wakeups".to_string(), 2.0);
    results.runs.insert("task", run("0123456789abcdef"));
    results.runs.insert("flow", run("0123456789abcdef"));
    results
}

/// Compares with a file of `golden/`, or writes it if TARAE_GOLDEN is set: look at it before it is committed.
fn agrees(name: &str, text: &str) {
    let file = here().join("src/report/golden").join(name);
    if std::env::var_os("TARAE_GOLDEN").is_some() {
        fs::write(&file, text).unwrap();
    }
    assert_eq!(text, fs::read_to_string(&file).unwrap(), "{name}: TARAE_GOLDEN=1 writes it");
}

fn of<'a>(area: &'a str, rows: &'a Rows) -> impl Iterator<Item = &'a rows::Group> {
    rows.groups.iter().filter(move |group| group.is_of(area))
}

fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Well-formed, with words for who cannot see it, and not larger than a page can bear.
fn is_a_chart(svg: &str) {
    let document = roxmltree::Document::parse(svg).unwrap();
    let root = document.root_element();
    assert_eq!((root.tag_name().name(), root.attribute("role")), ("svg", Some("img")));
    let words = |name| root.children().find(|node| node.has_tag_name(("http://www.w3.org/2000/svg", name)));
    for name in ["title", "desc"] {
        assert!(words(name).is_some_and(|node| node.text().is_some_and(|text| text.len() > 5)), "{name}");
    }
    assert!(svg.len() < 60_000, "{} bytes", svg.len());
}

#[test]
fn a_small_run_is_reported_as_it_was() {
    let rows = Rows::parse(ROWS).unwrap();
    let goals = Goal::parse_all(GOALS).unwrap();
    // Which versions are compared with is not this test's.
    let page = page::write(&rows, &goals, &results()).unwrap();
    let page: Vec<_> = page.lines().filter(|line| !line.starts_with("| Peers |")).collect();
    agrees("page.txt", &(page.join("\n") + "\n"));
    let svg = chart::draw(of("task", &rows), title("task"), &note(&run("c1")), &results().measured).unwrap();
    is_a_chart(&svg);
    agrees("task.svg", &svg);
}

#[test]
fn what_has_a_meaning_elsewhere_is_escaped() {
    let rows = Rows::parse(ROWS).unwrap();
    let page = page::write(&rows, &[], &results()).unwrap();
    assert!(
        page.contains("by &lt;hand>") && page.contains("peer\\_a") && page.contains("Batches &amp; more")
    );
    let svg = chart::draw(of("task", &rows), "<more> & more", "", &results().measured).unwrap();
    is_a_chart(&svg);
}

#[test]
fn what_was_not_measured_is_no_number() {
    let rows = Rows::parse(ROWS).unwrap();
    let page = page::write(&rows, &[], &results()).unwrap();
    assert!(page.contains("| not measured | not timed | | |"), "{page}");
    let mut missing = results();
    missing.missing.push("iter has not been measured".to_string());
    assert!(page::write(&rows, &[], &missing).unwrap_err().contains("iter"));
    assert!(chart::draw(of("iter", &rows), "t", "", &results().measured).is_err());
}

#[test]
fn a_row_that_is_not_known_is_an_error() {
    let mut more = results();
    more.measured.time.insert("task/batch/secret".to_string(), 1.0);
    assert!(page::write(&Rows::parse(ROWS).unwrap(), &[], &more).unwrap_err().contains("secret"));
}

#[test]
fn the_report_of_the_repository_is_whole() {
    let folder = here().join("../docs/bench");
    let page = fs::read_to_string(folder.join("README.md")).unwrap();
    for name in AREAS.into_iter().chain(["overview"]) {
        is_a_chart(&fs::read_to_string(folder.join(format!("{name}.svg"))).unwrap());
        assert!(page.contains(&format!("]({name}.svg)")), "the page does not show {name}");
    }
    for (_, link) in
        page.split("](").skip(1).map(|part| part.split_once(')').unwrap()).map(|(link, rest)| (rest, link))
    {
        assert!(folder.join(link).exists(), "{link}");
    }
}

#[test]
fn what_stands_for_all_is_of_each_area() {
    let rows = Rows::of_the_project().unwrap();
    let seen: Vec<_> =
        OVERVIEW.iter().map(|name| rows.group(name).expect("a group of the project")).collect();
    assert!(AREAS.iter().all(|area| seen.iter().any(|group| group.is_of(area))));
}
