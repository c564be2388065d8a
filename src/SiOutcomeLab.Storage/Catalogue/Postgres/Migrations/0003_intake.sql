-- Uploads, projects with their keys, and a submission's life.
ALTER TABLE submission
    -- Its life: 1 live, 2 superseded, 3 withdrawn.
    ADD COLUMN state BIGINT NOT NULL DEFAULT 1,
    ADD COLUMN ended_at TEXT COLLATE "C",
    ADD COLUMN supersedes TEXT COLLATE "C" REFERENCES submission (id),
    ADD COLUMN pseudonym_key TEXT COLLATE "C",
    ADD COLUMN retain_until TEXT COLLATE "C",
    ADD COLUMN purged_at TEXT COLLATE "C",
    ADD COLUMN erased_rows BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN figures TEXT COLLATE "C",
    -- What its sender was answered, byte for byte.
    ADD COLUMN receipt BYTEA,
    ADD CONSTRAINT submission_end CHECK ((state = 1) = (ended_at IS NULL)),
    DROP CONSTRAINT submission_content;

ALTER TABLE submission ALTER COLUMN state DROP DEFAULT, ALTER COLUMN erased_rows DROP DEFAULT;

-- The same content may come again once it has been withdrawn.
CREATE UNIQUE INDEX submission_live_content ON submission (organisation, project, content_hash) WHERE state = 1;
CREATE INDEX snapshot_submission_by_submission ON snapshot_submission (submission_id);

CREATE TABLE project (
    code TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whether the submitters' key is settled; it is by the first submission, which may have named none.
    is_pinned BIGINT NOT NULL,
    pseudonym_key TEXT COLLATE "C",
    -- The hub's key for the project's persons, wrapped by a key that is not here.
    wrapped_person_key BYTEA
);

INSERT INTO project (code, is_pinned) SELECT DISTINCT project, 1 FROM submission;

CREATE TABLE upload (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    organisation TEXT COLLATE "C" NOT NULL,
    project TEXT COLLATE "C" NOT NULL,
    content_hash TEXT COLLATE "C" NOT NULL,
    manifest TEXT COLLATE "C" NOT NULL,
    declared_bytes BIGINT NOT NULL CHECK (declared_bytes >= 0),
    -- 1 open, 2 accepted, 3 refused, 4 cancelled, 5 expired, 6 poisoned.
    state BIGINT NOT NULL,
    epoch BIGINT NOT NULL,
    -- Gone with the end of the upload, and the files with it.
    wrapped_key BYTEA,
    created_at TEXT COLLATE "C" NOT NULL,
    expires_at TEXT COLLATE "C" NOT NULL,
    submission_id TEXT COLLATE "C" REFERENCES submission (id),
    outcome BYTEA,
    CHECK ((state = 1) = (wrapped_key IS NOT NULL)),
    CHECK ((state = 2) = (submission_id IS NOT NULL))
);

CREATE UNIQUE INDEX upload_open_content ON upload (organisation, project, content_hash) WHERE state = 1;
CREATE INDEX upload_by_owner ON upload (organisation, created_at, id);
CREATE INDEX upload_by_end ON upload (state, expires_at);
