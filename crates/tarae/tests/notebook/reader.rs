//! Reads a text from left to right: what must stand there, and what may differ.

/// What is left of a text.
pub(crate) struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Reader { rest: text }
    }

    pub(crate) fn rest(self) -> &'a str {
        self.rest
    }

    /// Exactly this.
    pub(crate) fn text(&mut self, expected: &str) -> Result<(), String> {
        if self.skips(expected) {
            return Ok(());
        }
        Err(format!("expected {expected:?} at {:?}", self.line()))
    }

    /// This, if it is there.
    pub(crate) fn skips(&mut self, expected: &str) -> bool {
        match self.rest.strip_prefix(expected) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// What stands before `end`, which must come.
    pub(crate) fn up_to(&mut self, end: &str) -> Result<&'a str, String> {
        let at = self.rest.find(end).ok_or_else(|| format!("expected {end:?} after {:?}", self.line()))?;
        Ok(self.take(at))
    }

    /// A number as it is written: digits, no zero before them.
    pub(crate) fn number(&mut self) -> Result<u64, String> {
        let line = self.line();
        let digits = self.digits();
        let number = digits.parse::<u64>().map_err(|_| format!("expected a number at {line:?}"))?;
        if number.to_string() == digits {
            Ok(number)
        } else {
            Err(format!("expected no zero before {digits}"))
        }
    }

    /// A number with so many decimals.
    pub(crate) fn decimal(&mut self, decimals: usize) -> Result<f64, String> {
        let line = self.line();
        let whole = self.number()?;
        self.text(".")?;
        let fraction = self.digits();
        if fraction.len() != decimals {
            return Err(format!("expected {decimals} decimals at {line:?}"));
        }
        format!("{whole}.{fraction}").parse().map_err(|_| format!("expected a number at {line:?}"))
    }

    /// `0x1054b75a0`.
    pub(crate) fn address(&mut self) -> Result<&'a str, String> {
        self.text("0x")?;
        let hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        let end = self.rest.find(|c| !hex(c)).unwrap_or(self.rest.len());
        if end == 0 { Err(format!("expected an address at {:?}", self.line())) } else { Ok(self.take(end)) }
    }

    /// That nothing is left.
    pub(crate) fn end(&self) -> Result<(), String> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(format!("expected no more, but there is {:?}", self.rest))
        }
    }

    fn digits(&mut self) -> &'a str {
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        self.take(end)
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// What is left of the line, for messages.
    fn line(&self) -> &'a str {
        self.rest.lines().next().unwrap_or("")
    }
}
