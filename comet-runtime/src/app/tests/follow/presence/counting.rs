//! Who is one person, and who is another.

use super::*;

#[tokio::test(start_paused = true)]
async fn a_user_is_one_however_many_tabs_and_transports() {
    let room = room("presence-tabs");
    let tabs = [
        room.stream("ann", "").await,
        room.stream("ann", &format!("&client={ONE}")).await,
        room.ask("transport=sse&channel=room&channel=other", "ann").await,
    ];
    room.poll("ann", "").await;
    assert_eq!((room.told(), room.node.count()), (vec!["join ann 1".to_owned()], 4 - 1));
    let bob = room.stream("bob", "").await;
    drop(tabs);
    sleep(STAY * 2).await;
    assert_eq!(room.told(), ["join ann 1", "join bob 2", "leave ann 1"]);
    assert_eq!(room.other.present().unwrap().count(), 0);
    drop(bob);
}

#[tokio::test(start_paused = true)]
async fn strangers_are_told_apart_by_their_clients() {
    let room = room("presence-strangers");
    let [one, two] = [ONE, TWO].map(|client| format!("&client={client}"));
    let streams =
        [room.stream("", &one).await, room.stream("", &one).await, room.stream("", &two).await];
    room.poll("", &two).await;
    assert_eq!(room.told(), ["join - 1", "join - 2"]);
    let members = room.node.present().unwrap().members;
    assert_ne!(members[0].id, members[1].id);
    drop(streams);
}

#[tokio::test(start_paused = true)]
async fn a_stranger_without_an_id_is_there_as_long_as_its_connection() {
    let room = room("presence-anonymous");
    let streams = [room.stream("", "").await, room.stream("", "").await];
    assert_eq!(room.told(), ["join - 1", "join - 2"]);
    drop(streams);
    assert_eq!(room.told()[2..], ["leave - 1", "leave - 0"], "nobody could come back");
    let reply = room.poll("", "").await;
    assert_eq!(reply["present"]["room"], serde_json::json!({"members":[],"count":0,"more":false}));
    assert_eq!(room.told().len(), 4, "polls that cannot be told apart are nobody");
}

#[tokio::test(start_paused = true)]
async fn who_is_not_let_in_was_never_there() {
    let room = room("presence-denied");
    for (query, user, status) in [
        ("channel=room", "mallory", 403),
        ("channel=other&channel=room", "mallory", 403),
        ("channel=room&channel=unknown", "ann", 404),
        ("channel=room&client=short", "ann", 400),
    ] {
        for transport in ["ndjson", "sse", "longpoll", "frame"] {
            let response = room.ask(&format!("transport={transport}&{query}"), user).await;
            let status = if transport == "frame" { 200 } else { status };
            let got = response.status().as_u16();
            assert!(got == status || got == 400, "{transport} {query} {user}: {got}");
        }
    }
    assert_eq!((room.told().len(), room.node.count()), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn a_page_of_another_site_shows_nobody_as_there() {
    let room = room("presence-foreign");
    let request = |transport: &str| {
        Request::get(format!("/comet/events?transport={transport}&channel=room"))
            .header("x-user", "ann")
            .header("origin", "https://evil.example")
    };
    for transport in ["sse", "ndjson", "longpoll"] {
        assert_eq!(room.app.send(request(transport), "").await.status(), 403, "{transport}");
    }
    // A script is a stranger, whatever cookies it comes with.
    let script = format!("transport=jsonp&callback=f&channel=room&client={ONE}");
    assert_eq!(room.ask(&script, "ann").await.status(), 200);
    assert_eq!(room.told(), ["join - 1"]);
}
