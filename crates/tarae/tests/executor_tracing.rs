//! What the crate `tracing` is told of tasks: each submit, begin and end once, with all that is known of the task.
#![cfg(feature = "tracing")]
#![forbid(unsafe_code)]

#[path = "executor_contract/support.rs"]
mod support;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use support::watched;
use tarae::prelude::*;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// What happened, in the order it did.
#[derive(Clone, Debug)]
struct Seen {
    what: &'static str,
    /// Of a span.
    id: u64,
    fields: BTreeMap<&'static str, String>,
}

/// Keeps what it is told.
#[derive(Clone, Default)]
struct Recorder {
    spans: Arc<AtomicU64>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Recorder {
    fn add(&self, what: &'static str, id: u64, fields: BTreeMap<&'static str, String>) {
        self.seen.lock().unwrap().push(Seen { what, id, fields });
    }
}

struct Fields(BTreeMap<&'static str, String>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "tarae::task"
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let id = self.spans.fetch_add(1, Ordering::SeqCst) + 1;
        let mut fields = Fields(BTreeMap::new());
        span.record(&mut fields);
        assert_eq!(span.metadata().name(), "task");
        self.add("span", id, fields.0);
        Id::from_u64(id)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields(BTreeMap::new());
        event.record(&mut fields);
        let what = match &*fields.0["message"] {
            "submit" => "submit",
            "end" => "end",
            other => panic!("{other}"),
        };
        self.add(what, 0, fields.0);
    }

    fn enter(&self, span: &Id) {
        self.add("enter", span.into_u64(), BTreeMap::new());
    }

    fn exit(&self, span: &Id) {
        self.add("exit", span.into_u64(), BTreeMap::new());
    }
}

/// The one subscriber of the process. Tests tell their tasks apart by the pool's name, or the task's.
fn recorder() -> &'static Recorder {
    static RECORDER: OnceLock<Recorder> = OnceLock::new();
    RECORDER.get_or_init(|| {
        let recorder = Recorder::default();
        tracing::subscriber::set_global_default(recorder.clone()).unwrap();
        recorder
    })
}

fn seen(of: impl Fn(&Seen) -> bool) -> Vec<Seen> {
    recorder().seen.lock().unwrap().iter().filter(|seen| of(seen)).cloned().collect()
}

#[test]
fn a_task_is_submitted_begun_and_ended_once_with_all_that_is_known() {
    recorder();
    watched(|| {
        let pool = ThreadPool::builder().workers(1).name("traced").build().unwrap();
        let line = line!() + 1;
        pool.submit_with(Options::new().name("sum"), || ()).result().unwrap();
        drop(pool); // its threads have ended

        let about = seen(|seen| seen.fields.get("pool").is_some_and(|pool| pool == "traced"));
        assert_eq!(about.iter().map(|seen| seen.what).collect::<Vec<_>>(), ["submit", "span"]);
        for seen in &about {
            assert_eq!(seen.fields["name"], "sum");
            assert!(seen.fields["place"].contains(&format!("executor_tracing.rs:{line}:")), "{seen:?}");
        }
        assert_eq!(about[0].fields["id"], about[1].fields["id"]);
        assert_eq!(about[1].fields["worker"], "0");
        let span = about[1].id;
        let steps: Vec<&str> = seen(|seen| seen.id == span).iter().map(|seen| seen.what).collect();
        assert_eq!(steps, ["span", "enter", "exit"]);
    });
}

#[test]
fn the_end_says_whether_it_panicked() {
    recorder();
    watched(|| {
        for panics in [false, true] {
            let name = if panics { "panics" } else { "does not" };
            let task = Inline.submit_with(Options::new().name(name), move || assert!(!panics, "meant"));
            assert_eq!(task.result().is_err(), panics);
            let all = seen(|_| true);
            let begun =
                all.iter().position(|seen| seen.fields.get("name").is_some_and(|n| n == name)).unwrap();
            assert!(!all[begun].fields.contains_key("pool"), "inline there is none");
        }
        let ends = seen(|seen| seen.what == "end");
        assert!(ends.iter().any(|end| end.fields["panicked"] == "true"));
        assert!(ends.iter().any(|end| end.fields["panicked"] == "false"));
    });
}

#[test]
fn a_task_without_a_name_has_its_place() {
    recorder();
    watched(|| {
        let pool = ThreadPool::builder().workers(1).name("nameless").build().unwrap();
        pool.submit(|| ()).result().unwrap();
        drop(pool);
        let about = seen(|seen| seen.fields.get("pool").is_some_and(|pool| pool == "nameless"));
        assert_eq!(about.len(), 2);
        assert!(
            about.iter().all(|seen| !seen.fields.contains_key("name") && seen.fields.contains_key("place"))
        );
    });
}

#[test]
fn what_never_runs_has_no_span() {
    recorder();
    watched(|| {
        let pool = ThreadPool::builder().workers(1).name("cancelled").build().unwrap();
        let held = support::hold(&pool, 1);
        assert!(pool.submit_with(Options::new().name("never"), || ()).cancel());
        held.release();
        drop(pool);
        let never = seen(|seen| seen.fields.get("name").is_some_and(|name| name == "never"));
        assert_eq!(never.iter().map(|seen| seen.what).collect::<Vec<_>>(), ["submit"]);
    });
}
