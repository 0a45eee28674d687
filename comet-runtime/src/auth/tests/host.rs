use http::StatusCode;

use super::head;
use crate::auth::{HostRule, ServedHost};

fn answers(bind: &str, hosts: &[&str], asked: &str) -> bool {
    let hosts: Vec<ServedHost> = hosts.iter().map(|host| host.parse().unwrap()).collect();
    let rule = HostRule::new(bind.parse().unwrap(), &hosts);
    rule.check(&head("GET", "/", &[("host", asked)])).is_ok()
}

#[test]
fn on_a_loopback_address_only_loopback_names_are_served() {
    for bind in ["127.0.0.1:8080", "[::1]:8080", "127.9.9.9:1"] {
        for own in ["localhost", "LOCALHOST:1", "127.0.0.1:8080", "127.1.2.3", "[::1]", "[::1]:9"] {
            assert!(answers(bind, &[], own), "{bind} {own}");
        }
        for foreign in [
            "evil.example",
            "localhost.evil.example",
            "evil-localhost",
            "127.0.0.1.evil.example",
            "localhost.",
            "192.168.0.1",
            "0.0.0.0",
            "[::2]",
            "127.1",
            "2130706433",
        ] {
            assert!(!answers(bind, &[], foreign), "{bind} {foreign}");
        }
    }
}

#[test]
fn configured_hosts_come_on_top_there() {
    let hosts = ["app.example", "api.example:8443"];
    for own in ["app.example", "App.Example:9999", "api.example:8443", "localhost"] {
        assert!(answers("127.0.0.1:1", &hosts, own), "{own}");
    }
    for foreign in ["sub.app.example", "app.example.evil", "api.example", "api.example:443"] {
        assert!(!answers("127.0.0.1:1", &hosts, foreign), "{foreign}");
    }
}

#[test]
fn elsewhere_any_name_is_served_unless_hosts_are_configured() {
    assert!(answers("0.0.0.0:80", &[], "any.example"));
    assert!(answers("0.0.0.0:80", &["app.example"], "app.example"));
    assert!(!answers("0.0.0.0:80", &["app.example"], "any.example"));
    assert!(!answers("0.0.0.0:80", &["app.example"], "localhost"));
}

#[test]
fn a_refusal_names_the_host_and_the_setting() {
    let rule = HostRule::new("127.0.0.1:8080".parse().unwrap(), &[]);
    let error = rule.check(&head("GET", "/", &[("host", "evil.example:8080")])).unwrap_err();
    assert_eq!(error.status(), StatusCode::FORBIDDEN);
    assert_eq!(
        error.to_string(),
        "`evil.example:8080` is not a host of this server; if it should be, add it to the setting \
         `hosts`"
    );
}
