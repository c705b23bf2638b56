#!/bin/sh
# Installs Packetpress on macOS and Linux: downloads the newest release, checks it, and puts the program into ~/.local/bin.
#
#   sh install.sh [FOLDER]
set -eu

repository=OWNER/packetpress # The release workflow puts the real name here.
releases=https://github.com/$repository/releases/latest/download
folder=${1:-$HOME/.local/bin}

fail() {
    echo "packetpress: $1" >&2
    exit 1
}

case $(uname -s)-$(uname -m) in
    Linux-x86_64) target=x86_64-unknown-linux-gnu ;;
    Linux-aarch64 | Linux-arm64) target=aarch64-unknown-linux-gnu ;;
    Darwin-arm64) target=aarch64-apple-darwin ;;
    Darwin-x86_64) target=x86_64-apple-darwin ;;
    *) fail "there is no download for this computer; the README says how to build it" ;;
esac

get() {
    if command -v curl >/dev/null 2>&1; then
        curl --fail --silent --show-error --location --proto '=https' --output "$2" "$1"
    elif command -v wget >/dev/null 2>&1; then
        wget --quiet --https-only --output-document "$2" "$1"
    else
        fail "install curl or wget first"
    fi
}

checksum() {
    if command -v sha256sum >/dev/null 2>&1; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
get "$releases/SHA256SUMS" "$scratch/SHA256SUMS" || fail "the download failed; check the connection and try again"
archive=$(sed -n "s/^[0-9a-f]*  \(packetpress-[0-9.]*-$target\.tar\.gz\)$/\1/p" "$scratch/SHA256SUMS")
[ -n "$archive" ] || fail "the newest release has no download for $target"
echo "Downloading $archive"
get "$releases/$archive" "$scratch/$archive" || fail "the download failed; check the connection and try again"
expected=$(sed -n "s/^\([0-9a-f]*\)  $archive$/\1/p" "$scratch/SHA256SUMS")
[ "$(checksum "$scratch/$archive")" = "$expected" ] || fail "the download is damaged; try again"
tar -xzf "$scratch/$archive" -C "$scratch"
mkdir -p "$folder"
mv "$scratch/${archive%.tar.gz}/packetpress" "$folder/packetpress"
chmod 755 "$folder/packetpress"
"$folder/packetpress" --version
echo "Installed $folder/packetpress"
case :$PATH: in
    *:"$folder":*) echo "Next: packetpress new" ;;
    *) echo "Next: add $folder to your PATH (in ~/.profile: PATH=\$PATH:$folder), open a new terminal, and type: packetpress new" ;;
esac
