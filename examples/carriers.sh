#!/bin/sh
# One line a carrier out of a survey, best first, by jq: rank, name, verdict, signal (RSRP), cell.
#
#   opensim scan --radio-only --json | carriers.sh
#   carriers.sh scan.json
#
# Columns are divided by tabs; what is unknown is a dash. It is one jq line, to be taken into other scripts.
set -u

exec jq -r '.carriers[] | [.rank, .name, .verdict, (.radio.rsrp_dbm // "-"), (.radio.cell_id // "-")] | @tsv' "$@"
