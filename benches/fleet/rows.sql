-- A fleet's surveys of one month, made by DuckDB: so many homes, a survey a day, three carriers. It is for size and time alone:
-- values are spread by hash, and nothing is to be learnt from them (crates/fleet/tests/engines/generate.rs has a planted truth).
-- Homes come in the order of their numbers and days within, which is the order of the files.
COPY (
WITH places AS (
  SELECT n, n // (3 * :days) AS home, (n // 3 % :days)::INT AS ago, (n % 3)::INT AS c FROM range(3 * :days * :homes::BIGINT) r(n)),
drawn AS (
  SELECT *, hash(home, 1) AS h, hash(home, c, 2) AS hc, hash(n, 3) AS hn, hash(home, ago, 4) AS hd FROM places),
levels AS (
  SELECT *, -72.0 - (hc % 480) / 10.0 + ((hn % 60) / 10.0 - 3.0) AS level,
         (h // 64 % (:homes // 12 + 1))::INT AS commune
  FROM drawn),
seen AS (
  SELECT *, level > -124.0 AS there, (level + 120.0) * 0.75 - 4.0 AS sinr, 90000 * exp((level + 124.0) * 0.11) AS down FROM levels)
SELECT printf('%016x', (hd >> 1)::BIGINT) AS doc, 1::SMALLINT AS schema_no, '0.1.0' AS opensim,
  ((:first + ago)::TIMESTAMP + to_seconds((21600 + hd % 50400)::INT)) AT TIME ZONE 'UTC' AS seen_at, :first + ago AS day,
  printf('%016x', home * (9000000000000000000 // :homes)) AS site,
  printf('p%04d', (pow(h % 1000000 / 1e6, 3) * 1300)::INT) AS partner,
  printf('%02d%03d', 1 + commune % 94, commune // 94 % 1000) AS postcode,
  ['BRE', 'PDL', 'NOR', 'CVL', 'IDF', 'HDF'][1 + commune % 6] AS region,
  ['bouygues', 'orange', 'sfr'][1 + c] AS carrier, ['20820', '20801', '20810'][1 + c] AS plmn,
  c = (h >> 20) % 3 AS in_use, CASE WHEN (h >> 30) % 33 = 0 THEN 'automatic' ELSE 'manual' END AS mode,
  (1 + (hc >> 40) % 3)::INT AS rank,
  CASE WHEN NOT there THEN 'unavailable' WHEN down > 260000 THEN 'suitable' WHEN down > 170000 THEN 'uncertain'
       ELSE 'unsuitable' END AS verdict,
  'lte' AS access, ['B20', 'B3', 'B7', 'B28'][1 + (hc >> 44)::BIGINT % 4] AS band,
  CASE WHEN there THEN (100000 * (1 + CASE WHEN (h >> 35) % 12 = 0 THEN 0 ELSE c END) + commune) * 256 + (hc >> 48) % 4 END :: BIGINT AS cell_id,
  CASE WHEN there THEN 100000 * (1 + c) + commune END :: INT AS enodeb, (commune % 94 * 10) :: INT AS tac, ((hc >> 20) % 504) :: INT AS pci,
  CASE WHEN there THEN round(level, 1) END :: DOUBLE AS rsrp_dbm, CASE WHEN there THEN round(-18 + sinr * 0.4, 1) END :: DOUBLE AS rsrq_db,
  CASE WHEN there THEN round(sinr, 1) END :: DOUBLE AS sinr_db, CASE WHEN there THEN 2.0 END :: DOUBLE AS spread_db,
  CASE WHEN there THEN round(down, -3) END :: BIGINT AS down_bps, CASE WHEN there THEN round(down * 0.82, -3) END :: BIGINT AS down_low_bps,
  CASE WHEN there THEN round(down * 1.2, -3) END :: BIGINT AS down_high_bps,
  CASE WHEN there THEN round(down * 0.4, -3) END :: BIGINT AS up_bps, CASE WHEN there THEN round(down * 0.33, -3) END :: BIGINT AS up_low_bps,
  CASE WHEN there THEN round(4.4 - greatest(4 - sinr, 0) * 0.2, 1) END :: DOUBLE AS mos,
  CASE WHEN there THEN 30.0 + (hn >> 8) % 40 END :: DOUBLE AS rtt_ms, CASE WHEN there THEN 0.0 END :: DOUBLE AS loss,
  CASE WHEN NOT there THEN 'radio.unusable' WHEN down > 260000 THEN '' WHEN down > 170000 THEN 'rate.uncertain' ELSE 'rate.below' END AS why
FROM seen
) TO ':file' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 3, ROW_GROUP_SIZE 122880);
