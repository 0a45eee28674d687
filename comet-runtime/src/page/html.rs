//! HTML that may be put into a page.

use std::borrow::Cow;
use std::fmt;

/// HTML, and so code: whatever is in it runs in the page it is put into.
///
/// It is the only way for HTML to reach a page, so that text cannot become markup by mistake. It comes from a template
/// that escapes (with the feature `maud`, `maud::Markup` converts into it; with `askama`, [`Html::askama`] renders one),
/// from [`Html::escape`], or from [`Html::trusted`] where somebody answers for it.
///
/// ```
/// use comet::Html;
/// assert_eq!(Html::escape("<b> & \"co\"").as_str(), "&lt;b&gt; &amp; &quot;co&quot;");
/// assert_eq!(Html::trusted("<b>bold</b>").as_str(), "<b>bold</b>");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(Cow<'static, str>);

impl Html {
    /// HTML that its author answers for: nothing in it comes from a stranger unescaped.
    pub fn trusted(html: impl Into<Cow<'static, str>>) -> Self {
        Self(html.into())
    }

    /// Text as HTML that shows it.
    pub fn escape(text: impl fmt::Display) -> Self {
        let mut html = String::new();
        for character in text.to_string().chars() {
            match character {
                '&' => html.push_str("&amp;"),
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '"' => html.push_str("&quot;"),
                '\'' => html.push_str("&#39;"),
                other => html.push(other),
            }
        }
        Self(Cow::Owned(html))
    }

    /// Renders an askama template, whose own escaping makes it safe.
    ///
    /// # Errors
    ///
    /// The template could not be rendered.
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

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(feature = "maud")]
impl From<maud::Markup> for Html {
    fn from(markup: maud::Markup) -> Self {
        Self::trusted(markup.into_string())
    }
}
