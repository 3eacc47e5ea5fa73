-- Homes whose carrier in use carries less than 200 kbit/s, or nothing, at their last survey, and which carrier measured then
-- would serve them.
WITH recent AS (
  SELECT site, partner, postcode, day, seen_at, carrier, in_use, verdict, rank, down_bps, up_bps, down_low_bps,
         dense_rank() OVER (PARTITION BY site ORDER BY seen_at DESC) AS age
  FROM surveys
  WHERE day >= :since AND day < :until
    AND (:place IS NULL OR postcode LIKE :place)
    AND (:partner IS NULL OR partner = :partner)),
other AS (
  SELECT site, carrier, down_low_bps,
         row_number() OVER (PARTITION BY site ORDER BY rank NULLS LAST, carrier) AS standing
  FROM recent WHERE age = 1 AND verdict = 'suitable' AND NOT in_use)
SELECT u.site, u.partner, u.postcode, u.day, u.carrier, u.verdict, u.down_bps, u.up_bps,
       o.carrier AS instead, o.down_low_bps AS instead_low_bps
FROM recent u LEFT JOIN other o ON o.site = u.site AND o.standing = 1
WHERE u.age = 1 AND u.in_use AND (u.down_bps < 200000 OR u.up_bps < 200000 OR u.verdict = 'unavailable')
ORDER BY u.site, u.carrier
