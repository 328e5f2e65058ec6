//! The procedural macros of `tarae`. Use them through that crate: its `generator!`, `coroutine!`, `stream!`,
//! `try_stream!` and `yield_from!` pass `$crate` on as the first token, so that they work under any name the crate is
//! given.
//!
//! There is no parser of Rust here. `rewrite` walks over tokens and replaces each `yield operand`; `operand` finds
//! where an operand ends; `expand` holds the code that takes its place in a generator, `stream` that in a stream, and
//! `template` fills either in. What is incomplete is passed on as it stands, so that an editor goes on completing
//! inside a body that does not parse yet.

mod expand;
mod operand;
mod rewrite;
mod stream;
mod template;

use expand::Sent;
use proc_macro::{Delimiter, Span, TokenStream, TokenTree};
use rewrite::Rewriter;
use template::error;

/// Whose body it is.
#[derive(Clone, Copy)]
enum Kind {
    Generator(Sent),
    Stream { tries: bool },
}

/// `generator!`: a body, or a closure that makes one, that is sent nothing.
#[doc(hidden)]
#[proc_macro]
pub fn generator(input: TokenStream) -> TokenStream {
    expand_macro(input, "generator", Kind::Generator(Sent::Nothing))
}

/// `coroutine!`: a body, or a closure that makes one, that is sent values.
#[doc(hidden)]
#[proc_macro]
pub fn coroutine(input: TokenStream) -> TokenStream {
    expand_macro(input, "coroutine", Kind::Generator(Sent::Inferred))
}

/// `stream!`: a body, or a closure that makes one, that may also be pending.
#[doc(hidden)]
#[proc_macro]
pub fn stream(input: TokenStream) -> TokenStream {
    expand_macro(input, "stream", Kind::Stream { tries: false })
}

/// `try_stream!`: the same with `?`.
#[doc(hidden)]
#[proc_macro]
pub fn try_stream(input: TokenStream) -> TokenStream {
    expand_macro(input, "try_stream", Kind::Stream { tries: true })
}

/// `$crate; { body }` or `$crate; |parameters| -> Return { body }`.
fn expand_macro(input: TokenStream, name: &str, kind: Kind) -> TokenStream {
    let mut tokens: Vec<TokenTree> = input.into_iter().collect();
    // An identifier, and not a block in which a program's own code would stand in one of our `unsafe` blocks.
    if tokens.len() < 2 || !matches!(tokens[0], TokenTree::Ident(_)) {
        return error(Span::call_site(), "internal macro: use the one of the same name in `tarae`");
    }
    let krate = tokens.remove(0);
    tokens.remove(0); // the semicolon
    if tokens.last().is_some_and(|token| is_punct(token, ',')) {
        tokens.pop(); // rustfmt's, where the call takes several lines
    }
    let Some(body) = tokens.pop() else {
        return error(
            Span::call_site(),
            &format!(
                "`{name}!` needs a body: `{name}!({{ yield 1; }})` or `{name}!(|n: u64| {{ yield n; }})`"
            ),
        );
    };
    let head = match Head::parse(tokens) {
        Ok(head) => head,
        Err((span, message)) => return error(span, &message),
    };
    let (statements, span) = match body {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => (group.stream(), group.span()),
        other => return error(other.span(), "expected a body in braces: `{ .. }`"),
    };
    let mut rewriter = Rewriter::new(krate.clone(), kind);
    let statements = rewriter.rewrite(statements);
    let Head { parameters, output } = head;
    match kind {
        Kind::Generator(sent) => {
            expand::make(&krate, span, sent, rewriter.delegates, parameters, output, statements)
        }
        Kind::Stream { tries } => stream::make(&krate, span, tries, parameters, output, statements),
    }
}

/// What stands before the body.
struct Head {
    /// The parameters between the bars, if the macro makes a closure.
    parameters: Option<TokenStream>,
    /// What stands after `->`.
    output: Option<TokenStream>,
}

impl Head {
    /// Reads `|parameters|`, `|parameters| -> Return` or nothing, with or without `move` before it.
    fn parse(tokens: Vec<TokenTree>) -> Result<Self, (Span, String)> {
        let mut tokens = tokens.into_iter().peekable();
        if matches!(tokens.peek(), Some(TokenTree::Ident(word)) if word.to_string() == "move") {
            tokens.next(); // a body always owns what it uses
        }
        let Some(first) = tokens.next() else { return Ok(Head { parameters: None, output: None }) };
        if !is_punct(&first, '|') {
            let message =
                "expected a body in braces, or a closure's parameters between bars and then a body in braces";
            return Err((first.span(), message.to_string()));
        }
        let parameters: TokenStream = tokens.by_ref().take_while(|token| !is_punct(token, '|')).collect();
        let rest: Vec<TokenTree> = tokens.collect();
        let output = match rest.as_slice() {
            [] => None,
            [dash, angle, output @ ..]
                if is_punct(dash, '-') && is_punct(angle, '>') && !output.is_empty() =>
            {
                Some(output.iter().cloned().collect())
            }
            [other, ..] => {
                return Err((
                    other.span(),
                    "expected a body in braces, after `-> Type` if it returns one".into(),
                ));
            }
        };
        Ok(Head { parameters: Some(parameters), output })
    }
}

/// Whether `token` is this punctuation mark.
fn is_punct(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}
