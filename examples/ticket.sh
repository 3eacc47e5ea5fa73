#!/bin/sh
# The text of a support ticket out of a customer's bundle: the facts that a ticket begins with, then the documents.
#
#   ticket.sh BUNDLE.zip >ticket.txt
#
# A bundle is what `opensim doctor --bundle FILE` writes. opensim reads it strictly: what is none of its bundles ends with
# exit 2 and its reason, and nothing of it is used. Needs jq.
set -u

[ $# -eq 1 ] || { printf 'Usage: %s BUNDLE.zip\n' "$0" >&2; exit 2; }
bundle=$1

# Read for its reason alone: with --json a refusal would be a document, too.
opensim report --document status "$bundle" >/dev/null || exit
status=$(opensim --json report --document status "$bundle") || exit
printf '%s\n' "$status" | jq -r '
    def clean: tostring | gsub("[[:cntrl:]]"; "?");
    def known: . // "unknown" | clean;
    "Subject: \(if .modem then "\(.modem.manufacturer | known) \(.modem.model | known)" else "no modem" end): \(.error.code // "no error" | clean)",
    "",
    "opensim:  \(.opensim | known), \(.at | known)",
    "Modem:    \(.modem.model | known), firmware \(.modem.revision | known), \(.modem.dialect | known) over \(.modem.backend | known)",
    "SIM card: \(.sim.state | known)",
    "Network:  \(.registration.state | known), \(.registration.operator_name | known) (\(.registration.plmn | known))",
    "Signal:   \(.radio.rsrp_dbm | known) dBm, \(.radio.quality | known), band \(.radio.band | known), cell \(.radio.cell_id | known)",
    "Warnings: \([.warnings[].code] | if . == [] then "none" else join(", ") | clean end)",
    ""' || exit
opensim report "$bundle"
