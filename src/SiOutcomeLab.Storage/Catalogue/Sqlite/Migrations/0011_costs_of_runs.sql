-- Kronor by what readers ask for. Nothing has written the table before this step.
DROP TABLE cost;

CREATE TABLE cost (
    name TEXT NOT NULL PRIMARY KEY,
    cost_key TEXT NOT NULL,
    run_id TEXT REFERENCES run (id),
    subject TEXT NOT NULL,
    organisation TEXT,
    method TEXT NOT NULL,
    measure TEXT,
    municipality_group TEXT,
    horizon_years INTEGER NOT NULL,
    unit_cost_set TEXT NOT NULL,
    price_year INTEGER NOT NULL,
    terms_mark TEXT NOT NULL,
    has_target_group INTEGER NOT NULL,
    has_counterfactual INTEGER NOT NULL,
    has_saving INTEGER NOT NULL,
    audience INTEGER NOT NULL,
    rule_version TEXT NOT NULL,
    summary BLOB NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE INDEX cost_by_run ON cost (run_id, terms_mark);

-- The ones that stand for a run, set and price level.
CREATE TABLE cost_current (
    cost_key TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL REFERENCES cost (name)
) STRICT;

-- How often a run has been put in kronor on certain terms, so that one that always fails is left to a steward.
CREATE TABLE cost_attempt (
    run_id TEXT NOT NULL REFERENCES run (id),
    terms_mark TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    PRIMARY KEY (run_id, terms_mark)
) STRICT;
