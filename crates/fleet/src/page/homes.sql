-- A partner's homes, survey by survey and carrier by carrier. The point in time keeps two surveys of a day apart and is not shown.
SELECT site, postcode, CAST(seen_at AS STRING) AS survey, CAST(day AS STRING) AS day, mode, carrier, in_use, rank, verdict,
       rsrp_dbm, sinr_db, down_low_bps, up_low_bps, mos
FROM surveys
WHERE partner = :partner AND day >= :since AND day < :until
ORDER BY site, survey, rank NULLS LAST, carrier
