-- A partner's own homes, month by month and by carrier.
SELECT month, carrier, count(DISTINCT site) AS sites, count(*) AS surveys,
       CAST(sum(CASE WHEN verdict = 'suitable' THEN 1 ELSE 0 END) AS DOUBLE)
         / nullif(sum(CASE WHEN verdict = 'not_measured' THEN 0 ELSE 1 END), 0) AS suitable,
       avg(down_low_bps) AS down_low_bps, avg(mos) AS mos
FROM surveys
WHERE partner = :partner AND day >= :since AND day < :until
  AND (:place IS NULL OR postcode LIKE :place)
GROUP BY month, carrier
ORDER BY month, carrier
