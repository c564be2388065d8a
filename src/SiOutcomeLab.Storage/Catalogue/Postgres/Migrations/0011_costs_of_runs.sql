-- Kronor by what readers ask for. Nothing has written the table before this step.
DROP TABLE cost;

CREATE TABLE cost (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    cost_key TEXT COLLATE "C" NOT NULL,
    run_id TEXT COLLATE "C" REFERENCES run (id),
    subject TEXT COLLATE "C" NOT NULL,
    organisation TEXT COLLATE "C",
    method TEXT COLLATE "C" NOT NULL,
    measure TEXT COLLATE "C",
    municipality_group TEXT COLLATE "C",
    horizon_years BIGINT NOT NULL,
    unit_cost_set TEXT COLLATE "C" NOT NULL,
    price_year BIGINT NOT NULL,
    terms_mark TEXT COLLATE "C" NOT NULL,
    has_target_group BIGINT NOT NULL,
    has_counterfactual BIGINT NOT NULL,
    has_saving BIGINT NOT NULL,
    audience BIGINT NOT NULL,
    rule_version TEXT COLLATE "C" NOT NULL,
    summary BYTEA NOT NULL,
    body BYTEA NOT NULL
);

CREATE INDEX cost_by_run ON cost (run_id, terms_mark);

-- The ones that stand for a run, set and price level.
CREATE TABLE cost_current (
    cost_key TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL REFERENCES cost (name)
);

-- How often a run has been put in kronor on certain terms, so that one that always fails is left to a steward.
CREATE TABLE cost_attempt (
    run_id TEXT COLLATE "C" NOT NULL REFERENCES run (id),
    terms_mark TEXT COLLATE "C" NOT NULL,
    attempts BIGINT NOT NULL,
    PRIMARY KEY (run_id, terms_mark)
);
