//! What a recording holds, and the files that are made of it: each task once, where it ran, within the time and within each
//! other; and both files are well-formed, whatever the names.
#![cfg(feature = "timeline")]
#![forbid(unsafe_code)]

#[path = "executor_contract/support.rs"]
mod support;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use support::{Gate, hold, watched};
use tarae::prelude::*;
use tarae::timeline::{self, AlreadyRecording, Event, Timeline};

/// There is one recording at a time in a process.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn recorded(f: impl FnOnce() + Send + 'static) -> Timeline {
    let (_alone, result) = (alone(), Arc::new(Mutex::new(None)));
    let place = result.clone();
    watched(move || {
        let recording = timeline::start().unwrap();
        f();
        *place.lock().unwrap() = Some(recording.finish());
    });
    result.lock().unwrap().take().unwrap()
}

fn named(pool: &ThreadPool, name: impl Into<String>, job: impl FnOnce() + Send + 'static) -> Task<()> {
    pool.submit_with(Options::new().name(name.into()), job)
}

fn names(timeline: &Timeline) -> Vec<String> {
    let mut names: Vec<String> = timeline.tasks().map(|task| task.label().to_string()).collect();
    names.sort();
    names
}

fn find<'a>(timeline: &'a Timeline, name: &str) -> &'a Event {
    let found = |event: &&Event| event.name.as_deref() == Some(name);
    timeline.tasks().find(found).unwrap_or_else(|| panic!("{name} is missing"))
}

/// What must hold of every recording.
fn check(timeline: &Timeline) {
    for thread in timeline.threads() {
        let mut around: Vec<&Event> = Vec::new();
        for event in &thread.events {
            assert!(event.start <= event.end && event.end <= timeline.length(), "{event:?}");
            around.truncate(event.depth);
            assert_eq!(around.len(), event.depth, "{event:?}");
            if let Some(outer) = around.last() {
                assert!(
                    outer.start <= event.start && event.end <= outer.end,
                    "{event:?} is not in {outer:?}"
                );
            }
            around.push(event);
        }
        for pair in thread.events.windows(2) {
            let follow = pair[0].end <= pair[1].start;
            assert!(follow || pair[1].depth > pair[0].depth || pair[1].depth > 0, "{pair:?} overlap");
        }
        let outermost: Vec<&Event> = thread.events.iter().filter(|event| event.depth == 0).collect();
        assert!(outermost.windows(2).all(|pair| pair[0].end <= pair[1].start), "{outermost:?} overlap");
        assert!(thread.busy() <= timeline.length());
    }
    // Safe code, a minute for each under Miri.
    if !cfg!(miri) {
        check_trace(timeline);
        check_picture(timeline);
    }
}

fn check_trace(timeline: &Timeline) {
    let trace: serde_json::Value = serde_json::from_str(&timeline.to_chrome()).unwrap();
    let events = trace["traceEvents"].as_array().unwrap();
    let of = |kind: &str| events.iter().filter(|event| event["cat"] == kind).count();
    assert_eq!(of("task"), timeline.tasks().count());
    let all: usize = timeline.threads().iter().map(|thread| thread.events.len()).sum();
    assert_eq!(of("task") + of("wait"), all);
    assert_eq!(trace["otherData"]["dropped"], timeline.dropped());
    let mut threads: HashMap<u64, &str> = HashMap::new();
    for event in events {
        if event["name"] == "thread_name" {
            threads.insert(event["tid"].as_u64().unwrap(), event["args"]["name"].as_str().unwrap());
        } else if event["ph"] == "X" {
            assert!(threads.contains_key(&event["tid"].as_u64().unwrap()));
            let end = event["ts"].as_f64().unwrap() + event["dur"].as_f64().unwrap();
            assert!(end <= timeline.length().as_secs_f64() * 1e6 + 0.01);
        }
    }
    assert_eq!(threads.len(), timeline.threads().len());
}

fn check_picture(timeline: &Timeline) {
    let picture = timeline.to_svg();
    let document = roxmltree::Document::parse(&picture).unwrap_or_else(|e| panic!("{e}:\n{picture}"));
    let root = document.root_element();
    assert_eq!(
        (root.tag_name().name(), root.tag_name().namespace()),
        ("svg", Some("http://www.w3.org/2000/svg"))
    );
    let texts: Vec<&str> = document.descendants().filter_map(|node| node.text()).collect();
    for thread in timeline.threads() {
        let shown = thread.name.chars().count() > 22 || texts.contains(&&*thread.name);
        assert!(shown, "{} is missing in the picture", thread.name);
    }
    for node in document.descendants().filter(|node| node.has_tag_name("rect")) {
        for name in ["x", "y", "width", "height"] {
            let number = node.attribute(name).map_or(0.0, |text| text.parse::<f64>().unwrap());
            assert!((0.0..100_000.0).contains(&number), "{name} is {number}");
        }
    }
}

/// The hover texts of the bars.
fn hints(timeline: &Timeline) -> Vec<String> {
    let picture = timeline.to_svg();
    let document = roxmltree::Document::parse(&picture).unwrap();
    let groups = document.descendants().filter(|node| node.has_tag_name("g"));
    groups.filter_map(|g| g.children().find(|c| c.has_tag_name("title"))?.text().map(str::to_owned)).collect()
}

#[test]
fn nothing_is_recorded_when_nothing_ran() {
    let timeline = recorded(|| ());
    assert_eq!((timeline.threads().len(), timeline.tasks().count(), timeline.dropped()), (0, 0, 0));
    check(&timeline);
}

#[test]
fn each_task_is_there_once_on_the_thread_that_ran_it() {
    let timeline = recorded(|| {
        let pool = ThreadPool::builder().workers(2).name("crew").build().unwrap();
        let tasks: Vec<Task<()>> = (10..40).map(|n| named(&pool, format!("task {n}"), || ())).collect();
        wait(&tasks, None, Wait::All);
        Inline.submit_with(Options::new().name("here"), || ()).result().unwrap();
    });
    let mut expected: Vec<String> = (10..40).map(|n| format!("task {n}")).collect();
    expected.insert(0, "here".into());
    assert_eq!(names(&timeline), expected);
    for thread in timeline.threads() {
        let is_worker = thread.name.starts_with("crew-");
        for event in thread.events.iter().filter(|event| !event.is_wait) {
            assert_eq!(event.label().to_string().starts_with("task"), is_worker, "{}", thread.name);
        }
    }
    check(&timeline);
}

#[test]
fn what_was_submitted_without_a_name_is_called_by_its_place() {
    let timeline = recorded(|| {
        let pool = ThreadPool::new(1).unwrap();
        pool.submit(|| ()).result().unwrap();
    });
    let task = timeline.tasks().next().unwrap();
    assert_eq!(task.name, None);
    let label = task.label().to_string();
    assert!(label.starts_with("executor_timeline.rs:"), "{label}");
    check(&timeline);
}

#[test]
fn before_and_after_the_recording_nothing_is_recorded() {
    let _alone = alone();
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        named(&pool, "before", || ()).result().unwrap();
        for round in ["first", "second"] {
            let recording = timeline::start().unwrap();
            named(&pool, round, || ()).result().unwrap();
            let timeline = recording.finish();
            assert_eq!(names(&timeline), [round]);
            named(&pool, "between", || ()).result().unwrap();
        }
    });
}

#[test]
fn there_is_one_recording_at_a_time() {
    let _alone = alone();
    let recording = timeline::start().unwrap();
    assert_eq!(timeline::start().unwrap_err(), AlreadyRecording);
    let said = AlreadyRecording.to_string();
    assert_eq!(said, "a recording goes on already: finish it before the next one");
    drop(recording); // which ends it
    assert_eq!(timeline::start().unwrap().finish().tasks().count(), 0);
}

#[test]
fn a_task_that_runs_what_it_waits_for_has_it_inside() {
    let timeline = recorded(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let own = pool.clone();
        named(&pool, "outer", move || {
            for inner in ["inner 1", "inner 2"] {
                named(&own, inner, || ()).result().unwrap();
            }
        })
        .result()
        .unwrap();
    });
    assert_eq!(names(&timeline), ["inner 1", "inner 2", "outer"]);
    assert_eq!(find(&timeline, "outer").depth, 0);
    assert_eq!(find(&timeline, "inner 1").depth, 1);
    assert_eq!(find(&timeline, "inner 2").depth, 1);
    check(&timeline);
}

#[test]
fn waits_are_recorded_and_are_no_work() {
    let timeline = recorded(|| {
        let pool = ThreadPool::new(1).unwrap();
        let gate = Gate::default();
        let passes = gate.clone();
        let task = named(&pool, "slow", move || passes.pass());
        let waiter = thread::Builder::new().name("waiter".into()).spawn(move || {
            assert!(!task.wait_within(Duration::from_millis(1)));
            assert!(TaskSet::from_iter([task]).next_within(Duration::from_millis(1)).is_err());
        });
        waiter.unwrap().join().unwrap();
        gate.open();
    });
    let waiter = timeline.threads().iter().find(|thread| thread.name == "waiter").unwrap();
    let waits: Vec<String> = waiter.events.iter().map(|event| event.label().to_string()).collect();
    assert_eq!(waits, ["slow", "one of several"]);
    assert!(waiter.events.iter().all(|event| event.is_wait && event.end > event.start));
    assert_eq!(waiter.busy(), Duration::ZERO);
    check(&timeline);
}

#[test]
fn a_panic_and_what_still_runs_are_marked() {
    let _alone = alone();
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let recording = timeline::start().unwrap();
        assert!(named(&pool, "broken", || panic!("meant")).result().is_err());
        let held = hold(&pool, 1);
        let timeline = recording.finish();
        held.release();
        assert!(find(&timeline, "broken").panicked && !find(&timeline, "broken").is_open);
        let open: Vec<&Event> = timeline.tasks().filter(|task| task.is_open).collect();
        assert_eq!(open.len(), 1);
        assert_eq!(open[0].end, timeline.length());
        check(&timeline);
        assert!(timeline.to_svg().contains("panicked") && timeline.to_svg().contains("went on"));
    });
}

#[test]
fn what_is_taken_from_another_worker_is_marked() {
    let timeline = recorded(|| {
        let pool = Arc::new(ThreadPool::new(2).unwrap());
        let own = pool.clone();
        named(&pool, "first", move || {
            let begun = Gate::default();
            let begins = begun.clone();
            // The latest of its own submits is what it would do next, but it waits in another way.
            drop(named(&own, "taken", move || begins.open()));
            begun.pass();
        })
        .result()
        .unwrap();
    });
    assert!(find(&timeline, "taken").stolen && !find(&timeline, "first").stolen);
    check(&timeline);
}

#[test]
fn names_with_anything_in_them_are_escaped() {
    let odd = [
        "<b>&\"'</b>",
        "]]>",
        "a\\b\"c",
        "line\nbreak\ttab",
        "bell\u{7}zero\u{0}\u{1b}[0m",
        "한글 Ω 🦀",
        "\u{fffe}\u{85}",
    ];
    for name in odd {
        let timeline = recorded(move || {
            let pool = ThreadPool::builder().workers(1).name("<crew> & \"co\"").build().unwrap();
            named(&pool, name, || ()).result().unwrap();
        });
        check(&timeline);
        let trace: serde_json::Value = serde_json::from_str(&timeline.to_chrome()).unwrap();
        let events = trace["traceEvents"].as_array().unwrap();
        let in_trace: Vec<&str> =
            events.iter().filter(|e| e["cat"] == "task").map(|e| e["name"].as_str().unwrap()).collect();
        assert_eq!(in_trace, [name]);
        // What XML has no place for is replaced.
        let shown =
            name.replace(|c: char| c.is_control() && c != '\n' && c != '\t' || c == '\u{fffe}', "\u{fffd}");
        let hints = hints(&timeline);
        assert!(hints.iter().any(|hint| hint.starts_with(&shown)), "{shown:?} is not in {hints:?}");
    }
}

#[test]
fn what_does_not_fit_is_counted_and_said() {
    let _alone = alone();
    let recording = timeline::start_with(3).unwrap();
    for n in 0..10 {
        Inline.submit(move || n).result().unwrap();
    }
    let timeline = recording.finish();
    assert_eq!((timeline.tasks().count(), timeline.dropped()), (3, 7));
    check(&timeline);
    assert!(timeline.to_svg().contains("the latest 7 are missing"));
    let nothing = timeline::start_with(0).unwrap();
    Inline.submit(|| ()).result().unwrap();
    let timeline = nothing.finish();
    assert_eq!((timeline.tasks().count(), timeline.dropped()), (0, 1));
    check(&timeline);
}

#[test]
fn many_short_tasks_make_a_small_picture_that_counts_them() {
    const TASKS: usize = if cfg!(miri) { 200 } else { 50_000 };
    let timeline = recorded(|| {
        (0..TASKS).for_each(|n| drop(Inline.submit(move || n).result()));
    });
    assert_eq!(timeline.tasks().count(), TASKS);
    if !cfg!(miri) {
        check(&timeline);
        assert!(timeline.to_svg().len() < 400_000, "{} bytes", timeline.to_svg().len());
    }
}

#[test]
fn threads_that_have_ended_have_left_what_they_recorded() {
    let timeline = recorded(|| {
        for n in 0..3 {
            let pool = ThreadPool::builder().workers(1).name(format!("pool {n}")).build().unwrap();
            named(&pool, format!("on {n}"), || ()).result().unwrap();
        }
    });
    assert_eq!(names(&timeline), ["on 0", "on 1", "on 2"]);
    check(&timeline);
}

#[test]
fn files_are_written_by_their_names() {
    let folder = std::env::temp_dir().join(format!("tarae-timeline-test-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let timeline = recorded(|| Inline.submit(|| ()).result().unwrap());
    timeline.save(folder.join("run.svg")).unwrap();
    timeline.save(folder.join("run.JSON")).unwrap();
    assert_eq!(std::fs::read_to_string(folder.join("run.svg")).unwrap(), timeline.to_svg());
    assert_eq!(std::fs::read_to_string(folder.join("run.JSON")).unwrap(), timeline.to_chrome());
    assert!(timeline.save(folder.join("missing/run.svg")).is_err());
    std::fs::remove_dir_all(folder).unwrap();
}
