-- Readers see what is committed while somebody writes.
PRAGMA journal_mode = WAL;

CREATE TABLE IF NOT EXISTS session (
    sid        TEXT PRIMARY KEY,
    session_id TEXT NOT NULL,
    person     TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS notification (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    person    TEXT    NOT NULL,
    title     TEXT    NOT NULL,
    sticky    INTEGER NOT NULL,
    delivered INTEGER NOT NULL DEFAULT FALSE
);

CREATE INDEX IF NOT EXISTS notification_person ON notification (person, id);
