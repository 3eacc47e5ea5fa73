CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) STRICT;
-- The oldest version of this schema whose program still reads and adds to it.
INSERT INTO meta VALUES ('min_reader', '1');

CREATE TABLE document(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash BLOB NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  schema_no INTEGER NOT NULL,
  at INTEGER NOT NULL,
  opensim TEXT NOT NULL,
  place TEXT,
  modem TEXT,
  demonstration INTEGER NOT NULL,
  -- The carrier that a switch was to, the interface that was measured.
  subject TEXT,
  -- How a switch ended, what a measurement came to.
  outcome TEXT,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX document_at ON document(at DESC);
CREATE INDEX document_kind_at ON document(kind, at DESC);
CREATE INDEX document_place_at ON document(place, at DESC);

CREATE TABLE carrier(
  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  rank INTEGER NOT NULL,
  carrier TEXT NOT NULL,
  name TEXT NOT NULL,
  plmn TEXT NOT NULL,
  verdict TEXT NOT NULL,
  rsrp_dbm REAL,
  sinr_db REAL,
  spread_db REAL,
  quality TEXT,
  band TEXT,
  cell_id INTEGER,
  down_bps INTEGER,
  down_low_bps INTEGER,
  down_high_bps INTEGER,
  up_bps INTEGER,
  up_low_bps INTEGER,
  up_high_bps INTEGER,
  mos REAL,
  in_use INTEGER NOT NULL,
  PRIMARY KEY(document, carrier)
) STRICT, WITHOUT ROWID;
