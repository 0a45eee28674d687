use proptest::prelude::*;

use crate::server::Differs;
use crate::server::template::Template;

const HEAD: &str =
    "GET /e?channel=a%2Fb&cursor=0ab.7&client=x HTTP/1.1\r\nhost: a\r\ncookie: b=1\r\n\r\n";

fn template(head: &str) -> Option<Template> {
    Template::of(head.as_bytes(), Differs::Query("cursor"))
}

#[test]
fn only_the_value_may_differ() {
    let template = template(HEAD).unwrap();
    for value in ["0ab.7", "", "z.18446744073709551615~y.2", "done"] {
        let head = HEAD.replace("0ab.7", value);
        let whole = [head.as_str(), "GET / HTTP/1.1\r\n"].concat();
        assert_eq!(template.read(whole.as_bytes()), Some((value.as_bytes(), head.len())));
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

const POST: &str = "POST /p HTTP/1.1\r\nhost: a\r\nContent-LENGTH:  7 \r\nx: y\r\n\r\n";

fn with_body(request: &str) -> Option<Template> {
    Template::of(request.as_bytes(), Differs::Body)
}

#[test]
fn only_the_body_may_differ_and_its_length() {
    let template = with_body(&[POST, "[1,2,3]"].concat()).unwrap();
    for body in ["", "{}", "[1,2,3]", "POST /p HTTP/1.1\r\n\r\n"] {
        let request = [&POST.replace('7', &body.len().to_string()), body].concat();
        let whole = [request.as_str(), "POST"].concat();
        assert_eq!(template.read(whole.as_bytes()), Some((body.as_bytes(), request.len())));
        for end in 0..request.len() {
            assert_eq!(template.read(&request.as_bytes()[..end]), None, "{body} {end}");
        }
    }
    for length in ["", "-1", "+7", "x7", "7a", "7, 7", "99999999999999999999"] {
        let request = [&POST.replace('7', length), "[1,2,3]"].concat();
        assert_eq!(template.read(request.as_bytes()), None, "{length}");
    }
    let other = [&POST.replace("x: y", "x: z"), "[1,2,3]"].concat();
    assert_eq!(template.read(other.as_bytes()), None);
}

#[test]
fn a_request_is_none_whose_body_is_not_to_be_told_for_sure() {
    let chunks = POST.replace("Content-LENGTH:  7 ", "transfer-encoding: chunked");
    for request in [
        // Not whole, or not alone.
        [POST, "[1,2,3"].concat(),
        [POST, "[1,2,3] "].concat(),
        POST.trim_end().to_owned(),
        // Without a length, or with several.
        [&chunks, "7\r\n[1,2,3]\r\n0\r\n\r\n"].concat(),
        [&POST.replace("x: y", "content-length: 7"), "[1,2,3]"].concat(),
        [&POST.replace(" 7 ", " +7 "), "[1,2,3]"].concat(),
    ] {
        assert!(with_body(&request).is_none(), "{request}");
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
            let expected = HEAD.replace("0ab.7", std::str::from_utf8(read).unwrap());
            prop_assert_eq!(&other, expected.as_bytes());
        }
        let head = HEAD.replace("0ab.7", &value);
        prop_assert_eq!(template.read(head.as_bytes()), Some((value.as_bytes(), head.len())));
    }
}
