package replica

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// weeksAPage is how many weeks the index of weeks shows on a page.
const weeksAPage = 52

// homeView is an edition's first page: the newest week.
func (s *Site) homeView(rq *request) *view {
	v := s.frame(rq, s.words.Editions[rq.edition].Site)
	v.Description = v.W.Tagline
	v.Listing = &listingView{Heading: v.W.Tagline, Intro: v.W.Pitch2}
	g := group{Heading: v.W.Situation, More: link{Text: v.W.ViewAll, URL: v.Newest.ViewAll}}
	for _, a := range s.listings[rq.edition+"/"+s.newestWeek().Format(time.DateOnly)] {
		g.Items = append(g.Items, s.item(rq, a, false))
	}
	v.Listing.Groups = []group{g}
	return v
}

// analyticsView is /analytics/: the sections with their newest articles.
func (s *Site) analyticsView(rq *request) *view {
	v := s.frame(rq, s.words.Editions[rq.edition].Analytics)
	v.Listing = &listingView{Heading: v.W.Analytics, Intro: v.W.Tagline}
	for _, sec := range s.words.Sections {
		id, name := sec.in(rq.edition)
		g := group{Heading: name, More: link{Text: v.W.AllTrends, URL: s.sectionHref(rq, id)}}
		for _, a := range firstOf(s.listings[rq.edition+"/"+id], 3) {
			g.Items = append(g.Items, s.item(rq, a, false))
		}
		v.Listing.Groups = append(v.Listing.Groups, g)
	}
	if old := s.oldSections(rq); len(old) > 0 {
		v.Listing.Groups = append(v.Listing.Groups, group{Heading: v.W.Archive, Links: old})
	}
	return v
}

// oldSections links the listings of section slugs no longer in use, where the edition has any.
func (s *Site) oldSections(rq *request) []link {
	var out []link
	for _, sec := range s.words.Sections { // in the order of today's sections
		for old, today := range s.words.OldSections {
			if today == sec.En && len(s.listings[rq.edition+"/"+old]) > 0 {
				text := strings.ToUpper(old[:1]) + strings.ReplaceAll(old[1:], "-", " ")
				out = append(out, link{Text: text, URL: s.sectionHref(rq, old)})
			}
		}
	}
	return out
}

// sectionView is one page of a section's listing; nil where there is no such page.
func (s *Site) sectionView(rq *request, id string, page int) *view {
	list := s.listings[rq.edition+"/"+id]
	items, last, ok := s.pageOf(list, page, s.opts.PageSize)
	if !ok {
		return nil
	}
	heading := s.words.sectionName(rq.edition, id)
	if heading == "" {
		heading = s.words.Editions[rq.edition].Archive
	}
	v := s.frame(rq, heading)
	v.Listing = &listingView{Heading: heading}
	g := group{}
	for _, a := range items {
		g.Items = append(g.Items, s.item(rq, a, false))
	}
	v.Listing.Groups = []group{g}
	s.paginate(rq, v.Listing, home(rq.edition)+"analytics/"+id+"/", page, last)
	return v
}

// weeksView is one page of the index of weeks.
func (s *Site) weeksView(rq *request, page int) *view {
	weeks := make([]time.Time, 0, len(s.weeks))
	for i := len(s.weeks) - 1; i >= 0; i-- {
		weeks = append(weeks, s.weeks[i])
	}
	shown, last, ok := pageOf(weeks, page, weeksAPage, s.opts.Endless)
	if !ok {
		return nil
	}
	v := s.frame(rq, s.words.Editions[rq.edition].Weeks)
	v.Listing = &listingView{Heading: v.W.Situation}
	g := group{}
	for _, week := range shown {
		g.Links = append(g.Links, link{
			Text: s.style(rq.edition, "chrome").yearless(week),
			URL:  s.href(rq, fmt.Sprintf("%ssituation/%d/", home(rq.edition), weekNumber(week))),
		})
	}
	v.Listing.Groups = []group{g}
	s.paginate(rq, v.Listing, home(rq.edition)+"situation/", page, last)
	return v
}

// weekView is the page of one week; nil where there is none.
func (s *Site) weekView(rq *request, number int) *view {
	for _, week := range s.weeks {
		if weekNumber(week) != number {
			continue
		}
		v := s.frame(rq, s.words.Editions[rq.edition].Situation)
		v.Listing = &listingView{Heading: v.W.Situation, Intro: s.style(rq.edition, "chrome").yearless(week)}
		for _, a := range s.listings[rq.edition+"/"+week.Format(time.DateOnly)] {
			it := s.item(rq, a, false)
			v.Listing.Groups = append(v.Listing.Groups, group{Heading: it.Section, Items: []item{it}})
		}
		return v
	}
	return nil
}

// clubView lists the events.
func (s *Site) clubView(rq *request) *view {
	v := s.frame(rq, s.words.Editions[rq.edition].Club)
	v.Listing = &listingView{Heading: v.W.Club}
	g := group{}
	for _, e := range s.texts.Events {
		g.Links = append(g.Links, link{Text: e.Date + " — " + e.Title, URL: s.href(rq, "/belarusian-expert-analytical-club/"+e.Slug)})
	}
	v.Listing.Groups = []group{g}
	return v
}

func (s *Site) eventView(rq *request, slug string) *view {
	for _, e := range s.texts.Events {
		if e.Slug == slug {
			v := s.frame(rq, e.Title)
			v.Text = &textView{Heading: e.Title, Date: e.Date, Paragraphs: e.Text}
			return v
		}
	}
	return nil
}

func (s *Site) aboutView(rq *request) *view {
	v := s.frame(rq, s.words.Editions[rq.edition].About)
	v.Text = &textView{Heading: v.W.About, Paragraphs: s.texts.About[rq.edition]}
	return v
}

func (s *Site) loginView(rq *request) *view {
	v := s.frame(rq, s.words.Editions[rq.edition].Login)
	v.Text = &textView{Heading: v.W.Login, Login: true}
	return v
}

func (s *Site) notFoundView(rq *request) *view {
	v := s.frame(rq, s.words.Editions[rq.edition].NotFound)
	v.Text = &textView{Heading: v.W.NotFound, Paragraphs: []string{v.W.NotFoundText}}
	return v
}

func (s *Site) pageOf(list []*article, page, size int) ([]*article, int, bool) {
	return pageOf(list, page, size, s.opts.Endless)
}

// pageOf cuts page number page, from 1, out of a list, and says which is the last page. Pages after
// it are there on endless sites only.
func pageOf[T any](list []T, page, size int, endless Endless) (items []T, last int, ok bool) {
	last = max(1, (len(list)+size-1)/size)
	shown := page
	if page > last {
		switch endless {
		case EndlessSame:
			shown = last
		case EndlessItems:
			shown = (page-1)%last + 1
		default:
			return nil, last, false
		}
	}
	from := (shown - 1) * size
	return list[from:min(from+size, len(list))], last, true
}

// paginate links the first, the last and the neighbouring pages. An endless site always has a next one.
func (s *Site) paginate(rq *request, l *listingView, base string, page, last int) {
	if s.opts.Endless != EndlessNone {
		last = max(last, page+1)
	}
	if last == 1 {
		return
	}
	before := 0
	for n := 1; n <= last; n++ {
		if n != 1 && n != last && (n < page-2 || n > page+2) {
			continue
		}
		if before != n-1 {
			l.Pages = append(l.Pages, link{Text: "…"})
		}
		before = n
		p := link{Text: strconv.Itoa(n), Current: n == page}
		if n != page {
			p.URL = s.pageHref(rq, base, n)
		}
		l.Pages = append(l.Pages, p)
	}
	if page > 1 {
		l.Prev = s.pageHref(rq, base, page-1)
	}
	if page < last {
		l.Next = s.pageHref(rq, base, page+1)
	}
}

// pageHref writes the address of a further page in the form the options ask for.
func (s *Site) pageHref(rq *request, base string, page int) string {
	if page == 1 {
		return s.href(rq, base)
	}
	if s.opts.Paging == PagingPath || s.opts.Paging != PagingQuery && page%2 == 0 {
		return s.href(rq, fmt.Sprintf("%spage/%d/", base, page))
	}
	return s.href(rq, fmt.Sprintf("%s?paged=%d", base, page))
}

func firstOf[T any](list []T, n int) []T { return list[:min(n, len(list))] }
