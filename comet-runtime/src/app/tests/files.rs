use std::path::Path;

use super::{Tested, endpoint, field, plan, text};
use crate::config::Config;

/// An app that serves the workspace's folder.
fn app(path: &str) -> Tested {
    let mut plan = plan([endpoint(1)]);
    plan.files.push((path.to_owned(), Path::new(env!("CARGO_MANIFEST_DIR")).join("..")));
    Tested::with(plan, Config::default())
}

#[tokio::test]
async fn files_are_served_where_no_handler_is() {
    for (path, file) in [("/", "/deny.toml"), ("/about", "/about/deny.toml")] {
        let file = app(path).get(file).await;
        assert_eq!(
            (file.status().as_u16(), field(&file, "x-content-type-options")),
            (200, "nosniff")
        );
        assert!(text(file).await.contains("[licenses]"));
    }
    assert_eq!(app("/about").get("/deny.toml").await.status(), 404);
    assert_eq!(app("/about").get("/aboutdeny.toml").await.status(), 404);
}

#[tokio::test]
async fn what_begins_with_a_dot_or_lies_outside_is_not_served() {
    let app = app("/");
    for path in
        ["/.gitignore", "/.git/HEAD", "/%2egitignore", "/docs/../deny.toml", "/%2e%2e/etc/passwd"]
    {
        assert_eq!(app.get(path).await.status(), 404, "{path}");
    }
}
