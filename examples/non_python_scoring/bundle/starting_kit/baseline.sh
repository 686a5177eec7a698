#!/usr/bin/env bash
# bash baseline.sh PUBLIC_DATA > predictions.csv: the mean distance, for every plane.
set -euo pipefail
export LC_ALL=C

mean=$(awk -F, 'FNR > 1 { sum += $5; count++ } END { printf "%.3f", sum / count }' "$1/train.csv")
awk -F, -v mean="$mean" 'FNR == 1 { print "plane,distance_m"; next } { print $1 "," mean }' "$1/test.csv"
