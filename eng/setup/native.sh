#!/usr/bin/env bash
# Compiles the C ABI over libtorch when its source, its compiler line or the libtorch below it changed.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
"$root/kernel/TorchSharp/native/build.sh" 2>&1 | sed '/: up to date/d' >&2 || missing "the native binding could not be compiled (see above)"
