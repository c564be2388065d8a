-- A subject holds a role by a row here, whatever proves who it is: a certificate, or a signed token.
CREATE TABLE role_grant (
    organisation TEXT NOT NULL,
    subject TEXT NOT NULL,
    role INTEGER NOT NULL,
    granted_by TEXT NOT NULL,
    granted_at TEXT NOT NULL,
    PRIMARY KEY (organisation, subject, role)
) STRICT;

-- Credentials that work no longer, though their own dates say otherwise. Kinds are those of CredentialKind.
CREATE TABLE revoked_credential (
    kind INTEGER NOT NULL,
    value TEXT NOT NULL,
    reason TEXT NOT NULL,
    revoked_by TEXT NOT NULL,
    revoked_at TEXT NOT NULL,
    PRIMARY KEY (kind, value)
) STRICT;

-- Each entry's hash covers the entry and the hash before it. No row values, pseudonyms or tokens, ever.
CREATE TABLE audit_entry (
    sequence INTEGER NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    organisation TEXT NOT NULL,
    subject TEXT NOT NULL,
    authentication INTEGER NOT NULL,
    call TEXT NOT NULL,
    resource TEXT NOT NULL,
    outcome TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count >= 1),
    hash TEXT NOT NULL
) STRICT;

CREATE INDEX audit_entry_by_organisation ON audit_entry (organisation, sequence);

-- Against slips of a hand, not against one who owns the file: that is what the hashes are for.
CREATE TRIGGER audit_entry_is_not_changed BEFORE UPDATE ON audit_entry
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_entry_is_not_removed BEFORE DELETE ON audit_entry
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

-- The last entry, told apart from the entries, so that entries cut off at the end are missed.
CREATE TABLE audit_head (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    sequence INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;

INSERT INTO audit_head (id, sequence, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
