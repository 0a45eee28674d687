//! The file: what it is to be, and what becomes of it.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use super::difference::difference;
use super::function::Language;
use super::program::{Part, Program};

/// The variable that says whether files are written.
const VARIABLE: &str = "COMET_TYPESCRIPT";

/// What [`typescript!`](macro@crate::typescript) makes a test of.
#[derive(Clone, Debug)]
pub struct TypeScript {
    package: &'static str,
    path: PathBuf,
    /// As its author names it.
    shown: &'static str,
    client: &'static str,
    group: &'static str,
    crates: Vec<&'static str>,
}

/// Why the file is not what it should be, and what to do.
///
/// `Display` and `Debug` are the same text, so that a test which returns it prints it well.
pub struct StaleTypeScript(String);

impl fmt::Display for StaleTypeScript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for StaleTypeScript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StaleTypeScript {}

impl TypeScript {
    /// A file at `path` below the `folder` of a `package`. It ends with `.ts`; or with `.js`, and then the types are in a
    /// file beside it that ends with `.d.ts`.
    #[must_use]
    pub fn new(folder: &'static str, package: &'static str, path: &'static str) -> Self {
        Self {
            package,
            path: Path::new(folder).join(path),
            shown: path,
            client: "/comet/comet.js",
            group: "",
            crates: Vec::new(),
        }
    }

    /// Where the file imports the browser client from.
    #[must_use]
    pub fn client(self, client: &'static str) -> Self {
        Self { client, ..self }
    }

    /// Only the handlers and channels of a `group`.
    #[must_use]
    pub fn group(self, group: &'static str) -> Self {
        Self { group, ..self }
    }

    /// Only the handlers and channels that these crates declare, by the names that Rust code has for them.
    #[must_use]
    pub fn crates(self, crates: impl IntoIterator<Item = &'static str>) -> Self {
        Self { crates: crates.into_iter().collect(), ..self }
    }

    /// What the files are to be, the one that was named first.
    ///
    /// # Errors
    ///
    /// The path ends otherwise; two types or functions would have one name; there is nothing to write.
    pub fn contents(&self) -> Result<Vec<(PathBuf, String)>, StaleTypeScript> {
        let part = Part { group: self.group, crates: &self.crates };
        let problems = |problems: Vec<String>| {
            StaleTypeScript(format!(
                "`{}` cannot be written:\n- {}",
                self.shown,
                problems.join("\n- ")
            ))
        };
        let languages: &[Language] = match self.path.extension().and_then(|is| is.to_str()) {
            Some("ts") if !self.shown.ends_with(".d.ts") => &[Language::TypeScript],
            Some("js") => &[Language::JavaScript, Language::Declarations],
            _ => {
                return Err(problems(vec![
                    "its name ends with neither `.ts` nor `.js`".to_owned(),
                ]));
            }
        };
        let program = Program::of(&part).map_err(problems)?;
        let one = |language: &Language| {
            let path = match language {
                Language::Declarations => self.path.with_extension("d.ts"),
                _ => self.path.clone(),
            };
            (path, program.written(&self.head(), self.client, *language))
        };
        Ok(languages.iter().map(one).collect())
    }

    fn head(&self) -> String {
        format!(
            "// What `{}` serves, as its handlers and channels declare it. This file is written, and compared by a test:\n\
             // {}",
            self.package,
            self.command()
        )
    }

    fn command(&self) -> String {
        format!("{VARIABLE}=write cargo test -p {} typescript", self.package)
    }

    /// Writes the files when the environment's `COMET_TYPESCRIPT` is `write`, and compares them when it is not set.
    ///
    /// # Errors
    ///
    /// As [`contents`](Self::contents); a file is another one; it cannot be read or written; the variable is neither.
    pub fn check(&self) -> Result<(), StaleTypeScript> {
        let variable = std::env::var_os(VARIABLE);
        let writes = match variable.as_ref().map(|value| value.to_str()) {
            None => false,
            Some(Some("write")) => true,
            Some(_) => {
                let said = "is neither unset nor `write`";
                return Err(StaleTypeScript(format!("the variable `{VARIABLE}` {said}")));
            }
        };
        for (path, text) in self.contents()? {
            self.check_one(&path, &text, writes)?;
        }
        Ok(())
    }

    fn check_one(&self, path: &Path, text: &str, writes: bool) -> Result<(), StaleTypeScript> {
        // Some checkouts have the line ends of Windows.
        let held = fs::read_to_string(path).map(|held| held.replace("\r\n", "\n"));
        match held {
            Ok(held) if held == text => Ok(()),
            _ if writes => fs::write(path, text).map_err(|e| self.failed("written", path, &e)),
            Ok(held) => {
                let (command, differs) = (self.command(), difference(&held, text));
                let said = "is not what the program's handlers and channels say";
                let path = path.display();
                Err(StaleTypeScript(format!("`{path}` {said}, {differs}to write it: {command}")))
            }
            Err(error) => Err(self.failed("read", path, &error)),
        }
    }

    fn failed(&self, what: &str, path: &Path, error: &std::io::Error) -> StaleTypeScript {
        let (path, command) = (path.display(), self.command());
        StaleTypeScript(format!("`{path}` cannot be {what}: {error}\nto write it: {command}"))
    }
}
