//! What there is without the feature `tls`: nothing that could be made.

use std::io::{self, IoSlice};
use std::path::Path;
use std::task::{Context, Poll};

use tokio::io::ReadBuf;
use tokio::net::TcpStream;

use super::{CERTIFICATE, Finding};

#[derive(Debug)]
pub(crate) enum Certificates {}

impl Certificates {
    pub(crate) fn read(_: &Path, _: &Path) -> Result<Self, Finding> {
        let advice = "this program was built without TLS; give its dependency comet-runtime the feature `tls`, or put a \
                      proxy before it and leave this setting out";
        Err((CERTIFICATE, advice.to_owned()))
    }

    pub(crate) fn read_anew(&self) -> Result<(), Finding> {
        match *self {}
    }

    pub(crate) async fn accept(&self, _: TcpStream) -> io::Result<Tls> {
        match *self {}
    }
}

#[derive(Debug)]
pub(crate) enum Tls {}

impl Tls {
    pub(crate) fn is_http2(&self) -> Option<bool> {
        match *self {}
    }

    pub(crate) fn poll_receive(
        &self,
        _: &mut Context<'_>,
        _: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match *self {}
    }

    pub(crate) fn poll_send(
        &self,
        _: &mut Context<'_>,
        _: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match *self {}
    }

    pub(crate) fn try_send(&self, _: &[u8]) -> io::Result<usize> {
        match *self {}
    }

    pub(crate) fn poll_flush(&self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        match *self {}
    }

    pub(crate) fn poll_close(&self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        match *self {}
    }

    pub(crate) fn poll_shutdown(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        match *self {}
    }

    pub(crate) fn owes(&self) -> bool {
        match *self {}
    }

    pub(crate) fn has_moved(&self) -> bool {
        match *self {}
    }
}
