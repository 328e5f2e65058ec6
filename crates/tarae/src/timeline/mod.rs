//! What ran when, on which thread: a recorder of tasks, and pictures of what it recorded (feature `timeline`).
//!
//! ```
//! use tarae::prelude::*;
//! use tarae::timeline;
//!
//! let recording = timeline::start()?;
//! let pool = ThreadPool::builder().workers(2).name("sums").build()?;
//! let tasks = [1_000u64, 2_000, 3_000]
//!     .map(|n| pool.submit_with(Options::new().name(format!("sum to {n}")), move || (1..=n).sum::<u64>()));
//! for task in tasks {
//!     task.result()?;
//! }
//! let timeline = recording.finish();
//! assert_eq!(timeline.tasks().count(), 3);
//! # let folder = std::env::temp_dir();
//! # let picture = folder.join(format!("tarae-timeline-{}.svg", std::process::id()));
//! # let trace = folder.join(format!("tarae-timeline-{}.json", std::process::id()));
//! timeline.save(&picture)?; // "run.svg": a browser shows it; names and times where the mouse is
//! timeline.save(&trace)?; // "run.json": for ui.perfetto.dev, or chrome://tracing
//! # std::fs::remove_file(picture)?;
//! # std::fs::remove_file(trace)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! All tasks of the process are recorded, on whatever executor: each where its job runs. So are the times at which a thread
//! waits for a task, for the next of several or for a scope, and whether a worker took the task from another worker's queue.
//! (The second half of a `join` is a task only if another worker takes it. A future is one for each of its turns. A scope's
//! task is one inside another: that of the thread that was asked for.)
//!
//! # Cost
//!
//! Nothing without the feature. With it, a task pays one relaxed load while nothing is recorded. While something is, it pays
//! two looks at a clock, some ten nanoseconds each on x86-64, and a few stores; a task with a name allocates a copy of it.
//! No lock is taken but for the first task of a thread.
//!
//! # Memory
//!
//! Each thread has room for [`EVENTS`] tasks and waits, or as many as [`start_with`] says. When a thread's room is full, its
//! later ones are not recorded but counted: [`Timeline::dropped`], and the picture says so. The room is given back when the
//! thread ends, or has something to record in the next recording.

mod axis;
#[allow(unsafe_code)]
mod clock;
mod few;
mod files;
mod json;
#[allow(unsafe_code)]
mod lane;
mod picture;
mod record;
mod recording;
mod xml;

pub(crate) use lane::Kind;
pub use record::{Event, Thread, Timeline};
pub use recording::{AlreadyRecording, EVENTS, Recording, start, start_with};
pub(crate) use recording::{begin, mark_stolen};
