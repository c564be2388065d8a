-- Benchmarks: the result at full precision stays inside, the body is what passed the gate.
CREATE TABLE benchmark (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    benchmark_key TEXT COLLATE "C" NOT NULL,
    method TEXT COLLATE "C" NOT NULL,
    measure TEXT COLLATE "C" NOT NULL,
    runs_hash TEXT COLLATE "C" NOT NULL,
    snapshot_hash TEXT COLLATE "C" NOT NULL REFERENCES snapshot (hash),
    newest_run BIGINT NOT NULL,
    audience BIGINT NOT NULL,
    rule_version TEXT COLLATE "C" NOT NULL,
    computed_at TEXT COLLATE "C" NOT NULL,
    result BYTEA NOT NULL,
    body BYTEA NOT NULL
);

-- The one that stands for a method and outcome.
CREATE TABLE benchmark_current (
    benchmark_key TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL REFERENCES benchmark (name),
    newest_run BIGINT NOT NULL
);
