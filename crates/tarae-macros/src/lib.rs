//! The procedural macros of `tarae`. Use them through that crate: its `generator!`, `coroutine!`, `stream!`,
//! `try_stream!` and `yield_from!` pass `$crate` on as the first token, so that they work under any name the crate is
//! given.
//!
//! There is no parser of Rust here. `input` tells a body from a closure's head; `rewrite` walks over tokens and replaces
//! each `yield operand`; `yields` says which are the body's own, and refuses others; `operand` finds where an operand ends;
//! `expand` holds the code that takes its place in a generator, `stream` that in a stream, and `template` fills either in. What is incomplete is passed on as it stands,
//! so that an editor goes on completing inside a body that does not parse yet.
//!
//! `#[remote]` stands by itself: `signature` and `argument` read the head of a function, `travels` refuses types that
//! cannot leave their process, and `remote` holds the code that makes the function known by its name.

mod argument;
mod expand;
mod input;
mod operand;
mod remote;
mod rewrite;
mod signature;
mod stream;
mod template;
mod tokens;
mod travels;
mod yields;

use expand::Sent;
use input::Input;
use proc_macro::{Span, TokenStream, TokenTree};
use rewrite::{Kind, Rewriter};
use template::error;

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

#[expect(missing_docs, reason = "where it is re-exported")]
#[proc_macro_attribute]
pub fn remote(arguments: TokenStream, item: TokenStream) -> TokenStream {
    remote::expand(arguments, item)
}

/// `$crate;` and then what the macro was given.
fn expand_macro(input: TokenStream, name: &str, kind: Kind) -> TokenStream {
    let mut tokens: Vec<TokenTree> = input.into_iter().collect();
    // The `$crate` of a macro, which means the same crate wherever it stands. A name could mean another one in a block of
    // the body, and a block would put a program's own code into our `unsafe`.
    if tokens.len() < 2 || !matches!(&tokens[0], TokenTree::Ident(krate) if krate.to_string() == "$crate") {
        return error(Span::call_site(), "internal macro: use the one of the same name in `tarae`");
    }
    let krate = tokens.remove(0);
    tokens.remove(0); // the semicolon
    let Input { parameters, output, statements, span } = match Input::parse(name, tokens) {
        Ok(input) => input,
        Err((span, message)) => return error(span, &message),
    };
    let mut rewriter = Rewriter::new(krate.clone(), kind);
    let statements = rewriter.rewrite(statements);
    match kind {
        Kind::Generator(sent) => {
            expand::make(&krate, span, sent, rewriter.delegates, parameters, output, statements)
        }
        Kind::Stream { tries } => stream::make(&krate, span, tries, parameters, output, statements),
    }
}
