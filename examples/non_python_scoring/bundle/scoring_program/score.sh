#!/usr/bin/env bash
# bash score.sh INPUT OUTPUT, with INPUT/res/predictions.csv and INPUT/ref/distances.csv.
#
# The command of metadata.yaml is no shell line: words are split, but pipes, globs and redirections mean nothing in it.
# Here they do. Whatever language the program is in, its image must have it: this one needs bash and awk alone.
set -euo pipefail
# A number has a point, whatever the machine's language.
export LC_ALL=C

input=$1
output=$2
here=$(cd "$(dirname "$0")" && pwd)
predictions=$input/res/predictions.csv

if [ ! -f "$predictions" ]; then
  echo "There is no predictions.csv at the root of the submission." >&2
  predictions=/dev/null
fi

# Windows ends its lines with \r\n; a submission from there is as good as any other.
tr -d '\r' <"$predictions" | awk -f "$here/score.awk" "$input/ref/distances.csv" - >"$output/scores.txt"
cat "$output/scores.txt"
