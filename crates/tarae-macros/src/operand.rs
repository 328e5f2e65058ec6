//! Finds where the operand of a `yield` ends: as far as an expression goes, as for `return` and `break`.
//!
//! Only ends matter, so this is far less than a parser: two states (an operand is expected, or one has just ended), and
//! the few places where a comma or a brace does not end an expression.

use crate::tokens::{braced, is_joint, is_punct};
use proc_macro::TokenTree;

/// Whether braces after a path begin a struct literal.
///
/// Not between `match`, `if`, `while` or `in` and their block: there the braces are that block.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Braces {
    /// `Point { x, y }` is one expression.
    Literal,
    /// `x { .. }` is an expression and a block after it.
    Block,
}

/// The index of the first token after the expression that starts at `at`.
pub(crate) fn end_of_expression(tokens: &[TokenTree], at: usize, braces: Braces) -> usize {
    Scan(tokens).expression(at, braces, false)
}

/// The index of the first token after the operand of the `yield` before `at`; `at`, if it has none.
pub(crate) fn end_of_operand(tokens: &[TokenTree], at: usize, braces: Braces) -> usize {
    if Scan(tokens).begins_operand(at, braces) { end_of_expression(tokens, at, braces) } else { at }
}

/// Where `&&` or `||` follows the operand of the `yield` before `at`, if it does before `end`.
pub(crate) fn lazy_boolean(tokens: &[TokenTree], at: usize, end: usize, braces: Braces) -> Option<usize> {
    let scan = Scan(&tokens[..end]);
    let found = if scan.joint(at, '&', '&') { at } else { scan.expression(at, braces, true) };
    (found < end).then_some(found)
}

/// The index of the block after the condition that starts at `at`: what follows `if`, `while`, `match` or `in`.
pub(crate) fn end_of_condition(tokens: &[TokenTree], at: usize) -> usize {
    end_of_expression(tokens, Scan(tokens).past_let(at), Braces::Block)
}

/// The index of the first token after the `<..>` that begins at `at`.
pub(crate) fn end_of_angles(tokens: &[TokenTree], at: usize) -> usize {
    Scan(tokens).angles(at)
}

/// Steps over parts of a token sequence.
struct Scan<'a>(&'a [TokenTree]);

impl Scan<'_> {
    /// Past the expression that starts at `at`; to a `&&` or `||` between two operands of it, if `lazy`.
    fn expression(&self, mut at: usize, braces: Braces, lazy: bool) -> usize {
        // Whether an operand is expected; else one has just ended and an operator may follow.
        let mut expected = true;
        while let Some(token) = self.0.get(at) {
            match token {
                TokenTree::Punct(mark) if matches!(mark.as_char(), ';' | ',') => break,
                _ if self.joint(at, '=', '>') => break,
                TokenTree::Ident(word) if word.to_string() == "else" => break,
                // `match 1.. { .. }`: a range need not have an end.
                _ if braced(token).is_some() && braces == Braces::Block && self.ends_range(at) => break,
                _ if expected => (at, expected) = self.operand(at, braces),
                TokenTree::Group(_) if braces == Braces::Block && braced(token).is_some() => break,
                TokenTree::Group(_) => at += 1,
                TokenTree::Ident(word) if word.to_string() == "as" => at = self.type_(at + 1),
                // The next statement, whose author forgot a semicolon; or what a macro of the program's has there.
                TokenTree::Ident(_) | TokenTree::Literal(_) => break,
                TokenTree::Punct(mark) => match mark.as_char() {
                    '?' => at += 1,
                    '.' if self.joint(at, '.', '.') => {
                        at += 2;
                        if self.is(at, '=') {
                            at += 1;
                        }
                        expected = true;
                    }
                    '.' => at = self.name(at + 1),
                    ':' if self.joint(at, ':', ':') => {
                        at += 2;
                        at = if self.is(at, '<') { self.angles(at) } else { self.name(at) };
                    }
                    ':' => break,
                    '!' if matches!(self.0.get(at + 1), Some(TokenTree::Group(_))) => {
                        // A macro call: its braces belong to it even before a block.
                        at += 2;
                    }
                    '|' | '&' if lazy && self.joint(at, mark.as_char(), mark.as_char()) => break,
                    '|' if self.joint(at, '|', '|') => (at, expected) = (at + 2, true),
                    '<' if self.joint(at, '<', '<') => (at, expected) = (at + 2, true),
                    _ => (at, expected) = (at + 1, true),
                },
            }
        }
        at.min(self.0.len()) // what is incomplete may have been stepped over
    }

    /// Whether an operand of `yield`, `return` or `break` begins at `at`; as rustc has it for the latter, a block is none
    /// where the block of an `if` or its like is awaited.
    fn begins_operand(&self, at: usize, braces: Braces) -> bool {
        match self.0.get(at) {
            None => false,
            Some(token @ TokenTree::Group(_)) => braces == Braces::Literal || braced(token).is_none(),
            Some(TokenTree::Literal(_)) => true,
            Some(TokenTree::Ident(word)) => !matches!(word.to_string().as_str(), "as" | "else"),
            Some(TokenTree::Punct(mark)) => match mark.as_char() {
                sign @ ('|' | '&' | '-' | '*' | '<' | '!') => !self.joint(at, sign, '='),
                sign @ ('.' | ':') => self.joint(at, sign, sign),
                sign => matches!(sign, '\'' | '#'),
            },
        }
    }

    /// Past a name, or a number, as it follows a dot.
    fn name(&self, at: usize) -> usize {
        at + usize::from(matches!(self.0.get(at), Some(TokenTree::Ident(_) | TokenTree::Literal(_))))
    }

    /// Whether the token at `at` is this mark.
    fn is(&self, at: usize, mark: char) -> bool {
        self.0.get(at).is_some_and(|token| is_punct(token, mark))
    }

    /// Whether `first` stands at `at` with `second` right behind it.
    fn joint(&self, at: usize, first: char, second: char) -> bool {
        is_joint(self.0, at, first, second)
    }

    /// Whether `..` stands right before `at`.
    fn ends_range(&self, at: usize) -> bool {
        at >= 2 && self.joint(at - 2, '.', '.')
    }

    fn word(&self, at: usize) -> Option<String> {
        match self.0.get(at) {
            Some(TokenTree::Ident(word)) => Some(word.to_string()),
            _ => None,
        }
    }

    /// Past one token, or one construct, where an operand is expected; and whether one still is.
    fn operand(&self, at: usize, braces: Braces) -> (usize, bool) {
        match &self.0[at] {
            TokenTree::Group(_) | TokenTree::Literal(_) => (at + 1, false),
            TokenTree::Ident(word) => match word.to_string().as_str() {
                "if" => (self.if_(at), false),
                "match" | "while" => (self.block(end_of_condition(self.0, at + 1)), false),
                "for" => {
                    let mut pattern = at + 1;
                    while pattern < self.0.len() && self.word(pattern).as_deref() != Some("in") {
                        pattern += 1;
                    }
                    (self.block(end_of_expression(self.0, pattern + 1, Braces::Block)), false)
                }
                "let" => (self.past_let(at), true),
                "raw" if matches!(self.word(at + 1).as_deref(), Some("const" | "mut")) => (at + 2, true),
                "async" | "move" | "static" | "unsafe" | "loop" | "const" | "mut" => (at + 1, true),
                "return" | "yield" => (at + 1, self.begins_operand(at + 1, braces)),
                "break" => {
                    let at = if self.is(at + 1, '\'') { at + 3 } else { at + 1 };
                    (at, self.begins_operand(at, braces))
                }
                _ => (at + 1, false),
            },
            TokenTree::Punct(mark) => match mark.as_char() {
                '|' => (self.closure_head(at), true),
                '<' => (self.angles(at), false),
                '\'' => (if self.is(at + 2, ':') { at + 3 } else { at + 2 }, true),
                '.' if self.joint(at, '.', '.') => (if self.is(at + 2, '=') { at + 3 } else { at + 2 }, true),
                _ => (at + 1, true),
            },
        }
    }

    /// Past `let pattern =` in a condition.
    fn past_let(&self, at: usize) -> usize {
        if self.word(at).as_deref() != Some("let") {
            return at;
        }
        let equals = (at..self.0.len())
            .find(|&i| self.is(i, '=') && !self.joint(i, '=', '>') && !self.joint(i - 1, '.', '='));
        equals.map_or(at + 1, |i| i + 1)
    }

    /// Past a block in braces, if one stands here.
    fn block(&self, at: usize) -> usize {
        at + usize::from(self.0.get(at).and_then(braced).is_some())
    }

    /// Past `if condition { .. } else if condition { .. } else { .. }`.
    fn if_(&self, mut at: usize) -> usize {
        loop {
            at = self.block(end_of_condition(self.0, at + 1));
            if self.word(at).as_deref() != Some("else") {
                return at;
            }
            at += 1;
            if self.word(at).as_deref() != Some("if") {
                return self.block(at);
            }
        }
    }

    /// Past `|a, b|` and `-> Type`, to the closure's body.
    fn closure_head(&self, at: usize) -> usize {
        let mut at = at + 1;
        while at < self.0.len() && !self.is(at, '|') {
            at += 1;
        }
        at += 1;
        if self.joint(at, '-', '>') { self.type_(at + 2) } else { at }
    }

    /// Past `<..>`, in which commas separate and `->` closes nothing.
    fn angles(&self, mut at: usize) -> usize {
        let mut depth = 0usize;
        while at < self.0.len() {
            if self.joint(at, '-', '>') {
                at += 1;
            } else if self.is(at, '<') {
                depth += 1;
            } else if self.is(at, '>') {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            at += 1;
        }
        at
    }

    /// Past the type after `as` or `->`.
    fn type_(&self, mut at: usize) -> usize {
        while let Some(token) = self.0.get(at) {
            match token {
                TokenTree::Group(_) | TokenTree::Literal(_) => return at + 1,
                TokenTree::Punct(mark) => match mark.as_char() {
                    '&' | '*' => at += 1,
                    '\'' | ':' => at += 2,
                    '<' => return self.path(self.angles(at)),
                    '!' => return at + 1,
                    _ => return at,
                },
                TokenTree::Ident(word) => match word.to_string().as_str() {
                    "const" | "mut" | "dyn" | "impl" | "unsafe" | "extern" => at += 1,
                    "fn" => {
                        at += 2;
                        return if self.joint(at, '-', '>') { self.type_(at + 2) } else { at };
                    }
                    _ => return self.path(at + 1),
                },
            }
        }
        at
    }

    /// Past the rest of a path in a type.
    fn path(&self, mut at: usize) -> usize {
        loop {
            if self.is(at, '<') {
                at = self.angles(at);
            } else if self.joint(at, ':', ':') {
                at += 2;
                if self.word(at).is_some() {
                    at += 1;
                }
            } else {
                return at;
            }
        }
    }
}
