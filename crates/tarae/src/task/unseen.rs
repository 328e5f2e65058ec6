//! What becomes of a failure that nobody looks at: it is said, once.

use super::TaskError;
use super::raw::header::Header;
use crate::panics::Payload;
use std::sync::{Arc, PoisonError, RwLock};

type Hook = Arc<dyn Fn(&TaskError) + Send + Sync>;

/// `None`: a line on the standard error stream.
static HOOK: RwLock<Option<Hook>> = RwLock::new(None);

/// Has `hook` called for each task that failed and whose error nobody took: once, when its last handle is dropped, or when
/// it ends after that. Without a hook, a line is written to the standard error stream.
///
/// A task fails if its job panics, its promise is broken or [fails](super::Promise::fail), or its pool breaks. One that is
/// cancelled has not failed.
///
/// ```
/// use std::sync::mpsc;
/// use tarae::prelude::*;
/// use tarae::task::set_failure_hook;
///
/// let (said, hears) = mpsc::channel();
/// set_failure_hook(move |error| said.send(error.to_string()).unwrap());
///
/// drop(Inline.submit_with(Options::new().name("mails"), || -> () { panic!("no server") }));
/// assert!(hears.recv()?.starts_with("task \"mails\" panicked: no server (submitted at "));
///
/// let _ = Inline.submit(|| -> () { panic!("no server") }).result(); // looked at: nothing to say
/// assert!(hears.try_recv().is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The hook runs on the thread that dropped the task or ended it, with nothing locked; if it panics, that is the end of it.
/// There is one for the whole program; the last one set counts.
pub fn set_failure_hook(hook: impl Fn(&TaskError) + Send + Sync + 'static) {
    let before = {
        let mut place = HOOK.write().unwrap_or_else(PoisonError::into_inner);
        place.replace(Arc::new(hook))
    };
    drop(before); // the user's destructor, with nothing locked
}

/// Says that a task has failed.
#[cold]
pub(super) fn report(task: &Header, failure: Option<Payload>) {
    let Some(payload) = failure else { return };
    say(&TaskError::failed(task.name().map(str::to_owned), task.location(), payload));
}

/// Says that nobody has looked at a failure.
#[cold]
pub(super) fn say(error: &TaskError) {
    let hook = HOOK.read().unwrap_or_else(PoisonError::into_inner).clone();
    match hook {
        Some(hook) => hook(error),
        None => eprintln!("tarae: nobody looked at a failure: {error}"),
    }
}
