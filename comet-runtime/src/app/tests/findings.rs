use std::any::{TypeId, type_name};

use super::{build, endpoint, plan};
use crate::app::checks::{Plan, verify};
use crate::config::Config;
use crate::extract::Extract;
use crate::registry::tests::sample;
use crate::registry::{Access, Endpoint, Hold, Need};

struct Queue;

fn needs_queue(signature: &mut crate::Signature) {
    let (key, type_name) = (TypeId::of::<Queue>(), type_name::<Queue>());
    signature.needs.push(Need { key, type_name, method: "state" });
}

struct Jobs;

fn needs_jobs(signature: &mut crate::Signature) {
    let (key, type_name) = (TypeId::of::<Jobs>(), type_name::<Jobs>());
    signature.needs.push(Need { key, type_name, method: "with" });
}

fn findings(plan: Plan) -> Vec<String> {
    build(plan, Config::default()).map_or_else(|error| error.findings().to_vec(), |_| Vec::new())
}

#[test]
fn an_app_in_order_starts() {
    let mut app = plan([
        Endpoint { routes: &["/a"], serve: |want| want.sign(needs_queue), ..endpoint(1) },
        Endpoint { names: &["b"], access: Access::User, ..endpoint(2) },
    ]);
    app.states.insert(Queue);
    app.authenticator = Some(crate::auth::SharedAuthenticator::new(|_: &_| None));
    assert_eq!(findings(app), [""; 0]);
}

#[test]
fn nothing_linked_names_the_remedy() {
    assert_eq!(
        findings(plan([])),
        [
            "no handler is linked into this program. If your handlers are in a library crate, mention it in the crate \
         that has `main`, or the linker leaves it out: `use my_handlers as _;`"
        ]
    );
}

#[test]
fn two_handlers_on_one_route_or_name_are_both_shown() {
    let app = plan([
        Endpoint { routes: &["/t/{id}"], names: &["x"], ..sample("one", "src/a.rs", 3) },
        Endpoint { routes: &["/t/{task}"], names: &["x"], ..sample("Two::two", "src/b.rs", 9) },
    ]);
    assert_eq!(
        findings(app),
        [
            "two handlers answer GET /t/{task}:\n    `one` at src/a.rs:3:1\n    `Two::two` at src/b.rs:9:1\n  \
         change one of the two",
            "two handlers answer the call `x`:\n    `one` at src/a.rs:3:1\n    `Two::two` at src/b.rs:9:1\n  \
         change one of the two",
        ]
    );
}

#[test]
fn a_program_is_verified_group_by_group_and_without_its_state() {
    let twice = |route: &'static [&'static str], file: &'static str| {
        let one = Endpoint {
            routes: route,
            serve: |want| want.sign(needs_queue),
            ..sample("one", file, 1)
        };
        plan([one, Endpoint { routes: route, ..sample("two", file, 2) }])
    };
    assert!(
        verify([plan([Endpoint { serve: |want| want.sign(needs_queue), ..endpoint(1) }])], &[])
            .is_ok()
    );
    let error = verify([twice(&["/a"], "src/a.rs"), twice(&["/a"], "src/b.rs")], &[]).unwrap_err();
    let [first, second] = error.findings() else { panic!("{error}") };
    assert!(first.contains("src/a.rs:1:1") && first.contains("src/a.rs:2:1"), "{first}");
    assert!(second.contains("src/b.rs:1:1") && second.contains("src/b.rs:2:1"), "{second}");
}

#[test]
fn what_is_missing_names_everyone_who_wants_it_and_the_fix() {
    let app = plan([
        Endpoint {
            names: &["a"],
            serve: |want| want.sign(needs_queue),
            ..sample("a", "src/a.rs", 1)
        },
        Endpoint {
            names: &["b"],
            serve: |want| want.sign(needs_jobs),
            ..sample("Jobs::b", "src/b.rs", 2)
        },
        Endpoint {
            names: &["c"],
            serve: |want| want.sign(needs_queue),
            ..sample("c", "src/c.rs", 3)
        },
    ]);
    let here = module_path!();
    assert_eq!(
        findings(app),
        [
            format!(
                "the app has no `{here}::Jobs`, wanted by\n    `Jobs::b` at src/b.rs:2:1\n  give it one: `.with(…)`"
            ),
            format!(
                "the app has no `{here}::Queue`, wanted by\n    `a` at src/a.rs:1:1\n    `c` at src/c.rs:3:1\n  \
             give it one: `.state(…)`"
            ),
        ]
    );
}

#[test]
fn handlers_for_users_need_an_authenticator() {
    let app = plan([
        Endpoint { names: &["a"], access: Access::User, ..sample("a", "src/a.rs", 1) },
        Endpoint { names: &["b"], ..sample("b", "src/b.rs", 2) },
        Endpoint { names: &["c"], access: Access::User, ..sample("c", "src/c.rs", 3) },
    ]);
    assert_eq!(
        findings(app),
        [
            "these handlers are for signed-in users, and the app cannot tell who is one:\n    `a` at src/a.rs:1:1\n    \
         `c` at src/c.rs:3:1\n  give it an authenticator, `.authenticate(…)`, or write `public` in their attributes"
        ]
    );
}

#[test]
fn a_value_given_twice_and_files_that_are_not_there_are_findings() {
    let mut app = plan([Endpoint { names: &["a"], ..endpoint(1) }]);
    app.given_twice.push("u64");
    app.files.push(("/".to_owned(), "/nowhere/at/all".into()));
    app.files.push(("static".to_owned(), ".".into()));
    assert_eq!(
        findings(app),
        [
            "the app was given two values of the type `u64`; wrap one in a type of its own",
            "there is no directory `/nowhere/at/all` to serve files from; the path counts from where the program is started",
            "files are served below a path that starts with `/`, not `static`",
        ]
    );
}

#[test]
fn a_route_that_cannot_be_is_a_finding_where_it_is_written() {
    let app = plan([Endpoint { routes: &["/a/{"], ..sample("a", "src/a.rs", 7) }]);
    let findings = findings(app);
    assert_eq!(findings.len(), 1);
    assert!(findings[0].ends_with("in `a` at src/a.rs:7:1"), "{}", findings[0]);
}

#[test]
fn everything_is_told_at_once_a_finding_a_paragraph() {
    let config = Config { mount: "app".to_owned(), ..Config::default() };
    let app = plan([
        Endpoint {
            names: &["a"],
            serve: |want| want.sign(needs_queue),
            access: Access::User,
            ..endpoint(1)
        },
        Endpoint { names: &["a"], ..endpoint(2) },
    ]);
    let error = build(app, config).unwrap_err();
    assert_eq!(error.findings().len(), 4, "{error}");
    assert!(error.findings()[0].contains("mount"), "{error}");
    let shown = error.to_string();
    assert!(shown.starts_with("the app cannot start:\n- "));
    assert_eq!(shown.matches("\n- ").count(), 4);
    assert_eq!(format!("{error:?}"), shown, "a `main` that returns it prints the same");
}

#[test]
fn only_a_long_poll_has_a_timeout() {
    let asks = Endpoint {
        routes: &["/a"],
        serve: |want| want.sign(crate::extract::Timeout::describe),
        ..sample("wait", "src/a.rs", 3)
    };
    let held = Endpoint { routes: &["/b"], hold: Hold::App, ..asks };
    assert_eq!(
        findings(plan([asks, held])),
        [
            "`wait` at src/a.rs:3:1 asks for its `Timeout`, and only `#[longpoll]` handlers have one; \
          leave the argument out"
        ]
    );
}

#[test]
fn only_one_argument_can_take_the_body() {
    let once = Endpoint {
        routes: &["/once"],
        serve: |want| want.sign(|signature| signature.bodies.push("body")),
        ..sample("once", "src/a.rs", 3)
    };
    let twice = Endpoint {
        routes: &["/twice"],
        serve: |want| want.sign(|signature| signature.bodies.extend(["head", "rest"])),
        ..sample("twice", "src/a.rs", 9)
    };
    assert_eq!(
        findings(plan([once, twice])),
        [
            "`twice` at src/a.rs:9:1 takes the request's body twice, as `head` and as `rest`, and there is one: keep one \
          of the two"
        ]
    );
}
