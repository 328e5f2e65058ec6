//! Which types cannot travel to another process, as far as their tokens tell: `#[remote]` says so before serde does.

use crate::template::Refusal;
use crate::tokens::{is_punct, is_word};
use proc_macro::{Delimiter, Span, TokenTree};

/// Where in a signature a type stands.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    Argument,
    Result,
}

/// What is wrong with this type, if anything is.
pub(crate) fn refuse_type(tokens: &[TokenTree], place: Place) -> Result<(), Refusal> {
    if let (Place::Result, [never]) = (place, tokens)
        && is_punct(never, '!')
    {
        return Err((never.span(), NEVER.into()));
    }
    match find_culprit(tokens) {
        None => Ok(()),
        Some((span, culprit)) => Err((span, message(culprit, place).into())),
    }
}

enum Culprit {
    Borrow,
    Impl,
    Self_,
}

fn message(culprit: Culprit, place: Place) -> &'static str {
    match (culprit, place) {
        (Culprit::Borrow, Place::Argument) => {
            "an argument of a remote function cannot be borrowed, since it goes to another process: take an owned value (`String` for `&str`, `Vec<T>` for `&[T]`)"
        }
        (Culprit::Borrow, Place::Result) => {
            "the result of a remote function cannot be borrowed, since it comes from another process: return an owned value (`String` for `&str`, `Vec<T>` for `&[T]`)"
        }
        (Culprit::Impl, Place::Argument) => {
            "an argument of type `impl Trait` makes the function generic, and a remote function's name must stand for one function: name the type"
        }
        (Culprit::Impl, Place::Result) => {
            "the result of a remote function must have a type with a name: name it, or collect the items of an iterator into a `Vec`"
        }
        (Culprit::Self_, _) => {
            "a remote function cannot be a method: mark a function that stands by itself, and name the type"
        }
    }
}

const NEVER: &str = "a remote function must return, since its caller waits for that: leave the result out, or return a `Result` of what ended it";

/// The first token that borrows, or gives the type no name.
fn find_culprit(tokens: &[TokenTree]) -> Option<(Span, Culprit)> {
    for (at, token) in tokens.iter().enumerate() {
        match token {
            // `for<'a> fn(&'a T)`: of the values, nothing is borrowed.
            _ if is_word(token, "for") => return None,
            _ if is_word(token, "impl") => return Some((token.span(), Culprit::Impl)),
            _ if is_word(token, "Self") => return Some((token.span(), Culprit::Self_)),
            _ if is_punct(token, '&') => return Some((token.span(), Culprit::Borrow)),
            TokenTree::Punct(mark) if mark.as_char() == '\'' => {
                let name = tokens.get(at + 1)?;
                if !is_word(name, "static") {
                    return Some((name.span(), Culprit::Borrow));
                }
            }
            TokenTree::Group(group) => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let inner = match group.delimiter() {
                    // The type of the items; after it, their number.
                    Delimiter::Bracket => inner.split(|token| is_punct(token, ';')).next()?,
                    // What a function that is spoken of is given.
                    Delimiter::Parenthesis if at > 0 && matches!(tokens[at - 1], TokenTree::Ident(_)) => {
                        continue;
                    }
                    // A value.
                    Delimiter::Brace => continue,
                    _ => &inner[..],
                };
                if let found @ Some(_) = find_culprit(inner) {
                    return found;
                }
            }
            _ => {}
        }
    }
    None
}
