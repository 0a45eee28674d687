//! What `docs/command-line.md` shows is what happens.

use std::process::{Command, Stdio};

use super::super::client::EPOCH;
use super::{SECRET, server, unset};

const PAGE: &str = include_str!("../../../docs/command-line.md");

/// The commands of the page in their order, each with what the page says that it prints.
fn transcripts() -> Vec<(&'static str, String)> {
    let blocks = PAGE.split("```console\n").skip(1).map(|block| block.split("```").next().unwrap());
    let commands = blocks.flat_map(|block| block.split("$ ").skip(1));
    commands
        .map(|command| {
            let (command, printed) = command.split_once('\n').unwrap();
            (command, printed.to_owned())
        })
        .collect()
}

#[test]
fn every_transcript_of_the_page_is_what_is_printed() {
    let server = server();
    let shown = transcripts();
    assert!(shown.len() > 5, "{shown:?}");
    let mut epoch = None;
    for (command, wanted) in shown {
        // The page's own address and cursors stand for those of this server.
        let typed = command.replace(EPOCH, epoch.as_deref().unwrap_or(EPOCH));
        let script = format!("comet() {{ \"$CLIENT\" --url \"$URL\" \"$@\"; }}\n{typed}");
        let output = unset(Command::new("sh"))
            .args(["-c", &script])
            .env("CLIENT", env!("CARGO_BIN_EXE_comet-client"))
            .env("URL", format!("http://{}", server.address))
            .env("COMET_PUBLISH_SECRET", SECRET)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        if let Some((_, cursor)) = err.split_once("--cursor ") {
            epoch = Some(cursor.split('.').next().unwrap().to_owned());
        }
        let printed = String::from_utf8(output.stdout).unwrap() + &err;
        let printed =
            epoch.as_deref().map_or(printed.clone(), |epoch| printed.replace(epoch, EPOCH));
        assert_eq!(printed, wanted, "$ {command}");
    }
}
