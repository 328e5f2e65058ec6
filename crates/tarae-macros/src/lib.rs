//! The procedural macros of `tarae`. Use them through that crate: its `generator!`, `coroutine!`, `stream!`,
//! `try_stream!` and `yield_from!` pass `$crate` on as the first token, so that they work under any name the crate is
//! given.
//!
//! There is no parser of Rust here. `input` tells a body from a closure's head; `rewrite` walks over tokens and replaces
//! each `yield operand`; `operand` finds where an operand ends; `expand` holds the code that takes its place in a
//! generator, `stream` that in a stream, and `template` fills either in. What is incomplete is passed on as it stands,
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
mod travels;

use expand::Sent;
use input::Input;
use proc_macro::{Delimiter, Group, Spacing, Span, TokenStream, TokenTree};
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

/// What is wrong, and where.
type Refusal = (Span, String);

/// Whether `token` is this word.
fn is_word(token: &TokenTree, text: &str) -> bool {
    matches!(token, TokenTree::Ident(word) if word.to_string() == text)
}

/// Whether `token` is this punctuation mark.
fn is_punct(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

/// Whether `first` stands at `at` with `second` right behind it.
fn is_joint(tokens: &[TokenTree], at: usize, first: char, second: char) -> bool {
    matches!(tokens.get(at), Some(TokenTree::Punct(mark)) if mark.as_char() == first && mark.spacing() == Spacing::Joint)
        && tokens.get(at + 1).is_some_and(|token| is_punct(token, second))
}

/// The block, if `token` is one: in braces, or such a fragment of a `macro_rules!` of the program's.
fn braced(token: &TokenTree) -> Option<Group> {
    let TokenTree::Group(group) = token else { return None };
    match group.delimiter() {
        Delimiter::Brace => Some(group.clone()),
        Delimiter::None => {
            let mut inner = group.stream().into_iter();
            let token = inner.next().filter(|_| inner.next().is_none())?;
            braced(&token)
        }
        _ => None,
    }
}

/// The tokens themselves, if all came as one fragment of a `macro_rules!` of the program's.
fn ungrouped(mut tokens: Vec<TokenTree>) -> Vec<TokenTree> {
    while let [TokenTree::Group(group)] = tokens.as_slice()
        && group.delimiter() == Delimiter::None
    {
        tokens = group.stream().into_iter().collect();
    }
    tokens
}
