-- Kronor pooled over plans of a method: what each rests on, and what was pooled last for a project, method, municipality group, horizon and
-- terms, so that it is told when that is due again. A pool of which nothing came is noted as well.
ALTER TABLE cost ADD COLUMN snapshot_hash TEXT REFERENCES snapshot (hash);
ALTER TABLE cost ADD COLUMN computed_at TEXT;

CREATE TABLE cost_pool (
    pool_key TEXT NOT NULL PRIMARY KEY,
    inputs_hash TEXT NOT NULL,
    snapshot_hash TEXT NOT NULL REFERENCES snapshot (hash)
) STRICT;
