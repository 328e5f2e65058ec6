//! Where yields stand: which are the body's own, and which stand where nothing of it can be suspended.

use crate::operand::{Braces, end_of_expression};
use crate::template::error;
use crate::tokens::{braced, is_joint, is_punct};
use proc_macro::{Delimiter, Group, Span, TokenStream, TokenTree};

/// Macros whose bodies have yields of their own.
pub(crate) const OWN_BODIES: [&str; 4] = ["generator", "coroutine", "stream", "try_stream"];

/// Where the first yield stands that belongs to the body around `stream`.
pub(crate) fn find_yield(stream: TokenStream) -> Option<Span> {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            TokenTree::Ident(word) => match word.to_string().as_str() {
                "yield" => return Some(word.span()),
                "yield_from" if macro_call(&tokens, at).is_some() => return Some(word.span()),
                name if OWN_BODIES.contains(&name) && macro_call(&tokens, at).is_some() => at += 2,
                _ => {}
            },
            TokenTree::Group(group) => {
                if let Some(span) = find_yield(group.stream()) {
                    return Some(span);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// Where the arguments are, if `yield_from!(source)` stands at `at`, with or without a path before it.
pub(crate) fn delegation(tokens: &[TokenTree], mut at: usize) -> Option<usize> {
    let is = |at: usize, mark| tokens.get(at).is_some_and(|token| is_punct(token, mark));
    loop {
        if is(at, ':') && is(at + 1, ':') {
            at += 2;
        }
        match tokens.get(at)? {
            TokenTree::Ident(word) if word.to_string() == "yield_from" => {
                return macro_call(tokens, at).map(|_| at + 2);
            }
            TokenTree::Ident(_) if is(at + 1, ':') && is(at + 2, ':') => at += 1,
            _ => return None,
        }
    }
}

/// The arguments, if a macro is called by the word at `at`.
pub(crate) fn macro_call(tokens: &[TokenTree], at: usize) -> Option<&Group> {
    match (tokens.get(at + 1), tokens.get(at + 2)) {
        (Some(bang), Some(TokenTree::Group(arguments))) if is_punct(bang, '!') => Some(arguments),
        _ => None,
    }
}

/// Finds a yield in the block of `async {}`, `async move {}`, `const {}` or a nested `fn`.
///
/// The compiler refuses it too (see the label in `expand`), but cannot say why. What is hidden in a closure or by
/// another macro is left to it.
pub(crate) fn yield_in_other_body(tokens: &[TokenTree], at: usize) -> Option<(Span, &'static str)> {
    let TokenTree::Ident(word) = &tokens[at] else { return None };
    let place = match word.to_string().as_str() {
        "async" => "an `async` block",
        "const" => "a `const` block",
        _ => "a nested function",
    };
    let block = match word.to_string().as_str() {
        // Without a name it is the type of a function pointer.
        "fn" if matches!(tokens.get(at + 1), Some(TokenTree::Ident(_))) => {
            tokens[at + 1..].iter().find_map(braced)
        }
        _ => match tokens.get(at + 1)? {
            TokenTree::Ident(word) if word.to_string() == "move" => tokens.get(at + 2).and_then(braced),
            token => braced(token),
        },
    }?;
    find_yield(block.stream()).map(|span| (span, place))
}

/// Finds a yield in a closure whose parameters begin at `at`, or at the beginning of an argument of the call there.
///
/// Only where it is sure to be a closure's bar, and not a pattern's or an operator. The compiler refuses each, in three
/// messages.
pub(crate) fn yield_in_closure(tokens: &[TokenTree], at: usize) -> Option<Span> {
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    match &tokens[at] {
        TokenTree::Punct(_) if is_punct(&tokens[at], '|') => {
            let sure = match before? {
                TokenTree::Ident(word) => matches!(word.to_string().as_str(), "move" | "async" | "return"),
                before => is_punct(before, '=') && !is_joint(tokens, at.saturating_sub(2), '=', '='),
            };
            let end = sure.then(|| end_of_expression(tokens, at, Braces::Literal))?;
            find_yield(tokens[at..end].iter().cloned().collect())
        }
        TokenTree::Group(arguments) if arguments.delimiter() == Delimiter::Parenthesis => {
            if !matches!(before?, TokenTree::Ident(_)) && !is_punct(before?, '>') {
                return None;
            }
            let tokens: Vec<TokenTree> = arguments.stream().into_iter().collect();
            (0..tokens.len())
                .filter(|&at| is_punct(&tokens[at], '|') && (at == 0 || is_punct(&tokens[at - 1], ',')))
                .find_map(|at| {
                    let end = end_of_expression(&tokens, at, Braces::Literal);
                    find_yield(tokens[at..end].iter().cloned().collect())
                })
        }
        _ => None,
    }
}

pub(crate) fn misplaced(span: Span, place: &str, remedy: &str) -> TokenStream {
    let message = format!(
        "`yield` inside {place}: a yield must stand directly in the generator's body, since only that body is suspended{remedy}"
    );
    error(span, &message)
}
