//! Keys are identifiers, and equal exactly when everything they stand for is.

use comet_route::Route;
use proptest::prelude::*;

use crate::routes::route;

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[A-Z]{3,4}",
        prop::sample::select(vec!["_", "__", "_P_", "_G_", "a__GET", "GET__a", "é", "_5f_"])
            .prop_map(Into::into),
        any::<String>(),
    ]
}

fn is_identifier(key: &str) -> bool {
    key.starts_with("comet_route") && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn keys_tell_apart(
        a in route(), b in route(),
        group in word(), other_group in word(),
        method in word(), other_method in word(),
    ) {
        for group_b in [&group, &other_group] {
            for method_b in [&method, &other_method] {
                let (key_a, key_b) = (a.key(&group, &method), b.key(group_b, method_b));
                let same = (&group, &method, a.shape()) == (group_b, method_b, b.shape());
                prop_assert_eq!(key_a == key_b, same, "{} and {}", key_a, key_b);
                prop_assert!(is_identifier(&key_b));
            }
        }
    }

    #[test]
    fn names_and_queries_do_not_count(route in route()) {
        let renamed = route.path().replace("{p", "{other").replace("rest", "other");
        let renamed = Route::parse(&renamed).unwrap();
        prop_assert_eq!(route.key("", "GET"), renamed.key("", "GET"));
        prop_assert_eq!(route.shape(), renamed.shape());
    }
}

#[test]
fn keys_read_well() {
    let key = |route: &str| Route::parse(route).unwrap().key("", "GET");
    assert_eq!(key("/"), "comet_route__GET");
    assert_eq!(key("/tasks/{id}/log"), "comet_route__GET__tasks___P___log");
    assert_eq!(key("/files/{*path}"), "comet_route__GET__files___R_");
    assert_eq!(key("/café"), "comet_route__GET__caf_c3__a9_");
    assert_eq!(key("/a%2Fb"), "comet_route__GET__a_25_2Fb");
    assert_eq!(key("/_P_"), "comet_route__GET___5f_P_5f_");
}
