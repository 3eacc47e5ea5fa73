-- One home's surveys, carrier by carrier.
SELECT seen_at, carrier, in_use, rank, verdict, rsrp_dbm, sinr_db, down_low_bps, up_low_bps, mos, cell_id
FROM surveys
WHERE site IN (:site) AND day >= :since AND day < :until
ORDER BY seen_at, rank NULLS LAST, carrier
