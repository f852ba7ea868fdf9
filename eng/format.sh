#!/usr/bin/env bash
# Formats the C# sources; with "check" only says which are not formatted.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
dotnet tool restore > /dev/null || { echo "format: missing: csharpier could not be restored" >&2; exit 4; }
exec dotnet csharpier "${1:-format}" ..
