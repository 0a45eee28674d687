//! What the macros cost: `cargo run -p tests --bin check_cost` checks a crate with 300 handlers in 10 modules, and the
//! same functions without attributes, and prints CPU seconds as Markdown. Linux only.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const MODULES: usize = 10;
/// In each module.
const HANDLERS: usize = 30;
const ROUNDS: usize = 5;

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result {
    let root = std::env::temp_dir().join(format!("comet-check-cost-{}", std::process::id()));
    println!(
        "| {} functions, CPU seconds of `cargo check` | cold | one body edited |",
        MODULES * HANDLERS
    );
    println!("|---|---|---|");
    for (name, attributes) in [("without attributes", false), ("with attributes", true)] {
        let case = Case::new(&root, attributes)?;
        println!("| {name} | {:.2} | {:.2} |", case.cold()?, case.edited()?);
    }
    fs::remove_dir_all(root)?;
    Ok(())
}

/// One of the two crates; both use one target directory.
struct Case {
    folder: PathBuf,
    target: PathBuf,
    attributes: bool,
}

impl Case {
    fn new(root: &Path, attributes: bool) -> Result<Self> {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
        let folder = root.join(if attributes { "with" } else { "without" });
        let case = Self { folder, target: root.join("target"), attributes };
        fs::create_dir_all(case.folder.join("src"))?;
        fs::copy(workspace.join("Cargo.lock"), case.folder.join("Cargo.lock"))?;
        let runtime = workspace.join("comet-runtime");
        let manifest = format!(
            "package.name = \"cost\"\npackage.edition = \"2024\"\n[workspace]\n\
             [dependencies]\ncomet-runtime.path = {runtime:?}\n"
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

    /// Nothing of the crate is known yet; its dependencies are.
    fn cold(&self) -> Result<f64> {
        median(|_| {
            let incremental = self.target.join("debug/incremental");
            if incremental.exists() {
                fs::remove_dir_all(incremental)?;
            }
            self.touch()?;
            self.check()
        })
    }

    /// One body is another than before.
    fn edited(&self) -> Result<f64> {
        self.touch()?;
        self.check()?;
        median(|round| {
            self.write(4, round + 1)?;
            self.check()
        })
    }

    fn touch(&self) -> Result {
        let lib = self.folder.join("src/lib.rs");
        Ok(fs::write(&lib, fs::read(&lib)?)?)
    }

    /// The CPU seconds of one check.
    fn check(&self) -> Result<f64> {
        let before = cpu_of_children()?;
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        let cargo = cargo.args(["check", "--offline", "--quiet"]).current_dir(&self.folder);
        if !cargo.env("CARGO_TARGET_DIR", &self.target).status()?.success() {
            return Err("the generated crate does not compile".into());
        }
        Ok(cpu_of_children()? - before)
    }
}

fn median(mut measure: impl FnMut(usize) -> Result<f64>) -> Result<f64> {
    let mut times = (0..ROUNDS).map(&mut measure).collect::<Result<Vec<_>>>()?;
    times.sort_by(f64::total_cmp);
    times.get(ROUNDS / 2).copied().ok_or_else(|| "no rounds".into())
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
