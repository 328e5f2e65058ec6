//! The code that makes a function known by its name: what `#[remote]` puts beside it.
//!
//! The function stays as it is. Beside it stands a type of the same name, with braces, so that it takes a place among
//! the types only: `add(1, 2)` is the function, `add::call(1, 2)` and `add::FN` are the type's, and one `use` brings both.
//! A module of that name would do the same, but could not see the types of a function body.

use crate::argument::Argument;
use crate::signature::{Attribute, Signature};
use crate::template::{Fill, Refusal, error_item, group, local, parse};
use crate::tokens::{is_punct, is_word, ungrouped};
use proc_macro::{Delimiter, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

/// The function, and what makes it known.
pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let expansion = path_of_crate(arguments)
        .and_then(|krate| Ok(make(krate, &Signature::read(item.clone())?)))
        .unwrap_or_else(|(span, message)| error_item(span, &message));
    let mut output = item;
    output.extend(expansion);
    output
}

/// Reads nothing, or `crate = path`.
fn path_of_crate(arguments: TokenStream) -> Result<TokenStream, Refusal> {
    let mut tokens: Vec<TokenTree> = arguments.into_iter().collect();
    tokens.pop_if(|token| is_punct(token, ','));
    let Some(first) = tokens.first() else {
        let span = Span::mixed_site(); // `::tarae` as in this crate's edition
        return Ok(Fill::with_path(TokenStream::new(), span).template("::tarae"));
    };
    let span = first.span();
    if tokens.len() > 1 && is_word(&tokens[0], "crate") && is_punct(&tokens[1], '=') {
        let path = ungrouped(tokens.split_off(2));
        let is_of_path = |token: &TokenTree| matches!(token, TokenTree::Ident(_)) || is_punct(token, ':');
        match path.iter().find(|token| !is_of_path(token)) {
            None => return Ok(path.into_iter().collect()),
            Some(other) => {
                return Err((other.span(), "expected the path of the crate: `crate = some::path`".into()));
            }
        }
    }
    Err((span, "expected nothing, or what `tarae` is called here: `#[remote(crate = some::path)]`".into()))
}

fn make(krate: TokenStream, signature: &Signature) -> TokenStream {
    let Signature { attributes, visibility, name, arguments, parentheses, output } = signature;
    let place = Span::mixed_site().located_at(name.span());
    let text = name.to_string();
    let text = text.trim_start_matches("r#");
    // Placed as what is ours, so that no lint asks for another spelling; and raw, since it may be a keyword in our
    // edition. It means what the program's name means.
    let function = TokenTree::from(Ident::new_raw(text, place));

    let given: Vec<_> =
        (0..arguments.len()).map(|at| local(&format!("argument{at}"), place).into()).collect();
    let types: Vec<TokenStream> = arguments.iter().map(|argument| argument.type_.clone()).collect();
    let output = output.clone().unwrap_or_else(|| tuple(*parentheses, Vec::new()));
    let (parameters, named) = parameters(place, arguments, &given);
    let place_of_output = output.clone().into_iter().next().map_or(*parentheses, |first| first.span());
    // Each type for itself, so that a message about one points at that one.
    let generics = [vec![function.clone().into()], types.clone(), vec![output.clone()]].concat();
    let link = format!("[`{text}`](fn@{text})");

    Fill::with_path(krate, name.span())
        .with("CFG", repeated(place, attributes, "cfg", "cfg"))
        .with("DEPRECATED", repeated(place, attributes, "deprecated", "deprecated"))
        .with("ALLOW", allowed(place, attributes))
        .with("VIS", visibility.clone())
        .with("FUNCTION", function.into())
        .with("PATH", string(place, &format!("::{text}")))
        .with("SIGNATURE", string(place, &text_of_signature(&types, &output)))
        .with("ABOUT", string(place, &format!("{link} as a job for an executor.")))
        .with("ABOUT_CALL", string(place, &format!("A call of {link}, for an executor to make.")))
        .with("ABOUT_FN", string(place, &format!("{link} to map with, on threads and on processes.")))
        .with("PARAMETERS", parameters)
        .with("ARGUMENTS", tuple(place, named))
        .with("PASSED", separated(place, given.clone()))
        .with("PATTERN", tuple(place, given))
        .with("OF", TokenTree::Ident(Ident::new(&format!("of_{}", types.len()), place)).into())
        .with("GENERICS", separated(place, generics))
        .with("ARGS", associated("Args", *parentheses, tuple(*parentheses, types)))
        .with("OUTPUT", associated("Output", place_of_output, output.clone()))
        .template(
            "CFG DEPRECATED
            #[doc = ABOUT]
            VIS struct FUNCTION {}

            CFG ALLOW
            impl FUNCTION {
                #[doc = ABOUT_CALL]
                #[must_use = \"nothing is called until an executor is given this\"]
                VIS fn call(PARAMETERS) -> KRATE::executor::Call<FUNCTION> {
                    KRATE::executor::Call::new(ARGUMENTS)
                }

                #[doc = ABOUT_FN]
                VIS const FN: KRATE::executor::Remote<FUNCTION> = &|PATTERN| FUNCTION(PASSED);
            }

            CFG ALLOW
            impl KRATE::executor::RemoteFn for FUNCTION {
                ARGS
                OUTPUT
                const NAME: &'static str =
                    KRATE::__private::core::concat!(KRATE::__private::core::module_path!(), PATH);

                fn invoke(PATTERN: Self::Args) -> Self::Output {
                    FUNCTION(PASSED)
                }
            }

            CFG ALLOW
            impl KRATE::__private::Registered for FUNCTION {
                fn entry() -> &'static KRATE::__private::Entry {
                    #[KRATE::__private::linkme::distributed_slice(KRATE::__private::FUNCTIONS)]
                    #[linkme(crate = KRATE::__private::linkme)]
                    static ENTRY: KRATE::__private::Entry =
                        KRATE::__private::Entry::OF::<GENERICS>(SIGNATURE);
                    &ENTRY
                }
            }",
        )
}

/// The parameters of `call`, and their names. A name that the program gave is kept, for the documentation's readers.
fn parameters(place: Span, arguments: &[Argument], given: &[TokenStream]) -> (TokenStream, Vec<TokenStream>) {
    let named = |(argument, own): (&Argument, &TokenStream)| match &argument.name {
        Some(name) => TokenTree::from(name.clone()).into(),
        None => own.clone(),
    };
    let named: Vec<TokenStream> = arguments.iter().zip(given).map(named).collect();
    let parameter = |(argument, name): (&Argument, &TokenStream)| {
        let colon = TokenTree::from(Punct::new(':', Spacing::Alone)).into();
        [name.clone(), colon, argument.type_.clone()].into_iter().collect()
    };
    (separated(place, arguments.iter().zip(&named).map(parameter).collect()), named)
}

/// `type name = type;`, where a message about it is to point.
fn associated(name: &'static str, place: Span, type_: TokenStream) -> TokenStream {
    Fill::with_path(TokenStream::new(), place)
        .with("TYPE", type_)
        .with("NAME", parse(name))
        .template("type NAME = TYPE;")
}

/// The attributes of one name, under this or another name.
fn repeated(place: Span, attributes: &[Attribute], name: &str, as_name: &str) -> TokenStream {
    let wanted = attributes.iter().filter(|attribute| attribute.name == name);
    wanted.flat_map(|attribute| attribute_of(place, as_name, attribute.contents.clone())).collect()
}

/// What is allowed to the function is allowed to what repeats its types; and to name it, if it is deprecated.
fn allowed(place: Span, attributes: &[Attribute]) -> TokenStream {
    let mut allowed = repeated(place, attributes, "allow", "allow");
    allowed.extend(repeated(place, attributes, "expect", "allow"));
    if attributes.iter().any(|attribute| attribute.name == "deprecated") {
        allowed.extend(attribute_of(place, "allow", parse("(deprecated)")));
    }
    allowed
}

/// `#[name contents]`.
fn attribute_of(place: Span, name: &str, contents: TokenStream) -> TokenStream {
    let mut inside = TokenStream::from(TokenTree::Ident(Ident::new(name, place)));
    inside.extend(contents);
    let mut attribute = TokenStream::from(TokenTree::Punct(Punct::new('#', Spacing::Alone)));
    attribute.extend(group(Delimiter::Bracket, place, inside));
    attribute
}

/// `()`, the part itself if there is one, or `(part, part)`.
fn tuple(place: Span, mut parts: Vec<TokenStream>) -> TokenStream {
    if parts.len() == 1 {
        return parts.remove(0);
    }
    group(Delimiter::Parenthesis, place, separated(place, parts))
}

fn separated(place: Span, parts: Vec<TokenStream>) -> TokenStream {
    let mut output = TokenStream::new();
    for part in parts {
        if !output.is_empty() {
            let mut comma = Punct::new(',', Spacing::Alone);
            comma.set_span(place);
            output.extend([TokenTree::Punct(comma)]);
        }
        output.extend(part);
    }
    output
}

fn string(place: Span, text: &str) -> TokenStream {
    let mut literal = Literal::string(text);
    literal.set_span(place);
    TokenTree::Literal(literal).into()
}

/// `fn(u64, u64) -> u64`, the same however the program spaces it.
fn text_of_signature(types: &[TokenStream], output: &TokenStream) -> String {
    let types: Vec<String> = types.iter().map(text_of).collect();
    format!("fn({}) -> {}", types.join(", "), text_of(output))
}

fn text_of(tokens: &TokenStream) -> String {
    let mut text = String::new();
    for token in tokens.clone() {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => ("", ""),
                };
                text += open;
                text += &text_of(&group.stream());
                text += close;
            }
            TokenTree::Punct(mark) => {
                text.push(mark.as_char());
                if matches!(mark.as_char(), ',' | ';') {
                    text.push(' ');
                }
            }
            word => {
                if text.ends_with(|last: char| last.is_alphanumeric() || last == '_') {
                    text.push(' ');
                }
                text += &word.to_string();
            }
        }
    }
    text
}
