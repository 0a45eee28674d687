//! Why a connection is closed.

/// What a close frame says (RFC 6455, section 7.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Close {
    /// `None` for a frame that says nothing.
    pub(super) code: Option<u16>,
    /// At most 123 bytes.
    pub(super) reason: &'static str,
}

impl Close {
    /// Every channel has closed.
    pub(crate) const DONE: Self = Self::new(1000, "done");
    /// The server goes away.
    pub(crate) const LEAVING: Self = Self::new(1001, "the server goes away");
    /// The client has gone without a word, as far as one can tell.
    pub(crate) const SILENT: Self = Self::new(1001, "nothing was heard for three heartbeats");
    /// No channel is left that the client may follow.
    pub(crate) const REFUSED: Self = Self::new(1008, "no channel is left");
    /// The client has said something that cannot be understood.
    pub(crate) const UNREADABLE: Self = Self::new(1008, "see the error before");
    /// The client was too slow, and may come back by its cursor.
    pub(crate) const SLOW: Self = Self::new(1013, "too slow; come back by the cursor");
    /// Whether the client may stay cannot be told, so it has to ask anew.
    pub(crate) const LATER: Self = Self::new(1013, "access is unclear; come back by the cursor");

    pub(super) const BINARY: Self = Self::new(1003, "messages are text");
    pub(super) const NOT_UTF8: Self = Self::new(1007, "the text is not UTF-8");
    pub(super) const TOO_BIG: Self = Self::new(1009, "the message is too long");

    const fn new(code: u16, reason: &'static str) -> Self {
        Self { code: Some(code), reason }
    }

    pub(super) const fn protocol(reason: &'static str) -> Self {
        Self::new(1002, reason)
    }

    /// What a client's close is answered with: its own code (section 5.5.1).
    pub(super) const fn echo(code: Option<u16>) -> Self {
        Self { code, reason: "" }
    }

    /// Reads the payload of a close frame.
    pub(super) fn read(payload: &[u8]) -> Result<Option<u16>, Self> {
        let Some((code, reason)) = payload.split_first_chunk() else {
            let empty = payload.is_empty().then_some(None);
            return empty.ok_or(Self::protocol("a close frame has half a code"));
        };
        let code = u16::from_be_bytes(*code);
        // 1004, 1005, 1006 and 1015 are never sent (section 7.4.1).
        if !matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999) {
            return Err(Self::protocol("a close frame has a code that is none"));
        }
        match std::str::from_utf8(reason) {
            Ok(_) => Ok(Some(code)),
            Err(_) => Err(Self::NOT_UTF8),
        }
    }

    pub(super) fn payload(self) -> Vec<u8> {
        let code = self.code.map(u16::to_be_bytes);
        code.into_iter().flatten().chain(self.reason.bytes()).collect()
    }
}
