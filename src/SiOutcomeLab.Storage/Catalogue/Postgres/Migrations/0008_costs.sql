-- Kronor of a plan's look, or of a pool of plans: the sums at full precision, which stay inside, and what was released of them.
CREATE TABLE cost (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    run_id TEXT COLLATE "C" REFERENCES run (id),
    subject TEXT COLLATE "C" NOT NULL,
    municipality_group TEXT COLLATE "C",
    unit_cost_set TEXT COLLATE "C" NOT NULL,
    price_year BIGINT NOT NULL,
    audience BIGINT NOT NULL,
    rule_version TEXT COLLATE "C" NOT NULL,
    summary BYTEA NOT NULL,
    body BYTEA NOT NULL
);

CREATE INDEX cost_by_subject ON cost (subject, name);
