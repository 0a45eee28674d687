//! What readers are shown: the list where they begin, every change after it, and nobody's client id.

use super::*;

#[tokio::test(start_paused = true)]
async fn a_stream_begins_with_who_is_there_and_goes_on_with_every_change() {
    let room = room("presence-hello");
    let _ann = room.stream("ann", "").await;
    publish(&room.node, "1");
    let mut bob = room.stream("bob", "").await;
    let hello = messages(&mut bob).await.remove(0);
    let present = &hello["data"]["present"]["room"];
    assert_eq!(names(present), ["ann", "bob"]);
    assert_eq!((&present["count"], &present["more"]), (&2.into(), &false.into()));
    assert_eq!(present["you"], present["members"][1]["member"]);
    publish(&room.node, "2");
    let guest = room.stream("", "").await;
    publish(&room.node, "3");
    drop(guest);
    let got = messages(&mut bob).await;
    let got: Vec<_> = got.iter().map(|m| brief(m["event"].as_str().unwrap(), &m["data"])).collect();
    assert_eq!(got, ["2", "join - 3", "3", "leave - 2"], "and not its own join");
    let all = ["join ann 1", "1", "join bob 2", "2", "join - 3", "3", "leave - 2"];
    assert_eq!(room.told(), all);
}

#[tokio::test(start_paused = true)]
async fn a_cursor_brings_the_changes_that_were_missed_over_any_transport() {
    let room = room("presence-resume");
    let reply = room.poll("ann", "").await;
    let cursor = reply["cursor"].as_str().unwrap();
    let bob = room.stream("bob", "").await;
    publish(&room.node, "1");
    let mut streamed = room.stream("ann", &format!("&cursor={cursor}")).await;
    let streamed = messages(&mut streamed).await;
    let got: Vec<_> =
        streamed[1..].iter().map(|m| brief(m["event"].as_str().unwrap(), &m["data"])).collect();
    assert_eq!(got, ["join bob 2", "1"]);
    assert_eq!(names(&streamed[0]["data"]["present"]["room"]), ["ann", "bob"]);
    let polled = room.poll("ann", &format!("&cursor={cursor}")).await;
    assert_eq!(events(&polled), ["join bob 2", "1"]);
    assert_eq!(polled.get("present"), None, "who was told before is told of changes");
    drop(bob);
}

#[tokio::test(start_paused = true)]
async fn a_poll_gets_the_list_with_its_first_reply_and_when_it_asks() {
    let room = room("presence-poll-list");
    let _ann = room.stream("ann", "").await;
    let first = room.poll("bob", "").await;
    assert_eq!(names(&first["present"]["room"]), ["ann", "bob"]);
    let cursor = first["cursor"].as_str().unwrap();
    // A page that was painted has a cursor and no list.
    let asked = room.poll("bob", &format!("&present=1&cursor={cursor}")).await;
    assert_eq!(asked, first);
}

#[tokio::test(start_paused = true)]
async fn a_gap_comes_with_the_list() {
    let room = room("presence-gap");
    let first = room.poll("ann", "").await;
    let _bob = room.stream("bob", "").await;
    publish_numbers(&room.node, 1..=20);
    let cursor = first["cursor"].as_str().unwrap();
    let reply = room.poll("ann", &format!("&cursor={cursor}")).await;
    let gap = &reply["events"][0];
    assert_eq!(gap["event"], "gap");
    assert_eq!(names(&gap["data"]["present"]), ["ann", "bob"]);
    assert_eq!(gap["data"]["present"]["you"], first["present"]["room"]["you"]);
}

#[tokio::test(start_paused = true)]
async fn on_a_stream_of_several_channels_a_join_is_not_taken_for_a_message() {
    let room = room("presence-several");
    let mut stream = room.ask("transport=sse&channel=room&channel=other", "ann").await;
    piece(&mut stream).await.unwrap();
    let _bob = room.stream("bob", "").await;
    publish(&room.node, "1");
    let got = piece(&mut stream).await.unwrap();
    let lines: Vec<_> = got.lines().filter(|line| !line.starts_with("id: ")).collect();
    assert_eq!(lines[0], "event: join");
    assert!(lines[1].starts_with(r#"data: {"channel":"room","member":""#), "{got}");
    assert_eq!(lines[3..5], ["event: room", "data: 1"]);
}

#[tokio::test(start_paused = true)]
async fn a_client_id_is_shown_to_nobody() {
    let room = room("presence-secret");
    let _one = room.stream("", &format!("&client={ONE}")).await;
    let _ann = room.stream("ann", &format!("&client={TWO}")).await;
    let mut other = room.stream("bob", "").await;
    let mut seen = piece(&mut other).await.unwrap();
    seen += &text(room.ask("transport=longpoll&channel=room&cursor=x", "bob").await).await;
    seen += &text(room.ask("transport=longpoll&channel=room&history=9", "bob").await).await;
    assert!(seen.contains("\"user\":\"ann\"") && seen.contains("\"join\""), "{seen}");
    for part in ["client-one", "client-two", "0123456789abcdef"] {
        assert!(!seen.contains(part), "{seen}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_list_shows_those_that_came_first_and_how_many_there_are() {
    let room = room("presence-thousand");
    let mut streams = Vec::new();
    for nth in 0..1_000 {
        streams.push(room.stream(&format!("user{nth:04}"), "").await);
    }
    let reply = room.poll("user0000", "").await;
    let present = &reply["present"]["room"];
    let shown = names(present);
    assert_eq!((shown.len(), shown[0], shown[199]), (200, "user0000", "user0199"));
    assert_eq!((&present["count"], &present["more"]), (&1_000.into(), &true.into()));
    assert_eq!(room.node.present().unwrap().count(), 1_000);
}

#[tokio::test(start_paused = true)]
async fn who_comes_and_goes_does_not_push_out_what_was_said() {
    let room = room("presence-history");
    publish_numbers(&room.node, 1..=8);
    let pass = || async { drop(room.stream("", "").await) };
    for _ in 0..500 {
        pass().await;
    }
    let reply = room.poll("ann", "&history=3").await;
    let said: Vec<_> = events(&reply).into_iter().filter(|event| event.len() == 1).collect();
    assert_eq!(said, ["6", "7", "8"]);
    publish(&room.node, "9");
    assert_eq!(room.told()[0], "2", "the history is what was said");
    for _ in 0..500 {
        pass().await;
    }
    let told = room.told();
    assert_eq!(
        told.len(),
        1_024 + 1,
        "only so many of them are kept, and nothing older: {}",
        told[0]
    );
}
