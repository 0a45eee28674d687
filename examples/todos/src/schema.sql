CREATE TABLE IF NOT EXISTS todo (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    list  TEXT    NOT NULL,
    title TEXT    NOT NULL,
    done  INTEGER NOT NULL DEFAULT FALSE
);

CREATE INDEX IF NOT EXISTS todo_list ON todo (list);

-- `saved` and `deleted` are functions of the program, so the triggers live as long as its connection.
CREATE TEMP TRIGGER added AFTER INSERT ON main.todo
BEGIN SELECT saved(new.list, new.id, new.title, new.done); END;

CREATE TEMP TRIGGER changed AFTER UPDATE ON main.todo
BEGIN SELECT saved(new.list, new.id, new.title, new.done); END;

CREATE TEMP TRIGGER removed AFTER DELETE ON main.todo
BEGIN SELECT deleted(old.list, old.id); END;
