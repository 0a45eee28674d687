use std::time::Duration;

use crate::app::listing::rows;
use crate::registry::tests::sample;
use crate::registry::{Access, Endpoint, Hold};

#[test]
fn the_table_has_a_row_for_each_route_and_each_name() {
    let endpoints: Vec<&'static Endpoint> = [
        Endpoint {
            routes: &["/z/{id}", "/a"],
            names: &["import"],
            ..sample("import", "src/a.rs", 3)
        },
        Endpoint {
            routes: &["/b"],
            method: "*",
            access: Access::User,
            hold: Hold::For(Duration::from_secs(1)),
            ..sample("Jobs::done", "src/jobs.rs", 12)
        },
    ]
    .into_iter()
    .map(|endpoint| &*Box::leak(Box::new(endpoint)))
    .collect();
    assert_eq!(
        rows(&endpoints, "/"),
        [
            "GET   /a                  import      public  src/a.rs:3:1",
            "ANY   /b                  Jobs::done  user    src/jobs.rs:12:1",
            "POST  /comet/call/import  import      public  src/a.rs:3:1",
            "GET   /z/{id}             import      public  src/a.rs:3:1",
        ]
    );
    assert_eq!(rows(&endpoints[1..], "/app/"), ["ANY  /app/b  Jobs::done  user  src/jobs.rs:12:1"]);
    assert_eq!(rows(&[], "/"), [""; 0]);
}
