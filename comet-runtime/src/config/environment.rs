//! Settings from variables named `COMET_…`.

use figment::value::{Dict, Map, Value};
use figment::{Error, Metadata, Profile, Provider};

/// What [`Metadata::name`] says of a value from here.
pub(super) const NAME: &str = "environment";

const PREFIX: &str = "COMET_";

/// The variable of a setting.
pub(super) fn variable(setting: &str) -> String {
    format!("{PREFIX}{}", setting.to_uppercase())
}

/// The variables that are settings, or were meant to be: all that begin with `COMET_`, as text.
pub(super) struct Environment(Vec<(String, String)>);

impl Environment {
    pub(super) fn of(variables: impl Iterator<Item = (String, String)>) -> Self {
        let setting = |(name, value): (String, String)| {
            Some((name.strip_prefix(PREFIX)?.to_lowercase(), value))
        };
        Self(variables.filter_map(setting).collect())
    }

    /// Takes a variable that is no setting of its own out of the list.
    pub(super) fn take(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(setting, _)| setting == name)?;
        Some(self.0.swap_remove(at).1)
    }
}

impl Provider for Environment {
    fn metadata(&self) -> Metadata {
        Metadata::named(NAME)
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        let values = self.0.iter().map(|(name, value)| (name.clone(), Value::from(value.clone())));
        Ok(Profile::Default.collect(values.collect()))
    }
}
