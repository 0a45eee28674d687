//! One function of a file, and the three ways to write it.

use super::{comments, layout};

/// A function as TypeScript knows it.
#[derive(Debug)]
pub(super) struct Function {
    /// What its comment says.
    pub(super) docs: String,
    pub(super) name: String,
    pub(super) parameters: Vec<Parameter>,
    pub(super) returns: String,
    /// What it returns, as an expression.
    pub(super) body: String,
}

#[derive(Clone, Debug)]
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) ty: String,
    pub(super) given: Given,
}

/// Whether a parameter has to be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Given {
    Always,
    OrNot,
    /// It is an empty object when it is not.
    OrEmpty,
}

/// What a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    TypeScript,
    /// Without types, which are in the declarations beside it.
    JavaScript,
    Declarations,
}

impl Function {
    pub(super) fn written(&self, language: Language) -> String {
        let docs = comments::comment(&self.docs, "");
        let parameters: Vec<_> = self.parameters.iter().map(|one| one.written(language)).collect();
        let before = match language {
            Language::Declarations => format!("export declare function {}", self.name),
            _ => format!("export function {}", self.name),
        };
        let after = match language {
            Language::TypeScript => format!(": {} {{", self.returns),
            Language::JavaScript => " {".to_owned(),
            Language::Declarations => format!(": {};", self.returns),
        };
        let head = docs + &layout::signature(&before, &parameters, &after);
        match language {
            Language::Declarations => head,
            _ => format!("{head}\n  return {};\n}}", self.body),
        }
    }
}

impl Parameter {
    pub(super) fn optional(name: &'static str, ty: impl Into<String>) -> Self {
        Self { name, ty: ty.into(), given: Given::OrNot }
    }

    fn written(&self, language: Language) -> String {
        let Self { name, ty, given } = self;
        match (language, given) {
            (Language::JavaScript, Given::OrEmpty) => format!("{name} = {{}}"),
            (Language::JavaScript, _) => (*name).to_owned(),
            (Language::TypeScript, Given::OrEmpty) => format!("{name}: {ty} = {{}}"),
            (_, Given::Always) => format!("{name}: {ty}"),
            (_, Given::OrNot | Given::OrEmpty) => format!("{name}?: {ty}"),
        }
    }
}
