//! Code with holes, and what fills them.
//!
//! All names made here are resolved as if they stood in this crate (mixed-site hygiene), so that a program can neither
//! name them nor hide them. Hygiene does not keep a program's constants and statics out of patterns, though: a local is
//! written `$name`, and gets a name that no constant has.

use proc_macro::{Delimiter, Group, Ident, Literal, Spacing, Span, TokenStream, TokenTree};

/// What the program's author reads if a yield stands elsewhere: ``use of unreachable label `'..` ``. The label guard:
/// see `expand`.
const LABEL: &str = "a_yield_must_stand_directly_in_the_body_of_its_generator";

/// What is wrong, and where.
pub(crate) type Refusal = (Span, String);

/// `compile_error!(message)` at `span`, where an expression may stand.
pub(crate) fn error(span: Span, message: &str) -> TokenStream {
    block(span, compile_error(span, message))
}

/// `compile_error!(message);` at `span`, where an item may stand.
pub(crate) fn error_item(span: Span, message: &str) -> TokenStream {
    let mut item = compile_error(span, message);
    item.extend(parse(";"));
    item
}

fn compile_error(span: Span, message: &str) -> TokenStream {
    let mut text = Literal::string(message);
    text.set_span(span);
    let arguments = group(Delimiter::Parenthesis, span, TokenTree::from(text).into());
    let mut fill = Fill::new(&TokenTree::Ident(Ident::new("core", span)), span).with("ARGUMENTS", arguments);
    fill.span = span;
    fill.template("::core::compile_error! ARGUMENTS")
}

pub(crate) fn parse(code: &str) -> TokenStream {
    code.parse().expect("a template is valid Rust")
}

pub(crate) fn block(span: Span, stream: TokenStream) -> TokenStream {
    group(Delimiter::Brace, span, stream)
}

pub(crate) fn group(delimiter: Delimiter, span: Span, stream: TokenStream) -> TokenStream {
    let mut group = Group::new(delimiter, stream);
    group.set_span(span);
    TokenTree::Group(group).into()
}

/// A body that has been expanded: as a block, or as a closure that makes it.
pub(crate) fn in_closure(
    krate: &TokenTree,
    span: Span,
    parameters: Option<TokenStream>,
    body: TokenStream,
) -> TokenStream {
    let body = block(span, body);
    match parameters {
        None => body,
        Some(parameters) => Fill::new(krate, span)
            .with("PARAMETERS", parameters)
            .with("BODY", body)
            .template("move |PARAMETERS| BODY"),
    }
}

/// Fills words of a template with tokens; every other word gets mixed-site hygiene and the place `span`.
pub(crate) struct Fill {
    span: Span,
    words: Vec<(&'static str, TokenStream)>,
}

impl Fill {
    pub(crate) fn new(krate: &TokenTree, place: Span) -> Self {
        Fill::with_path(krate.clone().into(), place)
    }

    /// As `new`, for a crate that a program names by a path.
    pub(crate) fn with_path(krate: TokenStream, place: Span) -> Self {
        let mut label = proc_macro::Punct::new('\'', Spacing::Joint);
        let span = Span::mixed_site().located_at(place);
        label.set_span(span);
        let label = [TokenTree::Punct(label), TokenTree::Ident(Ident::new(LABEL, span))];
        Fill { span, words: vec![("KRATE", krate), ("LABEL", label.into_iter().collect())] }
    }

    /// `OPERAND`, an operand of the program's, as one expression: if it is none, the message is about its end. And `VALUE`, a
    /// local to hold it: if that is of a wrong type, the message is about the operand.
    pub(crate) fn operand(self, operand: TokenStream) -> Self {
        let mut tokens = operand.clone().into_iter();
        let place = |token: Option<TokenTree>| token.map(|token| self.span.located_at(token.span()));
        let first = place(tokens.next()).unwrap_or(self.span);
        let last = place(tokens.last()).unwrap_or(first);
        self.with("OPERAND", group(Delimiter::Parenthesis, last, operand))
            .with("VALUE", local("value", first).into())
    }

    pub(crate) fn with(mut self, word: &'static str, tokens: TokenStream) -> Self {
        self.words.push((word, tokens));
        self
    }

    pub(crate) fn template(&self, code: &str) -> TokenStream {
        self.fill(parse(code))
    }

    fn fill(&self, stream: TokenStream) -> TokenStream {
        let mut output = TokenStream::new();
        let mut tokens = stream.into_iter();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(mark) if mark.as_char() == '$' => {
                    let name = tokens.next().expect("`$` stands before a name");
                    output.extend([local(&name.to_string(), self.span)]);
                }
                TokenTree::Ident(word) => {
                    let name = word.to_string();
                    match self.words.iter().find(|(key, _)| *key == name) {
                        Some((_, tokens)) => output.extend(tokens.clone()),
                        None => output.extend([TokenTree::Ident(Ident::new(&name, self.span))]),
                    }
                }
                TokenTree::Group(inner) => {
                    output.extend(group(inner.delimiter(), self.span, self.fill(inner.stream())));
                }
                mut other => {
                    other.set_span(self.span);
                    output.extend([other]);
                }
            }
        }
        output
    }
}

/// A local of ours.
pub(crate) fn local(name: &str, span: Span) -> TokenTree {
    TokenTree::Ident(Ident::new(&format!("__tarae_{name}"), span))
}
