-- When what readers see of a release last changed: published, replaced by a later result, or the standing of its data. Later commits have
-- later times, whatever the clocks say, so that a reader who goes on from a time misses nothing. And the calendar months in which its
-- participations started, counted from year 0.
ALTER TABLE release ADD COLUMN changed_at TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE release ADD COLUMN first_month BIGINT NOT NULL DEFAULT 0;
ALTER TABLE release ADD COLUMN last_month BIGINT NOT NULL DEFAULT 0;

UPDATE release SET changed_at = (SELECT COALESCE(r.finished_at, r.queued_at) FROM run r WHERE r.id = release.run_id);

-- What was released before there were looks, or at a look before the last, tells its plan's whole window here.
UPDATE release SET
    first_month = (
        SELECT CAST(substr(p.first_index, 1, 4) AS BIGINT) * 12 + CASE WHEN length(p.first_index) = 4 THEN 0 WHEN substr(p.first_index, 6, 1) = 'Q' THEN (CAST(substr(p.first_index, 7, 1) AS BIGINT) - 1) * 3 ELSE CAST(substr(p.first_index, 6, 2) AS BIGINT) - 1 END FROM (SELECT r.id AS run_id, q.canonical_json::jsonb ->> 'FirstIndex' AS first_index, q.canonical_json::jsonb ->> 'LastIndex' AS last_index FROM run r JOIN plan q ON q.id = r.plan_id AND q.version = r.plan_version) p
        WHERE p.run_id = release.run_id),
    last_month = (
        SELECT CAST(substr(p.last_index, 1, 4) AS BIGINT) * 12 + CASE WHEN length(p.last_index) = 4 THEN 0 WHEN substr(p.last_index, 6, 1) = 'Q' THEN (CAST(substr(p.last_index, 7, 1) AS BIGINT) - 1) * 3 ELSE CAST(substr(p.last_index, 6, 2) AS BIGINT) - 1 END + CASE WHEN length(p.last_index) = 4 THEN 11 WHEN substr(p.last_index, 6, 1) = 'Q' THEN 2 ELSE 0 END FROM (SELECT r.id AS run_id, q.canonical_json::jsonb ->> 'FirstIndex' AS first_index, q.canonical_json::jsonb ->> 'LastIndex' AS last_index FROM run r JOIN plan q ON q.id = r.plan_id AND q.version = r.plan_version) p
        WHERE p.run_id = release.run_id);

CREATE INDEX release_by_change ON release (changed_at, name);
