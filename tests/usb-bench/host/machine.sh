# The emulated machine: its command line, its end, and nothing else. Sourced by `run`.
# shellcheck shell=bash

# Runs the guest until it powers off. What it prints for people comes out here; the kernel's console goes to a file.
# Gives 124 when the budget ran out first.
run_machine() {
    local cache=$1 results=$2 budget=$3 tree status=0
    tree=$(kernel_tree "$cache")
    local qemu=(
        qemu-system-x86_64 -accel tcg,thread=multi -smp 2 -m 1024 -cpu max
        -display none -monitor none -no-reboot -nic none
        -kernel "$tree/boot/vmlinuz-$(kernel_version)" -initrd "$cache/initramfs.gz"
        -append "console=ttyS0 loglevel=6 mitigations=off nokaslr audit=0 panic=-1 random.trust_cpu=on"
        -serial "file:$results/console" -serial "file:$results/said"
        -virtfs "local,path=/,mount_tag=root,security_model=none,readonly=on,multidevs=remap"
        -virtfs "local,path=$results,mount_tag=results,security_model=none,multidevs=remap"
    )
    : >"$results/said"
    tail -n +1 -f "$results/said" &
    local tail=$!
    timeout --kill-after=5 "$((budget > SECONDS ? budget - SECONDS : 1))" "${qemu[@]}" </dev/null &
    local machine=$!
    # A run that is interrupted leaves no machine behind.
    # shellcheck disable=SC2064
    trap "kill $machine $tail 2>/dev/null" EXIT
    wait "$machine" || status=$?
    trap - EXIT
    # The last words have to come through before their reader goes.
    sleep 0.3
    kill "$tail" 2>/dev/null || true
    wait "$tail" 2>/dev/null || true
    return "$status"
}
