-- Partners with homes whose modem chose its carrier by itself at the last survey: how many, and of how many.
WITH recent AS (
  SELECT site, partner, mode, row_number() OVER (PARTITION BY site ORDER BY seen_at DESC, carrier) AS age
  FROM surveys
  WHERE day >= :since AND day < :until AND mode IS NOT NULL
    AND (:place IS NULL OR postcode LIKE :place)
    AND (:partner IS NULL OR partner = :partner)),
counted AS (
  SELECT partner, CAST(sum(CASE WHEN mode = 'automatic' THEN 1 ELSE 0 END) AS BIGINT) AS sites, count(*) AS of_sites
  FROM recent WHERE age = 1 GROUP BY partner)
SELECT partner, sites, of_sites FROM counted WHERE sites > 0 ORDER BY sites DESC, partner NULLS LAST
