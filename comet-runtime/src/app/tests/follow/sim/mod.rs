//! Kill and switch: seeded schedules of publishing, dropped and stalled connections, lost replies, changed transports,
//! restarted readers, trimmed and closed logs; against the whole service in one thread on paused time, and against a
//! server over sockets that break.
//!
//! `COMET_SEED=n` replays one schedule.

mod checker;
mod client;
mod link;
mod network;
mod proxy;
mod random;
mod run;
mod world;

use std::ops::Range;

use super::parse::Transport;
use checker::Seen;
use client::Acknowledge;
use network::Ground;
use run::{Sum, run};

const PLAIN: Ground = Ground::Sockets { encrypted: false };

/// The seed that the caller wants to see again.
fn wanted() -> Option<u64> {
    std::env::var("COMET_SEED").ok().map(|seed| seed.parse().unwrap())
}

/// Runs the schedules of some seeds, or the one that `COMET_SEED` names, and says which fails.
fn run_all(seeds: Range<u64>, ground: Ground) -> Sum {
    let mut sum = Sum::default();
    for seed in wanted().map_or(seeds, |seed| seed..seed + 1) {
        if let Err(finding) = run(seed, ground, Acknowledge::Id, &mut sum) {
            panic!("COMET_SEED={seed} replays this: {finding}");
        }
    }
    sum
}

/// Whether each transport came after each; a single schedule need not have all.
fn is_varied(sum: &Sum) -> bool {
    let all = Transport::ALL.len();
    wanted().is_some() || sum.switches.len() == (all + 1) * all
}

#[test]
fn every_reader_gets_every_event_once_or_a_gap_that_says_which_it_missed() {
    let sum = run_all(0..200, Ground::InProcess);
    let Seen { entries, trimmed, epochs, closed } = sum.seen;
    let busy = entries > 5_000 && trimmed > 100 && epochs > 50 && closed > 50;
    assert!(wanted().is_some() || busy, "idle: {sum:?}");
    assert!(is_varied(&sum), "each transport after each: {sum:?}");
}

#[test]
#[ignore = "takes minutes; the full run asks for it"]
fn every_reader_gets_every_event_once_or_a_gap_that_says_which_it_missed_10_000_times() {
    if wanted().is_some() {
        run_all(0..1, Ground::InProcess);
        return;
    }
    std::thread::scope(|scope| {
        for part in [0..5_000, 5_000..10_000] {
            scope.spawn(|| run_all(part, Ground::InProcess));
        }
    });
}

#[test]
fn so_does_every_reader_over_sockets_that_break() {
    let sum = run_all(0..30, PLAIN);
    let Seen { entries, trimmed, epochs, closed } = sum.seen;
    let busy = entries > 500 && trimmed > 10 && epochs > 5 && closed > 5;
    assert!(wanted().is_some() || busy, "idle: {sum:?}");
}

#[test]
#[ignore = "takes minutes; the full run asks for it"]
fn so_does_every_reader_over_sockets_that_break_500_times() {
    let sum = run_all(0..500, PLAIN);
    assert!(is_varied(&sum), "each transport after each: {sum:?}");
}

#[test]
#[cfg(feature = "tls")]
fn so_does_every_reader_over_tls_that_breaks() {
    let sum = run_all(0..30, Ground::Sockets { encrypted: true });
    let Seen { entries, trimmed, .. } = sum.seen;
    assert!(wanted().is_some() || entries > 500 && trimmed > 10, "idle: {sum:?}");
}

#[test]
#[cfg(feature = "tls")]
#[ignore = "takes minutes; the full run asks for it"]
fn so_does_every_reader_over_tls_that_breaks_200_times() {
    let sum = run_all(0..200, Ground::Sockets { encrypted: true });
    assert!(is_varied(&sum), "each transport after each: {sum:?}");
}

/// What of 200 schedules finds the bug, each with the seed that replays it.
fn found(bug: Acknowledge) -> Vec<String> {
    let finding = |seed| {
        let found = run(seed, Ground::InProcess, bug, &mut Sum::default()).err()?;
        Some(format!("COMET_SEED={seed} replays this: {found}"))
    };
    let findings: Vec<_> = (0..200).filter_map(finding).collect();
    println!("{bug:?} is found by {} of 200 seeds, first: {:?}", findings.len(), findings.first());
    findings
}

#[test]
fn a_client_that_acknowledges_by_count_is_found() {
    let findings = found(Acknowledge::Count);
    assert!(findings.len() > 20, "{findings:?}");
    assert!(findings.iter().any(|finding| finding.contains("twice")), "{findings:?}");
}

#[test]
fn a_client_that_resumes_one_too_far_is_found() {
    let findings = found(Acknowledge::OneTooFar);
    assert!(findings.len() > 20, "{findings:?}");
    assert!(findings.iter().any(|finding| finding.contains("lost")), "{findings:?}");
}
