//! The code that takes the place of a body, of a `yield` and of a `yield_from!`.
//!
//! **The label guard**: each suspension contains `if false { break 'label }`, where the label is that of the body's
//! block. rustc resolves labels after every macro has been expanded, and a label cannot be reached from a nested async
//! block, closure, async closure, const block, function or generator. So a suspension that is not awaited by the body
//! itself never compiles, whoever put the block around it, and the `unsafe` below may rely on that. The label's name is
//! what the compiler shows.

use crate::template::{Fill, block, group, in_closure, parse};
use proc_macro::{Delimiter, Span, TokenStream, TokenTree};

/// What a body is sent.
#[derive(Clone, Copy)]
pub(crate) enum Sent {
    /// `()`: a generator.
    Nothing,
    /// What the uses of its yields say: a coroutine.
    Inferred,
}

/// A whole body: `async move { enter; 'label: { return { statements }; } }`, handed to its driver.
pub(crate) fn make(
    krate: &TokenTree,
    span: Span,
    sent: Sent,
    delegates: bool,
    parameters: Option<TokenStream>,
    output: Option<TokenStream>,
    statements: TokenStream,
) -> TokenStream {
    let fill = Fill::new(krate, span)
        .with("SENT", parse(if matches!(sent, Sent::Nothing) { "()" } else { "_" }))
        .with("DELEGATES", parse(if delegates { "true" } else { "false" }))
        .with("DRIVER", parse(if delegates { "delegating" } else { "leaf" }))
        .with("STATEMENTS", block(span, statements))
        .with(
            "OUTPUT",
            // Tells the type of the result before the first `?` needs it.
            output.map_or_else(TokenStream::new, |output| {
                Fill::new(krate, span)
                    .with("TYPE", output)
                    .template("if false { return KRATE::__private::Expansion::typed::<TYPE>(); }")
            }),
        );
    let body = fill.template(
        "match KRATE::__private::Expansion::types::<_, SENT, DELEGATES>() {
            $items => match async move {
                #[allow(unused_mut, unused_variables, unused_assignments)]
                let mut $frame = unsafe { KRATE::__private::Expansion::enter($items) }.await;
                OUTPUT
                #[allow(unreachable_code, unused_labels, unused_braces)] // braces after our `return`
                #[allow(clippy::diverging_sub_expression, clippy::unit_arg)]
                LABEL: { return STATEMENTS; }
                #[allow(unreachable_code)]
                { KRATE::__private::core::unreachable!() }
            } {
                $body => unsafe { KRATE::__private::Expansion::DRIVER($items, $body) },
            },
        }",
    );
    in_closure(krate, span, parameters, body)
}

/// `yield operand`. The operand is evaluated outside `unsafe`, and before the frame is used.
pub(crate) fn suspend(krate: &TokenTree, span: Span, operand: TokenStream) -> TokenStream {
    let code = Fill::new(krate, span).operand(operand).template(
        "{
            if false { break LABEL; }
            let VALUE = OPERAND;
            unsafe { $frame.put(VALUE); }
            $frame = unsafe { KRATE::__private::Expansion::suspend($items) }.await;
            unsafe { $frame.sent() }
        }",
    );
    group(Delimiter::Parenthesis, span, code)
}

/// `yield_from!(source)`, where `call` is what stands before the arguments.
pub(crate) fn delegate(
    krate: &TokenTree,
    span: Span,
    sent: Sent,
    call: TokenStream,
    source: TokenStream,
) -> TokenStream {
    // What resumes a child that is suspended already: there is such a value only where nothing is sent.
    let nothing = parse(if matches!(sent, Sent::Nothing) { "Some(())" } else { "None" });
    let code =
        Fill::new(krate, span).with("CALL", call).operand(source).with("NOTHING", nothing).template(
            // The call stands for the name alone, which an import is unused without.
            "{
            CALL(@inside);
            if false { break LABEL; }
            match KRATE::__private::Source::new(OPERAND) {
                #[allow(unused_mut)]
                mut $source => {
                    #[allow(unused_imports)]
                    use KRATE::__private::{DelegateCoroutine as _, DelegateItems as _};
                    let $delegation = unsafe { $source.tarae_delegate($frame, KRATE::__private::core::option::Option::NOTHING) };
                    let ($next, $value) = KRATE::__private::Expansion::delegation($delegation).await;
                    $frame = $next;
                    $value
                }
            }
        }",
        );
    group(Delimiter::Parenthesis, span, code)
}
