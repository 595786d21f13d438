# ratios.awk: holds the output of `go test -bench` against a table of ratios.
#
#   awk -f .ci/ratios.awk docs/speed.tsv bench.txt
#
# The table says what its columns are. Where a benchmark ran several times, its median counts. strict=1 makes a missed
# or unmeasured ratio an error.

BEGIN { FS = "\t"; rows = 0; names = 0; held = 0; missed = 0; unmeasured = 0 }

FNR == 1 { file++ }

file == 1 {
  if ($0 == "" || $0 ~ /^#/) next
  if (NF != 6) { printf "%s:%d: %d columns, want 6\n", FILENAME, FNR, NF; broken = 1; exit 2 }
  label[rows] = $1; over[rows] = $2; under[rows] = $3; unit[rows] = $4; bound[rows] = $5; target[rows] = $6
  if (bound[rows] != "at most" && bound[rows] != "at least") { printf "%s:%d: %s: want at most or at least\n", FILENAME, FNR, $5; broken = 1; exit 2 }
  rows++
  next
}

/^pkg: / { package = substr($0, 6); sub(/^[^\/]*\//, "", package) }

/^Benchmark/ {
  count = split($0, word, /[ \t]+/)
  name = package "." word[1]
  short = name
  sub(/-[0-9]+$/, "", short) # the number of processors, unless there is one
  for (i = 3; i < count; i += 2) {
    add(name, word[i + 1], word[i])
    if (short != name) add(short, word[i + 1], word[i])
  }
}

END {
  if (broken) exit 2
  for (r = 0; r < rows; r++) {
    star = index(over[r], "*")
    if (!star) { report(r, label[r], over[r], under[r]); continue }
    before = substr(over[r], 1, star - 1); after = substr(over[r], star + 1); found = 0
    for (s = 0; s < names; s++) {
      part = middle(ordered[s], before, after)
      if (part == "" || !((ordered[s], unit[r]) in times) || ordered[s] ~ /-[0-9]+$/ && (stripped(ordered[s]), unit[r]) in times) continue
      denominator = under[r]
      sub(/\*/, part, denominator)
      report(r, label[r] " (" part ")", over[r] == "" ? "" : before part after, denominator)
      found++
    }
    if (!found) report(r, label[r], over[r], under[r])
  }
  printf "\n%d ratios: %d held, %d missed, %d not measured\n", held + missed + unmeasured, held, missed, unmeasured
  if (strict == "1" && missed + unmeasured) exit 1
}

function add(name, unit, value) {
  if (!(name in seen)) { seen[name] = 1; ordered[names++] = name }
  value_of[name, unit, times[name, unit]++] = value + 0
}

# middle gives what stands between before and after in a name, "" where they do not enclose it.
function middle(name, before, after,    rest) {
  if (substr(name, 1, length(before)) != before) return ""
  rest = substr(name, length(before) + 1)
  if (length(rest) <= length(after) || substr(rest, length(rest) - length(after) + 1) != after) return ""
  return substr(rest, 1, length(rest) - length(after))
}

function stripped(name) { sub(/-[0-9]+$/, "", name); return name }

function median(name, unit,    n, i, j, swap, sorted) {
  n = times[name, unit]
  for (i = 0; i < n; i++) sorted[i] = value_of[name, unit, i]
  for (i = 1; i < n; i++)
    for (j = i; j > 0 && sorted[j - 1] > sorted[j]; j--) { swap = sorted[j]; sorted[j] = sorted[j - 1]; sorted[j - 1] = swap }
  return n % 2 ? sorted[(n - 1) / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2
}

function report(r, text, numerator, denominator,    value, good, absent) {
  if (!((numerator, unit[r]) in times)) absent = numerator
  else if (denominator != "-" && !((denominator, unit[r]) in times)) absent = denominator
  if (absent != "") {
    printf "%-11s %-66s %9s  %s %s: no %s of %s\n", "MISSING", text, "-", bound[r], target[r], unit[r], absent
    unmeasured++
    return
  }
  value = median(numerator, unit[r])
  if (denominator != "-") {
    if (median(denominator, unit[r]) == 0) { printf "%-11s %s: %s is 0 %s\n", "MISSING", text, denominator, unit[r]; unmeasured++; return }
    value /= median(denominator, unit[r])
  }
  good = bound[r] == "at most" ? value <= target[r] + 0 : value >= target[r] + 0
  if (good) held++; else missed++
  printf "%-11s %-66s %9.3g  %s %s%s\n", good ? "held" : "MISSED", text, value, bound[r], target[r], denominator == "-" && unit[r] != "ratio" ? " " unit[r] : ""
}
