package revision

import (
	"infocus/archive/record"
	"infocus/extract"
)

// Facts is what a record holds beyond the history of the article.
type Facts struct {
	Site         string
	Extractor    string // version of the rules
	Aliases      []string
	Translations []extract.Translation
}

// Record gives the record of revision number n, from 1 to len(h.Revisions).
func (h *History) Record(n int, facts Facts) record.Record {
	r := &h.Revisions[n-1]
	a, c := &r.Article, &r.Capture
	return record.Record{
		Schema: record.Schema, ID: h.ID, Site: facts.Site, URL: c.URL, Edition: a.Edition, Lang: a.Lang,
		Section: a.Section, SectionID: a.SectionID, Headline: a.Headline,
		PeriodStart: a.PeriodStart, PeriodEnd: a.PeriodEnd, PeriodText: a.PeriodText,
		Trend: a.Trend, TrendText: a.TrendText, Authors: a.Authors,
		Lead: a.Lead, Body: a.Body, Caption: a.Caption, Links: a.Links,
		Translations: facts.Translations, Aliases: facts.Aliases,
		RevisionID: r.Name, Revision: r.Number, Revisions: len(h.Revisions),
		FirstSeen: r.FirstSeen, LastSeen: r.LastSeen, GoneSince: r.GoneSince, ContentHash: r.ContentSHA256,
		Capture: record.Capture{
			WARC: c.WARC, Offset: c.Offset, Time: c.Time, PayloadSHA1: c.PayloadSHA1, Source: c.Source,
		},
		Extractor: facts.Extractor, Warnings: a.Warnings,
	}
}
