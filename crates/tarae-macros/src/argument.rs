//! The arguments of a function that `#[remote]` marks.

use crate::operand::end_of_angles;
use crate::template::Refusal;
use crate::tokens::{is_joint, is_punct, is_word};
use crate::travels::{Place, refuse_type};
use proc_macro::{Ident, TokenStream, TokenTree};

/// The most arguments that serde knows a tuple for.
const MOST_ARGUMENTS: usize = 16;

/// `pattern: Type`.
pub(crate) struct Argument {
    /// The pattern, if it is a name that is used.
    pub(crate) name: Option<Ident>,
    pub(crate) type_: TokenStream,
}

impl Argument {
    /// Reads what stands between the parentheses.
    pub(crate) fn read_all(tokens: TokenStream) -> Result<Vec<Self>, Refusal> {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let parts = separated(&tokens);
        if let Some(part) = parts.get(MOST_ARGUMENTS) {
            let message = format!(
                "a remote function has at most {MOST_ARGUMENTS} arguments: make a struct of those that belong together"
            );
            return Err((part[0].span(), message));
        }
        parts.into_iter().map(Argument::read).collect()
    }

    fn read(tokens: &[TokenTree]) -> Result<Self, Refusal> {
        let mut at = 0;
        while is_punct(&tokens[at], '#') {
            if let Some(TokenTree::Group(group)) = tokens.get(at + 1)
                && let Some(first) = group.stream().into_iter().next()
                && is_word(&first, "cfg")
            {
                return Err((first.span(), CFG_ARGUMENT.into()));
            }
            at += 2;
        }
        let tokens = &tokens[at..];
        let span = tokens[0].span();
        if is_receiver(tokens) {
            return Err((span, METHOD.into()));
        }
        let (pattern, type_) = match find_colon(tokens) {
            Some(colon) => (&tokens[..colon], &tokens[colon + 1..]),
            None => (tokens, &[][..]),
        };
        if type_.is_empty() || type_.iter().all(|token| is_punct(token, '.')) {
            return Err((span, VARIADIC.into()));
        }
        refuse_type(type_, Place::Argument)?;
        let name = match pattern {
            [TokenTree::Ident(name)] => Some(name),
            [mut_, TokenTree::Ident(name)] if is_word(mut_, "mut") => Some(name),
            _ => None,
        };
        // By its underscore a name says that it is not used; we do use it.
        let name = name.filter(|name| !name.to_string().starts_with('_')).cloned();
        Ok(Argument { name, type_: type_.iter().cloned().collect() })
    }
}

/// The parts between commas, without an empty one at the end.
fn separated(tokens: &[TokenTree]) -> Vec<&[TokenTree]> {
    let (mut parts, mut begin, mut at) = (Vec::new(), 0, 0);
    while at < tokens.len() {
        if is_punct(&tokens[at], '<') {
            at = end_of_angles(tokens, at);
            continue;
        }
        if is_punct(&tokens[at], ',') {
            parts.push(&tokens[begin..at]);
            begin = at + 1;
        }
        at += 1;
    }
    parts.push(&tokens[begin..]);
    parts.retain(|part| !part.is_empty());
    parts
}

/// Where the colon between pattern and type is; a path in the pattern has double ones.
fn find_colon(tokens: &[TokenTree]) -> Option<usize> {
    let mut at = 0;
    while at < tokens.len() {
        if is_joint(tokens, at, ':', ':') {
            at += 2;
        } else if is_punct(&tokens[at], ':') {
            return Some(at);
        } else {
            at += 1;
        }
    }
    None
}

/// `self`, `mut self`, `&self`, `&'a mut self`, `self: Type`; not a pattern with the path `self::Name`.
fn is_receiver(tokens: &[TokenTree]) -> bool {
    let pattern = &tokens[..find_colon(tokens).unwrap_or(tokens.len())];
    let has_path = pattern.iter().any(|token| is_punct(token, ':'));
    !has_path && pattern.iter().any(|token| is_word(token, "self"))
}

const METHOD: &str = "a remote function cannot be a method: mark a function that stands by itself and takes the value as its argument";
const VARIADIC: &str = "a remote function cannot be variadic: take a `Vec`";
const CFG_ARGUMENT: &str =
    "an argument of a remote function cannot have a `#[cfg]`: write two functions, each with its own";
