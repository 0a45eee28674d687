//! What the macros cost: `cargo run -p tests --bin check_cost` checks a crate with 300 handlers in 10 modules, and the
//! same functions without attributes, and prints CPU seconds as Markdown: of both, of the attributes alone, and of them
//! where the program's own profile lets macros be optimised. Linux only.
//!
//! The crates are checked in alternation, and of each figure the least counts: what else the machine does can only add
//! to it. How long the compiler expands macros, and what of, it says of itself (`-Ztime-passes`, `-Zunpretty=expanded`).

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const MODULES: usize = 10;
/// In each module.
const HANDLERS: usize = 30;
const ROUNDS: usize = 7;

/// What lets the compiler optimise what runs while it compiles.
const OPTIMISED: &str = "[profile.dev.build-override]\nopt-level = 1\n";

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result {
    let root = std::env::temp_dir().join(format!("comet-check-cost-{}", std::process::id()));
    let cases = [
        Case::new(&root, "without", "")?,
        Case::new(&root, "with", "")?,
        Case::new(&root, "optimised", OPTIMISED)?,
    ];
    let mut costs = [Cost::NONE; 3];
    for round in 0..ROUNDS {
        for (case, cost) in cases.iter().zip(&mut costs) {
            *cost = cost.least(&case.measure(round)?);
        }
    }
    let lines = [cases[0].lines()?, cases[1].lines()?];
    fs::remove_dir_all(root)?;
    print(&costs, lines);
    Ok(())
}

fn print([without, with, optimised]: &[Cost; 3], lines: [usize; 2]) {
    println!(
        "| {} functions, CPU seconds of `cargo check` | cold | one body edited | of that, expansion | lines expanded |",
        MODULES * HANDLERS
    );
    println!("|---|---|---|---|---|");
    let row = |name, cost: &Cost, lines| {
        let Cost { cold, edited, expansion } = cost;
        println!("| {name} | {cold:.2} | {edited:.2} | {expansion:.2} | {lines} |");
    };
    row("without attributes", without, lines[0]);
    row("with attributes", with, lines[1]);
    row("the macros", &with.beyond(without), lines[1] - lines[0]);
    row("the macros, optimised", &optimised.beyond(without), lines[1] - lines[0]);
}

/// Seconds.
#[derive(Clone, Copy)]
struct Cost {
    cold: f64,
    edited: f64,
    expansion: f64,
}

impl Cost {
    const NONE: Self = Self { cold: f64::MAX, edited: f64::MAX, expansion: f64::MAX };

    fn beyond(&self, other: &Self) -> Self {
        Self {
            cold: self.cold - other.cold,
            edited: self.edited - other.edited,
            expansion: self.expansion - other.expansion,
        }
    }

    fn least(&self, other: &Self) -> Self {
        Self {
            cold: self.cold.min(other.cold),
            edited: self.edited.min(other.edited),
            expansion: self.expansion.min(other.expansion),
        }
    }
}

/// One of the crates; all use one target directory.
struct Case {
    folder: PathBuf,
    target: PathBuf,
    attributes: bool,
}

impl Case {
    fn new(root: &Path, name: &str, profile: &str) -> Result<Self> {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
        let folder = root.join(name);
        let case = Self { folder, target: root.join("target"), attributes: name != "without" };
        fs::create_dir_all(case.folder.join("src"))?;
        fs::copy(workspace.join("Cargo.lock"), case.folder.join("Cargo.lock"))?;
        let runtime = workspace.join("comet-runtime");
        let manifest = format!(
            "package.name = \"cost\"\npackage.edition = \"2024\"\n[workspace]\n\
             [dependencies]\ncomet-runtime.path = {runtime:?}\n{profile}"
        );
        fs::write(case.folder.join("Cargo.toml"), manifest)?;
        let modules: String = (0..MODULES).map(|m| format!("pub mod m{m};\n")).collect();
        fs::write(case.folder.join("src/lib.rs"), modules)?;
        for module in 0..MODULES {
            case.write(module, 0)?;
        }
        case.check()?;
        Ok(case)
    }

    /// Writes a module whose first body says `mark`.
    fn write(&self, module: usize, mark: usize) -> Result {
        let mut text = String::from("use comet::Page;\n");
        for n in 0..HANDLERS {
            let said = if n == 0 { mark } else { n };
            self.handler(&mut text, &format!("h{module}_{n}"), n % 3, said)?;
        }
        fs::write(self.folder.join(format!("src/m{module}.rs")), text)?;
        Ok(())
    }

    fn handler(&self, text: &mut String, name: &str, kind: usize, said: usize) -> Result {
        let (options, arguments) = match kind {
            0 => ("public".to_owned(), "rows: u32, title: String"),
            1 => (format!("\"/{name}/{{id}}?{{from}}\", public"), "id: u64, from: Option<u32>"),
            _ => (format!("\"/{name}/{{slug}}\", method = POST"), "slug: &str, count: u8"),
        };
        if self.attributes {
            writeln!(text, "#[comet::comet({options})]")?;
        }
        let values: Vec<_> = arguments.split(", ").filter_map(|a| a.split(':').next()).collect();
        writeln!(text, "pub async fn {name}({arguments}, page: &mut Page) -> comet::Result {{")?;
        writeln!(
            text,
            "    page.text(\"#out\", format!(\"{said} {{:?}}\", ({})));",
            values.join(", ")
        )?;
        writeln!(text, "    page.flush().await\n}}\n")?;
        Ok(())
    }

    fn measure(&self, round: usize) -> Result<Cost> {
        let (cold, edited) = (self.cold()?, self.edited(2 * round + 1)?);
        Ok(Cost { cold, edited, expansion: self.expansion(2 * round + 2)? })
    }

    /// Nothing of the crate is known yet; its dependencies are.
    fn cold(&self) -> Result<f64> {
        let incremental = self.target.join("debug/incremental");
        if incremental.exists() {
            fs::remove_dir_all(incremental)?;
        }
        let lib = self.folder.join("src/lib.rs");
        fs::write(&lib, fs::read(&lib)?)?;
        self.check()
    }

    /// One body is another than before.
    fn edited(&self, mark: usize) -> Result<f64> {
        self.write(4, mark)?;
        self.check()
    }

    /// The CPU seconds of one check.
    fn check(&self) -> Result<f64> {
        let before = cpu_of_children()?;
        if !self.cargo(&["--quiet"]).status()?.success() {
            return Err("the generated crate does not compile".into());
        }
        Ok(cpu_of_children()? - before)
    }

    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["check", "--offline"]).args(arguments).current_dir(&self.folder);
        cargo.env("CARGO_TARGET_DIR", &self.target);
        cargo
    }

    /// How long macros are expanded after an edit.
    fn expansion(&self, mark: usize) -> Result<f64> {
        self.write(4, mark)?;
        let passes = self.rustc("-Ztime-passes")?;
        let pass = passes.lines().find(|line| line.ends_with("macro_expand_crate"));
        let seconds = pass.and_then(|pass| pass.split(&[' ', ';']).find(|word| word.contains('.')));
        Ok(seconds.ok_or("the compiler tells no time of expansion")?.parse()?)
    }

    fn lines(&self) -> Result<usize> {
        Ok(self.rustc("-Zunpretty=expanded")?.lines().count())
    }

    /// What the compiler says that cargo calls, with one option more that only other editions of it have.
    fn rustc(&self, option: &str) -> Result<String> {
        let command = self.folder.join("rustc");
        if !command.exists() {
            self.write(4, usize::MAX)?;
            let said = self.cargo(&["--verbose"]).output()?;
            let said = String::from_utf8(said.stderr)?;
            let line = said.lines().find(|line| line.contains("--crate-name cost"));
            let called = line.and_then(|line| line.split('`').nth(1));
            fs::write(&command, called.ok_or("cargo does not show how it calls the compiler")?)?;
        }
        let called = format!("{} {option}", fs::read_to_string(command)?);
        let mut rustc = Command::new("sh");
        let rustc = rustc.args(["-c", &called]).current_dir(&self.folder);
        let said = rustc.env("RUSTC_BOOTSTRAP", "1").output()?;
        Ok(String::from_utf8(said.stdout)? + &String::from_utf8(said.stderr)?)
    }
}

/// User and system time of all children that have ended, in seconds (proc(5), `cutime` and `cstime`).
fn cpu_of_children() -> Result<f64> {
    const TICKS: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat")?;
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: Vec<u32> =
        fields.skip(13).take(2).map(str::parse).collect::<std::result::Result<_, _>>()?;
    Ok(ticks.iter().map(|ticks| f64::from(*ticks)).sum::<f64>() / TICKS)
}
