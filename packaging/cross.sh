# Building for another machine than this one, for `packaging/build`, which ships it, and `tests/machines/run`, which tries it.
# Sourced by both; knows targets and tools, and neither packages nor tests.
#
# There is no ready-made standard library for these targets without rustup, so it is built from its source, by Debian's compiler
# of the same version. For Linux the C compiler, the linker and the C library are zig's; for Windows MinGW's.
# shellcheck shell=bash

# Of PyPI.
zig=0.15.1
zigbuild=0.24.1
# The oldest glibc that cross-built programs ask for: Debian 11, Ubuntu 20.04.
glibc=2.31

# shellcheck source=packages.sh
. "$root/packaging/packages.sh"

# cross_tools FOLDER: zig and what puts it in a linker's place, in a folder of their own; prints where zig is.
cross_tools() {
    local tools=$1
    packages rustc-web cargo-web rust-web-src python3-venv
    if [ "$("$tools/bin/cargo-zigbuild" --version 2>/dev/null)" != "cargo-zigbuild $zigbuild" ]; then
        python3 -m venv "$tools"
        "$tools/bin/pip" install --quiet --disable-pip-version-check "ziglang==$zig" "cargo-zigbuild==$zigbuild" >&2
    fi
    # Which zig, whatever Python is found first.
    "$tools/bin/python3" -c 'import ziglang; print(ziglang.__path__[0])'
}

# flags FOLDER OPTION: where it was built is nobody's business, and would make other bytes of the same source.
flags() {
    local prefix list=''
    local cargo_home=${CARGO_HOME:-$HOME/.cargo}
    for prefix in "$root=/opensim" "$1=/target" "$cargo_home=/cargo"; do
        list+=" $2=$prefix"
    done
    echo "${list# }"
}

# cross TRIPLE FOLDER TOOLS ARGUMENT...: builds the program for a target, its result below FOLDER/TRIPLE. The arguments are
# cargo's own.
cross() {
    local triple=$1 folder=$2 tools=$3 rustflags ziglang suffix='' command=(zigbuild)
    shift 3
    rustflags=$(flags "$folder" --remap-path-prefix)
    local environment=(CARGO=/usr/bin/cargo RUSTC=/usr/bin/rustc RUSTDOC=/usr/bin/rustdoc RUSTC_BOOTSTRAP=1
        CFLAGS="$(flags "$folder" -ffile-prefix-map)")
    case $triple in
        *-windows-gnu)
            packages rustc-web cargo-web rust-web-src gcc-mingw-w64-x86-64
            environment+=(CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=x86_64-w64-mingw32-gcc)
            set -- "$@" --no-default-features
            command=(/usr/bin/cargo build)
            # A time in the program would make other bytes of the same source.
            rustflags+=' -Clink-arg=-Wl,--no-insert-timestamp'
            ;;
        *)
            ziglang=$(cross_tools "$tools")
            environment+=(PATH="$tools/bin:$PATH" CARGO_ZIGBUILD_ZIG_PATH="$ziglang/zig")
            command=("$tools/bin/cargo-zigbuild" zigbuild)
            # What starts a static program is zig's own.
            case $triple in *-musl) rustflags+=' -Clink-self-contained=no' ;; *-gnu*) suffix=.$glibc ;; esac
            ;;
    esac
    env "${environment[@]}" RUSTFLAGS="$rustflags" "${command[@]}" --locked --package opensim --bin opensim --target "$triple$suffix" \
        --target-dir "$folder" -Zbuild-std=std,panic_unwind "$@" >&2
}

# runner TRIPLE: sets `runner`, what runs a program of a target on this machine.
runner() {
    runner=()
    [ "${1%%-*}" != "$(uname -m)" ] || return 0
    packages qemu-user-static
    case $1 in
        aarch64-unknown-linux-gnu) packages libc6-arm64-cross && runner=(qemu-aarch64-static -L /usr/aarch64-linux-gnu) ;;
        aarch64-*) runner=(qemu-aarch64-static) ;;
        armv7-*) packages libc6-armhf-cross && runner=(qemu-arm-static -L /usr/arm-linux-gnueabihf) ;;
        *)
            echo "$1: nothing here runs it" >&2
            return 1
            ;;
    esac
}
