-- What got worse in the last week, from :week on, against the four weeks before, beyond noise: a level that fell by 6 dB and
-- more than chance explains ("weaker"), or a carrier that was nearly always there and hardly is any more ("gone"). The second
-- is not seen by levels: what is gone has none.
WITH counted AS (
  SELECT site, carrier, max(partner) AS whose, max(postcode) AS place,
         sum(CASE WHEN day >= :week THEN 1 ELSE 0 END) AS v1,
         sum(CASE WHEN day < :week THEN 1 ELSE 0 END) AS v0,
         count(CASE WHEN day >= :week THEN rsrp_dbm END) AS n1,
         count(CASE WHEN day < :week THEN rsrp_dbm END) AS n0,
         avg(CASE WHEN day >= :week THEN rsrp_dbm END) AS m1,
         avg(CASE WHEN day < :week THEN rsrp_dbm END) AS m0,
         stddev_samp(CASE WHEN day >= :week THEN rsrp_dbm END) AS s1,
         stddev_samp(CASE WHEN day < :week THEN rsrp_dbm END) AS s0
  FROM surveys
  WHERE day >= :since AND day < :until
    AND (:place IS NULL OR postcode LIKE :place)
    AND (:partner IS NULL OR partner = :partner)
  GROUP BY site, carrier),
judged AS (
  SELECT site, whose, place, carrier, m0, m1, v0, v1, n0, n1,
         round(m1 - m0, 6) AS change,
         CASE WHEN n1 >= 3 AND n0 >= 7
              THEN round((m1 - m0) / sqrt(s1 * s1 / n1 + s0 * s0 / n0 + 0.01), 6) END AS z
  FROM counted)
SELECT site, whose AS partner, place AS postcode, carrier,
       CASE WHEN n1 * 10 <= v1 * 3 THEN 'gone' ELSE 'weaker' END AS how,
       m0 AS before_dbm, m1 AS now_dbm, change AS change_db, n0 AS seen_before, n1 AS seen_now,
       CAST(v1 AS BIGINT) AS surveys_now, z
FROM judged
WHERE (change <= -6 AND z <= -4.5) OR (n0 * 10 >= v0 * 9 AND v0 >= 7 AND v1 >= 3 AND n1 * 10 <= v1 * 3)
ORDER BY site, carrier
