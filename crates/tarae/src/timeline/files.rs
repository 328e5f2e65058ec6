//! The files that are made of a timeline.

use super::record::Timeline;
use super::{json, picture};
use std::io;
use std::path::Path;

impl Timeline {
    /// A picture: a row for each thread, a bar for each task, with its name and times where the mouse is. It needs nothing
    /// but itself, and can be read on light and on dark ground. Tasks too short to be seen are drawn as one bar, which says
    /// how many they are.
    pub fn to_svg(&self) -> String {
        picture::draw(self)
    }

    /// A trace in Chrome's format, for <https://ui.perfetto.dev> or `chrome://tracing`.
    pub fn to_chrome(&self) -> String {
        json::write(self)
    }

    /// Writes the picture, if the file's name ends in `.svg`, or the trace, if it ends in `.json`.
    ///
    /// # Errors
    /// If it ends otherwise, or cannot be written.
    ///
    /// ```
    /// # let timeline = tarae::timeline::start()?.finish();
    /// let error = timeline.save("run.png").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "no timeline can be written as \"run.png\": name a file .svg for a picture, or .json for a trace"
    /// );
    /// # Ok::<(), tarae::timeline::AlreadyRecording>(())
    /// ```
    pub fn save(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let path = path.as_ref();
        let extension = path.extension().unwrap_or_default();
        let text = if extension.eq_ignore_ascii_case("svg") {
            self.to_svg()
        } else if extension.eq_ignore_ascii_case("json") {
            self.to_chrome()
        } else {
            let why = format!(
                "no timeline can be written as {path:?}: name a file .svg for a picture, or .json for a trace"
            );
            return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
        };
        std::fs::write(path, text)
    }
}
