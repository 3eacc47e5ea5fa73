-- Which carrier suits at which place: every carrier that at least :min_sites homes of a commune were surveyed for, the best
-- first. "suitable" is of the surveys that measured it; levels and rates are a mean over homes, each home counting once.
WITH by_site AS (
  SELECT site, postcode, carrier,
         sum(CASE WHEN verdict = 'suitable' THEN 1 ELSE 0 END) AS good,
         sum(CASE WHEN verdict = 'not_measured' THEN 0 ELSE 1 END) AS measured,
         count(*) AS n, avg(down_low_bps) AS low, avg(rsrp_dbm) AS rsrp
  FROM surveys
  WHERE day >= :since AND day < :until AND postcode IS NOT NULL
    AND (:place IS NULL OR postcode LIKE :place)
    AND (:partner IS NULL OR partner = :partner)
  GROUP BY site, postcode, carrier),
by_place AS (
  SELECT postcode, carrier, count(*) AS sites, CAST(sum(n) AS BIGINT) AS n, CAST(sum(good) AS BIGINT) AS good,
         CAST(sum(measured) AS BIGINT) AS measured, avg(low) AS low, avg(rsrp) AS rsrp
  FROM by_site GROUP BY postcode, carrier HAVING count(*) >= :min_sites),
shared AS (
  SELECT postcode, carrier, sites, n, low, rsrp,
         CASE WHEN measured > 0 THEN round(CAST(good AS DOUBLE) / measured, 6) END AS suitable
  FROM by_place)
SELECT postcode,
       row_number() OVER (PARTITION BY postcode
                          ORDER BY suitable DESC NULLS LAST, round(low, 0) DESC NULLS LAST, carrier) AS standing,
       carrier, sites, n AS surveys, suitable, low AS down_low_bps, rsrp AS rsrp_dbm
FROM shared
ORDER BY postcode, standing
