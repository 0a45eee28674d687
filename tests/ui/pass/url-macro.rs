//! Links whose values have names: in any order, of functions and methods, with what may be left out left out.

use comet::{comet, url};

mod tasks {
    #[comet::comet("/tasks/{id}/log?{from}&{tags}", public)]
    pub async fn log(id: u64, from: Option<u32>, tags: Vec<String>) {
        let _ = (id, from, tags);
    }
}

#[comet("/files/{*path}?{as}", public)]
async fn file(path: &str, r#as: Option<&str>) {
    let _ = (path, r#as);
}

#[comet(public)]
async fn import(rows: u32) {
    let _ = rows;
}

struct Jobs;

#[comet(prefix = "/jobs", public)]
impl Jobs {
    #[comet("/")]
    pub async fn list(&self) {}

    #[comet("/{id}", link = one_job)]
    pub async fn one(&self, id: u64) {
        let _ = id;
    }

    #[comet("/{owner}/{id}/done")]
    pub async fn done(&self, owner: String, id: u64) {
        let _ = (owner, id);
    }

    fn links(id: u64) -> comet::Url {
        url!(Self::done, id = id, owner = "me")
    }
}

fn main() {
    let as_text = String::from("x/y z");
    for (link, expected) in [
        (url!(tasks::log, id = 7), "/tasks/7/log"),
        (url!(tasks::log, from = Some(3), id = &7), "/tasks/7/log?from=3"),
        (url!(tasks::log, tags = vec!["a b".to_owned(), "c".to_owned()], id = 7,), "/tasks/7/log?tags=a%20b&tags=c"),
        (url!(file, path = "a b/c"), "/files/a%20b/c"),
        (url!(file, path = &*as_text, r#as = Some(&*as_text)), "/files/x/y%20z?as=x%2Fy%20z"),
        (url!(import), "/comet/call/import"),
        (url!(Jobs::list), "/jobs"),
        (url!(Jobs::done, owner = as_text.clone(), id = 7), "/jobs/x%2Fy%20z/7/done"),
        (Jobs::links(3), "/jobs/me/3/done"),
        (url!(Jobs::one, id = 3), "/jobs/3"),
        (Jobs::one_job(3), "/jobs/3"),
    ] {
        assert_eq!(link.as_str(), expected);
    }
}
