package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"infocus/archive"
)

// maxFailures is how many failed addresses a report for people names; `infocus runs show N --json` has all.
const maxFailures = 30

// reportIndent is the width of the labels of a report.
const reportIndent = 12

// reportText is the report of a run for people.
func reportText(r *archive.Report) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("Run %d of %s: %s", r.Run, r.Site, endText(r))
	line("  pages     %d asked in %s, %s received", r.Pages, duration(r.Seconds), sizeText(r.BytesDown))
	line("  articles  %d new, %d changed, %d unchanged, %d not modified, %d missing (%d of them gone), %d moved",
		r.New, r.Changed, r.Unchanged, r.NotModified, r.Missing, r.Gone, r.Moved)
	if r.Weeks > 0 {
		line("  weeks     %d seen, %s to %s; sections %s", r.Weeks, r.OldestWeek, r.NewestWeek, counts(r.Sections))
	}
	if len(r.Gaps) > 0 {
		line("  gaps      %d weeks of the archive without an article: %s", len(r.Gaps), shorten(r.Gaps, 8))
	}
	line("  listings  %s", listingText(r))
	if r.Failed > 0 {
		line("  failed    %d: %s", r.Failed, counts(r.FailedByReason))
		writeFailures(&b, r.Failures)
	}
	if n := len(r.Noted) + r.NotedMore; n > 0 {
		line("  noted     %d that are no failure (404 on links, robots.txt): `infocus runs show %d` names them", n, r.Run)
	}
	for _, alarm := range r.Alarms {
		line("  ALARM     %s: %s", alarm.Code, alarm.Text)
	}
	if r.Waiting > 0 {
		line("  waiting   %d addresses for the next run", r.Waiting)
	}
	return b.String()
}

// reportFor is a report for people, folded where a terminal shows it.
func (a *app) reportFor(out io.Writer, r *archive.Report) string {
	if !a.terminal(out) {
		return reportText(r)
	}
	return foldReport(reportText(r), a.width(out))
}

// foldReport folds the lines of a report: what has a label goes on below its text.
func foldReport(text string, width int) string {
	t := &screen{width: width}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		first := min(len(line), reportIndent)
		switch {
		case utf8.RuneCountInString(line) <= width:
			t.WriteString(line + "\n")
		case strings.HasPrefix(line, "    "): // an address and what is said of it
			t.fold("    ", "      ", line)
		case strings.HasPrefix(line, "  "):
			t.fold(line[:first], strings.Repeat(" ", reportIndent), line[first:])
		default:
			t.fold("", "  ", line)
		}
	}
	return t.String()
}

func endText(r *archive.Report) string {
	if r.Why == "" {
		return r.Ended
	}
	return r.Ended + ": " + r.Why
}

func writeFailures(b *strings.Builder, failures []archive.Failing) {
	for i, f := range failures {
		if i == maxFailures {
			fmt.Fprintf(b, "    ... and %d more\n", len(failures)-maxFailures)
			return
		}
		fmt.Fprintf(b, "    %s  %s", f.URL, f.Reason)
		if f.Detail != "" && f.Detail != f.Reason {
			fmt.Fprintf(b, " (%s)", f.Detail)
		}
		fmt.Fprintf(b, ", tried %d times\n", f.Tries)
	}
}

func listingText(r *archive.Report) string {
	complete, pages := 0, 0
	for _, w := range r.Listings {
		pages += w.Pages
		if w.Complete {
			complete++
		}
	}
	return fmt.Sprintf("%d read, %d pages of them, %d to the end", len(r.Listings), pages, complete)
}

// counts prints a map as "a 1, b 2", the largest first.
func counts(m map[string]int) string {
	keys := slices.SortedFunc(maps.Keys(m), func(a, b string) int {
		if m[a] != m[b] {
			return m[b] - m[a]
		}
		return strings.Compare(a, b)
	})
	parts := make([]string, 0, len(keys))
	for _, k := range keys {
		parts = append(parts, fmt.Sprintf("%s %d", k, m[k]))
	}
	return strings.Join(parts, ", ")
}

func shorten(list []string, n int) string {
	if len(list) <= n {
		return strings.Join(list, ", ")
	}
	return strings.Join(list[:n], ", ") + ", ..."
}

func duration(seconds float64) string {
	d := time.Duration(seconds * float64(time.Second))
	if d < 10*time.Second {
		return d.Round(10 * time.Millisecond).String()
	}
	return d.Round(time.Second).String()
}
