-- Objects of the lake that a commit is about to name, by whom: no removal takes them. Whoever stands still too long loses its rows, and
-- then commits nothing.
CREATE TABLE lake_hold (
    sha256 TEXT NOT NULL,
    holder TEXT NOT NULL,
    -- 1 while its bytes are being written: one writer of an object at a time.
    is_writing INTEGER NOT NULL,
    expires_at TEXT NOT NULL,
    PRIMARY KEY (sha256, holder)
) STRICT;

CREATE INDEX lake_hold_by_holder ON lake_hold (holder);

-- Whose turn it is to remove objects: of all hubs one at a time, while no new object is put. No expiry: nobody's.
CREATE TABLE lake_turn (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    epoch INTEGER NOT NULL,
    expires_at TEXT
) STRICT;

INSERT INTO lake_turn (id, epoch) VALUES (1, 0);

-- A word that stands in the lake of this catalogue too, so that no other catalogue's lake is taken for it.
CREATE TABLE lake_mark (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    mark TEXT NOT NULL
) STRICT;
