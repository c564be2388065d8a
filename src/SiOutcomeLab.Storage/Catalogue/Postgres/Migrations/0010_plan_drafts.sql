-- A draft's identifier is its organisation's own matter: nobody learns from a name being taken that another has a draft of it.
-- Nothing has been written to the table before now.
DROP TABLE plan_draft;

CREATE TABLE plan_draft (
    organisation TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    content TEXT COLLATE "C" NOT NULL,
    saved_by TEXT COLLATE "C" NOT NULL,
    saved_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (organisation, id)
);
