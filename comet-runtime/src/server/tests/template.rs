use proptest::prelude::*;

use crate::server::template::Template;

const HEAD: &str =
    "GET /e?channel=a%2Fb&cursor=0ab.7&client=x HTTP/1.1\r\nhost: a\r\ncookie: b=1\r\n\r\n";

fn template(head: &str) -> Option<Template> {
    Template::of(head.as_bytes(), "cursor")
}

#[test]
fn only_the_value_may_differ() {
    let template = template(HEAD).unwrap();
    for value in ["0ab.7", "", "z.18446744073709551615~y.2", "done"] {
        let head = HEAD.replace("0ab.7", value);
        let whole = [head.as_str(), "GET / HTTP/1.1\r\n"].concat();
        assert_eq!(template.read(whole.as_bytes()), Some((value, head.len())));
        for end in 0..head.len() {
            assert_eq!(template.read(&head.as_bytes()[..end]), None, "{value} {end}");
        }
    }
    for value in ["a&cursor=b", "%30", "a+b", "a b", "a#", "a\r\nx: y", "a=b", "\u{e9}"] {
        assert_eq!(template.read(HEAD.replace("0ab.7", value).as_bytes()), None, "{value}");
    }
}

#[test]
fn a_head_is_none_in_which_the_value_is_not_to_be_told_for_sure() {
    for head in [
        // Not whole, or not alone.
        &HEAD[..HEAD.len() - 1],
        &[HEAD, "G"].concat(),
        &[HEAD, HEAD].concat(),
        // Not there, or not as a value.
        "GET /e HTTP/1.1\r\nhost: a\r\n\r\n",
        "GET /e?cursor HTTP/1.1\r\nhost: a\r\n\r\n",
        "GET /e?xcursor=1&cursors=2 HTTP/1.1\r\nhost: a\r\n\r\n",
        "GET /e HTTP/1.1\r\nhost: a\r\nx: ?cursor=1 y\r\n\r\n",
        "\r\nGET /e?cursor=1 HTTP/1.1\r\nhost: a\r\n\r\n",
        // Several, in whatever spelling.
        "GET /e?cursor=1&cursor=2 HTTP/1.1\r\nhost: a\r\n\r\n",
        "GET /e?cursor=1&c%75rsor=2 HTTP/1.1\r\nhost: a\r\n\r\n",
        "GET /e?cursor=1#&cursor=2 HTTP/1.1\r\nhost: a\r\n\r\n",
        // Escaped.
        "GET /e?cursor=%31 HTTP/1.1\r\nhost: a\r\n\r\n",
    ] {
        assert!(template(head).is_none(), "{head}");
    }
}

proptest! {
    #[test]
    fn a_request_that_is_read_differs_in_nothing_else(
        at in 0..HEAD.len(), byte: u8, value in "[0-9a-z.~]{0,9}"
    ) {
        let template = template(HEAD).unwrap();
        let mut other = HEAD.as_bytes().to_vec();
        other[at] = byte;
        if let Some((read, length)) = template.read(&other) {
            prop_assert_eq!(length, HEAD.len());
            let expected = HEAD.replace("0ab.7", read);
            prop_assert_eq!(&other, expected.as_bytes());
        }
        let head = HEAD.replace("0ab.7", &value);
        prop_assert_eq!(template.read(head.as_bytes()), Some((value.as_str(), head.len())));
    }
}
