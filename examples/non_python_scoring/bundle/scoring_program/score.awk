# awk -f score.awk DISTANCES PREDICTIONS: a line `key: number` for each score, which is what scores.txt wants.

BEGIN { FS = "," }

function is_number(text) {
  return text ~ /^[ ]*[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9][0-9]?)?[ ]*$/
}

# The first file: the truth. Its first line is the header.
FNR == NR {
  if (FNR > 1) { truth[$1] = $2; planes++ }
  next
}

# The second file: the predictions. What is no number, and what is no plane, is not read.
($1 in truth) && is_number($2) { predicted[$1] = $2 }

END {
  for (plane in truth) {
    y = truth[plane]
    x = (plane in predicted) ? predicted[plane] : 0
    if (!(plane in predicted)) missing++
    squares += (x - y) ^ 2
    sx += x; sy += y; sxx += x * x; syy += y * y; sxy += x * y
  }
  spread = (sxx - sx ^ 2 / planes) * (syy - sy ^ 2 / planes)
  printf "rmse: %.6f\n", sqrt(squares / planes)
  # Somebody who always says the same is not correlated with anything.
  printf "correlation: %.6f\n", (spread > 1e-6) ? (sxy - sx * sy / planes) / sqrt(spread) : 0
  if (missing) printf "%d of %d planes have no number.\n", missing, planes > "/dev/stderr"
}
