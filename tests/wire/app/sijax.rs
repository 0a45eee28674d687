//! What calls by Sijax's scripts reach, and where.

#![allow(unreachable_pub, reason = "the public methods of a block are handlers")]

use comet::compat::sijax::{Bootstrap, Request, Sijax};
use comet::{App, Error, Html, Page, StatusCode, UploadedFile, User, comet};

use crate::Guard;

pub(crate) struct Sj;

#[comet(public)]
impl Sj {
    /// Every command that Sijax has.
    pub async fn every(&self, page: &mut Page) {
        page.alert("Grüße </script>")
            .html("#a", Html::trusted("<b>x</b>"))
            .html_append("#a", Html::trusted("y"))
            .html_prepend("#a", Html::trusted("z"))
            .attr("#a", "title", "T")
            .attr("#a", "checked", true)
            .attr("#a", "width", 7)
            .attr_append("#a", "title", "U")
            .attr_prepend("#a", "title", "S")
            .css("#a", "color", "red")
            .script("x();")
            .remove("#b")
            .redirect("/next?a=\"b\"")
            .call("draw.now", &(1, "two", None::<u8>))
            .call("draw", &());
    }

    pub async fn cleared(&self, page: &mut Page) {
        page.alert("one").clear().alert("two");
    }

    #[comet(name = "sj_say", name = "sj_tell")]
    pub async fn say(&self, message: String, page: &mut Page) {
        page.alert(message);
    }

    pub async fn add(&self, a: i64, b: Option<i64>, page: &mut Page) {
        page.html("#sum", Html::escape(a + b.unwrap_or(10)));
    }

    /// What it returns is no concern of the page's.
    pub async fn still(&self) -> &'static str {
        self.hidden()
    }

    fn hidden(&self) -> &'static str {
        "not for the page"
    }

    pub async fn import_rows(&self, rows: u32, page: &mut Page) -> comet::Result {
        for n in 1..=rows {
            page.css("#bar", "width", format!("{}%", 100 * n / rows))
                .html("#status", Html::trusted(format!("{n} of {rows}")))
                .flush()
                .await?;
        }
        page.html("#status", Html::trusted("<i>done</i>"));
        Ok(())
    }

    /// Flushes more often than it has something to say.
    pub async fn empty(&self, page: &mut Page) -> comet::Result {
        page.flush().await?;
        page.flush().await?;
        page.alert("late").flush().await
    }

    pub async fn stay(&self, page: &mut Page) {
        let _guard = Guard("sj_stay");
        if page.alert("here").flush().await.is_ok() {
            std::future::pending::<()>().await;
        }
    }

    pub async fn fail(&self, page: &mut Page) -> comet::Result {
        page.alert("never sent").clear();
        Err(Error::new(StatusCode::CONFLICT, "it is \"taken\""))
    }

    pub async fn fail_late(&self, page: &mut Page) -> comet::Result {
        page.alert("begun").flush().await?;
        Err(Error::new(StatusCode::INTERNAL_SERVER_ERROR, "a secret"))
    }

    /// A command of the page's own, through a method of our own.
    pub async fn shake(&self, page: &mut Page) {
        page.shake("#box", 3).alert("shaken");
    }

    /// Completes what somebody types, as the suggest plugin asks for it.
    pub async fn suggest(&self, asked: Suggest, page: &mut Page) {
        let found = ["berlin", "bern", "bonn"].into_iter();
        let found = found.filter(|city| city.starts_with(&asked.value));
        let found = found.map(|city| Suggestion { display: city, response: "" }).collect();
        page.call("sjxSuggest.processResponse", &(asked.with(found),));
    }

    pub async fn save(&self, sijax: Request, page: &mut Page) {
        page.alert("before");
        let fired = sijax.fire("saved", page);
        let unknown = sijax.fire("nothing", page);
        page.alert(format!("{fired} {unknown} {:?}", sijax.args::<Vec<u8>>()));
    }

    pub async fn form_one_upload(
        &self,
        message: String,
        file: Option<UploadedFile>,
        sijax: Request,
        page: &mut Page,
    ) -> comet::Result {
        page.html("#got", Html::escape(format!("{message} {file:?}")));
        sijax.reset_form(page);
        page.flush().await?;
        page.alert(sijax.form_id().unwrap_or_default());
        Ok(())
    }

    #[comet("/sijax/{room}/enter", method = POST)]
    pub async fn enter(&self, room: String, name: String, page: &mut Page) {
        page.alert(format!("{name} in {room}"));
    }
}

/// What the box asks that a page of the suggest plugin has.
#[derive(serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Suggest {
    field_id: String,
    #[serde(rename = "fieldValue")]
    value: String,
    #[serde(default, skip_deserializing)]
    suggestions: Vec<Suggestion>,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct Suggestion {
    display: &'static str,
    #[serde(rename = "selectResponse")]
    response: &'static str,
}

impl Suggest {
    fn with(self, suggestions: Vec<Suggestion>) -> Self {
        Self { suggestions, ..self }
    }
}

/// Commands of the page's own.
trait Effects {
    fn shake(&mut self, selector: &str, times: u32) -> &mut Self;
}

impl Effects for Page {
    fn shake(&mut self, selector: &str, times: u32) -> &mut Self {
        #[derive(serde::Serialize)]
        struct Shake<'a> {
            selector: &'a str,
            times: u32,
        }
        self.custom("shake", &Shake { selector, times })
    }
}

/// For users only.
#[comet]
async fn sj_secret(user: User, page: &mut Page) {
    page.alert(user.id());
}

#[comet("/sijax", public)]
async fn sijax_page(sijax: Bootstrap) -> Html {
    let form = sijax.form("form_one");
    Html::trusted(format!("<script>{sijax}</script><script>{form}</script>"))
}

#[comet("/sijax/elsewhere", public)]
async fn sijax_elsewhere(sijax: Bootstrap) -> Html {
    let sijax = sijax.request_uri("/a?</script>é").json_uri("/json2.js");
    let form = sijax.form("form_one");
    Html::trusted(format!("{sijax}{form}"))
}

/// An ordinary form, at the URL of a page that calls functions as well.
#[comet("/sijax", method = POST, public)]
async fn sijax_form(text: String) -> String {
    format!("a form with {text}")
}

async fn before(mut page: Page, sijax: Request) {
    page.html("#log", Html::trusted("before"));
    if sijax.function() == "twice" {
        page.alert("twice");
    }
}

fn after(mut page: Page) {
    page.html_append("#log", Html::trusted("after"));
}

async fn invalid_request(mut page: Page, sijax: Request) {
    page.alert(format!("no {}", sijax.function()));
}

async fn invalid_call(mut page: Page, sijax: Request) {
    page.alert(format!("wrong: {}", sijax.problem().unwrap_or_default()));
}

async fn streaming(mut page: Page) -> comet::Result {
    page.alert(1).flush().await?;
    page.alert(2);
    Ok(())
}

async fn refusing() -> comet::Result {
    Err(Error::new(StatusCode::FORBIDDEN, "not today"))
}

/// The app with every mount.
pub(crate) fn mounted(app: App) -> App {
    app.with(Sj)
        .adapt(
            Sijax::at("/sijax")
                .object("sj")
                .function("add", "sj_say")
                .function("add", "sj_add")
                .upload("form_two", "sj_form_one_upload")
                .upload_limit(100_000),
        )
        .adapt(
            Sijax::at("/sijax/events")
                .object("sj")
                .before(before)
                .after(after)
                .invalid_request(invalid_request)
                .invalid_call(invalid_call)
                .event("saved", |page| {
                    page.alert("an event that is replaced");
                })
                .event("saved", |page| {
                    page.alert("saved");
                })
                .strict(),
        )
        .adapt(Sijax::at("/sijax/streaming").object("sj").before(streaming).after(streaming))
        .adapt(Sijax::at("/sijax/refusing").object("sj").before(refusing))
        .adapt(Sijax::at("/sijax/{room}/call").object("sj"))
}

/// A form with files, without Sijax.
#[comet(public)]
async fn collect(title: String, files: Vec<UploadedFile>) -> String {
    let one = |file: &UploadedFile| {
        let content_type = file.content_type().unwrap_or_default();
        format!("{} {content_type} {}", file.name(), file.bytes().len())
    };
    format!("{title}: {}", files.iter().map(one).collect::<Vec<_>>().join(", "))
}
