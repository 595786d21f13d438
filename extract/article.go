package extract

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"infocus/extract/period"
	"infocus/extract/profile"
)

// article reads the page as an article; nil where it does not read like one, with the reason.
func (e *Extractor) article(d *document, t *trace) (*Article, string) {
	if local, _ := e.localURL(d.addr); d.addr.Host != "" && e.isHome(local) {
		return nil, "the home page of an edition"
	}
	r := e.newReader(d, t)
	h, ok := r.findHead()
	if !ok {
		h, ok = r.headFromTitle()
	}
	if !ok {
		return nil, "no headline"
	}
	r.selectFacts(&h)
	if h.lead < 0 {
		return nil, "no text under the headline"
	}
	text := r.readText(&h)
	if r.isIssue(text) {
		return nil, "verdicts between its paragraphs: several articles on one page"
	}
	r.factsBeside(text)
	if v, ok := r.verdictByReference(&h); ok && h.shown.trend == "" {
		h.shown = v
	}
	v := r.verdictOf(text)
	if !v.isArticle() {
		return nil, v.String()
	}
	return r.record(text), v.String()
}

// record makes the article from the head and the text.
func (r *reader) record(t *run) *Article {
	a := &Article{Edition: r.e.profile.EditionAt(r.local()).Code, Warnings: slices.Clone(r.d.codes)}
	r.headline(a, t.head)
	r.period(a, t.head)
	r.section(a, t.head)
	r.trend(a, t.head)
	r.authors(a, t)
	r.prose(a, t)
	r.caption(a, t)
	r.links(a, t)
	r.translations(a)
	a.Lang = r.language(a)
	r.t.say("lang", a.Lang, "letters and words of the text")
	r.t.say("edition", a.Edition, "path of the address")
	return a
}

// local gives the address of the page below the site's root.
func (r *reader) local() *addressURL {
	u, _ := r.e.localURL(r.d.addr)
	return u
}

// headline sets the headline.
func (r *reader) headline(a *Article, h *head) {
	a.Headline = norm.NFC.String(h.text)
	if h.headline < 0 {
		a.Warnings = append(a.Warnings, WarnHeadlineFromTitle)
	}
	why := h.why
	if why == "" {
		why = "stands between the facts of the head"
	}
	r.t.say("headline", a.Headline, why)
}

// period sets the period. One that prints no year gets the newest that fits the day of publication or of capture.
func (r *reader) period(a *Article, h *head) {
	if h.period < 0 {
		a.Warnings = append(a.Warnings, WarnNoPeriod)
		return
	}
	rng, why := *r.rangeOf(h.period), "a range of days in the head"
	a.PeriodText = norm.NFC.String(rng.Text)
	codes := rng.Warnings()
	if !rng.HasYear {
		resolved, ok := r.e.profile.Periods().Resolve(rng, r.latest())
		if !ok {
			a.Warnings = append(a.Warnings, codes...)
			return
		}
		rng, why = resolved, "a range of days in the head, the year by the weekday and the time of capture"
	}
	if rng.Start.Year == 0 || rng.End.Year == 0 {
		a.Warnings = append(a.Warnings, period.WarnYearGuessed)
		return
	}
	a.PeriodStart, a.PeriodEnd = rng.Start.String(), rng.End.String()
	a.Warnings = append(a.Warnings, codes...)
	r.t.say("period", a.PeriodStart+"/"+a.PeriodEnd, why)
}

// latest gives a time that the period has begun by: of publication as the page says it, else of capture.
func (r *reader) latest() time.Time {
	at := r.d.page.Time
	dates := []time.Time{parseTime(r.d.meta("article:published_time"))}
	for _, thing := range r.d.things() {
		dates = append(dates, thing.Published)
	}
	for _, t := range dates {
		if !t.IsZero() && (at.IsZero() || t.Before(at)) {
			at = t
		}
	}
	return at
}

// section sets the section as printed and its slug from the path.
func (r *reader) section(a *Article, h *head) {
	slug := ""
	if s, ok := r.e.profile.SectionAt(r.local()); ok {
		slug = s.Slug
	} else {
		slug = firstSegment(r.local().Path, r.e.profile)
	}
	a.SectionID = slug
	r.t.say("section_id", slug, "path of the address")
	if h.section < 0 {
		a.Warnings = append(a.Warnings, WarnNoSection)
		return
	}
	a.Section = norm.NFC.String(strings.TrimFunc(r.d.blocks[h.section].text, isVerdictFrame))
	r.t.say("section", a.Section, "words of a section in the head")
	switch s := r.d.blocks[h.section].means.Section; {
	case s == nil && r.e.profile.Selectors.Section.IsZero():
		a.Warnings = append(a.Warnings, WarnSectionGuessed)
	case s != nil && !sameSection(r.e.profile, s, slug):
		a.Warnings = append(a.Warnings, WarnSectionElsewhere)
	}
}

// sameSection says whether a section printed is that of the address, in any edition and under any name.
func sameSection(p *profile.Profile, s *profile.Section, slug string) bool {
	if s.Slug == slug || s.SameAs == slug {
		return true
	}
	own := s.Slug
	if s.SameAs != "" {
		own = s.SameAs
	}
	for i := range p.Editions {
		for j := range p.Editions[i].Sections {
			if other := &p.Editions[i].Sections[j]; other.Slug == slug {
				return other.SameAs == own || other.SameAs != "" && other.SameAs == s.SameAs
			}
		}
	}
	return true // an address with no known section says nothing
}

// firstSegment gives the first segment of a path behind the edition's prefix, where another one follows.
func firstSegment(path string, p *profile.Profile) string {
	for i := range p.Editions {
		if prefix := p.Editions[i].Prefix; prefix != "" {
			if rest, ok := strings.CutPrefix(path, prefix+"/"); ok {
				path = rest
			}
		}
	}
	first, rest, _ := strings.Cut(strings.Trim(path, "/"), "/")
	if rest == "" {
		return ""
	}
	return first
}

// trend sets the verdict.
func (r *reader) trend(a *Article, h *head) {
	a.Trend, a.TrendText = string(h.shown.trend), norm.NFC.String(h.shown.words)
	switch {
	case h.shown.trend == "" && r.e.profile.DefaultVerdict != "":
		a.Trend = string(r.e.profile.DefaultVerdict)
		r.t.say("trend", a.Trend, "nothing is shown: the default of the profile")
	case h.shown.trend == "":
		a.Warnings = append(a.Warnings, WarnNoTrend)
	case h.verdict >= 0:
		r.t.say("trend", a.Trend, fmt.Sprintf("the words %q in the head", h.shown.words))
	case h.shown.words == "":
		r.t.say("trend", a.Trend, "an address or class in the head")
	default:
		r.t.say("trend", a.Trend, fmt.Sprintf("a picture with the words %q in the head", h.shown.words))
	}
}

// prose sets lead and body.
func (r *reader) prose(a *Article, t *run) {
	paragraphs := r.paragraphs(t)
	a.Lead, a.Body = paragraphs[0], strings.Join(paragraphs[1:], "\n\n")
	if slices.ContainsFunc(t.parts, func(k int) bool { return r.d.blocks[k].flags.has(isExotic) }) {
		a.Lead, a.Body = norm.NFC.String(a.Lead), norm.NFC.String(a.Body)
	}
	r.t.say("lead", a.Lead, "the first paragraph after the head")
	r.t.say("body", fmt.Sprintf("%d paragraphs", len(paragraphs)-1), "what follows it up to the chrome")
}
