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
    ModemManager >>"$out/manager.log" 2>&1 &
    manager=$!
    eventually 20 busctl_has org.freedesktop.ModemManager1
}

stop_manager() {
    stop_daemon manager
}

# stop_daemon VARIABLE: ends the task whose number the variable has, and empties it; false where none runs.
stop_daemon() {
    local -n task=$1
    [ -n "${task:-}" ] || return 1
    end_task "$task"
    task=
}

# The real daemon, left to dial modems and nothing else: the links of the other scenarios are no business of its.
start_network_manager() {
    cat >/run/network-manager.conf <<'END'
[main]
plugins=keyfile
dns=none
no-auto-default=*
[keyfile]
unmanaged-devices=*,except:type:gsm
END
    # Both kept in the guest's memory, where nothing of this machine's own is seen.
    mkdir -p /run/NetworkManager /var/lib/NetworkManager /etc/NetworkManager/system-connections
    mount -t tmpfs -o mode=700 none /etc/NetworkManager/system-connections
    # Without `--debug` it speaks to a system log that nobody keeps here.
    NetworkManager --debug --log-level=INFO --config=/run/network-manager.conf --config-dir=/run/none \
        >>"$out/network-manager.log" 2>&1 &
    network_manager=$!
    eventually 20 busctl_has org.freedesktop.NetworkManager
}

stop_network_manager() {
    stop_daemon network_manager || return 0
    umount /etc/NetworkManager/system-connections
}

# add_connection NAME: a mobile connection with a secret, that names no network and connects when it is told to.
add_connection() {
    nmcli connection add type gsm con-name "$1" ifname '*' apn opensim gsm.password secret \
        connection.autoconnect no ipv6.method disabled
}

# keeps_secret NAME: whether what is kept of a connection has its secret. The file is looked at: now and then
# `nmcli --show-secrets` shows none of a connection that is just coming up, and shows it again a moment later.
keeps_secret() {
    local file=/etc/NetworkManager/system-connections/$1.nmconnection
    grep -qx 'password=secret' "$file" || { echo "no secret in $file"; return 1; }
}

# known_to_network_manager: whether it shows a modem that it could dial.
known_to_network_manager() {
    nmcli -g TYPE,STATE device | grep -q '^gsm:disconnected'
}

# calls_up: whether its call over a modem is up.
calls_up() {
    nmcli -g TYPE,STATE device | grep -q '^gsm:connected$'
}

# names NAME PLMN: whether a connection names this network; none, where it is empty.
names() {
    local named
    named=$(nmcli -g gsm.network-id connection show "$1") || return 1
    [ "$named" = "$2" ] || { echo "names '$named', not '$2'"; return 1; }
}

# The real daemon. The bus starts it when somebody asks, where it can: its helper for that is root's to read, and this
# machine's root may be seen by another user. It leaves root's rights by itself.
start_polkit() {
    ! busctl_has org.freedesktop.PolicyKit1 || return 0
    /usr/lib/polkit-1/polkitd --no-debug >>"$out/polkit.log" 2>&1 &
    polkit=$!
    eventually 20 busctl_has org.freedesktop.PolicyKit1
}

stop_polkit() {
    stop_daemon polkit
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
