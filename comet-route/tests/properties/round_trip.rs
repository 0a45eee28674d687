//! Values survive the way into a URL and out again.

use std::collections::HashMap;

use comet_route::{
    Place, RenderError, Route, decode, encode_query_value, encode_rest, encode_segment, fits_rest,
    fits_segment, normalize_path,
};
use proptest::prelude::*;

use crate::routes::route;

/// Any text, and often the characters that URLs are made of.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[./%?&#+= aé]{0,6}"]
}

fn values(route: &Route) -> impl Strategy<Value = HashMap<String, String>> + use<> {
    let one = |placeholder: &comet_route::Placeholder| {
        let place = placeholder.place();
        let fits = move |value: &String| match place {
            Place::Path => fits_segment(value),
            Place::Rest => fits_rest(value),
            Place::Query => true,
        };
        (Just(placeholder.name().to_owned()), text().prop_filter("fits its place", fits))
    };
    route.names().iter().map(one).collect::<Vec<_>>().prop_map(|pairs| pairs.into_iter().collect())
}

proptest! {
    #[test]
    fn path_values_come_back(
        (route, values) in route().prop_flat_map(|route| (Just(route.clone()), values(&route)))
    ) {
        let url = route.render(|name| values.get(name).cloned()).unwrap();
        prop_assert!(url.is_ascii());
        let (path, query) = url.split_once('?').unwrap_or((&url, ""));

        let normal = normalize_path(path);
        for (name, raw) in route.matches(&normal).expect("a rendered path matches") {
            prop_assert_eq!(&*decode(raw).unwrap(), &values[name]);
        }
        let sent: Vec<_> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
        prop_assert_eq!(sent.len(), route.query().len());
        for (name, raw) in sent {
            prop_assert_eq!(&*decode(raw).unwrap(), &values[name]);
        }
    }

    #[test]
    fn encodings_decode_to_what_fits_and_to_a_mark_otherwise(value in text()) {
        let segment = encode_segment(&value);
        let read = if fits_segment(&value) { &*value } else { "\u{fffd}" };
        prop_assert_eq!(&*decode(&segment).unwrap(), read);

        let rest = encode_rest(&value);
        prop_assert_eq!(decode(&rest).unwrap() == value.as_str(), fits_rest(&value));

        let query = encode_query_value(&value);
        prop_assert_eq!(&*decode(&query).unwrap(), &value);
        prop_assert!(!query.contains(['&', '=', '+', '#']));
        for encoded in [segment, rest, query] {
            prop_assert_eq!(normalize_path(&encoded), &*encoded);
        }
    }

    #[test]
    fn no_value_leads_a_link_elsewhere(a in text(), b in text(), c in text()) {
        let (a, b, c) = (encode_segment(&a), encode_segment(&b), encode_rest(&c));
        for url in [format!("/{a}/{b}"), format!("/{a}/{c}"), format!("/{c}")] {
            prop_assert!(!url.starts_with("//") && !url.contains(['?', '#', '\\']), "{}", url);
            for piece in url.split('/') {
                let piece = piece.replace("%2E", ".").replace("%2e", ".");
                prop_assert!(piece != "." && piece != "..", "{}", url);
            }
        }
        prop_assert_eq!(format!("/{a}/{b}").split('/').filter(|piece| !piece.is_empty()).count(), 2);
    }
}

#[test]
fn absent_query_values_are_left_out() {
    let route = Route::parse("/a?{x}&{y}&{z}").unwrap();
    let some = |name: &str| (name != "x").then(|| name.repeat(2));
    assert_eq!(route.render(some).unwrap(), "/a?y=yy&z=zz");
    assert_eq!(route.render(|_| None).unwrap(), "/a");
    assert_eq!(route.render(|_| Some(String::new())).unwrap(), "/a?x=&y=&z=");
    assert_eq!(Route::parse("/?{x}").unwrap().render(|_| None).unwrap(), "/");
}

#[test]
fn paths_need_values_that_a_path_carries() {
    let route = Route::parse("/a/{id}/{*file}").unwrap();
    let render = |id: &str, file: Option<&str>| {
        route.render(|name| if name == "id" { Some(id.to_owned()) } else { file.map(Into::into) })
    };
    assert_eq!(render("7", None), Err(RenderError::Missing("file".into())));
    for id in ["", ".", ".."] {
        let error = render(id, Some("x")).unwrap_err();
        assert_eq!(error, RenderError::Unfit { name: "id".into(), value: id.into() });
    }
    for file in ["", ".", "a/../b", "a/."] {
        let error = render("7", Some(file)).unwrap_err();
        assert_eq!(error, RenderError::Unfit { name: "file".into(), value: file.into() });
    }
    let error = render("..", Some("x")).unwrap_err().to_string();
    assert_eq!(error, "`{id}` cannot be \"..\": a path does not carry it unchanged");
    let error = render("7", None).unwrap_err().to_string();
    assert_eq!(error, "the route needs a value for `{file}`");
    assert_eq!(render("...", Some("/a//.b/")).unwrap(), "/a/.../%2Fa//.b/");
}
