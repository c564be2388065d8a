-- Times are text in UTC, yyyy-MM-ddTHH:mm:ss.fffffffZ, so that they keep every digit, sort as text and read well.
-- Enumerations are their numbers in SiOutcomeLab.Domain and SiOutcomeLab.Disclosure.

-- One row per gap-free number that is given out in the order of commits.
CREATE TABLE counter (
    name TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;

INSERT INTO counter (name, value) VALUES ('submission', 0), ('run', 0);

CREATE TABLE submission (
    sequence INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    organisation TEXT NOT NULL,
    project TEXT NOT NULL,
    period_length INTEGER NOT NULL,
    first_period TEXT NOT NULL,
    last_period TEXT NOT NULL,
    -- The calendar months covered, counted from year 0: periods of different lengths compare by them.
    first_month INTEGER NOT NULL,
    last_month INTEGER NOT NULL CHECK (last_month >= first_month),
    allowed_uses INTEGER NOT NULL,
    policy INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    manifest TEXT NOT NULL,
    observations_sha256 TEXT NOT NULL,
    observations_bytes INTEGER NOT NULL,
    observation_rows INTEGER NOT NULL,
    participations_sha256 TEXT,
    participations_bytes INTEGER,
    participation_rows INTEGER NOT NULL,
    warnings TEXT NOT NULL,
    committed_at TEXT NOT NULL,
    UNIQUE (organisation, project, content_hash),
    CHECK ((participations_sha256 IS NULL) = (participations_bytes IS NULL))
) STRICT;

CREATE INDEX submission_by_owner ON submission (organisation, sequence);
CREATE INDEX submission_by_project ON submission (project, sequence);

CREATE TABLE intervention (
    organisation TEXT NOT NULL,
    code TEXT NOT NULL,
    method TEXT NOT NULL,
    name_sv TEXT NOT NULL,
    name_en TEXT NOT NULL,
    -- Decimal digits as text: money is never a binary fraction.
    cost_per_participant_sek TEXT,
    price_year INTEGER,
    PRIMARY KEY (organisation, code)
) STRICT;

CREATE TABLE plan (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    organisation TEXT NOT NULL,
    hash TEXT NOT NULL,
    canonical_json TEXT NOT NULL,
    timing INTEGER NOT NULL,
    look_due_on TEXT NOT NULL,
    registered_by TEXT NOT NULL,
    registered_at TEXT NOT NULL,
    PRIMARY KEY (id, version)
) STRICT;

CREATE INDEX plan_by_organisation ON plan (organisation, id);

CREATE TABLE snapshot (
    hash TEXT NOT NULL PRIMARY KEY,
    project TEXT NOT NULL
) STRICT;

CREATE TABLE snapshot_submission (
    snapshot_hash TEXT NOT NULL REFERENCES snapshot (hash),
    ordinal INTEGER NOT NULL,
    submission_id TEXT NOT NULL REFERENCES submission (id),
    PRIMARY KEY (snapshot_hash, ordinal)
) STRICT;

CREATE TABLE run (
    sequence INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    plan_id TEXT NOT NULL,
    plan_version INTEGER NOT NULL,
    organisation TEXT NOT NULL,
    snapshot_hash TEXT NOT NULL REFERENCES snapshot (hash),
    look INTEGER NOT NULL CHECK (look >= 1),
    state INTEGER NOT NULL,
    stage INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    error TEXT,
    queued_at TEXT NOT NULL,
    finished_at TEXT,
    UNIQUE (plan_id, plan_version, snapshot_hash, look),
    FOREIGN KEY (plan_id, plan_version) REFERENCES plan (id, version)
) STRICT;

CREATE INDEX run_newest ON run (queued_at, id);
CREATE INDEX run_by_organisation ON run (organisation, queued_at, id);
CREATE INDEX run_by_state ON run (state, sequence);

-- At full precision; nothing that faces readers may select from it.
CREATE TABLE run_result (
    run_id TEXT NOT NULL PRIMARY KEY REFERENCES run (id),
    body BLOB NOT NULL
) STRICT;

CREATE TABLE release (
    name TEXT NOT NULL PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES run (id),
    organisation TEXT NOT NULL,
    plan_id TEXT NOT NULL,
    method TEXT NOT NULL,
    measure TEXT NOT NULL,
    role INTEGER NOT NULL,
    status INTEGER NOT NULL,
    audience INTEGER NOT NULL,
    rule_version TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE INDEX release_by_run ON release (run_id, name);

-- Whose releases are the plan's current ones: those of the newest version, look and run that has succeeded.
CREATE TABLE plan_current (
    plan_id TEXT NOT NULL PRIMARY KEY,
    plan_version INTEGER NOT NULL,
    look INTEGER NOT NULL,
    run_sequence INTEGER NOT NULL,
    run_id TEXT NOT NULL REFERENCES run (id)
) STRICT;

CREATE TABLE access_token (
    token_sha256 TEXT NOT NULL PRIMARY KEY,
    organisation TEXT NOT NULL,
    subject TEXT NOT NULL,
    roles TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;
