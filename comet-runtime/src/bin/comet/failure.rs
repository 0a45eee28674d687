//! What goes wrong: one line for the user, and the exit code.

use std::borrow::Cow;
use std::process::ExitCode;

use http::StatusCode;
use serde::Deserialize;

/// Why the program ends without having done what it was asked for.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    /// Nothing is printed where it is empty.
    text: Cow<'static, str>,
}

/// RFC 9457, as far as it is printed.
#[derive(Deserialize)]
struct Problem {
    detail: String,
}

impl Failure {
    fn new(code: u8, text: impl Into<Cow<'static, str>>) -> Self {
        Self { code, text: text.into() }
    }

    /// The server has refused, or something of this machine.
    pub(crate) fn other(text: impl Into<Cow<'static, str>>) -> Self {
        Self::new(1, text)
    }

    /// What the user has written cannot be.
    pub(crate) fn input(text: impl Into<Cow<'static, str>>) -> Self {
        Self::new(2, text)
    }

    /// There is no server, or it is none of Comet's.
    pub(crate) fn unreached(text: impl Into<Cow<'static, str>>) -> Self {
        Self::new(3, text)
    }

    /// A signal of that number has ended the program, as a shell writes it.
    pub(crate) fn signal(number: u8) -> Self {
        Self::new(128 + number, "")
    }

    /// Nobody reads any more what is printed: `comet tail … | head` has seen enough.
    pub(crate) fn quiet() -> Self {
        Self::new(0, "")
    }

    /// An answer with another status than a good one. `shown` tells whether the request had a secret.
    pub(crate) fn refused(status: StatusCode, body: &[u8], shown: bool) -> Self {
        let Ok(problem) = serde_json::from_slice::<Problem>(body) else {
            return Self::unreached(format!(
                "no Comet server: the answer is {status} without a reason"
            ));
        };
        let advice = if status == StatusCode::UNAUTHORIZED && !shown {
            "; set COMET_PUBLISH_SECRET or --secret-file"
        } else {
            ""
        };
        Self::other(format!("{status}: {}{advice}", printable(&problem.detail)))
    }

    /// Whether nothing more is to be said.
    pub(crate) fn is_quiet(&self) -> bool {
        self.code == 0
    }

    pub(crate) fn report(&self) -> ExitCode {
        if !self.text.is_empty() {
            eprintln!("comet: {}", self.text);
        }
        ExitCode::from(self.code)
    }
}

/// Text of somebody else's, without what a terminal would obey.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return Cow::Borrowed(text);
    }
    let escape = |c: char| {
        if c.is_control() { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() }
    };
    text.chars().map(escape).collect::<String>().into()
}
