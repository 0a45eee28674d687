//! Every kind of program, profile and linker: whatever is linked has all handlers, and two on one route are refused by the
//! linker or, where that cannot see them, by the start.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::scratch::{Scratch, said};

/// The linkers, by what makes the compiler use them.
const LINKERS: [(&str, &[&str]); 2] =
    [("rust-lld", &[]), ("GNU ld", &["-Clinker-features=-lld", "-Clink-arg=-fuse-ld=bfd"])];

const DEV: &[&str] = &[];
const RELEASE: &[&str] = &["-Copt-level=3"];
const MANY_UNITS: &[&str] = &["-Ccodegen-units=256"];
const THIN: &[&str] = &["-Clto=thin"];
const FAT: &[&str] = &["-Clto=fat"];

/// Has Comet in it, and asks the handlers that are linked.
const PROBE: &str = r#"
    pub use comet;

    /// What the program answers at `/first`, `/second` and `/own`.
    pub fn answers() -> comet::Result<String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let app = comet::test::TestApp::new(comet::App::from_linked())?;
        runtime.block_on(async {
            let mut all = Vec::new();
            for path in ["/first", "/second", "/own"] {
                all.push(app.get(path).await.text().await);
            }
            Ok(all.join(" "))
        })
    }"#;

fn handler(route: &str, name: &str) -> String {
    format!(
        "#[probe::comet::comet({route:?}, name = {name:?}, public, crate = probe::comet)]\n\
         async fn {name}() -> &'static str {{ {name:?} }}\n"
    )
}

/// Crates that are compiled one by one, against the probe that cargo has built.
struct Workshop(Scratch);

impl Workshop {
    fn new(name: &str) -> Self {
        let scratch = Scratch::new(name, &[("probe", &[], "lib.rs", PROBE.to_owned())]);
        let built = scratch.cargo(&["build"]);
        assert!(built.status.success(), "{}", said(&built));
        Self(scratch)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.root.join(name)
    }

    /// Compiles a crate of that text into a file of that name.
    fn rustc(&self, name: &str, kind: &[&str], flags: &[&str], text: &str) -> Output {
        let source = format!("{name}.rs");
        self.0.write(&source, text);
        let debug = self.0.target().join("debug");
        let mut rustc = Command::new(Path::new(env!("CARGO")).with_file_name("rustc"));
        rustc.args(["--edition=2024", "-Cembed-bitcode=yes", "-o", name]);
        rustc.arg("-L").arg(debug.join("deps")).arg("-L").arg(".");
        rustc.args(["--extern=upper", "--extern=lower"]);
        rustc.arg("--extern").arg(format!("probe={}", debug.join("libprobe.rlib").display()));
        rustc.args(kind).args(flags).arg(source).current_dir(&self.0.root).output().unwrap()
    }

    /// A library of that text, for whoever says `use name`.
    fn library(&self, name: &str, flags: &[&str], text: &str) {
        let built = self.rustc(
            &format!("lib{name}.rlib"),
            &["--crate-type=rlib", "--crate-name", name],
            flags,
            text,
        );
        assert!(built.status.success(), "{}", said(&built));
    }

    fn run(&self, name: &str) -> Output {
        Command::new(self.file(name)).output().unwrap()
    }
}

/// Two libraries and a program, in which handlers stand in modules of their own.
fn libraries(workshop: &Workshop, flags: &[&str]) {
    let apart = |name: &str| format!("mod apart {{ {} }}", handler(&format!("/{name}"), name));
    workshop.library("upper", flags, &apart("first"));
    workshop.library("lower", flags, &format!("use upper as _;\n{}", apart("second")));
}

fn program(main: &str) -> String {
    format!("use lower as _;\nmod own {{ {} }}\n{main}", handler("/own", "own"))
}

const MAIN: &str = "fn main() { println!(\"{}\", probe::answers().unwrap()); }";
const TEST: &str =
    "#[test] fn all() { assert_eq!(probe::answers().unwrap(), \"first second own\"); }";
const LOADED: &str = "#[unsafe(no_mangle)]\npub extern \"C\" fn complete() -> bool { \
    probe::answers().is_ok_and(|all| all == \"first second own\") }";
const LOADER: &str = "#include <dlfcn.h>\n#include <stdbool.h>\n\
    int main(int count, char **names) {\n\
    bool (*complete)(void) = (bool (*)(void))dlsym(dlopen(names[1], RTLD_NOW), \"complete\");\n\
    return complete && complete() ? 0 : 1; }\n";

#[test]
#[ignore = "takes a minute: links many programs, and optimises one as a whole"]
fn every_kind_of_program_has_all_handlers_in_every_profile() {
    let workshop = Workshop::new("complete");
    fs::write(workshop.file("loader.c"), LOADER).unwrap();
    let loader = Command::new("cc")
        .args(["loader.c", "-o", "loader"])
        .current_dir(workshop.file("."))
        .output();
    assert!(loader.unwrap().status.success());
    let all = &[("bin", MAIN), ("test", TEST), ("cdylib", LOADED)][..];
    // What is optimised at link time is slow to link. That a program has all of it after the thin kind is seen below: it
    // has even two handlers on one route.
    let one = &[("bin", MAIN)][..];
    let profiles = [("dev", DEV, all), ("release", RELEASE, all), ("units", MANY_UNITS, all)];
    for (profile, flags, kinds) in profiles.into_iter().chain([("fat", FAT, one)]) {
        libraries(&workshop, flags);
        for &(kind, main) in kinds {
            let chosen = if kind == "test" {
                ["--test", "--crate-name=tested"]
            } else {
                ["--crate-type", kind]
            };
            let built = workshop.rustc(kind, &chosen, flags, &program(main));
            assert!(built.status.success(), "{profile} {kind}: {}", said(&built));
            let ran = match kind {
                "cdylib" => {
                    Command::new(workshop.file("loader")).arg(workshop.file(kind)).output().unwrap()
                }
                _ => workshop.run(kind),
            };
            assert!(ran.status.success(), "{profile} {kind}: {}", said(&ran));
            let complete = kind != "bin" || said(&ran) == "first second own\n";
            assert!(complete, "{profile} {kind}: {}", said(&ran));
        }
    }
}

#[test]
#[ignore = "takes half a minute: links in every way"]
fn two_libraries_on_one_route_are_refused_whatever_the_profile_and_the_linker() {
    let workshop = Workshop::new("refused");
    let clash = format!("use upper as _;\nuse lower as _;\n{MAIN}");
    let link = |flags: &[&str]| {
        workshop.library("upper", flags, &handler("/spoken", "first"));
        workshop.library("lower", flags, &handler("/spoken", "second"));
        workshop.rustc("clash", &["--crate-type=bin"], flags, &clash)
    };
    for (linker, choice) in LINKERS {
        for profile in [DEV, RELEASE, MANY_UNITS] {
            let linked = link(&[choice, profile].concat());
            assert!(!linked.status.success(), "{linker} {profile:?}");
            super::told_of(&said(&linked), ["upper", "lower"]);
        }
    }
    let fat = link(FAT);
    assert!(
        !fat.status.success() && said(&fat).contains("comet_route__GET__spoken"),
        "{}",
        said(&fat)
    );

    // Thin optimisation keeps one of the two symbols without a word, so it is for the start to refuse.
    let thin = link(THIN);
    assert!(thin.status.success(), "{}", said(&thin));
    let start = workshop.run("clash");
    assert!(!start.status.success());
    assert!(said(&start).contains("GET /spoken"), "{}", said(&start));
}
