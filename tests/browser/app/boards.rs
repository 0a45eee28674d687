//! Boards: a seeded series of steps, which handlers draw or send and channels tell of. How far a board has come is in a
//! file, which outlives the process as a database would; what the channels keep does not.

use std::path::{Path, PathBuf};

use comet::{Error, Events, Html, Json, Page, State, channel, comet};
use serde::Serialize;
use tokio::sync::Mutex;

const CELLS: u64 = 8;

/// What a framing could take for its own.
const TEXTS: [&str; 8] = [
    "plain",
    "</script><script>alert(1)</script>",
    "<!-- <b>bold</b> & 'quoted' \"twice\"",
    "]]></c-f><c-f>{\"event\":\"done\"}</c-f>",
    "two\nlines\n\ndata: of what is none\nid: 0",
    "\u{2028}separated\u{2029}",
    "grüße, 世界, 🦀",
    "--boundary--\n{\"event\":\"message\",\"data\":0}",
];

/// Says what a cell holds from now on.
#[derive(Debug, Clone, Serialize)]
struct Step {
    n: u64,
    cell: u64,
    text: String,
}

impl Step {
    /// The step with this number: of one board always the same (splitmix64).
    fn of(board: u64, n: u64) -> Self {
        let mut mixed = board.wrapping_add(n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let text = TEXTS.iter().cycle().nth(usize::from(mixed.to_le_bytes()[1]));
        Self { n, cell: mixed % CELLS, text: format!("{} {n}", text.copied().unwrap_or_default()) }
    }

    fn line(&self) -> Html {
        Html::trusted(format!("<li>{} {}</li>", self.n, Html::escape(&self.text)))
    }
}

/// One channel for each thing that can be done about a gap.
macro_rules! told {
    ($($type:ident $pattern:literal $history:literal $on_gap:ident),*) => {
        $(
            #[channel($pattern, board: u64, history = $history, on_gap = $on_gap, public)]
            #[derive(Debug, Serialize)]
            struct $type(Step);
        )*

        /// Publishes a step on every channel of its board.
        async fn tell(board: u64, step: &Step) -> comet::Result {
            $($type::channel(board).publish(&$type(step.clone())).await?;)*
            Ok(())
        }

        /// The channel of a kind, and the position at which the board is read.
        fn live(kind: &str, board: u64) -> comet::Result<comet::Live> {
            match kind {
                $(stringify!($on_gap) => Ok($type::channel(board).live()),)*
                _ => Err(Error::new(comet::StatusCode::NOT_FOUND, "no such kind of board")),
            }
        }
    };
}

told!(
    Replayed "replayed/{board}" 1000 replay,
    Ignored "ignored/{board}" 1000 ignore,
    Snapped "snapped/{board}" 8 snapshot,
    Reloaded "reloaded/{board}" 1000 reload
);

/// Where it is written how far each board has come. Held while that changes and is told.
#[derive(Debug)]
pub(crate) struct Boards(Mutex<PathBuf>);

impl Boards {
    /// In the directory that the variable `BOARDS` names.
    pub(crate) fn here() -> Self {
        Self(Mutex::new(std::env::var_os("BOARDS").unwrap_or_default().into()))
    }
}

/// How many steps a board has made.
fn made(directory: &Path, board: u64) -> u64 {
    let written = std::fs::read_to_string(directory.join(board.to_string()));
    written.ok().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Makes steps, each written down before it is told of, until there are so many.
#[comet(public)]
async fn advance(board: u64, to: u64, boards: State<Boards>) -> comet::Result<Json<u64>> {
    let directory = boards.0.lock().await;
    for n in made(&directory, board) + 1..=to {
        let next = directory.join(format!("{board}.next"));
        std::fs::write(&next, n.to_string())?;
        std::fs::rename(&next, directory.join(board.to_string()))?;
        tell(board, &Step::of(board, n)).await?;
    }
    Ok(Json(made(&directory, board)))
}

/// A board's steps up to one, each as soon as it is made.
#[comet("/boards/{board}/steps?{to}", public, resume = "30s")]
async fn steps(
    board: u64,
    to: u64,
    boards: State<Boards>,
    out: &mut Events<Step>,
) -> comet::Result {
    let mut news = Replayed::channel(board).subscribe();
    let mut sent = 0;
    while sent < to {
        let made = made(&boards.0.lock().await, board).min(to);
        for n in sent + 1..=made {
            out.send(&Step::of(board, n)).await?;
        }
        sent = made;
        if sent < to {
            news.next().await?;
        }
    }
    Ok(())
}

/// The same, drawn.
#[comet(public, resume = "30s")]
async fn paint(board: u64, to: u64, boards: State<Boards>, page: &mut Page) -> comet::Result {
    let mut news = Replayed::channel(board).subscribe();
    let mut drawn = 0;
    while drawn < to {
        let made = made(&boards.0.lock().await, board).min(to);
        for n in drawn + 1..=made {
            let step = Step::of(board, n);
            page.text(format!("#c{}", step.cell), &step.text)
                .html_append("#lines", step.line())
                .attr("#board", "data-made", n)
                .flush()
                .await?;
        }
        drawn = made;
        if drawn < to {
            news.next().await?;
        }
    }
    Ok(())
}

/// The board after so many steps.
fn render(board: u64, made: u64) -> Html {
    let mut cells = vec![String::new(); usize::try_from(CELLS).unwrap_or_default()];
    let steps: Vec<Step> = (1..=made).map(|n| Step::of(board, n)).collect();
    for step in &steps {
        let cell = usize::try_from(step.cell).ok().and_then(|cell| cells.get_mut(cell));
        cell.into_iter().for_each(|cell| cell.clone_from(&step.text));
    }
    let cells: String = cells
        .iter()
        .enumerate()
        .map(|(n, text)| format!("<p id=\"c{n}\">{}</p>", Html::escape(text)))
        .collect();
    let lines: Html = steps.iter().map(Step::line).collect();
    Html::trusted(format!(
        "<div id=\"board\" data-made=\"{made}\">{cells}<ol id=\"lines\">{lines}</ol></div>"
    ))
}

/// The board as it is, for who missed steps.
#[comet("/boards/{board}/now", public)]
async fn now(board: u64, boards: State<Boards>) -> Html {
    render(board, made(&boards.0.lock().await, board))
}

/// How many connections follow its channel for those who want what is left after a gap.
#[comet("/boards/{board}/readers", public)]
async fn readers_of(board: u64) -> Json<usize> {
    Json(Replayed::channel(board).count())
}

/// A page that shows the board, and follows it in whichever way it is asked to.
#[comet("/boards/{board}/{kind}", public)]
async fn board(board: u64, kind: String, boards: State<Boards>) -> comet::Result<Html> {
    let directory = boards.0.lock().await;
    let live = live(&kind, board)?;
    let page = include_str!("board.html")
        .replace("%CHANNEL%", live.channel())
        .replace("%CURSOR%", &live.cursor().to_string())
        .replace("%NUMBER%", &board.to_string())
        .replace("%BOARD%", render(board, made(&directory, board)).as_str());
    Ok(Html::trusted(page))
}
