//! Generated code, token by token.
//!
//! [`code!`] is `quote_spanned!` for what is written at every handler. A macro is not optimised where its users are checked,
//! and whoever looks into a stream or puts it into another one calls the compiler. So pieces are lists here, which are
//! moved, and become streams once: with the brackets around them.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, LitStr, Path, Type, TypePath, Visibility};

use crate::tokens::located_at;

/// A piece of code.
#[derive(Clone, Default)]
pub(crate) struct Code(Vec<TokenTree>);

/// What may stand for a `#name`.
pub(crate) trait Piece {
    /// Adds itself.
    fn write(self, code: &mut Code);
}

/// Code with all tokens at one place, in which `#name` is what the variable has: a [`Piece`], which is moved.
macro_rules! code {
    ($span:expr=>) => {
        $crate::code::Code::default()
    };
    ($span:expr=> $($token:tt)*) => {{
        let (mut code, span) = ($crate::code::Code::default(), $span);
        $crate::code::code!(@ code span $($token)*);
        code
    }};
    (@ $code:ident $span:ident) => {
        let _: proc_macro2::Span = $span;
    };
    (@ $code:ident $span:ident #$piece:ident $($rest:tt)*) => {
        $crate::code::Piece::write($piece, &mut $code);
        $crate::code::code!(@ $code $span $($rest)*);
    };
    (@ $code:ident $span:ident ($($inner:tt)*) $($rest:tt)*) => {
        $code.group($span, proc_macro2::Delimiter::Parenthesis, $crate::code::code!($span=> $($inner)*));
        $crate::code::code!(@ $code $span $($rest)*);
    };
    (@ $code:ident $span:ident [$($inner:tt)*] $($rest:tt)*) => {
        $code.group($span, proc_macro2::Delimiter::Bracket, $crate::code::code!($span=> $($inner)*));
        $crate::code::code!(@ $code $span $($rest)*);
    };
    (@ $code:ident $span:ident {$($inner:tt)*} $($rest:tt)*) => {
        $code.group($span, proc_macro2::Delimiter::Brace, $crate::code::code!($span=> $($inner)*));
        $crate::code::code!(@ $code $span $($rest)*);
    };
    (@ $code:ident $span:ident $word:ident $($rest:tt)*) => {
        $code.word($span, stringify!($word));
        $crate::code::code!(@ $code $span $($rest)*);
    };
    (@ $code:ident $span:ident $sign:tt $($rest:tt)*) => {
        $code.sign($span, stringify!($sign));
        $crate::code::code!(@ $code $span $($rest)*);
    };
}
pub(crate) use code;

impl Code {
    /// What somebody else wrote.
    pub(crate) fn of(tokens: impl ToTokens) -> Self {
        Self(tokens.into_token_stream().into_iter().collect())
    }

    pub(crate) fn word(&mut self, span: Span, word: &str) {
        self.0.push(TokenTree::Ident(Ident::new(word, span)));
    }

    /// A sign of one or several letters, a lifetime, a text or a `_`.
    pub(crate) fn sign(&mut self, span: Span, sign: &str) {
        if let Some(text) = sign.strip_prefix('"') {
            let mut text = Literal::string(text.trim_end_matches('"'));
            text.set_span(span);
            return self.0.push(TokenTree::Literal(text));
        }
        if sign == "_" {
            return self.word(span, sign);
        }
        let bytes = sign.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            if byte.is_ascii_alphabetic() || *byte == b'_' {
                return self.word(span, sign.split_at(at).1);
            }
            let joint = at + 1 < bytes.len();
            let spacing = if joint { Spacing::Joint } else { Spacing::Alone };
            let mut punct = Punct::new(char::from(*byte), spacing);
            punct.set_span(span);
            self.0.push(TokenTree::Punct(punct));
        }
    }

    pub(crate) fn group(&mut self, span: Span, delimiter: Delimiter, inner: Self) {
        let mut group = Group::new(delimiter, inner.into());
        group.set_span(span);
        self.0.push(TokenTree::Group(group));
    }

    /// Every token at the place of `anchor`, as [`located_at`] does it.
    pub(crate) fn located(tokens: impl Piece, anchor: Span) -> Self {
        let mut code = Self::default();
        tokens.write(&mut code);
        for token in &mut code.0 {
            match token {
                TokenTree::Group(group) => {
                    let inner = located_at(group.stream(), anchor);
                    let mut located = Group::new(group.delimiter(), inner);
                    located.set_span(group.span().located_at(anchor));
                    *group = located;
                }
                token => token.set_span(token.span().located_at(anchor)),
            }
        }
        code
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Code> for TokenStream {
    fn from(code: Code) -> Self {
        code.0.into_iter().collect()
    }
}

impl<P: Piece> FromIterator<P> for Code {
    fn from_iter<I: IntoIterator<Item = P>>(pieces: I) -> Self {
        let mut all = Self::default();
        for piece in pieces {
            piece.write(&mut all);
        }
        all
    }
}

impl ToTokens for Code {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.0.iter().cloned());
    }
}

impl Piece for Code {
    fn write(mut self, code: &mut Code) {
        code.0.append(&mut self.0);
    }
}

impl Piece for Ident {
    fn write(self, code: &mut Code) {
        code.0.push(TokenTree::Ident(self));
    }
}

impl Piece for &Ident {
    fn write(self, code: &mut Code) {
        code.0.push(TokenTree::Ident(self.clone()));
    }
}

impl Piece for &str {
    fn write(self, code: &mut Code) {
        code.0.push(TokenTree::Literal(Literal::string(self)));
    }
}

impl Piece for &LitStr {
    fn write(self, code: &mut Code) {
        code.0.push(TokenTree::Literal(self.token()));
    }
}

impl Piece for usize {
    fn write(self, code: &mut Code) {
        code.0.push(TokenTree::Literal(Literal::usize_suffixed(self)));
    }
}

impl Piece for u64 {
    fn write(self, code: &mut Code) {
        code.0.push(TokenTree::Literal(Literal::u64_suffixed(self)));
    }
}

impl Piece for u32 {
    fn write(self, code: &mut Code) {
        code.0.push(TokenTree::Literal(Literal::u32_suffixed(self)));
    }
}

impl<T: Piece> Piece for Option<T> {
    fn write(self, code: &mut Code) {
        if let Some(piece) = self {
            piece.write(code);
        }
    }
}

impl Piece for &Path {
    fn write(self, code: &mut Code) {
        Code::of(self).write(code);
    }
}

impl Piece for &Type {
    fn write(self, code: &mut Code) {
        match self {
            Type::Path(TypePath { qself: None, path, .. }) if path.get_ident().is_some() => {
                path.get_ident().write(code);
            }
            ty => Code::of(ty).write(code),
        }
    }
}

impl Piece for &[Attribute] {
    fn write(self, code: &mut Code) {
        for attribute in self {
            Code::of(attribute).write(code);
        }
    }
}

impl Piece for &Visibility {
    fn write(self, code: &mut Code) {
        match self {
            Visibility::Public(public) => code.word(public.span, "pub"),
            Visibility::Inherited => {}
            Visibility::Restricted(_) => Code::of(self).write(code),
        }
    }
}
