# The near side of the cable: what a Debian desktop has running, and the modem's network link. Sourced by `main`.
# shellcheck shell=bash disable=SC2154

start_host() {
    local version
    version=$(uname -r)
    mkdir -p /lib/modules /run/dbus /run/lock /var/lib/ModemManager
    # Devices load their drivers by themselves, as on any Debian.
    mountpoint -q /lib/modules || { rm -rf "/lib/modules/$version" && ln -s "$modules/lib/modules/$version" /lib/modules/; }
    cp "$binary" /usr/local/bin/opensim
    mount -t devpts -o gid=5,mode=620 none /dev/pts 2>/dev/null || { mkdir -p /dev/pts && mount -t devpts none /dev/pts; }
    ip link set lo up
    hostname bench
    [ -s /etc/machine-id ] || dbus-uuidgen >/etc/machine-id
    /lib/systemd/systemd-udevd --daemon
    udevadm control --log-level=err
    dbus-daemon --system --fork --nopidfile
}

# The real daemon, on the real bus, told of devices by the real udev.
start_manager() {
    ModemManager >"$out/manager.log" 2>&1 &
    manager=$!
    eventually 20 busctl_has org.freedesktop.ModemManager1
}

stop_manager() {
    [ -n "${manager:-}" ] || return 0
    end_task "$manager"
    manager=
}

# busctl_has NAME: whether somebody on the system's bus has this name.
busctl_has() {
    dbus-send --system --print-reply --dest=org.freedesktop.DBus /org/freedesktop/DBus \
        org.freedesktop.DBus.NameHasOwner "string:$1" | grep -q 'boolean true'
}

# managed: whether ModemManager lists a modem.
managed() {
    mmcli -L | grep -q /Modem/
}

# tagged DEVICE: whether udev marked it for the user at the seat.
tagged() {
    udevadm info "$1" | grep -q 'TAGS=.*:uaccess:'
}

# shown_on PLMN: whether ModemManager shows the modem on this network.
shown_on() {
    mmcli -m any | grep -q "operator id.*$1"
}
