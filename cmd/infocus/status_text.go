package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"infocus/archive/health"
)

const (
	// statusFindings is how many problems, and how many notes, one screen takes.
	statusFindings = 5
	// statusList is how many weeks or addresses a line takes.
	statusList = 3
	// statusIndent is the width of the labels.
	statusIndent = 11
)

// statusText is a status for people, on one screen.
func statusText(s *health.Status, now time.Time, width int) string {
	t := &screen{width: width}
	t.title(s)
	t.nights(s, now)
	t.articles(s)
	t.pages(s)
	t.line("disk", "%s", diskText(&s.Disk))
	t.findings("!", s.Problems)
	t.findings("-", slices.DeleteFunc(slices.Clone(s.Notes), shownAbove))
	return t.String()
}

// shownAbove says of a note that a line of the screen says the same.
func shownAbove(f health.Finding) bool {
	return f.Code == "weeks-behind" || f.Code == "weeks-missing" || f.Code == "at-work"
}

// screen folds lines at its width.
type screen struct {
	strings.Builder
	width int
}

func (t *screen) line(label, format string, args ...any) {
	t.fold(fmt.Sprintf("%-*s", statusIndent, label), strings.Repeat(" ", statusIndent), fmt.Sprintf(format, args...))
}

func (t *screen) fold(first, next, text string) {
	line := strings.TrimRight(first, " ")
	column, fresh := utf8.RuneCountInString(first), true
	line += strings.Repeat(" ", column-utf8.RuneCountInString(line))
	for word := range strings.FieldsSeq(text) {
		n := utf8.RuneCountInString(word)
		if !fresh && column+1+n > t.width {
			t.WriteString(line + "\n")
			line, column, fresh = next, utf8.RuneCountInString(next), true
		}
		if !fresh {
			line, column = line+" ", column+1
		}
		line, column, fresh = line+word, column+n, false
	}
	t.WriteString(line + "\n")
}

func (t *screen) title(s *health.Status) {
	verdict := "can be trusted today"
	switch n := len(s.Problems); {
	case n == 1:
		verdict = "needs a person: 1 problem, see below"
	case n > 1:
		verdict = fmt.Sprintf("needs a person: %d problems, see below", n)
	}
	t.fold("", "  ", s.Archive+" "+verdict)
}

func (t *screen) nights(s *health.Status, now time.Time) {
	text := nightText(s.LastRun, s.Writer, now)
	switch {
	case s.LastGood == nil:
		t.line("last run", "%s", text)
	case s.LastRun != nil && s.LastRun.Run == s.LastGood.Run:
		t.line("last run", "%s; a good night", text)
	default:
		t.line("last run", "%s", text)
		t.line("last good", "%d, %s", s.LastGood.Run, health.Age(s.LastGood.Finished, now))
	}
	if s.Writer != 0 && (s.LastRun == nil || s.LastRun.ExitCode != nil) {
		t.line("at work", "process %d", s.Writer)
	}
}

func nightText(n *health.Night, writer int, now time.Time) string {
	switch {
	case n == nil:
		return "none"
	case n.ExitCode == nil && writer != 0:
		return fmt.Sprintf("%d, begun %s, is at work (process %d)", n.Run, health.Age(n.Started, now), writer)
	case n.ExitCode == nil:
		return fmt.Sprintf("%d, begun %s, left no report", n.Run, health.Age(n.Started, now))
	}
	return fmt.Sprintf("%d, %s: %s, %d pages", n.Run, health.Age(n.Finished, now), n.Ended, n.Pages) + countsText(n.New, n.Changed, n.Missing, n.Failed)
}

// countsText names what a night brought, and leaves out what it did not.
func countsText(fresh, changed, missing, failed int) string {
	text := ""
	for _, part := range []struct {
		n    int
		what string
	}{{fresh, "new"}, {changed, "changed"}, {missing, "missing"}, {failed, "failed"}} {
		if part.n > 0 {
			text += fmt.Sprintf(", %d %s", part.n, part.what)
		}
	}
	return text
}

func (t *screen) articles(s *health.Status) {
	t.line("articles", "%d with %d revisions, %d gone", s.Articles, s.Revisions, s.Gone)
	w := &s.Weeks
	if w.Count == 0 {
		return
	}
	text := fmt.Sprintf("%d from %s to %s", w.Count, w.Oldest, w.Newest)
	if w.Behind > 1 {
		text += fmt.Sprintf(", %d weeks behind the calendar", w.Behind)
	}
	if n := len(w.Missing); n > 0 {
		text += fmt.Sprintf("; %d missing: %s", n, newest(w.Missing))
	}
	t.line("weeks", "%s", text)
	t.line("sections", "%s", sectionsText(s.Sections))
}

// newest names the last of a sorted list, the newest first.
func newest(list []string) string {
	list = slices.Clone(list)
	slices.Reverse(list)
	return shorten(list, statusList)
}

func sectionsText(sections []health.Section) string {
	text := fmt.Sprintf("%d regular ones", len(sections))
	n := 0
	for i := range sections {
		s := &sections[i]
		if len(s.Missing) == 0 {
			continue
		}
		if n++; n == 1 {
			text += fmt.Sprintf("; not in every recent week: %s/%s (%s)", s.Edition, s.Section, newest(s.Missing))
		}
	}
	if n > 1 {
		text += fmt.Sprintf(" and %d more", n-1)
	}
	return text
}

func (t *screen) pages(s *health.Status) {
	if len(s.Fields) > 0 && s.Fields[0].Of > 0 {
		t.line("found", "%s", fieldsText(s.Fields))
	}
	if s.Failing.Count == 0 {
		t.line("failing", "no address")
		return
	}
	t.line("failing", "%d addresses:", s.Failing.Count)
	for _, f := range s.Failing.Longest[:min(statusList, len(s.Failing.Longest))] {
		t.fold("  ", "    ", fmt.Sprintf("%s %s, since %s, tried %d times", f.URL, f.Reason, f.Since, f.Times))
	}
}

func fieldsText(shares []health.Share) string {
	parts := make([]string, 0, len(shares))
	for _, s := range shares {
		if s.Of == 0 {
			continue // nothing was read that could show it
		}
		part := fmt.Sprintf("%s %.0f%%", s.Field, 100*s.Share)
		if s.Usual != nil && math.Abs(*s.Usual-s.Share) >= 0.05 && s.Of > 0 {
			part += fmt.Sprintf(" (usually %.0f%%)", 100**s.Usual)
		}
		parts = append(parts, part)
	}
	return fmt.Sprintf("%s on %d recent pages", strings.Join(parts, ", "), shares[0].Of)
}

func diskText(d *health.Disk) string {
	text := fmt.Sprintf("%s of WARC files, %s of index", sizeText(d.WARC), sizeText(d.Index))
	if d.Free >= 0 {
		text += ", " + sizeText(d.Free) + " free"
	}
	switch {
	case d.FullOn != "":
		text += fmt.Sprintf(", enough until %s at %s a day", d.FullOn, sizeText(d.PerDay))
	case d.PerDay > 0:
		text += ", enough for more than ten years"
	}
	return text
}

// findings lists what a status names, with the command that helps on a line of its own, to be copied.
func (t *screen) findings(mark string, list []health.Finding) {
	for i, f := range list {
		if i == statusFindings {
			t.fold(mark+" ", "  ", fmt.Sprintf("and %d more: `infocus status --json` has all", len(list)-i))
			return
		}
		t.fold(mark+" ", "  ", f.Text)
		if f.Next != "" {
			t.WriteString("    $ " + f.Next + "\n")
		}
	}
}
