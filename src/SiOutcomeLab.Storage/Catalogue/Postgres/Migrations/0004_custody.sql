-- What a data owner may ask for later: erasure of a person. When rows were last erased, so that a result computed before can say so.
ALTER TABLE submission ADD COLUMN last_erased_at TEXT COLLATE "C";

-- Persons that may not come in again. A keyed digest of the hub's pseudonym: neither side can tell from it who it is.
CREATE TABLE erased_person (
    project TEXT COLLATE "C" NOT NULL,
    organisation TEXT COLLATE "C" NOT NULL,
    digest BYTEA NOT NULL,
    erased_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (project, organisation, digest)
);
