//! From the four places to one [`Config`], or to all that is wrong.

use std::path::{Path, PathBuf};

use comet_route::nearest;
use figment::error::Kind;
use figment::providers::{Format, Toml};
use figment::value::{Dict, Value};
use figment::{Figment, Provider};

use super::environment::{self, Environment};
use super::{Config, ConfigError, Flags, Problem, check, flags};
use crate::tls::Certificates;

const FILE: &str = "comet.toml";

impl Config {
    /// Reads the settings of this process: defaults, file, environment, command line; the later wins.
    ///
    /// # Errors
    ///
    /// All problems at once: a file that is missing or is not TOML, names that are no settings, values that do not fit.
    pub fn load(flags: &Flags) -> Result<Self, ConfigError> {
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.to_string_lossy().into_owned()))
        };
        Self::load_from(flags, std::env::vars_os().filter_map(text), Path::new(""))
    }

    /// [`load`](Self::load) with another environment and working directory.
    pub(super) fn load_from(
        flags: &Flags,
        variables: impl Iterator<Item = (String, String)>,
        directory: &Path,
    ) -> Result<Self, ConfigError> {
        let mut environment = Environment::of(variables);
        let file = file(flags, &mut environment, directory)?;
        let sources = Figment::new().merge(file).merge(environment).merge(flags);
        let (config, mut problems) = extract(&sources)?;
        let located = |(name, text): (&str, String)| problem(&sources, name, &text);
        problems.extend(check::findings(&config).into_iter().map(located));
        ConfigError::unless_empty(problems).map(|()| config)
    }

    /// Checks settings made in code as [`load`](Self::load) checks those it reads.
    ///
    /// # Errors
    ///
    /// All settings that are out of their limits.
    pub fn check(&self) -> Result<(), ConfigError> {
        let findings = check::findings(self).into_iter();
        ConfigError::unless_empty(findings.map(bare).collect())
    }

    /// Reads the certificate, for a server that is to have one.
    ///
    /// # Errors
    ///
    /// It cannot be used, which [`check`](Self::check) says as well.
    pub(crate) fn certificates(&self) -> Result<Option<Certificates>, ConfigError> {
        check::certificates(self).map_err(|finding| ConfigError::of(bare(finding)))
    }
}

/// A problem with a setting of whose source nothing is known.
fn bare((name, text): (&str, String)) -> Problem {
    Problem { source: name.to_owned(), text }
}

/// What the file says: one that was asked for must exist.
fn file(
    flags: &Flags,
    environment: &mut Environment,
    directory: &Path,
) -> Result<Figment, ConfigError> {
    let by_variable = environment.take("config").map(PathBuf::from);
    let asked_for = flags.config.clone().or(by_variable);
    let path = directory.join(asked_for.as_deref().unwrap_or(Path::new(FILE)));
    if asked_for.is_none() && !path.is_file() {
        return Ok(Figment::new());
    }
    let file = Figment::from(Toml::file_exact(&path));
    match file.data() {
        Ok(_) => Ok(file),
        Err(error) => Err(unreadable(&path.display(), &error)),
    }
}

/// The settings that can be read, and problems with the others. Every value is tried alone, since serde stops at the
/// first error.
fn extract(sources: &Figment) -> Result<(Config, Vec<Problem>), ConfigError> {
    let whole = |error| unreadable(&"settings", &error);
    let (mut good, mut problems) = (Dict::new(), Vec::new());
    for (name, value) in sources.data().map_err(whole)?.into_values().flatten() {
        let alone = Value::from(Dict::from([(name.clone(), value.clone())]));
        match alone.deserialize::<Config>() {
            Ok(_) => drop(good.insert(name, value)),
            Err(error) => problems.push(problem(sources, &name, &advice(error.kind))),
        }
    }
    Ok((Value::from(good).deserialize().map_err(whole)?, problems))
}

/// What to do about a value that does not fit or a name that is no setting.
fn advice(kind: Kind) -> String {
    match kind {
        Kind::UnknownField(name, settings) => {
            let near = nearest(&name, settings.iter().copied());
            let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            format!("`{name}` is not a setting{near}")
        }
        Kind::InvalidType(found, wanted) => format!("found {found}, but this is {wanted}"),
        other => other.to_string(),
    }
}

/// A problem with a value, under the name by which its author knows it.
fn problem(sources: &Figment, name: &str, text: &str) -> Problem {
    let found = sources.find_metadata(name);
    let source = match found.map_or("", |metadata| &*metadata.name) {
        environment::NAME => environment::variable(name),
        flags::NAME => format!("--{}", name.replace('_', "-")),
        _ => match found.and_then(|metadata| metadata.source.as_ref()?.file_path()) {
            Some(file) => format!("{}, {name}", file.display()),
            None => name.to_owned(),
        },
    };
    Problem { source, text: text.to_owned() }
}

fn unreadable(source: &dyn ToString, error: &figment::Error) -> ConfigError {
    let text = error.kind.to_string().trim_end().to_owned();
    ConfigError::of(Problem { source: source.to_string(), text })
}
