//! The functions of a file that write values into URLs, byte for byte as Rust's links do.
//!
//! `‹…›` is what TypeScript has and JavaScript has not.

use super::function::Language;

const SEGMENT: &str = r#"/** A value as one segment of a path; U+FFFD for what no path carries unchanged, as in Rust. */
function segment(value‹: string | number | boolean›)‹: string› {
  const text = String(value).replace(/\p{Surrogate}/gu, "\ufffd");
  if (/^\.{0,2}$/.test(text)) return "%EF%BF%BD";
  return encodeURIComponent(text).replace(/%(2[46BC]|3[DAB]|40)/g, decodeURIComponent);
}"#;

const REST: &str = r#"/** A value as the rest of a path: its slashes stay, but for one at the beginning. */
function rest(value‹: string | number | boolean›)‹: string› {
  const text = String(value);
  const pieces = text.replace(/^\//, "").split("/").map((piece) => piece && segment(piece));
  return text ? (text.startsWith("/") ? "%2F" : "") + pieces.join("/") : segment(text);
}"#;

const QUERY: &str = r#"/** Values as a query: a list has its name several times, and what is not there is left out. */
function query(values‹: Record<string, unknown>›)‹: string› {
  const escaped = (value‹: unknown›) =>
    encodeURIComponent(String(value).replace(/\p{Surrogate}/gu, "\ufffd")).replace(
      /[!'()*]/g,
      (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  const pairs = Object.entries(values).flatMap(([name, given]) =>
    [given ?? []].flat().map((value) => `${name}=${escaped(value)}`),
  );
  return pairs.length ? `?${pairs.join("&")}` : "";
}"#;

/// Those that code calls, and that they call themselves.
pub(super) fn called_by(code: &str, language: Language) -> Vec<String> {
    let rest = code.contains("${rest(");
    let helpers = [
        (rest || code.contains("${segment("), SEGMENT),
        (rest, REST),
        (code.contains("${query("), QUERY),
    ];
    let used = helpers.into_iter().filter(|(used, _)| *used && language != Language::Declarations);
    used.map(|(_, helper)| written(helper, language)).collect()
}

fn written(helper: &str, language: Language) -> String {
    if language == Language::TypeScript {
        return helper.replace(['‹', '›'], "");
    }
    let mut parts = helper.split('‹');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('›').map_or("", |(_, rest)| rest))
}
