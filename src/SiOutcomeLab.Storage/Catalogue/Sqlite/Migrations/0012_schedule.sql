-- A run's tries: how often it has been taken up since it was queued, when a failed one is tried again (never, without a time), and why it
-- was queued: 1 its look was due, 2 asked for, 3 its data have changed.
ALTER TABLE run ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN next_try_at TEXT;
ALTER TABLE run ADD COLUMN cause INTEGER NOT NULL DEFAULT 1;
UPDATE run SET attempts = epoch;
UPDATE run SET next_try_at = finished_at WHERE state = 4 AND epoch < 5;

-- What happens once a night has happened for the night that began then; one row.
CREATE TABLE night_turn (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    began_at TEXT NOT NULL
) STRICT;
