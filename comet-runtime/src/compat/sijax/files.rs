//! The browser client's files in a directory that another server serves.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use http::StatusCode;

use crate::app::client_files;
use crate::error::{Error, Result};

/// Says which version of the files is there, and which files: a line each.
const VERSION: &str = "comet_version";

/// Mirrors the files of Comet's browser client into a directory, as Sijax's function of that name does with its own. The
/// app serves them itself, so this is for a server before it that serves static files.
///
/// Nothing is done when they are there in this version. Files of another version are replaced, and those that are no
/// more are removed; whatever else is in the directory stays.
///
/// ```no_run
/// comet::compat::sijax::init_static_path("static/comet")?;
/// # Ok::<(), comet::Error>(())
/// ```
///
/// # Errors
///
/// The directory has files already, and was never used for this; or it cannot be written.
pub fn init_static_path(path: impl AsRef<Path>) -> Result {
    let path = path.as_ref();
    let (version, files) = client_files();
    fs::create_dir_all(path)?;
    let before = match fs::read_to_string(path.join(VERSION)) {
        Ok(before) => before,
        Err(_) if fs::read_dir(path)?.next().is_none() => String::new(),
        Err(_) => return Err(taken(path)),
    };
    let mut lines = before.lines();
    if lines.next() == Some(&version) {
        return Ok(());
    }
    let mut old: BTreeSet<&str> = lines.filter(|name| is_plain(name)).collect();
    let mut written = version;
    for (name, text) in files {
        fs::write(path.join(name), text)?;
        old.remove(name);
        written = written + "\n" + name;
    }
    for name in old {
        // It may be gone already.
        let _ = fs::remove_file(path.join(name));
    }
    fs::write(path.join(VERSION), written)?;
    Ok(())
}

/// A name that leads nowhere else.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name != VERSION && !name.contains(['/', '\\']) && !name.starts_with('.')
}

fn taken(path: &Path) -> Error {
    let detail = format!(
        "`{}` has files already and no `{VERSION}`; give an empty directory for the client's files",
        path.display()
    );
    Error::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;

    use super::{VERSION, init_static_path};

    #[test]
    fn s_14_files_are_replaced_by_those_of_another_version_only() {
        let path = std::env::temp_dir().join(format!("comet-static-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        let (own, script) = (path.join("own.css"), path.join("comet.js"));
        fs::write(&own, "").unwrap();
        let refused = init_static_path(&path).unwrap_err();
        assert!(refused.to_string().contains("has files already"), "{refused}");

        fs::remove_file(&own).unwrap();
        init_static_path(&path).unwrap();
        assert!(fs::read_to_string(&script).unwrap().len() > 1000);

        // Whoever changes a file keeps the change, until another version comes.
        fs::write(&script, "changed").unwrap();
        init_static_path(&path).unwrap();
        assert_eq!(fs::read_to_string(&script).unwrap(), "changed");

        fs::write(path.join("gone.js"), "").unwrap();
        fs::write(&own, "").unwrap();
        fs::write(path.join(VERSION), "older\ngone.js\n../own.css\ncomet.js").unwrap();
        init_static_path(&path).unwrap();
        assert!(fs::read_to_string(&script).unwrap().len() > 1000);
        assert!(!path.join("gone.js").exists());
        assert!(own.exists(), "a file that is not the client's stays");
        fs::remove_dir_all(path).unwrap();
    }
}
