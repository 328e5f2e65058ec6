//! The picture: SVG that needs nothing but itself.
//!
//! Written by hand: it is rectangles and texts, and a crate for SVG would be larger than this file. Colours are given twice,
//! for light and for dark ground; what does not know the second kind shows the first.

use super::axis::{Time, step};
use super::few::{Few, NARROW};
use super::record::{Event, Thread, Timeline};
use super::xml::Escaped;
use std::fmt::{self, Display, Write};
use std::time::Duration;

const WIDTH: f64 = 1000.0;
/// Where the first row begins.
const TOP: f64 = 58.0;
const ROW: f64 = 30.0;
const BAR: f64 = 24.0;
/// By how much a bar that is inside another one is lower, above and below; not more than [`DEEPEST`] times.
const INSET: f64 = 4.0;
const DEEPEST: usize = 2;
/// Room for how busy a thread was.
const RIGHT: f64 = 52.0;
/// The width of a letter, about.
const LETTER: f64 = 6.4;
/// The longest name of a thread that is shown whole.
const NAME: usize = 22;
const STYLE: &str = "\
text{font:11px ui-sans-serif,system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;fill:#24303c}\
.ground{fill:#ffffff}.title{font-size:13px;font-weight:600}.soft{fill:#5d6b79}.warn{fill:#b3261e}\
.row{fill:#f1f4f7}.line{stroke:#d5dce3;stroke-width:1}.bar{stroke:#00000040;stroke-width:1}\
.on{fill:#16202a;pointer-events:none}.panicked{stroke:#d1242f;stroke-width:2}.open{stroke-dasharray:4 3}\
.c0{fill:#8ecae6}.c1{fill:#ffd166}.c2{fill:#b5d67b}.c3{fill:#f6ae74}.c4{fill:#cdb4db}.c5{fill:#80d0c1}.c6{fill:#f4aab6}\
.c7{fill:#b8c0ff}.many{fill:#9fb3c8}.wait{fill:url(#waiting);stroke:#7d8a98}.hatch{stroke:#7d8a98;stroke-width:1.5}\
.stolen{fill:#16202a}\
@media(prefers-color-scheme:dark){text{fill:#dce3ea}.ground{fill:#12181f}.soft{fill:#93a1af}.warn{fill:#ff8a80}\
.row{fill:#1b232c}.line{stroke:#303b47}.bar{stroke:#ffffff30}.on{fill:#10181f}.panicked{stroke:#ff5c5c}}";

pub(super) fn draw(timeline: &Timeline) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = Picture::new(timeline).write(&mut out);
    out
}

struct Picture<'a> {
    timeline: &'a Timeline,
    rows: Vec<Row<'a>>,
    /// Where the time begins.
    left: f64,
    /// The labels of the tasks, in the order they are met: each has its colour.
    labels: Vec<String>,
}

impl<'a> Picture<'a> {
    fn new(timeline: &'a Timeline) -> Self {
        let longest = timeline.threads().iter().map(|thread| thread.name.chars().count()).max();
        let left = longest.unwrap_or(0).clamp(4, NAME) as f64 * LETTER + 22.0;
        Picture { timeline, rows: rows(timeline.threads()), left, labels: Vec::new() }
    }

    fn x(&self, time: Duration) -> f64 {
        let whole = self.timeline.length().as_secs_f64().max(f64::MIN_POSITIVE);
        self.left + (WIDTH - RIGHT - self.left) * (time.as_secs_f64() / whole).min(1.0)
    }

    fn bottom(&self) -> f64 {
        TOP + ROW * self.rows.len().max(1) as f64
    }

    fn write(mut self, out: &mut String) -> fmt::Result {
        let bottom = self.bottom();
        let height = bottom + 34.0;
        write!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
             role=\"img\">\n<title>{}</title>\n<style>{STYLE}</style>\n\
             <defs><pattern id=\"waiting\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate(45)\"><line class=\"hatch\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\"/></pattern></defs>\n\
             <rect class=\"ground\" width=\"{WIDTH}\" height=\"{height}\" rx=\"8\"/>\n",
            self.heading()
        )?;
        writeln!(out, "<text class=\"title\" x=\"14\" y=\"24\">{}</text>", self.heading())?;
        if self.timeline.dropped() > 0 {
            let x = WIDTH - 14.0;
            let dropped = self.timeline.dropped();
            writeln!(
                out,
                "<text class=\"warn\" x=\"{x}\" y=\"24\" text-anchor=\"end\">the latest {dropped} are missing: there was no \
                 more room</text>"
            )?;
        }
        for row in 0..self.rows.len() {
            let (x, y) = (self.left, TOP + ROW * row as f64);
            let width = WIDTH - RIGHT - x;
            writeln!(
                out,
                "<rect class=\"row\" x=\"{x:.1}\" y=\"{y}\" width=\"{width:.1}\" height=\"{BAR}\"/>"
            )?;
        }
        self.axis(out)?;
        for (number, row) in std::mem::take(&mut self.rows).iter().enumerate() {
            self.row(out, TOP + ROW * number as f64, row)?;
        }
        self.legend(out, bottom + 16.0)?;
        out.push_str("</svg>\n");
        Ok(())
    }

    fn heading(&self) -> impl Display + use<> {
        let (tasks, threads) = (self.timeline.tasks().count(), self.timeline.threads().len());
        let s = |n: usize| if n == 1 { "" } else { "s" };
        let length = Time(self.timeline.length());
        format!("{tasks} task{} on {threads} thread{} in {length}", s(tasks), s(threads))
    }

    fn axis(&self, out: &mut String) -> fmt::Result {
        let length = self.timeline.length();
        let step = step(length);
        let (top, bottom) = (TOP - 6.0, self.bottom());
        let mut time = Duration::ZERO;
        while time <= length {
            let x = self.x(time);
            writeln!(
                out,
                "<line class=\"line\" x1=\"{x:.1}\" y1=\"{top}\" x2=\"{x:.1}\" y2=\"{bottom}\"/><text class=\"soft\" \
                 x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                top - 5.0,
                Time(time)
            )?;
            time += step;
        }
        Ok(())
    }

    fn row(&mut self, out: &mut String, y: f64, row: &[&Thread]) -> fmt::Result {
        let middle = y + BAR / 2.0 + 4.0;
        let busy: Duration = row.iter().map(|thread| thread.busy()).sum();
        let busy = 100.0 * busy.as_secs_f64() / self.timeline.length().as_secs_f64().max(f64::MIN_POSITIVE);
        writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{middle}\" text-anchor=\"end\">{}</text><text class=\"soft\" x=\"{}\" y=\"{middle}\" \
             text-anchor=\"end\">{busy:.0} %<title>so much of the time it ran tasks</title></text>",
            self.left - 10.0,
            Escaped(shortened(&row[0].name, NAME)),
            WIDTH - 12.0,
        )?;
        let mut few: Option<Few<'_>> = None;
        for event in row.iter().flat_map(|thread| &thread.events) {
            let (from, to) = (self.x(event.start), self.x(event.end));
            if let Some(few) = &mut few
                && few.takes(event, from, to)
            {
                continue;
            }
            if let Some(few) = few.take() {
                self.few(out, y, &few)?;
            }
            if to - from < NARROW {
                few = Some(Few::new(event, from, to));
            } else {
                self.bar(out, y, event)?;
            }
        }
        few.map_or(Ok(()), |few| self.few(out, y, &few))
    }

    /// Bars too narrow to be seen one by one.
    fn few(&mut self, out: &mut String, y: f64, few: &Few<'_>) -> fmt::Result {
        if few.all == 1 {
            return self.bar(out, y, few.first);
        }
        let (class, what) = if few.tasks > 0 { ("many", few.tasks) } else { ("wait", few.all) };
        let (y, height) = place(y, few.first.depth);
        writeln!(
            out,
            "<rect class=\"bar {class}\" x=\"{:.2}\" y=\"{y}\" width=\"{:.2}\" height=\"{height}\"><title>{what} short {} \
             after {}: {}</title></rect>",
            few.from,
            (few.to - few.from).max(1.0),
            if few.tasks > 0 { "tasks" } else { "waits" },
            Time(few.first.start),
            Escaped(few.names()),
        )
    }

    fn bar(&mut self, out: &mut String, y: f64, event: &Event) -> fmt::Result {
        let label = event.label().to_string();
        let (y, height) = place(y, event.depth);
        let (from, width) = (self.x(event.start), (self.x(event.end) - self.x(event.start)).max(1.0));
        let round = if width > 6.0 { 3 } else { 0 };
        write!(out, "<g><rect class=\"bar ")?;
        if event.is_wait {
            out.push_str("wait");
        } else {
            write!(out, "c{}", self.colour(&label))?;
        }
        let mark = |is: bool, class: &'static str| if is { class } else { "" };
        write!(
            out,
            "{}{}\" x=\"{from:.2}\" y=\"{y}\" width=\"{width:.2}\" height=\"{height}\" rx=\"{round}\"/>",
            mark(event.panicked, " panicked"),
            mark(event.is_open, " open")
        )?;
        if event.stolen {
            write!(out, "<path class=\"stolen\" d=\"M{from:.2} {y}h7l-7 7z\"/>")?;
        }
        let letters = ((width - 8.0) / LETTER) as usize;
        if !event.is_wait && letters >= 3 {
            let (x, y) = (from + if event.stolen { 9.0 } else { 5.0 }, y + height / 2.0 + 4.0);
            write!(
                out,
                "<text class=\"on\" x=\"{x:.2}\" y=\"{y}\">{}</text>",
                Escaped(shortened(&label, letters))
            )?;
        }
        writeln!(out, "<title>{}</title></g>", Escaped(hint(event)))
    }

    /// The first labels have each their own; there are eight.
    fn colour(&mut self, label: &str) -> usize {
        let known = self.labels.iter().position(|known| known == label);
        let place = known.unwrap_or(self.labels.len());
        // So many are told apart by their names, if at all.
        if known.is_none() && place < 64 {
            self.labels.push(label.to_owned());
        }
        place % 8
    }

    fn legend(&self, out: &mut String, y: f64) -> fmt::Result {
        let mut x = self.left;
        let mut entry = |out: &mut String, class: &str, words: &str| {
            let entry = writeln!(
                out,
                "<rect class=\"bar {class}\" x=\"{x:.1}\" y=\"{:.1}\" width=\"18\" height=\"11\" rx=\"2\"/><text \
                 class=\"soft\" x=\"{:.1}\" y=\"{y:.1}\">{words}</text>",
                y - 9.0,
                x + 24.0
            );
            x += 44.0 + words.len() as f64 * LETTER;
            entry
        };
        let has = |is: fn(&Event) -> bool| self.timeline.threads().iter().flat_map(|t| &t.events).any(is);
        entry(out, "c0", "a task")?;
        if has(|event| event.is_wait) {
            entry(out, "wait", "waits for a task")?;
        }
        if has(|event| event.panicked) {
            entry(out, "c0 panicked", "panicked")?;
        }
        if has(|event| event.is_open) {
            entry(out, "c0 open", "went on at the end")?;
        }
        if has(|event| event.stolen) {
            writeln!(
                out,
                "<path class=\"stolen\" d=\"M{x:.1} {:.1}h7l-7 7z\"/><text class=\"soft\" x=\"{:.1}\" y=\"{y:.1}\">taken \
                 from another worker</text>",
                y - 8.0,
                x + 12.0
            )?;
        }
        let x = WIDTH - 12.0;
        writeln!(out, "<text class=\"soft\" x=\"{x}\" y=\"{y}\" text-anchor=\"end\">busy</text>")
    }
}

/// Threads of one name, each of which had ended before the next began: the workers of pools that followed each other.
type Row<'a> = Vec<&'a Thread>;

fn rows(threads: &[Thread]) -> Vec<Row<'_>> {
    let start = |thread: &Thread| thread.events.first().map_or(Duration::ZERO, |event| event.start);
    let end = |thread: &Thread| thread.events.iter().map(|event| event.end).max().unwrap_or_default();
    let mut rows: Vec<Row<'_>> = Vec::new();
    for thread in threads {
        // Those of one name stand together, in the order they began.
        let fits = |row: &&mut Row<'_>| {
            row.last().is_some_and(|before| before.name == thread.name && end(before) <= start(thread))
        };
        match rows.iter_mut().find(fits) {
            Some(row) => row.push(thread),
            None => rows.push(vec![thread]),
        }
    }
    rows
}

/// Where a bar lies in its row, and how high it is.
fn place(y: f64, depth: usize) -> (f64, f64) {
    let inset = INSET * depth.min(DEEPEST) as f64;
    (y + inset, BAR - 2.0 * inset)
}

/// All that is known, for where the mouse is.
fn hint(event: &Event) -> impl Display {
    fmt::from_fn(move |f| {
        let took = Time(event.end - event.start);
        let how = if event.is_wait { "waited for " } else { "" };
        write!(f, "{how}{}\n{took}, from {} to {}", event.label(), Time(event.start), Time(event.end))?;
        if let Some(location) = event.location {
            write!(f, "\nsubmitted at {location}")?;
        }
        for (is, words) in [
            (event.panicked, "panicked"),
            (event.stolen, "taken from another worker"),
            (event.is_open, "went on when the recording ended"),
        ] {
            if is {
                write!(f, "\n{words}")?;
            }
        }
        Ok(())
    })
}

fn shortened(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    text.chars().take(letters.saturating_sub(1)).chain(['…']).collect()
}
