//! Channels as a feed: what a follower gets, message by message.

use std::collections::BTreeMap;
use std::task::{Context, Poll};

use bytes::Bytes;
use serde::Serialize;

use super::{Attendance, Delivery, Follow, OnGap};
use crate::log::{Cursor, Entry, Gap};
use crate::transport::{self, Fed, Feed, Message, Outlet, Rhythm, Rider};

#[derive(Serialize)]
struct Hello<'a> {
    cursor: String,
    heartbeat: u128,
    channels: Vec<&'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    present: BTreeMap<String, Attendance>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<&'a str>,
}

#[derive(Serialize)]
struct Missed<'a> {
    channel: &'a str,
    #[serde(flatten)]
    gap: Gap,
    on_gap: OnGap,
    #[serde(skip_serializing_if = "Option::is_none")]
    present: Option<Attendance>,
}

#[derive(Serialize)]
struct Ended<'a> {
    channel: &'a str,
    reason: &'static str,
}

impl Feed for Follow {
    /// A stream of one channel has to name no channel.
    fn media(&self) -> Option<&'static str> {
        self.only().and_then(|declaration| declaration.media)
    }

    fn hello(&mut self, rhythm: Rhythm, out: &mut Outlet<'_>) {
        let present = self.attendances();
        let hello = Hello {
            cursor: self.positions().to_string(),
            heartbeat: rhythm.heartbeat.as_millis(),
            channels: self.names().collect(),
            present,
            user: self.user(),
        };
        match self.positions().is_empty() {
            true => out.say("hello", &hello),
            false => out.say_at(self.positions(), "hello", &hello),
        }
    }

    fn poll(&mut self, out: &mut Outlet<'_>, cx: &mut Context<'_>) -> Poll<Fed> {
        self.poll_next(cx).map(|delivery| feed(self, delivery, out))
    }

    fn step_aside(&mut self) -> Option<Rider> {
        Follow::step_aside(self)
    }

    fn poll_aside(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        Follow::poll_aside(self, cx)
    }

    fn step_back(&mut self, next: u64) {
        Follow::step_back(self, next);
    }
}

/// Puts what a follower has read into an outlet; its end, if that is nothing any more.
pub(crate) fn feed(follow: &mut Follow, delivery: Option<Delivery>, out: &mut Outlet<'_>) -> Fed {
    let Some(delivery) = delivery else {
        if follow.is_over() {
            out.say_at(&Cursor::DONE, "done", &());
        }
        return Fed::Ended;
    };
    match delivery {
        // An image takes the place of the one before: only the newest is worth its bytes.
        Delivery::Entries(index, entries) if out.is_raw() => {
            let Some(newest) = entries.last() else { return Fed::Written };
            follow.position_at(index, newest.offset());
            return Fed::Shared(newest.payload.clone());
        }
        Delivery::Entries(index, entries) => match entries.as_slice() {
            [entry] if follow.len() == 1 && out.bytes.is_empty() => {
                follow.position_at(index, entry.offset());
                return Fed::Shared(
                    out.shared(entry, |entry| Message::on_channel(follow.name(index), entry)),
                );
            }
            entries => entries.iter().for_each(|entry| put(follow, index, entry, out)),
        },
        Delivery::Gap(index, gap) => {
            let (channel, on_gap) = (follow.name(index), follow.on_gap(index));
            // Joins and leaves were missed as well.
            let present = follow.attendance(index);
            // With a position, so that a reader that is cut off here has been told once and not twice.
            out.say_at(follow.positions(), "gap", &Missed { channel, gap, on_gap, present });
        }
        Delivery::Ended(index, cause) => {
            let (channel, reason) = (follow.name(index), cause.as_str());
            out.say("closed", &Ended { channel, reason });
        }
    }
    Fed::Written
}

/// The whole reply of a poll that follows one channel and has found one entry, which is not the last.
pub(crate) fn alone(follow: &mut Follow, delivery: &Delivery) -> Option<Bytes> {
    let Delivery::Entries(index, entries) = delivery else { return None };
    let [entry] = entries.as_slice() else { return None };
    if !follow.goes_on_alone() {
        return None;
    }
    follow.position_at(*index, entry.offset());
    Some(transport::polled_alone(entry, |entry| Message::on_channel(follow.name(*index), entry)))
}

fn put(follow: &mut Follow, index: usize, entry: &Entry, out: &mut Outlet<'_>) {
    follow.position_at(index, entry.offset());
    let name = follow.name(index);
    if follow.len() == 1 {
        let bytes = out.shared(entry, |entry| Message::on_channel(name, entry));
        return out.put(&bytes);
    }
    // On a stream of several channels the id is the position in all of them, so each reader has its own.
    let positions = follow.positions();
    // Who hears a channel by its name gets what was published; a join or leave says itself of which channel it is.
    let heard_as = Some(name).filter(|_| !entry.event.is_presence());
    out.write(&Message { id: Some(positions), heard_as, ..Message::on_channel(name, entry) });
}
