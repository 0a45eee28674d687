//! Small crates that are built offline, against one Comet that is built once for all of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A workspace of small crates that depend on Comet and on each other.
pub(crate) struct Scratch {
    pub(crate) root: PathBuf,
}

impl Scratch {
    /// Each crate is its name, what it depends on, its main file and that file's text.
    pub(crate) fn new(name: &str, crates: &[(&str, &[&str], &str, String)]) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("linking").join(name);
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let members: Vec<_> = crates.iter().map(|(name, ..)| *name).collect();
        let scratch = Self { root };
        scratch.write(
            "Cargo.toml",
            &format!("workspace.members = {members:?}\nworkspace.resolver = \"3\"\n"),
        );
        scratch.write("Cargo.lock", &fs::read_to_string(workspace.join("Cargo.lock")).unwrap());
        for (name, dependencies, file, text) in crates {
            let mut manifest = format!(
                "package.name = {name:?}\npackage.edition = \"2024\"\n[dependencies]\n\
                 comet-runtime.path = {:?}\ntokio.version = \"1\"\ntokio.features = [\"macros\", \"rt\"]\n",
                workspace.join("comet-runtime")
            );
            for dependency in *dependencies {
                manifest.push_str(&format!("{dependency}.path = \"../{dependency}\"\n"));
            }
            scratch.write(&format!("{name}/Cargo.toml"), &manifest);
            scratch.write(&format!("{name}/src/{file}"), text);
        }
        scratch
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Where all of them are built.
    pub(crate) fn target(&self) -> PathBuf {
        self.root.parent().unwrap().join("target")
    }

    pub(crate) fn cargo(&self, arguments: &[&str]) -> Output {
        let mut cargo = Command::new(env!("CARGO"));
        let cargo = cargo.args(arguments).args(["--offline", "--quiet"]).current_dir(&self.root);
        // With bitcode, link-time optimisation can use what is built without it.
        let flags = "-Cembed-bitcode=yes";
        cargo.env("CARGO_TARGET_DIR", self.target()).env("RUSTFLAGS", flags).output().unwrap()
    }
}

/// All that a program wrote.
pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout)
}
