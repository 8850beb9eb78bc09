#!/bin/sh
# Installs Debian packages where that is allowed (as root, or by sudo without a password), and says what to do where it is not.
set -eu
if ! command -v apt-get >/dev/null; then
    echo "Please install: $*" >&2
    exit 1
fi
if [ "$(id -u)" = 0 ]; then
    run=""
elif sudo -n true 2>/dev/null; then
    run="sudo -n"
else
    echo "Please run: sudo apt-get install $*" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
$run apt-get update --quiet --quiet
$run apt-get install --yes --quiet --quiet --no-install-recommends "$@" >/dev/null
