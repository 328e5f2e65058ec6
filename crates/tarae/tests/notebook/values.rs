//! Values, however they are written: `[1, 'a']` and `(1.0, "a",)` are equal.

/// What a line is made of.
#[derive(Debug, PartialEq)]
enum Token {
    /// As it was written, less what says nothing: `1.0` is `1`.
    Number(String),
    Word(String),
    Open,
    Close,
    Comma,
    Other(char),
}

/// Compares line by line, value by value.
pub(crate) fn equal(recorded: &str, shown: &str) -> Result<(), String> {
    let (recorded, shown): (Vec<&str>, Vec<&str>) = (recorded.lines().collect(), shown.lines().collect());
    for (recorded, shown) in recorded.iter().zip(&shown) {
        if tokens(recorded) != tokens(shown) {
            return Err(format!("the values of {recorded:?} are not those of {shown:?}"));
        }
    }
    if recorded.len() != shown.len() {
        return Err(format!("{} lines recorded, {} shown", recorded.len(), shown.len()));
    }
    Ok(())
}

fn tokens(line: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let of = |belongs: fn(char) -> bool| rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        let (token, length) = match first {
            '0'..='9' | '-' => {
                let end = of(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
                (Some(Token::Number(number(&rest[..end]))), end)
            }
            c if c.is_alphabetic() => {
                let end = of(char::is_alphabetic);
                (Some(Token::Word(rest[..end].to_owned())), end)
            }
            '[' | '(' => (Some(Token::Open), 1),
            ']' | ')' => {
                // Python's tuple of one item.
                if tokens.last() == Some(&Token::Comma) {
                    tokens.pop();
                }
                (Some(Token::Close), 1)
            }
            ',' => (Some(Token::Comma), 1),
            ' ' | '\'' | '"' => (None, 1),
            other => (Some(Token::Other(other)), other.len_utf8()),
        };
        tokens.extend(token);
        rest = &rest[length..];
    }
    tokens
}

fn number(text: &str) -> String {
    match text.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|digit| digit == b'0') => whole.to_owned(),
        Some((whole, fraction)) => format!("{whole}.{}", fraction.trim_end_matches('0')),
        None => text.to_owned(),
    }
}

#[test]
fn writing_does_not_matter_and_values_do() {
    assert_eq!(equal("[1, 'a']\n('b',)", "(1.0, \"a\",)\n['b']"), Ok(()));
    assert_eq!(equal("6.0", "6"), Ok(()));
    assert_eq!(equal("A : ['A']", "A : ['A']"), Ok(()));
    for (recorded, shown) in [
        ("6.0", "6.5"),
        ("6.0", "60"),
        ("6", "-6"),
        ("[1, 2]", "[12]"),
        ("[1, 2]", "[1, 2"),
        ("['a']", "['b']"),
        ("['a']", "['A']"),
        ("a : b", "a b"),
        ("1\n2", "1"),
        ("1", "1\n2"),
        ("1 2", "12"),
    ] {
        assert!(equal(recorded, shown).is_err(), "{recorded:?} and {shown:?}");
    }
}
