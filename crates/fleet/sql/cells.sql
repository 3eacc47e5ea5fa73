-- Cells that at least :min_sites homes hang on: what one failing mast would take away.
WITH used AS (
  SELECT DISTINCT plmn, carrier, cell_id, site
  FROM surveys
  WHERE day >= :since AND day < :until AND cell_id IS NOT NULL
    AND (:place IS NULL OR postcode LIKE :place)
    AND (:partner IS NULL OR partner = :partner))
SELECT carrier, plmn, cell_id, count(*) AS sites
FROM used
GROUP BY carrier, plmn, cell_id
HAVING count(*) >= 2 AND count(*) >= :min_sites
ORDER BY sites DESC, carrier, plmn NULLS LAST, cell_id
LIMIT 500
