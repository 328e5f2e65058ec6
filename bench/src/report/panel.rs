//! One group as bars: a part of an area's chart.

use super::quantity::time;
use super::rows::{Group, Kind};
use crate::measured::Measured;
use plotters::coord::Shift;
use plotters::coord::ranged1d::Ranged;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::error::Error;

/// A bar, with what is written beside it.
#[derive(Debug, PartialEq)]
struct Bar<'a> {
    label: &'a str,
    kind: Kind,
    time: f64,
    /// Between these is the middle half of the samples.
    half: (f64, f64),
}

#[derive(Debug)]
pub(super) struct Panel<'a> {
    title: &'a str,
    unit: &'a str,
    /// The fastest first.
    bars: Vec<Bar<'a>>,
}

pub(super) const INK: RGBColor = RGBColor(0x22, 0x22, 0x22);
pub(super) const FAINT: RGBColor = RGBColor(0x66, 0x66, 0x66);
const GRID: RGBColor = RGBColor(0xdd, 0xdd, 0xdd);

/// They differ in lightness, too: for those who do not see colours, and for print.
pub(super) fn colour(kind: Kind) -> RGBColor {
    match kind {
        Kind::Ours => RGBColor(0x00, 0x5a, 0x9c),
        Kind::Peer => RGBColor(0xb4, 0xb4, 0xb4),
        Kind::Limit => RGBColor(0xe6, 0x9f, 0x00),
    }
}

/// What plotters calls the size of a text is larger by this than what SVG does.
const SIZE: f64 = 1.24;

pub(super) fn text(points: f64, colour: RGBColor, across: HPos, down: VPos) -> TextStyle<'static> {
    let style = TextStyle::from(("sans-serif", points * SIZE).into_font());
    TextStyle { color: colour.to_backend_color(), pos: Pos::new(across, down), ..style }
}

const HEAD: u32 = 40;
const A_BAR: u32 = 19;
const FOOT: u32 = 26;
const LABELS: u32 = 192;
/// For the number beside the longest bar.
const NUMBERS: u32 = 66;

/// Axes with more than this between the ends are logarithmic.
const A_DECADE: f64 = 10.0;

impl<'a> Panel<'a> {
    /// Of what was measured of a group's rows that are to be in the chart; none if there is nothing.
    pub(super) fn of(group: &'a Group, measured: &Measured) -> Option<Self> {
        let bar = |row: &'a super::rows::Row| {
            let time = *measured.time.get(&row.name)?;
            let half = measured.middle_half.get(&row.name).copied().unwrap_or((time, time));
            Some(Bar { label: &row.label, kind: row.kind, time, half })
        };
        let mut bars: Vec<_> = group.rows.iter().filter(|row| row.in_chart).filter_map(bar).collect();
        bars.sort_by(|a, b| a.time.total_cmp(&b.time));
        let panel = Panel { title: &group.title, unit: &group.unit, bars };
        (!panel.bars.is_empty()).then_some(panel)
    }

    pub(super) fn height(&self) -> u32 {
        HEAD + A_BAR * self.bars.len() as u32 + FOOT
    }

    /// In words, for who cannot see it.
    pub(super) fn said(&self) -> String {
        let bars: Vec<_> = self.bars.iter().map(|bar| format!("{} {}", bar.label, time(bar.time))).collect();
        format!("{} ({}): {}.", self.title, self.unit, bars.join("; "))
    }

    pub(super) fn draw<DB: DrawingBackend>(&self, on: &DrawingArea<DB, Shift>) -> Result<(), Box<dyn Error>>
    where
        DB::ErrorType: 'static,
    {
        let first = self.bars[0].time;
        let last = self.bars.iter().map(|bar| bar.time.max(bar.half.1)).fold(first, f64::max);
        let logarithmic = last / first > A_DECADE;
        let scale = if logarithmic { ", logarithmic" } else { "" };
        on.draw(&Text::new(self.title, (12, 6), text(13.0, INK, HPos::Left, VPos::Top).bold()))?;
        let unit = format!("{}{scale}", self.unit);
        on.draw(&Text::new(unit, (12, 22), text(11.0, FAINT, HPos::Left, VPos::Top)))?;

        let mut builder = ChartBuilder::on(on);
        builder.margin_top(HEAD).margin_bottom(FOOT).margin_left(LABELS).margin_right(NUMBERS);
        let down = self.bars.len() as f64..0.0;
        if logarithmic {
            // A bar of no length says nothing: the shortest has some.
            let low = 10f64.powf((first * 0.7).log10().floor());
            let chart = builder.build_cartesian_2d((low..last).log_scale(), down)?;
            self.draw_bars(&chart, low, &decades(low, last))
        } else {
            let chart = builder.build_cartesian_2d(0.0..last, down)?;
            self.draw_bars(&chart, 0.0, &steps(last))
        }
    }

    fn draw_bars<DB: DrawingBackend, X: Ranged<ValueType = f64>>(
        &self,
        chart: &ChartContext<'_, DB, Cartesian2d<X, RangedCoordf64>>,
        low: f64,
        ticks: &[f64],
    ) -> Result<(), Box<dyn Error>>
    where
        DB::ErrorType: 'static,
    {
        let area = chart.plotting_area();
        let bottom = self.bars.len() as f64;
        for &tick in ticks {
            area.draw(&PathElement::new([(tick, 0.0), (tick, bottom)], GRID))?;
            let label = EmptyElement::at((tick, bottom))
                + Text::new(time_of_tick(tick), (0, 4), text(10.0, FAINT, HPos::Center, VPos::Top));
            area.draw(&label)?;
        }
        for (at, bar) in self.bars.iter().enumerate() {
            let top = at as f64;
            let middle = top + 0.5;
            area.draw(&Rectangle::new(
                [(low, top + 0.14), (bar.time, top + 0.86)],
                colour(bar.kind).filled(),
            ))?;
            let (from, to) = bar.half;
            for line in [
                [(from.max(low), middle), (to, middle)],
                [(from.max(low), top + 0.32), (from.max(low), top + 0.68)],
                [(to, top + 0.32), (to, top + 0.68)],
            ] {
                area.draw(&PathElement::new(line, INK))?;
            }
            let number = EmptyElement::at((bar.time.max(to), middle))
                + Text::new(time(bar.time), (5, 0), text(12.0, INK, HPos::Left, VPos::Center));
            area.draw(&number)?;
            let mut style = text(12.0, INK, HPos::Right, VPos::Center);
            if bar.kind == Kind::Ours {
                style = style.bold();
            }
            area.draw(&(EmptyElement::at((low, middle)) + Text::new(bar.label.to_string(), (-6, 0), style)))?;
        }
        Ok(())
    }
}

trait Bold {
    fn bold(self) -> Self;
}

impl Bold for TextStyle<'_> {
    fn bold(self) -> Self {
        TextStyle { font: self.font.style(FontStyle::Bold), ..self }
    }
}

/// Powers of ten from one to another, not more than are legible.
fn decades(low: f64, high: f64) -> Vec<f64> {
    let (from, to) = (low.log10().round() as i32, high.log10().floor() as i32);
    let step = 1 + (to - from) / 5;
    (from..=to).step_by(step as usize).map(|power| 10f64.powi(power)).collect()
}

/// From nothing up, by ones, twos or fives of some power of ten.
fn steps(high: f64) -> Vec<f64> {
    let power = 10f64.powf(high.log10().floor());
    let step = [0.1, 0.2, 0.5, 1.0].map(|part| part * power).into_iter().find(|step| high / step <= 5.0);
    let step = step.unwrap_or(2.0 * power);
    (0..).map(|n| f64::from(n) * step).take_while(|tick| *tick <= high).collect()
}

/// Round numbers need no digits that say nothing.
fn time_of_tick(nanoseconds: f64) -> String {
    let text = time(nanoseconds);
    let (number, unit) = text.split_once(' ').unwrap_or((&text, ""));
    let number =
        if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number };
    if nanoseconds == 0.0 { "0".to_string() } else { format!("{number} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::rows::Rows;

    #[test]
    fn ticks_are_round_and_few() {
        assert_eq!(decades(1.0, 950.0), [1.0, 10.0, 100.0]);
        assert_eq!(decades(1.0, 2e9), [1.0, 100.0, 10_000.0, 1e6, 1e8]);
        assert_eq!(steps(4.2), [0.0, 1.0, 2.0, 3.0, 4.0]);
        assert_eq!(steps(95.0), [0.0, 20.0, 40.0, 60.0, 80.0]);
        assert_eq!([0.0, 0.5, 10.0, 2e3, 1e6].map(time_of_tick), ["0", "0.5 ns", "10 ns", "2 µs", "1 ms"]);
    }

    #[test]
    fn labels_fit() {
        for group in Rows::of_the_project().unwrap().groups {
            assert!(group.title.len() <= 50 && group.unit.len() <= 40, "{}", group.name);
            for row in group.rows.iter().filter(|row| row.in_chart) {
                assert!(row.label.len() <= 27, "{}", row.label);
            }
        }
    }

    #[test]
    fn the_fastest_comes_first_and_what_was_not_measured_not_at_all() {
        let rows = "iter/a\tunit\ttitle\niter/a/b\tours\tchart\tb\niter/a/c\tpeer\tchart\tc\niter/a/d\tpeer\tchart\td\n\
            iter/a/e\tpeer\ttable\te\n";
        let rows = Rows::parse(rows).unwrap();
        let time = [("iter/a/b", 3.0), ("iter/a/c", 2.0), ("iter/a/e", 1.0)];
        let mut measured = Measured::default();
        assert!(Panel::of(&rows.groups[0], &measured).is_none());
        measured.time.extend(time.map(|(name, time)| (name.to_string(), time)));
        let panel = Panel::of(&rows.groups[0], &measured).unwrap();
        assert_eq!(panel.bars.iter().map(|bar| bar.label).collect::<Vec<_>>(), ["c", "b"]);
        assert_eq!(panel.said(), "title (unit): c 2.00 ns; b 3.00 ns.");
    }
}
