//! Reads the head of a function for `#[remote]`, and refuses what no other process can be asked for.
//!
//! rustc has parsed the item before the macro gets it, so only what is refused needs a message.

use crate::argument::Argument;
use crate::template::Refusal;
use crate::tokens::{braced, is_joint, is_punct, is_word, ungrouped};
use crate::travels::{Place, refuse_type};
use proc_macro::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

/// The types that stand in no module, so that nothing else names them where one of the same name hides them.
const PRIMITIVES: [&str; 17] = [
    "bool", "char", "str", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128",
    "isize", "f32", "f64",
];

/// What a function is called, is given and gives.
pub(crate) struct Signature {
    pub(crate) attributes: Vec<Attribute>,
    /// `pub`, `pub(crate)` and the like, or nothing.
    pub(crate) visibility: TokenStream,
    pub(crate) name: Ident,
    pub(crate) arguments: Vec<Argument>,
    /// Where the arguments stand, with their parentheses.
    pub(crate) parentheses: Span,
    /// What stands after `->`.
    pub(crate) output: Option<TokenStream>,
}

/// `#[name contents]`.
pub(crate) struct Attribute {
    pub(crate) name: String,
    pub(crate) contents: TokenStream,
}

impl Signature {
    /// Reads the head of `item`, which should be a function.
    pub(crate) fn read(item: TokenStream) -> Result<Self, Refusal> {
        let mut reader = Reader { tokens: ungrouped(item.into_iter().collect()), at: 0 };
        let attributes = reader.attributes();
        let visibility = reader.visibility();
        let name = reader.qualifiers_and_name()?;
        refuse_name(&name)?;
        reader.refuse_generics()?;
        let (parentheses, arguments) = reader.arguments()?;
        let output = reader.output()?;
        reader.refuse_rest(&name)?;
        Ok(Signature { attributes, visibility, name, arguments, parentheses, output })
    }
}

/// What of an item has not been read.
struct Reader {
    tokens: Vec<TokenTree>,
    at: usize,
}

impl Reader {
    /// The next token. Fragments of a `macro_rules!` of the program's, which may be empty, are opened.
    fn peek(&mut self) -> Option<&TokenTree> {
        while let Some(TokenTree::Group(group)) = self.tokens.get(self.at)
            && group.delimiter() == Delimiter::None
        {
            let inner = group.stream();
            self.tokens.splice(self.at..=self.at, inner);
        }
        self.tokens.get(self.at)
    }

    fn next_if(&mut self, wanted: impl Fn(&TokenTree) -> bool) -> Option<TokenTree> {
        let token = self.peek().filter(|token| wanted(token)).cloned();
        self.at += usize::from(token.is_some());
        token
    }

    fn next_group(&mut self, delimiter: Delimiter) -> Option<Group> {
        let is_wanted =
            |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == delimiter);
        match self.next_if(is_wanted) {
            Some(TokenTree::Group(group)) => Some(group),
            _ => None,
        }
    }

    fn attributes(&mut self) -> Vec<Attribute> {
        let mut attributes = Vec::new();
        while self.next_if(|token| is_punct(token, '#')).is_some() {
            let Some(group) = self.next_group(Delimiter::Bracket) else { break };
            let mut contents = ungrouped(group.stream().into_iter().collect()).into_iter();
            let name = contents.next().map_or_else(String::new, |name| name.to_string());
            attributes.push(Attribute { name, contents: contents.collect() });
        }
        attributes
    }

    fn visibility(&mut self) -> TokenStream {
        let mut visibility = TokenStream::new();
        if let Some(pub_) = self.next_if(|token| is_word(token, "pub")) {
            visibility.extend([pub_]);
            visibility.extend(self.next_group(Delimiter::Parenthesis).map(TokenTree::Group));
        }
        visibility
    }

    /// What stands before `fn`, and what stands right behind it.
    fn qualifiers_and_name(&mut self) -> Result<Ident, Refusal> {
        let is_function = self.tokens[self.at..].iter().any(|token| is_word(token, "fn"));
        loop {
            let Some(word) = self.next_if(|_| true) else {
                return Err((Span::call_site(), NO_FUNCTION.into()));
            };
            let message = match word.to_string().as_str() {
                _ if !is_function => NO_FUNCTION,
                "fn" => break,
                "const" if !self.names_a_constant() => continue,
                "async" => ASYNC,
                "unsafe" => UNSAFE,
                "extern" => EXTERN,
                _ => NO_FUNCTION,
            };
            return Err((word.span(), message.into()));
        }
        match self.next_if(|_| true) {
            Some(TokenTree::Ident(name)) => Ok(name),
            other => Err((other.map_or_else(Span::call_site, |token| token.span()), NO_FUNCTION.into())),
        }
    }

    /// Whether a colon follows the next word: `const N: u8`.
    fn names_a_constant(&self) -> bool {
        self.tokens.get(self.at + 1).is_some_and(|token| is_punct(token, ':'))
    }

    /// `<` after the name.
    fn refuse_generics(&mut self) -> Result<(), Refusal> {
        if self.next_if(|token| is_punct(token, '<')).is_none() {
            return Ok(());
        }
        let Some(first) = self.peek() else { return Ok(()) };
        let message = match first {
            TokenTree::Punct(mark) if mark.as_char() == '\'' => LIFETIME,
            TokenTree::Ident(word) if word.to_string() == "const" => CONST_GENERIC,
            _ => GENERIC,
        };
        Err((first.span(), message.into()))
    }

    /// `(pattern: Type, ..)`.
    fn arguments(&mut self) -> Result<(Span, Vec<Argument>), Refusal> {
        match self.next_group(Delimiter::Parenthesis) {
            Some(group) => Ok((group.span(), Argument::read_all(group.stream())?)),
            None => Err((self.peek().map_or_else(Span::call_site, TokenTree::span), NO_FUNCTION.into())),
        }
    }

    /// `-> Type`.
    fn output(&mut self) -> Result<Option<TokenStream>, Refusal> {
        if !is_joint(&self.tokens, self.at, '-', '>') {
            return Ok(None);
        }
        let begin = self.at + 2;
        // A type has neither the word nor braces outside of its own brackets.
        let ends =
            |token: &TokenTree| is_word(token, "where") || is_punct(token, ';') || braced(token).is_some();
        let length = self.tokens[begin..].iter().position(ends).unwrap_or(self.tokens.len() - begin);
        self.at = begin + length;
        let type_ = &self.tokens[begin..self.at];
        refuse_type(type_, Place::Result)?;
        Ok(Some(type_.iter().cloned().collect()))
    }

    /// What stands between the result and the body, and a body that is not there.
    fn refuse_rest(&mut self, name: &Ident) -> Result<(), Refusal> {
        match self.peek() {
            Some(token) if is_word(token, "where") => Err((token.span(), WHERE.into())),
            Some(token) if braced(token).is_some() => Ok(()),
            _ => Err((name.span(), NO_BODY.into())),
        }
    }
}

/// A type of the function's name is made, which must not hide one that every program uses.
fn refuse_name(name: &Ident) -> Result<(), Refusal> {
    let text = name.to_string();
    let text = text.trim_start_matches("r#");
    if !PRIMITIVES.contains(&text) {
        return Ok(());
    }
    Err((
        name.span(),
        format!("a remote function is a type, too, and would hide the type `{text}`: give it another name"),
    ))
}

const NO_FUNCTION: &str = "`#[remote]` marks a function: `#[remote] fn add(a: u64, b: u64) -> u64 { a + b }`";
const ASYNC: &str = "a remote function cannot be `async`, since its process has nothing to drive it: remove the word, and wait inside, by `block_on`";
const UNSAFE: &str = "a remote function cannot be `unsafe`, since nobody checks the arguments where it runs: mark a safe function that checks them and calls this one";
const EXTERN: &str = "a remote function cannot be `extern`: mark a function of Rust that calls this one";
const LIFETIME: &str = "a remote function cannot have lifetimes: what it borrows stays in its process; take and return owned values (`String` for `&str`, `Vec<T>` for `&[T]`)";
const CONST_GENERIC: &str = "a remote function cannot be generic, since its name must stand for one function: make the constant an argument";
const GENERIC: &str = "a remote function cannot be generic, since its name must stand for one function: mark one for each type, which calls this one";
const WHERE: &str = "a remote function cannot have a `where` clause: it is not generic, so remove the clause";
const NO_BODY: &str = "a remote function needs a body: mark a function that stands by itself, none of a trait or an `extern` block";
