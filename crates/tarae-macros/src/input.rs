//! What a macro is given: `{ body }`, the statements of a body alone, or a closure that makes bodies.

use crate::operand::{Braces, end_of_expression};
use crate::template::Refusal;
use crate::tokens::{braced, is_joint, is_punct, ungrouped};
use crate::yields::find_yield;
use proc_macro::{Span, TokenStream, TokenTree};

/// A body, and what stands before it.
pub(crate) struct Input {
    /// The parameters between the bars, if the macro makes a closure.
    pub(crate) parameters: Option<TokenStream>,
    /// What stands after `->`.
    pub(crate) output: Option<TokenStream>,
    pub(crate) statements: TokenStream,
    /// Where the body stands.
    pub(crate) span: Span,
}

impl Input {
    /// Reads the arguments of the macro of this name.
    pub(crate) fn parse(name: &str, tokens: Vec<TokenTree>) -> Result<Self, Refusal> {
        let mut tokens = ungrouped(tokens);
        if tokens.last().is_some_and(|token| is_punct(token, ',')) {
            tokens.pop(); // rustfmt's, where the call takes several lines
        }
        let examples = format!("`{name}!({{ yield 1; }})` or `{name}!(|n: u64| {{ yield n; }})`");
        if matches!(tokens.first(), Some(TokenTree::Ident(word)) if word.to_string() == "move") {
            tokens.remove(0); // a body always owns what it uses
        }
        let Some(first) = tokens.first() else {
            return Err((Span::call_site(), format!("`{name}!` needs a body: {examples}")));
        };
        let span = first.span();
        if is_punct(first, '|') {
            return Self::closure(tokens);
        }
        if let [body] = tokens.as_slice()
            && let Some(body) = braced(body)
        {
            return Ok(Input {
                parameters: None,
                output: None,
                statements: body.stream(),
                span: body.span(),
            });
        }
        let statements: TokenStream = tokens.iter().cloned().collect();
        if find_yield(statements.clone()).is_none() && !tokens.iter().any(|token| is_punct(token, ';')) {
            return Err((span, format!("expected a body that yields: {examples}")));
        }
        Ok(Input { parameters: None, output: None, statements, span })
    }

    /// Reads `|parameters| -> Return { body }`, `|parameters| { body }` or `|parameters| expression`.
    fn closure(tokens: Vec<TokenTree>) -> Result<Self, Refusal> {
        let Some(bar) = (1..tokens.len()).find(|&at| is_punct(&tokens[at], '|')) else {
            return Err((
                tokens[0].span(),
                "expected parameters between two bars: `|n: u64| { yield n; }`".into(),
            ));
        };
        let parameters = Some(tokens[1..bar].iter().cloned().collect());
        let rest = ungrouped(tokens[bar + 1..].to_vec());
        let Some(last) = rest.last() else {
            return Err((
                tokens[bar].span(),
                "expected a body after the parameters: `|n| { yield n; }`".into(),
            ));
        };
        if is_joint(&rest, 0, '-', '>') {
            let output = &rest[2..rest.len().max(3) - 1];
            let Some(body) = braced(last) else {
                let message = "expected a body in braces after the type: `|n| -> Type { .. }`";
                return Err((last.span(), message.into()));
            };
            if output.is_empty() {
                return Err((rest[1].span(), "expected a type after `->`: `|n| -> Type { .. }`".into()));
            }
            let output = Some(output.iter().cloned().collect());
            return Ok(Input { parameters, output, statements: body.stream(), span: body.span() });
        }
        if let ([_], Some(body)) = (rest.as_slice(), braced(last)) {
            return Ok(Input { parameters, output: None, statements: body.stream(), span: body.span() });
        }
        // As a closure's: one expression.
        let end = end_of_expression(&rest, 0, Braces::Literal);
        if let Some(token) = rest.get(end) {
            let message = "a body of more than one expression needs braces: `|n| { .. }`";
            return Err((token.span(), message.into()));
        }
        let span = rest[0].span();
        Ok(Input { parameters, output: None, statements: rest.into_iter().collect(), span })
    }
}
