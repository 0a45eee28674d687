//! The script that a page runs once, after `jquery.js` and `sijax.js`.

use std::fmt;

use super::script::{ascii, fit};
use crate::auth::PageToken;
use crate::call::Call;
use crate::error::Error;
use crate::extract::Extract;

/// The form field that a CSRF token travels in.
pub(super) const CSRF_FIELD: &str = "csrf_token";

/// What a page needs to call functions: the script that Sijax's `get_js` gives, as an argument of the page's handler.
///
/// `Display` is the script. It tells `sijax.js` where to post calls: to the URL of this page, query included, unless
/// [`request_uri`](Self::request_uri) says another. In an app with [`csrf`](crate::App::csrf) it also lets ajax calls,
/// comet calls and forms carry the page's token.
///
/// ```
/// use comet::compat::sijax::Bootstrap;
/// use comet::{Html, comet};
///
/// #[comet("/chat", public)]
/// async fn chat(sijax: Bootstrap) -> Html {
///     let form = sijax.form("avatar"); // the form with this id is sent by `sjxUpload`
///     Html::trusted(format!("<script>{sijax}{form}</script>"))
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Bootstrap {
    request_uri: String,
    elsewhere: bool,
    json_uri: Option<String>,
    token: Option<String>,
}

impl Bootstrap {
    /// The same for calls that are posted to another URL.
    #[must_use]
    pub fn request_uri(self, uri: impl Into<String>) -> Self {
        Self { request_uri: uri.into(), elsewhere: true, ..self }
    }

    /// The same with a script for browsers that have no `JSON`.
    #[must_use]
    pub fn json_uri(self, uri: impl Into<String>) -> Self {
        Self { json_uri: Some(uri.into()), ..self }
    }

    /// The script that makes the form with this id call `{id}_upload` when it is submitted.
    #[must_use]
    pub fn form(&self, id: &str) -> String {
        let (id, callback) = (ascii(id), ascii(&format!("{id}_upload")));
        let register =
            format!("sjxUpload.registerForm({{\"formId\": {id}, \"callback\": {callback}}});");
        // A form without an action has the page's own in today's browsers, so `sjxUpload` leaves that as it is.
        let action = match self.elsewhere {
            true => format!(
                "jQuery(document.getElementById({id})).attr(\"action\", Sijax.getRequestUri()); "
            ),
            false => String::new(),
        };
        format!("jQuery(function() {{ {action}{register} }});")
    }

    /// The page's CSRF token, for a page that sends it on its own: in the field `csrf_token`, or in the header
    /// `X-Comet-Csrf`. `None` in an app that asks for none.
    #[must_use]
    pub fn csrf_token(&self) -> Option<&str> {
        self.token.as_deref()
    }
}

impl fmt::Display for Bootstrap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sijax.setRequestUri({});", ascii(&self.request_uri))?;
        if let Some(uri) = &self.json_uri {
            write!(f, "Sijax.setJsonUri({});", ascii(uri))?;
        }
        match &self.token {
            Some(token) => write!(f, "({SEND_TOKEN})({});", fit(&super::script::json(token))),
            None => Ok(()),
        }
    }
}

/// Puts the token into the head of ajax calls, and into the forms that `sjxComet` and `sjxUpload` post, which can have
/// no head of their own. Neither leaves for another site.
const SEND_TOKEN: &str = "function(token){\
    jQuery.ajaxPrefilter(function(options,own,xhr){\
        if(!options.crossDomain)xhr.setRequestHeader(\"X-Comet-Csrf\",token)\
    });\
    jQuery(document).on(\"submit\",\"form\",function(){\
        var form=jQuery(this),to=document.createElement(\"a\"),field=form.find(\"input[name=csrf_token]\");\
        to.href=this.getAttribute(\"action\")||location.href;\
        if(to.host!==location.host||!form.find(\"input[name=sijax_rq]\").length)return;\
        if(!field.length)field=jQuery(\"<input type='hidden' name='csrf_token'>\").appendTo(form);\
        field.val(token)\
    })\
}";

impl Extract for Bootstrap {
    async fn extract(call: &Call) -> Result<Self, Error> {
        let uri = &call.parts.uri;
        let request_uri = uri.path_and_query().map_or("/", |uri| uri.as_str()).to_owned();
        let token = PageToken::take(&call.parts)?;
        Ok(Self { request_uri, elsewhere: false, json_uri: None, token })
    }
}
