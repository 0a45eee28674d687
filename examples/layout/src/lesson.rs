//! An example as a page.

use comet::Html;

use crate::highlight::highlight;

/// One example: what its page is made of, and what the gallery says about it.
#[derive(Debug)]
pub struct Lesson {
    /// The page's route, such as `/hello`.
    pub path: &'static str,
    /// The heading.
    pub title: &'static str,
    /// One sentence: what the example demonstrates.
    pub summary: &'static str,
    /// The live part of the page, as HTML.
    pub live: &'static str,
    /// The Rust source that the page shows: the example's own file, so that it is never stale.
    pub source: &'static str,
    /// A command line that reads the same endpoint.
    pub curl: &'static str,
}

impl Lesson {
    /// The example's whole page.
    pub fn page(&self) -> Html {
        self.page_with(self.live)
    }

    /// The same with a live part that was rendered for this request, as HTML.
    pub fn page_with(&self, live: &str) -> Html {
        let content = format!(
            include_str!("../static/lesson.html"),
            live = live,
            source = highlight(lesson(self.source)),
            curl = Html::escape(self.curl),
        );
        page(self.title, self.summary, &content)
    }

    /// The example as an entry of a list of examples.
    pub fn card(&self) -> String {
        format!(
            r#"<li><a class="card" href="{href}"><h2>{title}</h2><p>{summary}</p><code class="path">{path}</code></a></li>"#,
            href = self.path.trim_start_matches('/'),
            title = Html::escape(self.title),
            summary = Html::escape(self.summary),
            path = self.path,
        )
    }
}

/// A file's first documented item and all after it: what comes before are imports.
fn lesson(source: &str) -> &str {
    source.find("\n/// ").map_or(source, |start| &source[start + 1..])
}

/// A whole page around `content`, which is HTML; the other two are text.
pub fn page(title: &str, summary: &str, content: &str) -> Html {
    Html::trusted(format!(
        include_str!("../static/shell.html"),
        title = Html::escape(title),
        summary = Html::escape(summary),
        content = content,
    ))
}
