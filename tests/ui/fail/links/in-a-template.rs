use comet::comet;
use maud::html;

#[comet("/tasks/{id}")]
async fn show(id: u64) -> String {
    let page = html! {
        a href=(comet::url!(show, id = id + 1)) { "next" }
        a href=(comet::url!(list)) { "all" }
    };
    page.into_string()
}

fn main() {}
