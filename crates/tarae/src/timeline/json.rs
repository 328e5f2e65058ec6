//! The trace in Chrome's format: an object a line, so that it can be read and searched as text, too.

use super::record::{Event, Thread, Timeline};
use std::fmt::{self, Display, Write};
use std::time::Duration;

pub(super) fn write(timeline: &Timeline) -> String {
    let mut out = String::from("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n");
    out.push_str(r#"{"ph":"M","pid":1,"name":"process_name","args":{"name":"tarae"}}"#);
    for (number, thread) in timeline.threads().iter().enumerate() {
        // Writing to a string does not fail.
        let _ = write_thread(&mut out, number + 1, thread);
    }
    let _ = write!(out, "\n],\"otherData\":{{\"dropped\":{}}}}}\n", timeline.dropped());
    out
}

fn write_thread(out: &mut String, number: usize, thread: &Thread) -> fmt::Result {
    let name = Text(&thread.name);
    write!(
        out,
        ",\n{{\"ph\":\"M\",\"pid\":1,\"tid\":{number},\"name\":\"thread_name\",\"args\":{{\"name\":\"{name}\"}}}},\n\
         {{\"ph\":\"M\",\"pid\":1,\"tid\":{number},\"name\":\"thread_sort_index\",\"args\":{{\"sort_index\":{number}}}}}"
    )?;
    thread.events.iter().try_for_each(|event| write_event(out, number, event))
}

fn write_event(out: &mut String, thread: usize, event: &Event) -> fmt::Result {
    let (what, category) = if event.is_wait { ("wait for ", "wait") } else { ("", "task") };
    write!(
        out,
        ",\n{{\"ph\":\"X\",\"pid\":1,\"tid\":{thread},\"name\":\"{what}{}\",\"cat\":\"{category}\",\"ts\":{},\"dur\":{},\
         \"args\":{{",
        Text(event.label()),
        Micros(event.start),
        Micros(event.end - event.start),
    )?;
    if let Some(location) = event.location {
        write!(out, "\"submitted\":\"{}\",", Text(location))?;
    }
    write!(
        out,
        "\"panicked\":{},\"stolen\":{},\"unfinished\":{}}}}}",
        event.panicked, event.stolen, event.is_open
    )
}

/// Microseconds, exactly.
struct Micros(Duration);

impl Display for Micros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03}", self.0.as_micros(), self.0.subsec_nanos() % 1_000)
    }
}

/// A text within quotes.
struct Text<T>(T);

impl<T: Display> Display for Text<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(Escaping(f), "{}", self.0)
    }
}

struct Escaping<'a, 'b>(&'a mut fmt::Formatter<'b>);

impl Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.chars().try_for_each(|char| match char {
            '"' | '\\' => write!(self.0, "\\{char}"),
            char if u32::from(char) < 0x20 => write!(self.0, "\\u{:04x}", u32::from(char)),
            char => self.0.write_char(char),
        })
    }
}
