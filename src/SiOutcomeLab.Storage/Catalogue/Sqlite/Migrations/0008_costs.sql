-- Kronor of a plan's look, or of a pool of plans: the sums at full precision, which stay inside, and what was released of them.
CREATE TABLE cost (
    name TEXT NOT NULL PRIMARY KEY,
    run_id TEXT REFERENCES run (id),
    subject TEXT NOT NULL,
    municipality_group TEXT,
    unit_cost_set TEXT NOT NULL,
    price_year INTEGER NOT NULL,
    audience INTEGER NOT NULL,
    rule_version TEXT NOT NULL,
    summary BLOB NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE INDEX cost_by_subject ON cost (subject, name);
