#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt;
use std::io;

use http::StatusCode;

use super::{Error, Fault, HIDDEN};

#[derive(Debug)]
struct Level(&'static str, Option<Box<Self>>);

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Level {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.1.as_deref().map(|level| level as _)
    }
}

fn layered() -> Level {
    Level("cannot save", Some(Box::new(Level("disk full", None))))
}

#[test]
fn what_comes_by_a_question_mark_is_a_500_that_keeps_its_cause() {
    let failing = || -> crate::Result { Err(layered())? };
    let error = failing().unwrap_err();
    assert_eq!(error.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(error.to_string(), HIDDEN);
    assert_eq!(format!("{error:?}"), "cannot save\n  caused by: disk full");
    let problem = r#"{"type":"about:blank","title":"Internal Server Error","status":500,"detail":"the handler failed; the log has the cause"}"#;
    assert_eq!(error.problem(), problem);
    assert_eq!(error.with_status(StatusCode::BAD_GATEWAY).to_string(), HIDDEN);
}

#[test]
fn what_is_said_is_told_and_its_cause_is_not() {
    let error = Error::new(StatusCode::NOT_FOUND, "no \"task\" 7").with_source(layered());
    let problem =
        r#"{"type":"about:blank","title":"Not Found","status":404,"detail":"no \"task\" 7"}"#;
    assert_eq!(error.problem(), problem);
    assert_eq!(
        format!("{error:?}"),
        "no \"task\" 7\n  caused by: cannot save\n  caused by: disk full"
    );
    let plain = Error::new(StatusCode::NOT_FOUND, "no task");
    assert_eq!((format!("{plain:?}"), plain.to_string()), ("no task".into(), "no task".into()));
}

#[test]
fn a_status_without_a_name_has_a_title_all_the_same() {
    let error = Error::new(StatusCode::from_u16(599).unwrap(), "odd");
    assert_eq!(
        error.problem(),
        r#"{"type":"about:blank","title":"Error","status":599,"detail":"odd"}"#
    );
}

#[derive(Debug)]
struct Denied(u16);

impl fmt::Display for Denied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "denied by rule {}", self.0)
    }
}

impl Fault for Denied {
    fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.0).unwrap()
    }
}

#[test]
fn a_fault_is_told_below_500_and_kept_from_there_on() {
    let told = Denied(403).into_error();
    assert_eq!(
        (told.status(), told.to_string()),
        (StatusCode::FORBIDDEN, "denied by rule 403".into())
    );
    let kept = Denied(503).into_error();
    assert_eq!((kept.status(), kept.to_string()), (StatusCode::SERVICE_UNAVAILABLE, HIDDEN.into()));
    assert_eq!(format!("{kept:?}"), "denied by rule 503");
}

#[test]
fn an_error_stays_what_it_is_as_a_fault() {
    let error = Error::new(StatusCode::CONFLICT, "taken").into_error();
    assert_eq!((error.status(), error.to_string()), (StatusCode::CONFLICT, "taken".into()));
    let error = Error::from(io::Error::other("socket")).into_error();
    assert_eq!(format!("{error:?}"), "socket");
}
