//! The settings themselves.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;

use super::{Network, Publishers, Secret, fields, network};
use crate::auth::{Origin, ServedHost};

/// The settings of an app and its server.
///
/// Durations are written `"500ms"`, `"30s"`, `"2m"` or `"1h"`, sizes as a number of bytes or `"64KiB"`, lists as TOML
/// lists or, in the environment, as one text with commas.
///
/// ```
/// let mut config = comet::Config::default();
/// config.heartbeat = std::time::Duration::from_secs(5);
/// assert_eq!(config.bind.to_string(), "127.0.0.1:8080");
/// ```
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Config {
    /// The address to listen on; port 0 takes a free one. Default `127.0.0.1:8080`.
    #[serde(deserialize_with = "fields::value")]
    pub bind: SocketAddr,

    /// A PEM file with the certificate that the server shows, and behind it those of its issuers: the server speaks HTTPS
    /// then, and nothing else. It is read anew at each SIGHUP. Takes the feature `tls`. Default none.
    #[serde(deserialize_with = "fields::optional")]
    pub tls_certificate: Option<PathBuf>,

    /// A PEM file with the key of `tls_certificate`, without a passphrase. Default none.
    #[serde(deserialize_with = "fields::optional")]
    pub tls_key: Option<PathBuf>,

    /// The path below which everything is served: `/`, or such as `/app`. Default `/`.
    pub mount: String,

    /// Names under which the server may be called, `app.example` or with a port `app.example:8443`.
    ///
    /// Bound to a loopback address, the server answers to loopback names and these only, so that no web page can reach
    /// it by pointing its own name here. Bound elsewhere, an empty list means any name. Default empty.
    #[serde(deserialize_with = "fields::list")]
    pub hosts: Vec<ServedHost>,

    /// Origins of other sites whose pages may call handlers, such as `https://shop.example`. Default empty.
    #[serde(deserialize_with = "fields::list")]
    pub origins: Vec<Origin>,

    /// Where reverse proxies stand, as addresses or networks.
    ///
    /// A proxy carries many clients, so `max_connections_per_address` is not asked of it, and what it says in
    /// `X-Forwarded-Proto` is believed. Default `127.0.0.0/8` and `::1`.
    #[serde(deserialize_with = "fields::list")]
    pub proxies: Vec<Network>,

    /// A stream that had nothing to say for so long says that it is alive. From 1 s to 10 min, default 15 s.
    #[serde(deserialize_with = "fields::duration")]
    pub heartbeat: Duration,

    /// How long a long-poll request is held when its handler does not say. From 1 s to 1 h, default 60 s.
    #[serde(deserialize_with = "fields::duration")]
    pub timeout: Duration,

    /// How long a long poll of channels goes on to collect after its first event, so that a burst is one reply. Up to
    /// 1 s, default 0 s; `?bundle=` of a request wins.
    #[serde(deserialize_with = "fields::duration")]
    pub bundle: Duration,

    /// How many bytes of messages a forever frame has before it ends with a `bye` and its client begins it anew: a
    /// browser keeps all of it in memory. 0 for no limit, else from 16 KiB to 1 GiB; default 1 MiB.
    #[serde(deserialize_with = "fields::size")]
    pub frame_bytes: usize,

    /// The same by time: how old a forever frame gets. 0 for no limit, else from 1 s to 24 h; default 10 min.
    #[serde(deserialize_with = "fields::duration")]
    pub frame_age: Duration,

    /// As `frame_bytes`, for streams of every other transport that a client can go on with by its cursor. Default 0: no
    /// limit.
    #[serde(deserialize_with = "fields::size")]
    pub stream_bytes: usize,

    /// As `frame_age`, for streams of every other transport. Default 0: no limit.
    #[serde(deserialize_with = "fields::duration")]
    pub stream_age: Duration,

    /// The largest body of a call, in bytes. Up to 1 GiB, default 64 KiB; beyond it the answer is 413.
    #[serde(deserialize_with = "fields::size")]
    pub body_limit: usize,

    /// Who may publish from another process: `secret`, or `loopback` for every program of this machine as well.
    /// Never `loopback` behind a proxy on this machine, whose peers are all of them. Default `secret`.
    #[serde(deserialize_with = "fields::value")]
    pub publish: Publishers,

    /// What other processes show to publish, as `Authorization: Bearer …`: at least 16 visible ASCII characters.
    /// Default none, which keeps `comet/publish`, `comet/channels` and `comet/routes` off unless `publish` lets somebody
    /// in.
    #[serde(deserialize_with = "fields::optional")]
    pub publish_secret: Option<Secret>,

    /// The largest body of a publish request, in bytes. From 1 KiB to 64 MiB, default 1 MiB; beyond it the answer is
    /// 413.
    #[serde(deserialize_with = "fields::size")]
    pub publish_limit: usize,

    /// How many resumable runs may be alive at once. From 1, default 10 000.
    #[serde(deserialize_with = "fields::number")]
    pub runs: usize,

    /// How many channels there may be before those are closed that nobody follows and that were not used for the longest
    /// time: their readers come back to a gap. From 1, default 100 000.
    #[serde(deserialize_with = "fields::number")]
    pub max_channels: usize,

    /// The most header fields a request may have. From 16 to 1 000, default 64; beyond it the answer is 431.
    #[serde(deserialize_with = "fields::number")]
    pub max_headers: usize,

    /// The most bytes of request line and header together. From 8 KiB to 1 MiB, default 16 KiB; beyond it the answer
    /// is 431. It is also the size of a connection's read and write buffers.
    #[serde(deserialize_with = "fields::size")]
    pub max_header_bytes: usize,

    /// How long a client may take to send a request's header, from the first byte to the last; for the first request
    /// from the connection's start. From 100 ms to 10 min, default 10 s; then the connection is closed.
    #[serde(deserialize_with = "fields::duration")]
    pub header_timeout: Duration,

    /// How long a connection may wait for its next request. From 100 ms to 1 h, default 75 s: longer than nginx keeps
    /// its own connections, so that the proxy is the one that closes.
    #[serde(deserialize_with = "fields::duration")]
    pub idle_timeout: Duration,

    /// How long a client may pause within a request's body; a body slower than 500 bytes a second is given this time
    /// in all. From 100 ms to 1 h, default 30 s; then the answer is 408.
    #[serde(deserialize_with = "fields::duration")]
    pub body_timeout: Duration,

    /// How long a client may take nothing of what it is sent while the network's buffers are full. From 100 ms to 1 h,
    /// default 10 s; then the connection is closed.
    #[serde(deserialize_with = "fields::duration")]
    pub write_timeout: Duration,

    /// The most connections at once. From 1, default 16 384; beyond it the answer is 503.
    #[serde(deserialize_with = "fields::number")]
    pub max_connections: usize,

    /// The most connections at once from one IPv4 address or one IPv6 /64 that is not in `proxies`. From 1, default
    /// 1 024; beyond it the answer is 503.
    #[serde(deserialize_with = "fields::number")]
    pub max_connections_per_address: usize,

    /// How long requests and streams have to end when the server is told to stop. Up to 1 h, default 10 s.
    #[serde(deserialize_with = "fields::duration")]
    pub drain: Duration,

    /// What is logged to standard error, as `tracing` filter directives. Default `info`.
    pub log: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            bind: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            tls_certificate: None,
            tls_key: None,
            mount: "/".to_owned(),
            hosts: Vec::new(),
            origins: Vec::new(),
            proxies: network::loopback(),
            heartbeat: Duration::from_secs(15),
            timeout: Duration::from_secs(60),
            bundle: Duration::ZERO,
            frame_bytes: 1 << 20,
            frame_age: Duration::from_secs(600),
            stream_bytes: 0,
            stream_age: Duration::ZERO,
            body_limit: 64 << 10,
            publish: Publishers::Secret,
            publish_secret: None,
            publish_limit: 1 << 20,
            runs: 10_000,
            max_channels: 100_000,
            max_headers: 64,
            max_header_bytes: 16 << 10,
            header_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(75),
            body_timeout: Duration::from_secs(30),
            write_timeout: Duration::from_secs(10),
            max_connections: 16_384,
            max_connections_per_address: 1_024,
            drain: Duration::from_secs(10),
            log: "info".to_owned(),
        }
    }
}
