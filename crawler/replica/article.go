package replica

import (
	"slices"
	"time"
	"unicode"
	"unicode/utf8"

	"infocus/crawler/replica/prose"
)

// article is a page of the site with its past. What its newest version prints is a Truth.
type article struct {
	path      string
	edition   string
	sectionID string
	week      time.Time // Monday
	seq       int       // order of publication
	versions  []version // never empty
	status    int
	listed    []string // sections that list it
	twin      string   // path of the translation
	oldPaths  []string
	shapes    []Shape // those that do not follow from the draft
}

// version is one revision. A generated one keeps only what to write, and is written on demand.
type version struct {
	draft      Draft
	assignment *prose.Assignment // nil where the draft is whole
	modified   time.Time
}

func (a *article) newest() version { return a.versions[len(a.versions)-1] }

// draftOf gives the whole draft of a version; it shares nothing with the site.
func (s *Site) draftOf(v version) Draft {
	d := v.draft
	d.Authors = slices.Clone(d.Authors)
	if v.assignment != nil {
		d.Paragraphs = s.writer.Paragraphs(*v.assignment)
	} else {
		d.Paragraphs = slices.Clone(d.Paragraphs)
	}
	return d
}

// leadOf gives the first paragraph without writing the rest.
func (s *Site) leadOf(v version) string {
	if v.assignment != nil {
		return s.writer.Lead(*v.assignment)
	}
	return plain(v.draft.Paragraphs[0])
}

// truthOf says what the page of version n of an article prints. The caller holds the lock.
func (s *Site) truthOf(a *article, n int) Truth {
	v := a.versions[n]
	d := s.draftOf(v)
	t := Truth{
		Path: a.path, Edition: a.edition, Lang: d.Lang, SectionID: a.sectionID,
		Headline: d.Headline, Authors: d.Authors, Caption: d.Caption,
		Lead: plain(d.Paragraphs[0]), Body: plainText(d.Paragraphs[1:]), Links: linksOf(d.Paragraphs),
		Revision: n + 1, Modified: v.modified, Status: a.status, Week: a.week,
		Listed: slices.Clone(a.listed), OldPaths: slices.Clone(a.oldPaths),
		Shapes: append(slices.Clone(a.shapes), shapesOf(d, a)...),
	}
	if d.Layout == LayoutCurrent {
		t.PeriodText, t.PeriodStart, t.PeriodEnd = s.period(d)
		if !d.NoSection {
			t.Section = s.words.sectionName(a.edition, a.sectionID)
		}
	}
	if d.Layout != LayoutOlderStamp && !s.mode.noVerdicts {
		t.Trend = string(d.Verdict)
		t.TrendText = s.words.Editions[a.edition].verdict(d.Verdict, d.Layout)
	}
	if a.twin != "" {
		t.Translations = []Translation{{Edition: otherEdition(a.edition), Path: a.twin}}
		t.LinksTwin = d.Layout == LayoutCurrent && !d.NoEdition
	}
	return t
}

// period gives the printed period of a draft and the days it is to be read as.
func (s *Site) period(d Draft) (text, start, end string) {
	week := monday(d.Week)
	if d.PeriodText == annualReviewPeriod {
		week = annualReviewReads()
	}
	text = d.PeriodText
	if text == "" {
		text = s.style(d.Edition, d.Headline).dated(week)
	}
	return text, week.Format(time.DateOnly), week.AddDate(0, 0, 6).Format(time.DateOnly)
}

// annualReviewPeriod is the site's own error: a review of 2024, listed in January 2025.
const annualReviewPeriod = "January 1 – January 7, 2024"

func annualReviewReads() time.Time { return day(2024, time.January, 1) }

func otherEdition(edition string) string {
	if edition == editionBe {
		return editionEn
	}
	return editionBe
}

// shapesOf names what is special about a page and follows from its draft.
func shapesOf(d Draft, a *article) []Shape {
	blocks := parseBlocks(d.Paragraphs)
	current := d.Layout == LayoutCurrent
	first, _ := utf8.DecodeRuneInString(d.Headline)
	var out []Shape
	for _, c := range []struct {
		is    bool
		shape Shape
	}{
		{current && d.NoEdition, ShapeNoEditionLine},
		{current && !d.NoEdition && a.twin == "", ShapeEditionHome},
		{current && d.Second == SecondNone, ShapeNoSecond},
		{current && d.Second == SecondAfter, ShapeSecondAfter},
		{d.Caption != "", ShapeCaption},
		{len(d.Authors) > 0, ShapeByline},
		{len(d.Paragraphs) == 1, ShapeOneParagraph},
		{slices.ContainsFunc(blocks, func(b block) bool { return b.Items != nil }), ShapeList},
		{len(linksOf(d.Paragraphs)) > 0, ShapeLinks},
		{slices.ContainsFunc(blocks, func(b block) bool { return b.Bold }), ShapeBoldLine},
		{!current, ShapeOlder},
		{d.Layout == LayoutOlderStamp, ShapeOlderStamp},
		{d.Layout == LayoutOlder && d.Verdict == VerdictNone, ShapeOlderNoVerdict},
		{d.NoSection, ShapeOldSection},
		{current && crossesYear(monday(d.Week)) && d.PeriodText == "", ShapeNewYear},
		{d.PeriodText == annualReviewPeriod, ShapeAnnualReview},
		{d.Lang == "en" && unicode.Is(unicode.Cyrillic, first), ShapeCyrillicC},
		{d.Edition == editionEn && d.Lang == "ru", ShapeRussianInEn},
		{d.Lang == "be", ShapeBelarusianText},
		{d.Foreign, ShapeForeignChrome},
	} {
		if c.is {
			out = append(out, c.shape)
		}
	}
	return out
}
