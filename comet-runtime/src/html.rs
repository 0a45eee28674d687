//! HTML that may be put into a page.

use std::borrow::Cow;
use std::fmt::{self, Display, Write};

/// HTML that is fit to be put into a page: the only way markup gets there.
///
/// No string converts into it, so text cannot become markup by mistake. It comes from a template that escapes (with the
/// feature `maud`, `maud::Markup` is HTML as it stands; with `askama`, `Html::askama` renders a template), from
/// [`Html::escape`], or from [`Html::trusted`], where somebody answers for it.
///
/// ```
/// use comet::Html;
///
/// let name = "<script>";
/// let row: Html = [Html::trusted("<li>"), Html::escape(name), Html::trusted("</li>")].into_iter().collect();
/// assert_eq!(row.as_str(), "<li>&lt;script&gt;</li>");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(Cow<'static, str>);

impl Html {
    /// HTML that its author answers for: nothing in it comes from a stranger unescaped.
    pub fn trusted(html: impl Into<Cow<'static, str>>) -> Self {
        Self(html.into())
    }

    /// Text as HTML that shows it, between tags or in a quoted attribute value.
    pub fn escape(text: impl Display) -> Self {
        let mut escaped = Escaped(String::new());
        // A string takes whatever is written to it, so only a `Display` that is broken by itself can fail here.
        let _ = write!(escaped, "{text}");
        Self(escaped.0.into())
    }

    /// Renders an askama template. It must be one that askama escapes, as it does for `html`, `htm`, `xml` and the
    /// like: what a text template renders is not HTML.
    ///
    /// # Errors
    ///
    /// What an expression of the template fails with.
    ///
    /// ```
    /// use askama::Template;
    /// use comet::Html;
    ///
    /// #[derive(Template)]
    /// #[template(source = "<b>{{ name }}</b>", ext = "html")]
    /// struct Row<'a> {
    ///     name: &'a str,
    /// }
    /// assert_eq!(Html::askama(&Row { name: "1 < 2" })?.as_str(), "<b>1 &#60; 2</b>");
    /// # Ok::<(), askama::Error>(())
    /// ```
    #[cfg(feature = "askama")]
    pub fn askama(template: &impl askama::Template) -> Result<Self, askama::Error> {
        template.render().map(Self::trusted)
    }

    /// The HTML as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The HTML as owned text.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0.into_owned()
    }
}

impl Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Html {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromIterator<Html> for Html {
    /// The pieces, one after the other.
    fn from_iter<I: IntoIterator<Item = Html>>(pieces: I) -> Self {
        Self(pieces.into_iter().map(Html::into_string).collect::<String>().into())
    }
}

/// What `maud::html!` makes.
///
/// ```
/// let name = "1 < 2";
/// let row = comet::Html::from(maud::html! { b { (name) } });
/// assert_eq!(row.as_str(), "<b>1 &lt; 2</b>");
/// ```
#[cfg(feature = "maud")]
impl From<maud::Markup> for Html {
    fn from(markup: maud::Markup) -> Self {
        Self::trusted(markup.into_string())
    }
}

/// In a template it stands as it is.
#[cfg(feature = "maud")]
impl maud::Render for Html {
    fn render_to(&self, buffer: &mut String) {
        buffer.push_str(self.as_str());
    }
}

/// In a template that escapes it stands as it is.
#[cfg(feature = "askama")]
impl askama::filters::HtmlSafe for Html {}

/// What the HTML commands of a [`Page`](crate::Page) take: [`Html`], and `maud::Markup` with the feature `maud`.
///
/// ```compile_fail,E0277
/// fn greet(page: &mut comet::Page, name: &str) {
///     page.html("#greeting", format!("<b>{name}</b>")); // a string is not HTML
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not HTML, so it cannot go into a page as HTML",
    label = "expected `Html`",
    note = "for text, use `page.text(…)`, or `Html::escape(…)` inside of markup",
    note = "for markup that holds nothing a stranger wrote, use `Html::trusted(…)`"
)]
pub trait IntoHtml {
    /// The same as [`Html`].
    fn into_html(self) -> Html;
}

impl IntoHtml for Html {
    fn into_html(self) -> Html {
        self
    }
}

#[cfg(feature = "maud")]
impl IntoHtml for maud::Markup {
    fn into_html(self) -> Html {
        self.into()
    }
}

/// Text that is escaped while it is written.
struct Escaped(String);

impl Write for Escaped {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            match character {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                other => self.0.push(other),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Html;

    #[test]
    fn escapes_what_could_end_a_text_or_a_quoted_value() {
        let html = Html::escape("<a b=\"c\" d='e'>&amp;");
        assert_eq!(html.as_str(), "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;");
        assert_eq!(Html::escape("héllo 🌍 </script>").as_str(), "héllo 🌍 &lt;/script&gt;");
        assert_eq!(Html::escape(f64::NAN).as_str(), "NaN");
    }

    #[test]
    fn keeps_what_is_trusted() {
        assert_eq!(Html::trusted("<b>&amp;</b>").to_string(), "<b>&amp;</b>");
        assert_eq!(Html::trusted(String::from("<i>")).into_string(), "<i>");
    }
}
