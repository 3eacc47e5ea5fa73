# Debian's kernel, unpacked beside the build without being installed, and the initial file system that reaches this
# machine's root from it. Sourced by `run`; holds nothing about USB or opensim.
# shellcheck shell=bash

# Programs that this machine must have, as `package` names that are missing, on one line; empty if all are there.
missing_programs() {
    local pair missing=''
    for pair in dpkg:dpkg apt-get:apt qemu-system-x86_64:qemu-system-x86 busybox:busybox-static cpio:cpio \
        depmod:kmod udevadm:udev dbus-daemon:dbus ModemManager:modemmanager ip:iproute2 pppd:ppp jq:jq; do
        PATH=$PATH:/usr/sbin:/sbin command -v "${pair%%:*}" >/dev/null || missing+=" ${pair##*:}"
    done
    printf '%s' "${missing# }"
}

# The package of the newest kernel that apt knows.
kernel_package() {
    apt-cache depends --important linux-image-amd64 2>/dev/null | awk '/Depends: linux-image/ { print $2; exit }'
}

kernel_version() {
    local package
    package=$(kernel_package)
    [ -n "$package" ] && printf '%s' "${package#linux-image-}"
}

# Where the kernel of this moment lies in the cache.
kernel_tree() {
    printf '%s/kernel-%s' "$1" "$(kernel_version)"
}

# What the guest can load. The rest of the package (graphics, sound, disks: nine tenths of it) stays packed.
kernel_parts() {
    local part
    printf '%s\n' './boot/vmlinuz-*' './lib/modules/*/modules.*'
    for part in drivers/usb drivers/virtio drivers/net/usb drivers/net/ppp drivers/net/slip drivers/net/mii.ko \
        drivers/net/ifb.ko drivers/net/veth.ko drivers/net/dummy.ko fs/9p fs/overlayfs fs/netfs fs/fscache fs/configfs \
        net/9p net/sched net/packet net/ipv4 net/llc lib; do
        printf './lib/modules/*/kernel/%s*\n' "$part"
    done
}

# Fetches and unpacks the kernel where that is not done yet.
fetch_kernel() {
    local cache=$1 tree fetched parts
    tree=$(kernel_tree "$cache")
    [ ! -e "$tree/ready" ] || return 0
    rm -rf "$tree" "$tree.fetched"
    mkdir -p "$tree.fetched" "$tree"
    echo "usb bench: fetching $(kernel_package)"
    # The download's own user may not write here; apt says so and goes on.
    (cd "$tree.fetched" && apt-get download -qq "$(kernel_package)" 2>&1 | grep -v _apt) || true
    fetched=$(find "$tree.fetched" -type f -name '*.deb' | head -n 1)
    [ -n "$fetched" ] || return 1
    mapfile -t parts < <(kernel_parts)
    # tar complains about a pattern that matches nothing, which differs from kernel to kernel.
    dpkg --fsys-tarfile "$fetched" | tar -x -C "$tree" --wildcards "${parts[@]}" 2>/dev/null || true
    [ -e "$tree/boot/vmlinuz-$(kernel_version)" ] || return 1
    PATH=$PATH:/usr/sbin:/sbin depmod -b "$tree" "$(kernel_version)"
    rm -rf "$tree.fetched"
    touch "$tree/ready"
}

# Packs what it takes to mount this machine's root in the guest: busybox, six modules, and an `init`.
make_initramfs() {
    local cache=$1 init=$2 tree work
    tree=$(kernel_tree "$cache")
    work=$(mktemp -d)
    mkdir -p "$work"/{bin,modules,proc,sys,dev,low,high,new}
    cp "$(command -v busybox)" "$work/bin/busybox"
    cp "$init" "$work/init"
    chmod +x "$work/init"
    local module path count=0
    for module in virtio_pci 9pnet_virtio 9p overlay; do
        while read -r path; do
            # Their order in the folder is the order in which they load.
            local name=${path##*/}
            compgen -G "$work/modules/*-$name" >/dev/null && continue
            cp "$path" "$work/modules/$(printf '%02d' "$count")-$name"
            count=$((count + 1))
        done < <(PATH=$PATH:/usr/sbin:/sbin modprobe -d "$tree" -S "$(kernel_version)" -D "$module" |
            awk '$1 == "insmod" { print $2 }')
    done
    (cd "$work" && find . | cpio --quiet -o -H newc | gzip -1) >"$cache/initramfs.gz"
    rm -rf "$work"
}
