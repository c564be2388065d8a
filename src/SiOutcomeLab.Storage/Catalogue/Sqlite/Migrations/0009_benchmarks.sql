-- Benchmarks: the result at full precision stays inside, the body is what passed the gate.
CREATE TABLE benchmark (
    name TEXT NOT NULL PRIMARY KEY,
    benchmark_key TEXT NOT NULL,
    method TEXT NOT NULL,
    measure TEXT NOT NULL,
    runs_hash TEXT NOT NULL,
    snapshot_hash TEXT NOT NULL REFERENCES snapshot (hash),
    newest_run INTEGER NOT NULL,
    audience INTEGER NOT NULL,
    rule_version TEXT NOT NULL,
    computed_at TEXT NOT NULL,
    result BLOB NOT NULL,
    body BLOB NOT NULL
) STRICT;

-- The one that stands for a method and outcome.
CREATE TABLE benchmark_current (
    benchmark_key TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL REFERENCES benchmark (name),
    newest_run INTEGER NOT NULL
) STRICT;
