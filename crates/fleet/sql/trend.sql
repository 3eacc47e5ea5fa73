-- Month by month, region and carrier, where at least :min_sites homes were surveyed.
SELECT month, region, carrier, count(DISTINCT site) AS sites, count(*) AS surveys,
       CAST(sum(CASE WHEN verdict = 'suitable' THEN 1 ELSE 0 END) AS DOUBLE)
         / nullif(sum(CASE WHEN verdict = 'not_measured' THEN 0 ELSE 1 END), 0) AS suitable,
       avg(rsrp_dbm) AS rsrp_dbm, avg(down_bps) AS down_bps
FROM surveys
WHERE day >= :since AND day < :until
  AND (:place IS NULL OR postcode LIKE :place)
  AND (:partner IS NULL OR partner = :partner)
GROUP BY month, region, carrier
HAVING count(DISTINCT site) >= :min_sites
ORDER BY month, region NULLS LAST, carrier
