-- Uploads, projects with their keys, and a submission's life. SQLite cannot drop a constraint, so the two tables that stand in the way
-- are made anew; nothing else refers to them.
CREATE TABLE submission_kept AS SELECT * FROM submission;
CREATE TABLE snapshot_submission_kept AS SELECT * FROM snapshot_submission;
DROP TABLE snapshot_submission;
DROP TABLE submission;

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
    -- Its life: 1 live, 2 superseded, 3 withdrawn.
    state INTEGER NOT NULL,
    ended_at TEXT,
    supersedes TEXT REFERENCES submission (id),
    pseudonym_key TEXT,
    retain_until TEXT,
    purged_at TEXT,
    erased_rows INTEGER NOT NULL,
    figures TEXT,
    -- What its sender was answered, byte for byte.
    receipt BLOB,
    CHECK ((participations_sha256 IS NULL) = (participations_bytes IS NULL)),
    CHECK ((state = 1) = (ended_at IS NULL))
) STRICT;

INSERT INTO submission (
    sequence, id, organisation, project, period_length, first_period, last_period, first_month, last_month, allowed_uses, policy,
    content_hash, manifest, observations_sha256, observations_bytes, observation_rows, participations_sha256, participations_bytes,
    participation_rows, warnings, committed_at, state, erased_rows)
SELECT
    sequence, id, organisation, project, period_length, first_period, last_period, first_month, last_month, allowed_uses, policy,
    content_hash, manifest, observations_sha256, observations_bytes, observation_rows, participations_sha256, participations_bytes,
    participation_rows, warnings, committed_at, 1, 0
FROM submission_kept;

-- The same content may come again once it has been withdrawn.
CREATE UNIQUE INDEX submission_live_content ON submission (organisation, project, content_hash) WHERE state = 1;
CREATE INDEX submission_by_owner ON submission (organisation, sequence);
CREATE INDEX submission_by_project ON submission (project, sequence);

CREATE TABLE snapshot_submission (
    snapshot_hash TEXT NOT NULL REFERENCES snapshot (hash),
    ordinal INTEGER NOT NULL,
    submission_id TEXT NOT NULL REFERENCES submission (id),
    PRIMARY KEY (snapshot_hash, ordinal)
) STRICT;

INSERT INTO snapshot_submission (snapshot_hash, ordinal, submission_id)
SELECT snapshot_hash, ordinal, submission_id FROM snapshot_submission_kept;

CREATE INDEX snapshot_submission_by_submission ON snapshot_submission (submission_id);

DROP TABLE snapshot_submission_kept;
DROP TABLE submission_kept;

CREATE TABLE project (
    code TEXT NOT NULL PRIMARY KEY,
    -- Whether the submitters' key is settled; it is by the first submission, which may have named none.
    is_pinned INTEGER NOT NULL,
    pseudonym_key TEXT,
    -- The hub's key for the project's persons, wrapped by a key that is not here.
    wrapped_person_key BLOB
) STRICT;

INSERT INTO project (code, is_pinned) SELECT DISTINCT project, 1 FROM submission;

CREATE TABLE upload (
    id TEXT NOT NULL PRIMARY KEY,
    organisation TEXT NOT NULL,
    project TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    manifest TEXT NOT NULL,
    declared_bytes INTEGER NOT NULL CHECK (declared_bytes >= 0),
    -- 1 open, 2 accepted, 3 refused, 4 cancelled, 5 expired, 6 poisoned.
    state INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    -- Gone with the end of the upload, and the files with it.
    wrapped_key BLOB,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    submission_id TEXT REFERENCES submission (id),
    outcome BLOB,
    CHECK ((state = 1) = (wrapped_key IS NOT NULL)),
    CHECK ((state = 2) = (submission_id IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX upload_open_content ON upload (organisation, project, content_hash) WHERE state = 1;
CREATE INDEX upload_by_owner ON upload (organisation, created_at, id);
CREATE INDEX upload_by_end ON upload (state, expires_at);
