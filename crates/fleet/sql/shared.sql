-- Homes where two carriers came from one cell at the last survey that knew cells: to change from one to the other helps
-- little there.
WITH recent AS (
  SELECT site, partner, postcode, day, carrier, cell_id,
         dense_rank() OVER (PARTITION BY site ORDER BY seen_at DESC) AS age
  FROM surveys
  WHERE day >= :since AND day < :until AND cell_id IS NOT NULL
    AND (:place IS NULL OR postcode LIKE :place)
    AND (:partner IS NULL OR partner = :partner))
SELECT a.site, a.partner, a.postcode, a.day, a.carrier, b.carrier AS other, a.cell_id
FROM recent a JOIN recent b
  ON a.site = b.site AND a.cell_id = b.cell_id AND a.carrier < b.carrier AND a.age = 1 AND b.age = 1
ORDER BY a.site, a.carrier, other
