-- Text is compared and ordered by its bytes, as everywhere in the hub, whatever language the database was made for: COLLATE "C".
-- Times are text in UTC, yyyy-MM-ddTHH:mm:ss.fffffffZ, so that they keep every digit, sort as text and read well.
-- Enumerations are their numbers in SiOutcomeLab.Domain and SiOutcomeLab.Disclosure.

-- One row per gap-free number that is given out in the order of commits.
CREATE TABLE counter (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);

INSERT INTO counter (name, value) VALUES ('submission', 0), ('run', 0);

CREATE TABLE submission (
    sequence BIGINT NOT NULL PRIMARY KEY,
    id TEXT COLLATE "C" NOT NULL UNIQUE,
    organisation TEXT COLLATE "C" NOT NULL,
    project TEXT COLLATE "C" NOT NULL,
    period_length BIGINT NOT NULL,
    first_period TEXT COLLATE "C" NOT NULL,
    last_period TEXT COLLATE "C" NOT NULL,
    -- The calendar months covered, counted from year 0: periods of different lengths compare by them.
    first_month BIGINT NOT NULL,
    last_month BIGINT NOT NULL CHECK (last_month >= first_month),
    allowed_uses BIGINT NOT NULL,
    policy BIGINT NOT NULL,
    content_hash TEXT COLLATE "C" NOT NULL,
    manifest TEXT COLLATE "C" NOT NULL,
    observations_sha256 TEXT COLLATE "C" NOT NULL,
    observations_bytes BIGINT NOT NULL,
    observation_rows BIGINT NOT NULL,
    participations_sha256 TEXT COLLATE "C",
    participations_bytes BIGINT,
    participation_rows BIGINT NOT NULL,
    warnings TEXT COLLATE "C" NOT NULL,
    committed_at TEXT COLLATE "C" NOT NULL,
    CONSTRAINT submission_content UNIQUE (organisation, project, content_hash),
    CHECK ((participations_sha256 IS NULL) = (participations_bytes IS NULL))
);

CREATE INDEX submission_by_owner ON submission (organisation, sequence);
CREATE INDEX submission_by_project ON submission (project, sequence);

CREATE TABLE intervention (
    organisation TEXT COLLATE "C" NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    method TEXT COLLATE "C" NOT NULL,
    name_sv TEXT COLLATE "C" NOT NULL,
    name_en TEXT COLLATE "C" NOT NULL,
    -- Decimal digits as text: money is never a binary fraction.
    cost_per_participant_sek TEXT COLLATE "C",
    price_year BIGINT,
    PRIMARY KEY (organisation, code)
);

CREATE TABLE plan (
    id TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    organisation TEXT COLLATE "C" NOT NULL,
    hash TEXT COLLATE "C" NOT NULL,
    canonical_json TEXT COLLATE "C" NOT NULL,
    timing BIGINT NOT NULL,
    look_due_on TEXT COLLATE "C" NOT NULL,
    registered_by TEXT COLLATE "C" NOT NULL,
    registered_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE INDEX plan_by_organisation ON plan (organisation, id);

CREATE TABLE snapshot (
    hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    project TEXT COLLATE "C" NOT NULL
);

CREATE TABLE snapshot_submission (
    snapshot_hash TEXT COLLATE "C" NOT NULL REFERENCES snapshot (hash),
    ordinal BIGINT NOT NULL,
    submission_id TEXT COLLATE "C" NOT NULL REFERENCES submission (id),
    PRIMARY KEY (snapshot_hash, ordinal)
);

CREATE TABLE run (
    sequence BIGINT NOT NULL PRIMARY KEY,
    id TEXT COLLATE "C" NOT NULL UNIQUE,
    plan_id TEXT COLLATE "C" NOT NULL,
    plan_version BIGINT NOT NULL,
    organisation TEXT COLLATE "C" NOT NULL,
    snapshot_hash TEXT COLLATE "C" NOT NULL REFERENCES snapshot (hash),
    look BIGINT NOT NULL CHECK (look >= 1),
    state BIGINT NOT NULL,
    stage BIGINT NOT NULL,
    epoch BIGINT NOT NULL,
    error TEXT COLLATE "C",
    queued_at TEXT COLLATE "C" NOT NULL,
    finished_at TEXT COLLATE "C",
    UNIQUE (plan_id, plan_version, snapshot_hash, look),
    FOREIGN KEY (plan_id, plan_version) REFERENCES plan (id, version)
);

CREATE INDEX run_newest ON run (queued_at, id);
CREATE INDEX run_by_organisation ON run (organisation, queued_at, id);
CREATE INDEX run_by_state ON run (state, sequence);

-- At full precision; nothing that faces readers may select from it.
CREATE TABLE run_result (
    run_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES run (id),
    body BYTEA NOT NULL
);

CREATE TABLE release (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    run_id TEXT COLLATE "C" NOT NULL REFERENCES run (id),
    organisation TEXT COLLATE "C" NOT NULL,
    plan_id TEXT COLLATE "C" NOT NULL,
    method TEXT COLLATE "C" NOT NULL,
    measure TEXT COLLATE "C" NOT NULL,
    role BIGINT NOT NULL,
    status BIGINT NOT NULL,
    audience BIGINT NOT NULL,
    rule_version TEXT COLLATE "C" NOT NULL,
    body BYTEA NOT NULL
);

CREATE INDEX release_by_run ON release (run_id, name);

-- Whose releases are the plan's current ones: those of the newest version, look and run that has succeeded.
CREATE TABLE plan_current (
    plan_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    plan_version BIGINT NOT NULL,
    look BIGINT NOT NULL,
    run_sequence BIGINT NOT NULL,
    run_id TEXT COLLATE "C" NOT NULL REFERENCES run (id)
);

CREATE TABLE access_token (
    token_sha256 TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    organisation TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    roles TEXT COLLATE "C" NOT NULL,
    expires_at TEXT COLLATE "C" NOT NULL
);
