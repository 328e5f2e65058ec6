//! A chart: groups as bars, side by side, in an SVG that brings its own background.

use super::panel::{FAINT, INK, Panel, colour, text};
use super::rows::{Group, Kind};
use crate::measured::Measured;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};
use std::error::Error;

/// Of two columns: what a page shows without making it smaller by much.
const WIDTH: u32 = 960;
const HEAD: u32 = 62;
const FOOT: u32 = 26;

/// `title` stands above it, `note` below it: what it was measured on.
///
/// # Errors
/// If nothing of the groups was measured, or plotters cannot draw it.
pub fn draw<'a>(
    groups: impl Iterator<Item = &'a Group>,
    title: &str,
    note: &str,
    measured: &Measured,
) -> Result<String, String> {
    let panels: Vec<_> = groups.filter_map(|group| Panel::of(group, measured)).collect();
    if panels.is_empty() {
        return Err(format!("nothing of `{title}` was measured"));
    }
    let mut svg = String::new();
    let (columns, height) = in_two_columns(&panels);
    let backend = SVGBackend::with_string(&mut svg, (WIDTH, HEAD + height + FOOT));
    draw_on(backend.into_drawing_area(), title, note, columns, height)
        .map_err(|error| format!("plotters cannot draw `{title}`: {error}"))?;
    Ok(finish(&svg, title, &panels))
}

/// Each where there is more room; and how high the higher column is.
fn in_two_columns<'a, 'b>(panels: &'a [Panel<'b>]) -> ([Vec<(u32, &'a Panel<'b>)>; 2], u32) {
    let mut columns = [Vec::new(), Vec::new()];
    let mut heights = [0, 0];
    for panel in panels {
        let column = usize::from(heights[1] < heights[0]);
        columns[column].push((heights[column], panel));
        heights[column] += panel.height();
    }
    (columns, heights[0].max(heights[1]))
}

fn draw_on<DB: DrawingBackend>(
    all: DrawingArea<DB, Shift>,
    title: &str,
    note: &str,
    columns: [Vec<(u32, &Panel<'_>)>; 2],
    height: u32,
) -> Result<(), Box<dyn Error>>
where
    DB::ErrorType: 'static,
{
    all.fill(&WHITE)?;
    all.draw(&Text::new(title, (12, 12), text(17.0, INK, HPos::Left, VPos::Top)))?;
    let mut x = 12;
    for (kind, what, width) in [
        (Kind::Ours, "tarae", 62),
        (Kind::Limit, "the limit: by hand, or the system itself", 254),
        (Kind::Peer, "peers", 58),
    ] {
        all.draw(&Rectangle::new([(x, 41), (x + 11, 52)], colour(kind).filled()))?;
        all.draw(&Text::new(what, (x + 16, 46), text(12.0, INK, HPos::Left, VPos::Center)))?;
        x += 16 + width;
    }
    let shorter = "Shorter is faster. Medians; the thin line is the middle half of the samples.";
    all.draw(&Text::new(shorter, (x + 8, 46), text(12.0, FAINT, HPos::Left, VPos::Center)))?;
    for (column, panels) in columns.into_iter().enumerate() {
        for (y, panel) in panels {
            let part = all.clone().shrink((column as u32 * WIDTH / 2, HEAD + y), (WIDTH / 2, panel.height()));
            panel.draw(&part)?;
        }
    }
    let foot = (12, (HEAD + height + FOOT / 2) as i32);
    all.draw(&Text::new(note, foot, text(10.0, FAINT, HPos::Left, VPos::Center)))?;
    all.present()?;
    Ok(())
}

/// What plotters does not say: a title and a description for who cannot see it. What it says of each text is said once.
fn finish(svg: &str, title: &str, panels: &[Panel<'_>]) -> String {
    let said: Vec<_> = panels.iter().map(Panel::said).collect();
    let head = format!(
        " role=\"img\" aria-labelledby=\"title said\" font-family=\"sans-serif\">\n<title id=\"title\">{}</title>\n\
        <desc id=\"said\">{}</desc>\n",
        escaped(title),
        escaped(&said.join("\n"))
    );
    let svg = svg.replace(" font-family=\"sans-serif\"", "").replace(" opacity=\"1\"", "");
    svg.replacen(">\n", &head, 1).replace("\n</text>", "</text>").replace("\">\n", "\">")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
