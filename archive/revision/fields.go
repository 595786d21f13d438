package revision

import (
	"strings"

	"infocus/archive/record"
	"infocus/extract"
)

// differing names the marked keys that differ where both articles have a value, in the order of the record. Text is
// compared folded. lead and body are one text: where its parts are parted makes no difference, and where the text differs
// each of the two is named that differs by itself.
func differing(a, b *extract.Article) []string {
	var keys []string
	note := func(key string, differs bool) {
		if differs {
			keys = append(keys, key)
		}
	}
	note("section", conflict(a.Section, b.Section))
	note("headline", conflict(a.Headline, b.Headline))
	note("period_text", conflict(a.PeriodText, b.PeriodText))
	note("trend", conflict(a.Trend, b.Trend))
	note("authors", conflict(names(a.Authors), names(b.Authors)))
	if !textConflict(a, b) {
		return keys
	}
	note("lead", record.Fold(a.Lead) != record.Fold(b.Lead))
	note("body", record.Fold(a.Body) != record.Fold(b.Body))
	return keys
}

// conflict says whether two values differ and neither is missing.
func conflict(a, b string) bool {
	if a == b {
		return false
	}
	if plainlyDiffer(a, b) {
		return true
	}
	a, b = record.Fold(a), record.Fold(b)
	return a != b && a != "" && b != ""
}

// textConflict is conflict for lead and body as one text.
func textConflict(a, b *extract.Article) bool {
	switch {
	case a.Lead == b.Lead && a.Body == b.Body:
		return false
	case plainlyDiffer(a.Lead, b.Lead), a.Lead == b.Lead && plainlyDiffer(a.Body, b.Body):
		return true
	}
	return conflict(text(a), text(b))
}

func text(a *extract.Article) string { return a.Lead + "\n\n" + a.Body }

// names joins authors with a sign that folding keeps.
func names(authors []string) string { return strings.Join(authors, " | ") }

// merged gives the newest article with the marked fields that it lacks taken from what was known before. What belongs to
// such a field comes with it: the dates of a period, the words of a verdict.
func merged(known, newest *extract.Article) extract.Article {
	m := *newest
	if blank(m.Section) {
		m.Section = known.Section
	}
	if blank(m.Headline) {
		m.Headline = known.Headline
	}
	if blank(m.PeriodText) {
		m.PeriodText = known.PeriodText
		if m.PeriodStart == "" && m.PeriodEnd == "" {
			m.PeriodStart, m.PeriodEnd = known.PeriodStart, known.PeriodEnd
		}
	}
	if blank(m.Trend) {
		m.Trend = known.Trend
		if blank(m.TrendText) {
			m.TrendText = known.TrendText
		}
	}
	if blank(strings.Join(m.Authors, "")) {
		m.Authors = known.Authors
	}
	return m
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }

// sameContent says whether two articles show the same under two addresses: headline, trend and text agree where both have
// a value, and they do not tell of two different weeks (some weeks are told in the same few words).
func sameContent(a, b *extract.Article) bool {
	return !otherWeek(a, b) &&
		!conflict(a.Headline, b.Headline) && !conflict(a.Trend, b.Trend) && !textConflict(a, b)
}

func otherWeek(a, b *extract.Article) bool {
	return a.PeriodStart != "" && b.PeriodStart != "" && (a.PeriodStart != b.PeriodStart || a.PeriodEnd != b.PeriodEnd)
}

// contentKey is equal for articles with the same content_sha256 in the same language.
func contentKey(a *extract.Article) string {
	return record.ContentSHA256(a.Headline, a.Trend, a.Lead, a.Body) + " " + a.Lang
}
