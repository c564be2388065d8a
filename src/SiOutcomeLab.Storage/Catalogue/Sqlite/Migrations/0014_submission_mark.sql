-- What tells whether a project's submissions are as they were: answered from the index, since the rows carry manifests and figures.
CREATE INDEX submission_mark ON submission (project, sequence, state, purged_at, erased_rows, last_erased_at, retain_until);
