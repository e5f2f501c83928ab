extension CaseSchema {
  /// People, identifications, disclosures, notices, holds and erasures.
  static let version3 = """
    -- Whoever was ever registered; an id is never given to another person.
    CREATE TABLE person (
      id TEXT PRIMARY KEY, roles TEXT NOT NULL, rank TEXT, verifier TEXT NOT NULL,
      added_at TEXT NOT NULL, removed_at TEXT
    ) STRICT;

    -- Rule sets and calendars as they were used, known by the hash of their bytes.
    CREATE TABLE rule_set (
      sha256 TEXT PRIMARY KEY, version TEXT NOT NULL, toml TEXT NOT NULL, added_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE calendar (
      id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, source TEXT NOT NULL, json TEXT NOT NULL,
      added_at TEXT NOT NULL
    ) STRICT;

    CREATE TABLE identification (
      id INTEGER PRIMARY KEY,
      cluster TEXT NOT NULL, run TEXT NOT NULL,
      -- JSON array of account ids, as the cluster had them when the record began.
      members TEXT NOT NULL, opened_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE identification_step (
      identification INTEGER NOT NULL REFERENCES identification, ordinal INTEGER NOT NULL,
      action TEXT NOT NULL, state TEXT NOT NULL, at INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
      who TEXT NOT NULL, content TEXT, log_entry INTEGER NOT NULL REFERENCES log_entry,
      PRIMARY KEY (identification, ordinal)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE disclosure (
      id INTEGER PRIMARY KEY,
      identification INTEGER NOT NULL REFERENCES identification, parent INTEGER REFERENCES disclosure,
      -- The force's reference of the victim, never the name; NULL once erased.
      victim TEXT, unit TEXT NOT NULL, authority TEXT NOT NULL, rules TEXT NOT NULL REFERENCES rule_set,
      is_enhanced INTEGER NOT NULL, opened_at TEXT NOT NULL, log_entry INTEGER NOT NULL REFERENCES log_entry
    ) STRICT;
    CREATE UNIQUE INDEX disclosure_victim ON disclosure (identification, victim, coalesce(parent, 0));
    CREATE TABLE disclosure_step (
      disclosure INTEGER NOT NULL REFERENCES disclosure, ordinal INTEGER NOT NULL,
      action TEXT NOT NULL, state TEXT NOT NULL, at INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
      who TEXT NOT NULL, content TEXT, log_entry INTEGER NOT NULL REFERENCES log_entry,
      PRIMARY KEY (disclosure, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE notice (
      id INTEGER PRIMARY KEY,
      disclosure INTEGER NOT NULL REFERENCES disclosure, is_correction INTEGER NOT NULL,
      -- The step that it rests on: a notice made before another decision is not handed over.
      step INTEGER NOT NULL, sha256 TEXT NOT NULL UNIQUE, text_sha256 TEXT NOT NULL, made_at TEXT NOT NULL,
      log_entry INTEGER NOT NULL REFERENCES log_entry
    ) STRICT;

    -- What a court or a disclosure officer wants kept: '' holds the whole case.
    CREATE TABLE legal_hold (
      id INTEGER PRIMARY KEY, subject TEXT NOT NULL, reason TEXT NOT NULL, reference TEXT NOT NULL,
      placed_at TEXT NOT NULL, placed_by TEXT NOT NULL, lifted_at TEXT, lifted_by TEXT
    ) STRICT;
    -- Accounts that are not shown or linked any more ('restrict'), or whose content is gone ('erase').
    CREATE TABLE withdrawal (
      account INTEGER PRIMARY KEY REFERENCES account, kind TEXT NOT NULL CHECK (kind IN ('restrict', 'erase')),
      at TEXT NOT NULL, log_entry INTEGER NOT NULL REFERENCES log_entry
    ) STRICT;
    """
}
