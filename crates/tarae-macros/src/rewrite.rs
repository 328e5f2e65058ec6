//! Walks over a body's tokens and replaces each `yield operand` and `yield_from!(source)`; in a stream also each
//! `for await`, and in a `try_stream!` each `return` without a value.

use crate::expand::Sent;
use crate::operand::{Braces, end_of_condition, end_of_expression, end_of_operand, lazy_boolean};
use crate::template::error;
use crate::tokens::{braced, is_joint, is_punct};
use crate::yields::{OWN_BODIES, delegation, macro_call, misplaced, yield_in_closure, yield_in_other_body};
use crate::{expand, stream};
use proc_macro::{Delimiter, Group, Span, TokenStream, TokenTree};

/// Whose body it is.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Generator(Sent),
    Stream { tries: bool },
}

/// Rewrites one body.
pub(crate) struct Rewriter {
    krate: TokenTree,
    kind: Kind,
    /// Whether a `yield_from!` was met: a body without one is driven without looking for a child.
    pub(crate) delegates: bool,
}

impl Rewriter {
    pub(crate) fn new(krate: TokenTree, kind: Kind) -> Self {
        Rewriter { krate, kind, delegates: false }
    }

    /// Replaces what is found in `stream`, and in the groups in it.
    pub(crate) fn rewrite(&mut self, stream: TokenStream) -> TokenStream {
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        self.rewrite_tokens(&tokens, Braces::Literal)
    }

    fn rewrite_tokens(&mut self, tokens: &[TokenTree], braces: Braces) -> TokenStream {
        let mut output = TokenStream::new();
        let mut at = 0;
        // Whether `let pattern =` stands before, in a condition: there `&&` ends the expression.
        let mut after_let = false;
        while let Some(token) = tokens.get(at) {
            if let Some(arguments) = delegation(tokens, at) {
                if let Some(refusal) =
                    refused_source(&tokens[arguments]).or(unseparated(tokens, arguments + 1))
                {
                    return refusal;
                }
                self.delegates = true;
                let TokenTree::Group(source) = &tokens[arguments] else {
                    unreachable!("macros have arguments")
                };
                let mut source: Vec<TokenTree> = source.stream().into_iter().collect();
                source.pop_if(|token| is_punct(token, ',')); // rustfmt's
                let source = self.rewrite_tokens(&source, Braces::Literal);
                let call = tokens[at..arguments].iter().cloned().collect();
                let (krate, span) = (&self.krate, tokens[arguments - 2].span());
                output.extend(match self.kind {
                    Kind::Generator(sent) => expand::delegate(krate, span, sent, call, source),
                    Kind::Stream { tries } => stream::delegate(krate, span, tries, call, source),
                });
                at = arguments + 1;
                continue;
            }
            if let Kind::Stream { .. } = self.kind
                && let Some(found) = ForAwait::find(tokens, at)
            {
                output.extend(self.for_await(tokens, at, found));
                at = found.body + 1;
                continue;
            }
            if let Some(span) = yield_in_closure(tokens, at) {
                return misplaced(span, "a closure", "; a loop in its place can yield");
            }
            match token {
                TokenTree::Ident(word) => match word.to_string().as_str() {
                    "yield" => {
                        let end = end_of_operand(tokens, at + 1, braces);
                        if after_let && let Some(operator) = lazy_boolean(tokens, at + 1, end, braces) {
                            let message =
                                "this would go on with the operand of the `yield`: write `(yield ..) && ..`";
                            return error(tokens[operator].span(), message);
                        }
                        if let Some(refusal) = unseparated(tokens, end) {
                            return refusal;
                        }
                        let operand = self.rewrite_tokens(&tokens[at + 1..end], braces);
                        output.extend(match self.kind {
                            Kind::Generator(_) => expand::suspend(&self.krate, word.span(), operand),
                            Kind::Stream { .. } => stream::suspend(&self.krate, word.span(), operand),
                        });
                        at = end;
                        continue;
                    }
                    "return" if self.returns_bare(tokens, at) => {
                        output.extend(stream::bare_return(&self.krate, token));
                        at += 1;
                        continue;
                    }
                    name if OWN_BODIES.contains(&name) && macro_call(tokens, at).is_some() => {
                        output.extend(tokens[at..at + 3].iter().cloned());
                        at += 3;
                        continue;
                    }
                    "async" | "const" | "fn" => {
                        if let Some((span, place)) = yield_in_other_body(tokens, at) {
                            return misplaced(span, place, "");
                        }
                    }
                    "let" => after_let = braces == Braces::Block,
                    "if" | "while" | "match" | "in" => {
                        let end = end_of_condition(tokens, at + 1);
                        output.extend([token.clone()]);
                        output.extend(self.rewrite_tokens(&tokens[at + 1..end], Braces::Block));
                        at = end;
                        continue;
                    }
                    _ => {}
                },
                TokenTree::Group(group) => {
                    let mut inner = Group::new(group.delimiter(), self.rewrite(group.stream()));
                    inner.set_span(if is_yield_in_parentheses(tokens, at) {
                        // Ours, too, so that no lint calls them superfluous: `while let Some(n) = (yield) {`.
                        Span::mixed_site().located_at(group.span())
                    } else {
                        group.span()
                    });
                    output.extend([TokenTree::Group(inner)]);
                    at += 1;
                    continue;
                }
                TokenTree::Punct(_) => {
                    if is_joint(tokens, at, '&', '&') {
                        after_let = false;
                    }
                }
                TokenTree::Literal(_) => {}
            }
            output.extend([token.clone()]);
            at += 1;
        }
        output
    }

    /// Replaces a `for await` that stands at `at`.
    fn for_await(&mut self, tokens: &[TokenTree], at: usize, found: ForAwait) -> TokenStream {
        let ForAwait { word, in_, body } = found;
        let label = tokens[at..word].iter().cloned().collect();
        let pattern = tokens[word + 2..in_].iter().cloned().collect();
        let source = self.rewrite_tokens(&tokens[in_ + 1..body], Braces::Literal);
        let statements = self.rewrite_tokens(&tokens[body..=body], Braces::Literal);
        stream::for_await(&self.krate, tokens[word].span(), label, pattern, source, statements)
    }

    /// Whether the `return` at `at` has no value and may end a `try_stream!`.
    fn returns_bare(&self, tokens: &[TokenTree], at: usize) -> bool {
        matches!(self.kind, Kind::Stream { tries: true })
            && tokens.get(at + 1).is_none_or(|next| is_punct(next, ';') || is_punct(next, ','))
    }
}

/// The places of `for await pattern in source { .. }`.
#[derive(Clone, Copy)]
struct ForAwait {
    /// `for`, after the label if there is one.
    word: usize,
    in_: usize,
    body: usize,
}

impl ForAwait {
    /// Finds it at `at`, with its label or without.
    fn find(tokens: &[TokenTree], at: usize) -> Option<Self> {
        let is_word = |at: usize, name| match tokens.get(at) {
            Some(TokenTree::Ident(word)) => word.to_string() == name,
            _ => false,
        };
        let labelled =
            is_punct(&tokens[at], '\'') && tokens.get(at + 2).is_some_and(|token| is_punct(token, ':'));
        let word = if labelled { at + 3 } else { at };
        if !is_word(word, "for") || !is_word(word + 1, "await") {
            return None;
        }
        let in_ = (word + 2..tokens.len()).find(|&at| is_word(at, "in"))?;
        let body = end_of_condition(tokens, in_ + 1);
        tokens.get(body).and_then(braced).map(|_| ForAwait { word, in_, body })
    }
}

/// What is wrong if `yield` or `yield_from!` stands at `at`, right after another one: they would be taken for a call.
fn unseparated(tokens: &[TokenTree], at: usize) -> Option<TokenStream> {
    let next = tokens.get(at)?;
    let is_yield = matches!(next, TokenTree::Ident(word) if word.to_string() == "yield");
    (is_yield || delegation(tokens, at).is_some())
        .then(|| error(next.span(), "expected `;` before this `yield`"))
}

/// What is wrong with the arguments of a `yield_from!`.
fn refused_source(arguments: &TokenTree) -> Option<TokenStream> {
    let TokenTree::Group(group) = arguments else { return None };
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    if tokens.is_empty() {
        return Some(error(group.span(), "expected what to hand on: `yield_from!(inner)`"));
    }
    let end = end_of_expression(&tokens, 0, Braces::Literal);
    let second = tokens.get(end + 1).filter(|_| is_punct(&tokens[end], ','))?;
    Some(error(second.span(), "`yield_from!` hands on one generator or iterator: call it for each"))
}

/// Whether the group at `at` is `(yield operand)`, and not the arguments of a call.
fn is_yield_in_parentheses(tokens: &[TokenTree], at: usize) -> bool {
    let TokenTree::Group(group) = &tokens[at] else { return false };
    let called = match at.checked_sub(1).map(|before| &tokens[before]) {
        None | Some(TokenTree::Literal(_)) => false,
        Some(TokenTree::Group(_)) => true,
        Some(TokenTree::Punct(mark)) => matches!(mark.as_char(), '!' | '?'),
        Some(TokenTree::Ident(word)) => !matches!(
            word.to_string().as_str(),
            "if" | "while" | "match" | "in" | "return" | "break" | "yield" | "else"
        ),
    };
    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
    !called
        && group.delimiter() == Delimiter::Parenthesis
        && matches!(inner.first(), Some(TokenTree::Ident(word)) if word.to_string() == "yield")
        && end_of_operand(&inner, 1, Braces::Literal) == inner.len()
}
