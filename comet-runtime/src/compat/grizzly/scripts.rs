//! Page commands as scripts that call functions of the page around the frame.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::literal::{is_name, literal};
use crate::compat::frames::Scripts;
use crate::log::{Batch, EventName};
use crate::transport::Foreign;

/// A document of scripts for the page of the same origin around it, and nothing else.
pub(super) static FRAMING: Foreign = Foreign {
    content_type: "text/html; charset=utf-8",
    beat: b"\n",
    policy: "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'self'",
};

/// The document of one frame.
#[derive(Debug)]
pub(super) struct Document;

impl Scripts for Document {
    /// Ten comments of 148 bytes: old browsers show nothing of a document before so much of it has arrived.
    fn begin(&mut self, out: &mut Vec<u8>) {
        out.extend(format!("<!-- {} -->\n", ".".repeat(138)).repeat(10).bytes());
    }

    /// A script a command.
    fn put(&mut self, batch: &Batch, out: &mut Vec<u8>) {
        let Batch::Entries(entries) = batch else { return };
        for entry in entries.iter().filter(|entry| entry.event == EventName::PAGE) {
            let commands: Vec<&RawValue> =
                serde_json::from_slice(&entry.payload).unwrap_or_default();
            for command in commands {
                match statement(command.get()) {
                    Some(statement) => script(&statement, out),
                    None => tracing::warn!(
                        command = command.get(),
                        "a forever frame of Grizzly's has nothing for this command; it knows `call`, `alert` and `redirect`"
                    ),
                }
            }
        }
    }
}

fn script(statement: &str, out: &mut Vec<u8>) {
    let (before, after) = ("<script type='text/javascript'>", "</script>\n");
    out.extend([before, statement, after].concat().bytes());
}

#[derive(Deserialize)]
struct Command<'c> {
    #[serde(borrow)]
    call: Option<Cow<'c, str>>,
    #[serde(borrow)]
    params: Option<&'c RawValue>,
    #[serde(borrow)]
    alert: Option<&'c RawValue>,
    #[serde(borrow)]
    redirect: Option<&'c RawValue>,
}

/// What does in JavaScript what a command says, if anything does.
fn statement(command: &str) -> Option<String> {
    let Command { call, params, alert, redirect } = serde_json::from_str(command).ok()?;
    match (call, alert, redirect) {
        (Some(function), ..) if function.split('.').all(is_name) => {
            let params = literal(params.map_or("[]", RawValue::get));
            let params = params.get(1..params.len() - 1).unwrap_or_default();
            Some(format!("window.parent.{function}({params});"))
        }
        (None, Some(message), _) => {
            Some(format!("window.parent.alert({});", literal(message.get())))
        }
        (None, None, Some(url)) => {
            Some(format!("window.parent.location = {};", literal(url.get())))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, statement};
    use crate::compat::frames::Scripts;

    #[test]
    fn g_20_a_frame_begins_with_ten_comments_of_148_bytes() {
        let mut out = Vec::new();
        Document.begin(&mut out);
        assert_eq!(out.len(), 1480);
        assert!(
            out.chunks(148).all(|line| line.starts_with(b"<!-- ") && line.ends_with(b" -->\n"))
        );
    }

    #[test]
    fn g_20_commands_are_statements_or_nothing() {
        for (command, wanted) in [
            (
                r#"{"call":"app.update","params":[{"name":"A","message":"</script>"}],"type":"call"}"#,
                Some(r#"window.parent.app.update({ name: "A", message: "\u003c/script>" });"#),
            ),
            (
                r#"{"call":"app.listen","params":[],"type":"call"}"#,
                Some("window.parent.app.listen();"),
            ),
            (r#"{"call":"f","params":["5",6],"type":"call"}"#, Some(r#"window.parent.f("5", 6);"#)),
            (r#"{"alert":"<b>","type":"alert"}"#, Some(r#"window.parent.alert("\u003cb>");"#)),
            (r#"{"redirect":"/a","type":"redirect"}"#, Some(r#"window.parent.location = "/a";"#)),
            (r#"{"call":"a;b","params":[],"type":"call"}"#, None),
            (r#"{"call":"a.","params":[],"type":"call"}"#, None),
            (r##"{"selector":"#a","text":"x","type":"text"}"##, None),
            ("7", None),
        ] {
            assert_eq!(statement(command).as_deref(), wanted, "{command}");
        }
    }
}
