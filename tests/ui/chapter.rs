//! The programs of `docs/what-the-compiler-tells-you.md`, each with what it gets to hear.

use std::fs;
use std::path::{Path, PathBuf};

use super::files::read;

const CHAPTER: &str = "../docs/what-the-compiler-tells-you.md";

/// A program that is wrong, and the words that follow it in the chapter.
struct Sample {
    program: String,
    words: String,
}

/// Every `rust` block that a `text` block follows.
fn samples(chapter: &str) -> Vec<Sample> {
    let blocks: Vec<_> = chapter.split("\n```").collect();
    let blocks = blocks.windows(3).filter_map(|three| {
        let program = three.first()?.strip_prefix("rust\n")?;
        let words = three.last()?.strip_prefix("text\n")?;
        Some(Sample { program: format!("{program}\n"), words: words.to_owned() })
    });
    blocks.collect()
}

impl Sample {
    /// Whether the compiler says it.
    fn is_refused(&self) -> bool {
        self.words.starts_with("error")
    }

    /// The program with a `main`, which for one that compiles hears the words.
    fn whole(&self) -> String {
        let Self { program, words } = self;
        match words.split_once('\n') {
            _ if self.is_refused() && program.contains("fn main()") => program.clone(),
            _ if self.is_refused() => format!("{program}\nfn main() {{}}\n"),
            Some((request, said)) if request.contains(" /") => {
                format!("{program}\n{}", asking(request, said))
            }
            _ => format!("{program}\n{}", starting(words)),
        }
    }
}

/// A `main` that starts the app and compares why it does not start.
fn starting(said: &str) -> String {
    format!(
        "fn main() {{\n    \
         let error = comet::test::TestApp::new(comet::App::from_linked()).unwrap_err();\n    \
         let said = error.to_string().replace(file!(), \"src/main.rs\");\n    \
         assert_eq!(said.replace(module_path!(), \"shop\"), {said:?});\n}}\n"
    )
}

/// A `main` that sends a request and compares the reply.
fn asking(request: &str, said: &str) -> String {
    let (method, path) = request.split_once(' ').expect("a method and a path");
    format!(
        "#[tokio::main(flavor = \"current_thread\")]\nasync fn main() {{\n    \
         let app = comet::test::TestApp::new(comet::App::from_linked()).unwrap();\n    \
         let request = http::Request::builder().method({method:?}).uri({path:?});\n    \
         let mut reply = app.send(request.body(Default::default())).await;\n    \
         let status = reply.status;\n    \
         assert_eq!(format!(\"{{status}}\\n{{}}\", reply.text().await), {said:?});\n}}\n"
    )
}

/// Writes the programs where only this test looks.
fn written(samples: &[Sample]) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("chapter");
    let _none_yet = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let one = |(n, sample): (usize, &Sample)| {
        let path = folder.join(format!("{:02}.rs", n + 1));
        fs::write(&path, sample.whole()).unwrap();
        if sample.is_refused() {
            let words = sample.words.replace("src/main.rs", path.to_str().unwrap());
            fs::write(path.with_extension("stderr"), words + "\n").unwrap();
        }
        path
    };
    samples.iter().enumerate().map(one).collect()
}

#[test]
#[ignore = "takes a minute"]
fn the_chapter_shows_what_is_said_today() {
    let samples = samples(&read(CHAPTER));
    let cases = trybuild::TestCases::new();
    for (sample, path) in samples.iter().zip(written(&samples)) {
        if sample.is_refused() {
            cases.compile_fail(path);
        } else {
            cases.pass(path);
        }
    }
}

/// Three programs for each of the six tiers.
#[test]
fn the_chapter_has_three_programs_a_tier() {
    let chapter = read(CHAPTER);
    let tiers: Vec<_> = chapter.split("\n## ").skip(1).map(|tier| samples(tier).len()).collect();
    assert_eq!(tiers, [3; 6]);
}
