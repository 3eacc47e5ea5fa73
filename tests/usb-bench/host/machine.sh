# The emulated machine: its command line, its end, and nothing else. Sourced by `run`.
# shellcheck shell=bash

# The first line that the guest says, once its root is mounted and before anything is tried in it.
up='the machine is up'

# A start takes 4 s here and 7 on a busy machine; what takes longer than this, in seconds, has stopped.
start_time=60

# Runs the guest until it powers off. What it prints for people comes out here; the kernel's console goes to a file.
# Gives 124 when the budget ran out first, 125 when the machine never came up.
#
# An emulator with two threads now and then (one start of some hundreds) stops in the middle of the kernel's own start,
# where no line of this bench has run yet: such a machine is ended, said, and begun again, twice at the most. What goes
# wrong after the first line is the bench's to tell and is never begun again.
run_machine() {
    local cache=$1 results=$2 budget=$3 start status
    for start in 1 2 3; do
        status=0
        start_machine "$@" || status=$?
        [ "$status" -eq 125 ] || return "$status"
        echo "usb bench: start $start of the emulated machine stopped before its first line; its console ended with:"
        tail -n 3 "$results/console"
    done
    return 125
}

# One start of it. Gives 125 when the guest's first line did not come in time.
start_machine() {
    local cache=$1 results=$2 budget=$3 tree status=0 left
    tree=$(kernel_tree "$cache")
    left=$((budget > SECONDS ? budget - SECONDS : 1))
    local qemu=(
        qemu-system-x86_64 -accel tcg,thread=multi -smp 2 -m 1024 -cpu max
        -display none -monitor none -no-reboot -nic none
        -kernel "$tree/boot/vmlinuz-$(kernel_version)" -initrd "$cache/initramfs.gz"
        -append "console=ttyS0 loglevel=6 mitigations=off nokaslr audit=0 panic=-1 random.trust_cpu=on"
        -serial "file:$results/console" -serial "file:$results/said"
        -virtfs "local,path=/,mount_tag=root,security_model=none,readonly=on,multidevs=remap"
        -virtfs "local,path=$root,mount_tag=project,security_model=none,readonly=on,multidevs=remap"
        -virtfs "local,path=$results,mount_tag=results,security_model=none,multidevs=remap"
    )
    : >"$results/said"
    tail -n +1 -f "$results/said" &
    local tail=$!
    timeout --kill-after=5 "$left" "${qemu[@]}" </dev/null &
    local machine=$!
    # A run that is interrupted leaves no machine behind.
    # shellcheck disable=SC2064
    trap "kill $machine $tail 2>/dev/null" EXIT
    if ! came_up "$results/said" "$machine" && kill "$machine" 2>/dev/null; then
        wait "$machine" || true
        status=125
    else
        wait "$machine" || status=$?
    fi
    trap - EXIT
    # The last words have to come through before their reader goes.
    sleep 0.3
    kill "$tail" 2>/dev/null || true
    wait "$tail" 2>/dev/null || true
    return "$status"
}

# came_up SAID MACHINE: waits for the guest's first line; no longer than a start takes, nor than the machine lives.
came_up() {
    timeout "$start_time" grep -q -m 1 -F "$up" < <(tail --pid="$2" -n +1 -f "$1")
}
