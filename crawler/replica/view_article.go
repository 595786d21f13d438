package replica

import (
	"slices"
	"strings"
	"time"
)

// stampFormat is that of the older layout.
const stampFormat = "January 2, 2006 15:04"

// articleView fills the page of an article. The caller holds the lock.
func (s *Site) articleView(rq *request, a *article) *view {
	d := s.draftOf(a.newest())
	rq.foreign = d.Foreign
	v := s.frame(rq, d.Headline)
	v.Lang = d.Lang
	v.Description = teaser(plain(d.Paragraphs[0]), 160)
	v.Article = &articleView{
		Headline: d.Headline, Color: string(d.Verdict), Second: d.Second, Caption: d.Caption,
		Lead: s.spans(rq, d.Paragraphs[0]), Body: s.blocks(rq, d.Paragraphs[1:]), Layout: d.Layout,
		Stamp:     stamp(a).Format(stampFormat),
		Published: a.versions[0].modified.Format(time.RFC3339), Modified: a.newest().modified.Format(time.RFC3339),
		Image: s.href(rq, "/wp-content/uploads/"+a.week.Format("2006/01/")+"picture.jpg"),
	}
	if len(d.Authors) > 0 {
		v.Article.By = v.W.By + " " + strings.Join(d.Authors, ", ")
	}
	if d.Layout != LayoutOlderStamp && !s.mode.noVerdicts {
		v.Article.Verdict = s.words.Editions[a.edition].verdict(d.Verdict, d.Layout)
	}
	if d.Layout == LayoutCurrent {
		s.headerLines(rq, v.Article, a, d)
	} else {
		v.Article.Similar = s.neighbours(rq, a, 3, true)
	}
	v.Article.Recent = s.neighbours(rq, a, 4, false)
	return v
}

// headerLines fills what only the current layout prints above the headline.
func (s *Site) headerLines(rq *request, v *articleView, a *article, d Draft) {
	v.Period, v.Start, v.End = s.period(d)
	if !d.NoSection {
		v.Section = link{Text: s.words.sectionName(a.edition, a.sectionID)}
		if s.opts.Archive == ArchiveSections {
			v.Section.URL = s.sectionHref(rq, a.sectionID)
		}
	}
	if d.NoEdition {
		return
	}
	line := link{Text: s.words.Editions[a.edition].EditionLink, URL: s.href(rq, home(otherEdition(a.edition)))}
	if twin := s.articles[a.twin]; twin != nil {
		line.URL = s.articleHref(rq, twin, false)
		v.Twin = rq.base + "/" + twin.path + "/"
	}
	v.EditionLine = &line
}

// stamp is the time the older layout prints: for the first years the day of an import.
func stamp(a *article) time.Time {
	imported := day(2016, time.April, 22)
	if at := a.versions[0].modified; at.After(imported) {
		return at
	}
	return imported.Add(18*time.Hour + time.Duration(a.seq%60)*time.Minute)
}

// neighbours gives other articles of the edition published before this one, of its section or of any.
func (s *Site) neighbours(rq *request, a *article, n int, sameSection bool) []item {
	key := a.edition
	if sameSection {
		key += "/" + a.sectionID
	}
	list := s.listings[key]
	at := slices.Index(list, a)
	var out []item
	for _, other := range list[min(at+1, len(list)):] {
		if len(out) == n {
			break
		}
		out = append(out, s.item(rq, other, true))
	}
	return out
}

// articleHref writes the address of an article. Most markups have one spelling of it; articles of
// ShapeTwoSpellings are written otherwise in side boxes than in listings.
func (s *Site) articleHref(rq *request, a *article, side bool) string {
	slash := s.opts.Markup == MarkupSemantic || s.opts.Markup == MarkupTheme
	query := ""
	if slices.Contains(a.shapes, ShapeTwoSpellings) {
		if side {
			slash = !slash
		} else {
			query = "?page=" + []string{"1", "3"}[a.seq%2]
		}
	}
	path := "/" + a.path
	if slash {
		path += "/"
	}
	return s.href(rq, path+query)
}

func (s *Site) item(rq *request, a *article, side bool) item {
	d := a.newest().draft
	it := item{
		Headline: d.Headline, URL: s.articleHref(rq, a, side), Range: s.style(a.edition, "chrome").yearless(a.week),
		Section: s.words.sectionName(a.edition, a.sectionID), Color: string(d.Verdict),
		Stamp: stamp(a).Format(stampFormat), Lang: d.Lang,
	}
	if it.Section == "" {
		it.Section = s.words.sectionName(editionEn, s.words.today(a.sectionID))
	}
	it.Teaser = teaser(s.leadOf(a.newest()), 140)
	return it
}

// spans reads a paragraph and writes its links of the site the way the markup does.
func (s *Site) spans(rq *request, paragraph string) []span {
	out := parseSpans(paragraph)
	for i := range out {
		if strings.HasPrefix(out[i].URL, "/") {
			out[i].URL = s.href(rq, out[i].URL)
		}
	}
	return out
}

func (s *Site) blocks(rq *request, paragraphs []string) []block {
	out := parseBlocks(paragraphs)
	for i, b := range out {
		for _, list := range append([][]span{b.Spans}, b.Items...) {
			for j := range list {
				if strings.HasPrefix(list[j].URL, "/") {
					list[j].URL = s.href(rq, list[j].URL)
				}
			}
		}
		out[i] = b
	}
	return out
}
