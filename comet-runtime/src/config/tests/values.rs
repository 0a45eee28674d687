use std::time::Duration;

use proptest::prelude::*;

use super::{Directory, load};
use crate::config::{Network, duration, size};

#[test]
fn durations_have_a_unit() {
    assert_eq!(duration::parse("500ms"), Ok(Duration::from_millis(500)));
    assert_eq!(duration::parse("30s"), Ok(Duration::from_secs(30)));
    assert_eq!(duration::parse(" 2 m "), Ok(Duration::from_secs(120)));
    assert_eq!(duration::parse("1h"), Ok(Duration::from_secs(3_600)));
    for wrong in ["", "30", "s", "-1s", "1.5s", "30 seconds", "1d", "99999999999999999999s"] {
        assert!(duration::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn sizes_are_bytes_or_binary_units() {
    assert_eq!(size::parse("65536"), Ok(65_536));
    assert_eq!(size::parse("64KiB"), Ok(65_536));
    assert_eq!(size::parse("1 MiB"), Ok(1 << 20));
    assert_eq!(size::parse("2GiB"), Ok(2 << 30));
    for wrong in ["", "KiB", "64kb", "64 K", "1.5MiB", "-1", "99999999999GiB"] {
        assert!(size::parse(wrong).is_err(), "{wrong}");
    }
}

proptest! {
    #[test]
    fn no_text_can_make_the_parsers_panic(text in ".{0,40}") {
        let _: (Result<_, _>, Result<_, _>) = (duration::parse(&text), size::parse(&text));
        let _: Result<Network, _> = text.parse();
    }
}

#[test]
fn the_environment_says_the_same_as_a_file() {
    let file = Directory::with(
        "hosts = [\"a.example\", \"b.example:81\"]\norigins = [\"https://c.example\"]\n\
         proxies = [\"10.0.0.0/8\"]\nbody_limit = \"1KiB\"\nmax_headers = 20\ndrain = \"0s\"",
    );
    let variables = [
        ("COMET_HOSTS", "a.example, b.example:81"),
        ("COMET_ORIGINS", "https://c.example,"),
        ("COMET_PROXIES", "10.0.0.0/8"),
        ("COMET_BODY_LIMIT", "1024"),
        ("COMET_MAX_HEADERS", "20"),
        ("COMET_DRAIN", "0ms"),
    ];
    let (file, environment) = (file.load(&[], &[]).unwrap(), load(&variables).unwrap());
    assert_eq!(format!("{file:?}"), format!("{environment:?}"));
    assert_eq!(file.hosts.len(), 2);
    assert_eq!(file.body_limit, 1024);
}

#[test]
fn an_empty_list_takes_the_default_away() {
    assert_eq!(load(&[("COMET_PROXIES", "")]).unwrap().proxies, []);
}

#[test]
fn networks_contain_what_shares_their_prefix() {
    let contains = |network: &str, address: &str| {
        network.parse::<Network>().unwrap().contains(address.parse().unwrap())
    };
    assert!(contains("10.0.0.0/8", "10.255.0.1"));
    assert!(!contains("10.0.0.0/8", "11.0.0.0"));
    assert!(contains("10.0.0.1", "10.0.0.1"));
    assert!(!contains("10.0.0.1", "10.0.0.2"));
    assert!(contains("0.0.0.0/0", "203.0.113.7"));
    assert!(!contains("0.0.0.0/0", "::1"));
    assert!(contains("127.0.0.0/8", "::ffff:127.0.0.1"));
    assert!(contains("2001:db8::/32", "2001:db8:ffff::1"));
    assert!(!contains("2001:db8::/32", "2001:db9::1"));
    for wrong in ["", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "::/129", "example"] {
        assert!(wrong.parse::<Network>().is_err(), "{wrong}");
    }
}
