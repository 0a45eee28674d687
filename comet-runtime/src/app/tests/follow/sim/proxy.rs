//! A proxy between a reader and the server that breaks connections in every way there is.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{
    AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream, ReadHalf, WriteHalf, duplex,
    split,
};
use tokio::net::TcpStream;
use tokio::time::sleep;

use super::random::Random;

/// What goes wrong on one connection; offsets are bytes of the response, so that most are amid a message.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fault {
    None,
    /// Everything takes so long.
    Delay(Duration),
    /// The connection breaks.
    CutAt(usize),
    /// Nothing more comes, and nobody says so.
    StallAt(usize),
    /// The server is told that the client will send nothing more, as by one that leaves.
    HalfCloseAt(usize),
    /// The server has answered, and nothing of it arrives.
    Swallow,
}

impl Fault {
    /// One of them, or none.
    pub(super) fn any(random: &mut Random, ends: bool) -> Self {
        let at = random.below(1_500);
        match random.below(12) {
            0 | 1 => Self::Delay(Duration::from_millis(random.below(8) as u64)),
            2 | 3 => Self::CutAt(at),
            4 if !ends => Self::StallAt(at),
            5 => Self::HalfCloseAt(at),
            6 => Self::Swallow,
            _ => Self::None,
        }
    }

    /// How many bytes of the response arrive before it strikes.
    fn at(self) -> usize {
        match self {
            Self::None | Self::Delay(_) => usize::MAX,
            Self::CutAt(at) | Self::StallAt(at) | Self::HalfCloseAt(at) => at,
            Self::Swallow => 0,
        }
    }
}

/// Connects to the server through the proxy, from which on all is encrypted if it is to be.
pub(super) async fn connect(server: SocketAddr, encrypted: bool, fault: Fault) -> DuplexStream {
    let server = TcpStream::connect(server).await.unwrap();
    let (near, far) = duplex(256);
    match encrypted {
        false => drop(tokio::spawn(carry(far, server, fault))),
        #[cfg(feature = "tls")]
        true => {
            let server = crate::tls::tests::encrypted(server).await;
            tokio::spawn(carry(far, server, fault));
        }
        #[cfg(not(feature = "tls"))]
        true => unreachable!("it takes the feature"),
    }
    near
}

/// Carries bytes both ways until one side closes or the fault ends it; both are closed then.
async fn carry<S: AsyncRead + AsyncWrite>(client: DuplexStream, server: S, fault: Fault) {
    let (mut from_client, to_client) = split(client);
    let (from_server, mut to_server) = split(server);
    let mut request = [0; 4096];
    // A reader's request is one write.
    let Ok(length @ 1..) = from_client.read(&mut request).await else { return };
    let sent = async {
        to_server.write_all(&request[..length]).await?;
        to_server.flush().await
    };
    if sent.await.is_err() {
        return;
    }
    let left =
        async { while from_client.read(&mut request).await.is_ok_and(|length| length > 0) {} };
    tokio::select! {
        () = left => {}
        () = answer(from_server, to_client, to_server, fault) => {}
    }
}

/// Carries the response.
async fn answer<S: AsyncRead + AsyncWrite>(
    mut from: ReadHalf<S>,
    mut to: WriteHalf<DuplexStream>,
    mut back: WriteHalf<S>,
    fault: Fault,
) {
    // No piece is a message, whatever the server writes at once.
    let (mut piece, mut carried) = ([0; 37], 0);
    loop {
        let Ok(length @ 1..) = from.read(&mut piece).await else { return };
        if let Fault::Delay(time) = fault {
            sleep(time).await;
        }
        let arrives = length.min(fault.at().saturating_sub(carried));
        if to.write_all(&piece[..arrives]).await.is_err() {
            return;
        }
        carried += length;
        if arrives == length {
            continue;
        }
        match fault {
            Fault::StallAt(_) => std::future::pending().await,
            Fault::HalfCloseAt(_) => drop(back.shutdown().await),
            _ => return,
        }
        // What the server still says to a client that has gone half way.
        while from.read(&mut piece).await.is_ok_and(|length| length > 0) {}
        return;
    }
}
