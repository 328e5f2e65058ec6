//! Windows of a length known when running: lent one by one, or as an iterator of what is made of each.

mod buffer;
mod owned;
mod windowed;

pub use owned::{CollectWindows, MapWindows};
pub use windowed::{Windowed, windowed};
