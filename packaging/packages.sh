# What Debian has and this machine has not, installed: for `.ci/run`, `packaging/cross.sh` and whoever sources that.
# shellcheck shell=bash

# packages NAME...: those of Debian that are missing, installed.
packages() {
    local missing=() package sudo=()
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ "${#missing[@]}" -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || {
            echo "missing: ${missing[*]}" >&2
            return 1
        }
        sudo=(sudo -n)
    fi
    "${sudo[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -qq -y --no-install-recommends "${missing[@]}" >&2
}
