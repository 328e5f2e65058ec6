//! What the example printed, taken apart.

/// What the example printed.
pub(crate) struct Page {
    pub(crate) cells: Vec<Cell>,
    pub(crate) sections: Vec<Section>,
}

/// `In [number]: words`, what was shown, and an empty line.
pub(crate) struct Cell {
    pub(crate) number: u32,
    pub(crate) words: String,
    /// Without the empty line at its end: lines, each with its end.
    pub(crate) shown: String,
}

/// `After the notebook: words`, what was shown, and an empty line.
#[derive(Clone)]
pub(crate) struct Section {
    pub(crate) words: String,
    pub(crate) shown: String,
}

impl Page {
    /// Takes the text apart.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let mut page = Page { cells: Vec::new(), sections: Vec::new() };
        let mut lines = text.split_inclusive('\n').peekable();
        while let Some(heading) = lines.next() {
            let mut shown = String::new();
            while let Some(line) = lines.next_if(|line| !is_heading(line)) {
                shown += line;
            }
            let end = if shown == "\n" || shown.ends_with("\n\n") { shown.len() - 1 } else { 0 };
            if end == 0 && shown != "\n" {
                return Err(format!("no empty line ends {heading:?}, but {shown:?}"));
            }
            shown.truncate(end);
            page.add(heading.trim_end(), shown)?;
        }
        Ok(page)
    }

    fn add(&mut self, heading: &str, shown: String) -> Result<(), String> {
        let nothing_after = self.sections.is_empty();
        match (cell_number(heading), heading.strip_prefix(AFTER)) {
            (Some((number, words)), None) if nothing_after => {
                self.cells.push(Cell { number, words: words.to_owned(), shown });
            }
            (None, Some(words)) => self.sections.push(Section { words: words.to_owned(), shown }),
            _ => return Err(format!("not a heading here: {heading:?}")),
        }
        Ok(())
    }
}

const AFTER: &str = "After the notebook: ";

fn is_heading(line: &str) -> bool {
    line.starts_with("In [") || line.starts_with(AFTER)
}

fn cell_number(heading: &str) -> Option<(u32, &str)> {
    let (number, words) = heading.strip_prefix("In [")?.split_once("]: ")?;
    Some((number.parse().ok()?, words))
}
