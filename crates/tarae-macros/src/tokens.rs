//! Questions to tokens.

use proc_macro::{Delimiter, Group, Spacing, TokenTree};

/// Whether `token` is this word.
pub(crate) fn is_word(token: &TokenTree, text: &str) -> bool {
    matches!(token, TokenTree::Ident(word) if word.to_string() == text)
}

/// Whether `token` is this punctuation mark.
pub(crate) fn is_punct(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

/// Whether `first` stands at `at` with `second` right behind it.
pub(crate) fn is_joint(tokens: &[TokenTree], at: usize, first: char, second: char) -> bool {
    matches!(tokens.get(at), Some(TokenTree::Punct(mark)) if mark.as_char() == first && mark.spacing() == Spacing::Joint)
        && tokens.get(at + 1).is_some_and(|token| is_punct(token, second))
}

/// The block, if `token` is one: in braces, or such a fragment of a `macro_rules!` of the program's.
pub(crate) fn braced(token: &TokenTree) -> Option<Group> {
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
pub(crate) fn ungrouped(mut tokens: Vec<TokenTree>) -> Vec<TokenTree> {
    while let [TokenTree::Group(group)] = tokens.as_slice()
        && group.delimiter() == Delimiter::None
    {
        tokens = group.stream().into_iter().collect();
    }
    tokens
}
