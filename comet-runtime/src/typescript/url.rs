//! Functions that write URLs and names of channels, by the rule of Rust's own links.

use comet_route::{Place, Placeholder, Route, Segment};

use super::function::{Function, Given, Parameter};
use super::names;

/// A value that a function takes in its one object of arguments.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) ty: String,
    pub(super) optional: bool,
}

/// The one object of arguments, or none where there is nothing to give.
pub(super) fn arguments(fields: &[Field]) -> Option<Parameter> {
    let one = |field: &Field| {
        let mark = if field.optional { "?" } else { "" };
        format!("{}{mark}: {}", names::property(&field.name), field.ty)
    };
    let ty = format!("{{ {} }}", fields.iter().map(one).collect::<Vec<_>>().join("; "));
    let all_optional = fields.iter().all(|field| field.optional);
    let given = if all_optional { Given::OrEmpty } else { Given::Always };
    (!fields.is_empty()).then_some(Parameter { name: "args", ty, given })
}

/// The function that writes a path; without the slash at its beginning it is the name of a channel.
pub(super) fn function(
    name: String,
    docs: String,
    route: &Route,
    fields: &[Field],
    slash: bool,
) -> Function {
    let path = path(route);
    let path = if slash { path.as_str() } else { path.trim_start_matches('/') };
    let text = format!("{path}{}", query(route));
    let body = if text.contains("${") { format!("`{text}`") } else { format!("\"{text}\"") };
    let parameters = arguments(fields).into_iter().collect();
    Function { docs, name, parameters, returns: "string".to_owned(), body }
}

/// What a template has for the path.
fn path(route: &Route) -> String {
    let one = |segment: &Segment| match segment {
        Segment::Static(text) => format!("/{text}"),
        Segment::Param(name) => format!("/${{segment(args.{name})}}"),
        Segment::Rest(name) => format!("/${{rest(args.{name})}}"),
    };
    let path: String = route.segments().iter().map(one).collect();
    if path.is_empty() { "/".to_owned() } else { path }
}

fn query(route: &Route) -> String {
    let names: Vec<_> = route.query().iter().map(Placeholder::name).collect();
    let pairs: Vec<_> = names.iter().map(|name| format!("{name}: args.{name}")).collect();
    if pairs.is_empty() { String::new() } else { format!("${{query({{ {} }})}}", pairs.join(", ")) }
}

/// The placeholders of a route, with the types that `ty` knows for values in the path and in the query.
pub(super) fn fields(route: &Route, ty: impl Fn(&str, bool) -> String) -> Vec<Field> {
    let one = |hole: &Placeholder| {
        let in_query = hole.place() == Place::Query;
        let ty = ty(hole.name(), in_query);
        let may_lack = |ty: &str| ty.ends_with(" | null") || ty.starts_with("Array<");
        let optional = in_query && may_lack(&ty);
        Field { name: hole.name().to_owned(), ty, optional }
    };
    route.names().iter().map(one).collect()
}
