use super::load;
use crate::config::Secret;

#[test]
fn a_secret_is_long_and_never_shown() {
    let config = load(&[("COMET_PUBLISH_SECRET", "0123456789abcdef")]).unwrap();
    let secret = config.publish_secret.as_ref().unwrap();
    assert!(secret.is(b"0123456789abcdef"));
    for other in [&b""[..], b"0123456789abcdeX", b"0123456789abcde", b"0123456789abcdef0"] {
        assert!(!secret.is(other));
    }
    assert!(!format!("{config:?}").contains("0123456789abcdef"));
}

#[test]
fn a_weak_secret_is_refused_without_being_repeated() {
    for weak in ["hunter2", "0123456789abcde", "0123456789 abcdef", "0123456789abcdeé"] {
        assert!(weak.parse::<Secret>().is_err(), "{weak}");
        let error = load(&[("COMET_PUBLISH_SECRET", weak)]).unwrap_err().to_string();
        assert!(error.contains("COMET_PUBLISH_SECRET") && error.contains("at least 16"), "{error}");
        assert!(!error.contains(weak), "{error}");
    }
}

#[test]
fn an_empty_secret_is_none() {
    assert!(load(&[("COMET_PUBLISH_SECRET", "")]).unwrap().publish_secret.is_none());
}
