-- Homes whose carrier in use did not suffice when it was last measured (less than 200 kbit/s, a call that is too poor), or that
-- has no network any more, and which carrier measured then would serve them.
WITH kept AS (
  SELECT site, partner, postcode, day, seen_at, carrier, in_use, verdict, rank, down_bps, up_bps, down_low_bps
  FROM surveys
  WHERE day >= :since AND day < :until
    AND (:place IS NULL OR postcode LIKE :place)
    AND (:partner IS NULL OR partner = :partner)),
latest AS (
  SELECT site AS home, max(seen_at) AS told_at
  FROM kept
  WHERE verdict IN ('suitable', 'uncertain', 'unsuitable') OR (in_use AND verdict = 'unavailable')
  GROUP BY site),
told AS (
  SELECT site, partner, postcode, day, carrier, in_use, verdict, rank, down_bps, up_bps, down_low_bps
  FROM kept JOIN latest ON home = site AND told_at = seen_at),
other AS (
  SELECT site AS home, carrier AS instead, down_low_bps AS instead_low_bps,
         row_number() OVER (PARTITION BY site ORDER BY rank NULLS LAST, carrier) AS standing
  FROM told WHERE verdict = 'suitable' AND NOT in_use)
SELECT u.site, u.partner, u.postcode, u.day, u.carrier, u.verdict, u.down_bps, u.up_bps, o.instead, o.instead_low_bps
FROM told u LEFT JOIN other o ON o.home = u.site AND o.standing = 1
WHERE u.in_use AND (u.down_bps < 200000 OR u.up_bps < 200000 OR u.verdict IN ('unsuitable', 'unavailable'))
ORDER BY u.site, u.carrier
