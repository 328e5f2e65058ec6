//! The code that takes the place of a stream's body, of its `yield`s, and of what else is special in it.
//!
//! The label guard is that of `expand`. How an item gets to the driver: `stream/raw/README.md` in `tarae`.

use crate::template::{Fill, block, group, in_closure, parse};
use proc_macro::{Delimiter, Span, TokenStream, TokenTree};

/// A whole body: `async move { 'label: { return { statements }; } }`, handed to its driver.
///
/// A `try_stream!` ends with `Ok(())` of itself: its statements have no value.
pub(crate) fn make(
    krate: &TokenTree,
    span: Span,
    tries: bool,
    parameters: Option<TokenStream>,
    item: Option<TokenStream>,
    statements: TokenStream,
) -> TokenStream {
    let statements = block(span, statements);
    let statements = Fill::new(krate, span).with("STATEMENTS", statements).template(if tries {
        "let $ended: () = STATEMENTS; return KRATE::__private::core::result::Result::Ok($ended);"
    } else {
        "return STATEMENTS;"
    });
    let unknown = Fill::new(krate, span).template(if tries {
        "KRATE::__private::core::result::Result<_, _>"
    } else {
        "_"
    });
    let body = Fill::new(krate, span)
        .with("TYPES", parse(if tries { "result_types" } else { "types" }))
        .with("ITEM", item.unwrap_or(unknown))
        .with("STATEMENTS", statements)
        .template(
            "match KRATE::__private::StreamExpansion::TYPES::<ITEM>() {
                $items => match async move {
                    if false { return KRATE::__private::StreamExpansion::typed_end($items); }
                    #[allow(unreachable_code, unused_labels, unused_braces)] // braces after our `return`
                    #[allow(clippy::diverging_sub_expression, clippy::unit_arg)]
                    #[allow(clippy::let_unit_value, clippy::unused_unit)]
                    LABEL: { STATEMENTS }
                    #[allow(unreachable_code)]
                    { KRATE::__private::core::unreachable!() }
                } {
                    $body => unsafe { KRATE::__private::StreamExpansion::stream($items, $body) },
                },
            }",
        );
    in_closure(krate, span, parameters, body)
}

/// `yield operand`. The operand is evaluated outside `unsafe`.
pub(crate) fn suspend(krate: &TokenTree, span: Span, operand: TokenStream) -> TokenStream {
    let code = Fill::new(krate, span).operand(operand).template(
        "{
            if false { break LABEL; }
            let VALUE = OPERAND;
            unsafe { KRATE::__private::StreamExpansion::put($items, VALUE) }.await
        }",
    );
    group(Delimiter::Parenthesis, span, code)
}

/// `yield_from!(source)`, where `call` is what stands before the arguments.
pub(crate) fn delegate(
    krate: &TokenTree,
    span: Span,
    tries: bool,
    call: TokenStream,
    source: TokenStream,
) -> TokenStream {
    let code = Fill::new(krate, span)
        .with("CALL", call)
        .operand(source)
        .with("TRY", parse(if tries { "?" } else { "" }))
        .template(
            // The call stands for the name alone, which an import is unused without.
            "{
                CALL(@inside);
                if false { break LABEL; }
                let mut $source = KRATE::__private::core::pin::pin!(OPERAND);
                while let KRATE::__private::core::option::Option::Some($next_item)
                    = KRATE::__private::StreamExpansion::next(KRATE::__private::core::pin::Pin::as_mut(&mut $source)).await
                {
                    let $next_item = $next_item TRY;
                    unsafe { KRATE::__private::StreamExpansion::put($items, $next_item) }.await
                }
            }",
        );
    group(Delimiter::Parenthesis, span, code)
}

/// `for await pattern in source { statements }`, where `label` is `'name:` or nothing.
pub(crate) fn for_await(
    krate: &TokenTree,
    span: Span,
    label: TokenStream,
    pattern: TokenStream,
    source: TokenStream,
    statements: TokenStream,
) -> TokenStream {
    let code = Fill::new(krate, span)
        .with("LOOP", label)
        .with("PATTERN", pattern)
        .operand(source)
        .with("STATEMENTS", statements)
        .template(
            "let mut $source = KRATE::__private::core::pin::pin!(OPERAND);
            LOOP while let KRATE::__private::core::option::Option::Some($next_item)
                = KRATE::__private::StreamExpansion::next(KRATE::__private::core::pin::Pin::as_mut(&mut $source)).await
            {
                let PATTERN = $next_item;
                STATEMENTS
            }",
        );
    block(span, code)
}

/// `return` without a value in a `try_stream!`: what it ends is asked of the types, since it may stand in a closure.
pub(crate) fn bare_return(krate: &TokenTree, token: &TokenTree) -> TokenStream {
    Fill::new(krate, token.span())
        .with("RETURN", token.clone().into())
        .template("RETURN KRATE::__private::StreamExpansion::nothing()")
}
