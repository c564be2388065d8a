-- A plan's looks by their dates, the final one last.
CREATE TABLE plan_look (
    plan_id TEXT COLLATE "C" NOT NULL,
    plan_version BIGINT NOT NULL,
    look BIGINT NOT NULL CHECK (look >= 1),
    due_on TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (plan_id, plan_version, look),
    FOREIGN KEY (plan_id, plan_version) REFERENCES plan (id, version)
);

CREATE INDEX plan_look_by_date ON plan_look (due_on, plan_id, look);

INSERT INTO plan_look (plan_id, plan_version, look, due_on) SELECT id, version, 1, look_due_on FROM plan;

-- A plan that is not registered yet: its organisation may change it as it likes.
CREATE TABLE plan_draft (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    organisation TEXT COLLATE "C" NOT NULL,
    canonical_json TEXT COLLATE "C" NOT NULL,
    saved_by TEXT COLLATE "C" NOT NULL,
    saved_at TEXT COLLATE "C" NOT NULL
);

CREATE INDEX plan_draft_by_organisation ON plan_draft (organisation, id);

-- A plan that runs no more.
CREATE TABLE plan_closed (
    plan_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    reason TEXT COLLATE "C" NOT NULL,
    closed_by TEXT COLLATE "C" NOT NULL,
    closed_at TEXT COLLATE "C" NOT NULL
);
