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
    let one = |hole: &comet_route::Placeholder| {
        let place = hole.place();
        let fits = move |value: &String| match place {
            Place::Path => fits_segment(value),
            Place::Rest => fits_rest(value),
            Place::Query => true,
        };
        (Just(hole.name().to_owned()), text().prop_filter("fits its place", fits))
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
    fn every_encoding_decodes(value in text()) {
        for encoded in [encode_segment(&value), encode_rest(&value), encode_query_value(&value)] {
            prop_assert_eq!(&*decode(&encoded).unwrap(), &value);
        }
        prop_assert!(!encode_segment(&value).contains(['/', '?', '#']));
        prop_assert!(!encode_query_value(&value).contains(['&', '=', '+', '#', '%'])
            || encode_query_value(&value).contains('%'));
    }

    #[test]
    fn encodings_are_in_normal_form_but_for_dots(value in text()) {
        if fits_segment(&value) {
            let encoded = encode_segment(&value);
            prop_assert_eq!(normalize_path(&encoded), &*encoded);
        }
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
    assert_eq!(render("...", Some("/a//.b/")).unwrap(), "/a/.../".to_owned() + "/a//.b/");
}
