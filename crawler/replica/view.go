package replica

import (
	"fmt"
	"hash/fnv"
	"html/template"
	"strings"
	"time"
)

// view is what a template sees. Of Article, Listing and Text exactly one is set.
type view struct {
	W           *words // of the chrome
	Edition     string // of the page
	Lang        string
	Charset     string
	Title       string
	Description string
	Canonical   string
	Base        string // scheme and host, for <base> and JSON-LD
	Home        string
	Feed        string // "" where the site has none
	Style       template.CSS
	Script      template.JS
	Nav         []link
	Editions    []link // EN, BE/RU
	Footer      []link
	Share       []link
	Months      []string // of the archive's drop-down
	Newest      newestView
	Event       eventView
	Calendar    []link
	Token       string // differs with each answer, where asked for
	Build       int    // changes with the chrome

	Article *articleView
	Listing *listingView
	Text    *textView

	generation int
}

type link struct {
	Text, URL string
	Current   bool
}

// newestView is the box with the newest week.
type newestView struct {
	Range   string
	Items   []item
	ViewAll string
}

type eventView struct{ Date, Title, URL string }

// item is an article as lists print it.
type item struct {
	Headline, URL, Range, Section, Teaser string
	Color                                 string // better, worse, unchanged: never printed in words
	Stamp                                 string
	Lang                                  string
}

// articleView is an article's page.
type articleView struct {
	EditionLine *link
	Period      string
	Start, End  string // ISO
	Section     link   // Text is "" where no section is printed
	Headline    string
	Verdict     string
	Color       string
	Second      Second
	Caption     string
	By          string
	Lead        []span
	Body        []block
	Layout      Layout
	Stamp       string
	Published   string // RFC 3339
	Modified    string
	Image       string
	Similar     []item
	Recent      []item
	Twin        string // address for hreflang
}

// listingView is every page that lists articles, weeks or events.
type listingView struct {
	Heading string
	Intro   string
	Groups  []group
	Pages   []link // numbers; the current one has no address
	Next    string
	Prev    string
}

type group struct {
	Heading string
	Items   []item
	Links   []link
	More    link
}

// textView is a page that is neither.
type textView struct {
	Heading    string
	Date       string
	Paragraphs []string
	Login      bool
}

// C gives the hashed class for a name; another one after each redesign.
func (v *view) C(name string) string {
	h := fnv.New32a()
	_, _ = fmt.Fprintf(h, "%s/%d", name, v.generation) // a hash never fails
	return fmt.Sprintf("%c%06x", 'g'+rune(h.Sum32()%17), h.Sum32()>>8)
}

// frame makes a view with all the chrome around an empty page. The caller holds the lock.
func (s *Site) frame(rq *request, title string) *view {
	edition, chrome := rq.edition, rq.edition
	if rq.foreign {
		chrome = otherEdition(edition)
	}
	w := s.words.Editions[chrome]
	v := &view{
		W: w, Edition: edition, Lang: edition, Charset: rq.charset.name(), Title: title,
		Canonical: rq.base + rq.canonical, Base: rq.base, Home: s.href(rq, home(edition)),
		Style: s.design[s.opts.Markup].style, Script: s.design[s.opts.Markup].script,
		Build: 4100 + s.mode.chrome, generation: s.mode.generation,
	}
	if s.opts.HTTP.Nonce {
		v.Token = fmt.Sprintf("%08x", s.nonces.next()*2654435761)
	}
	if !s.opts.NoFeed {
		v.Feed = s.href(rq, home(edition)+"feed/")
	}
	s.menus(rq, v)
	s.boxes(rq, v)
	return v
}

func (s *Site) menus(rq *request, v *view) {
	root := home(rq.edition)
	v.Nav = []link{
		{Text: v.W.About, URL: s.href(rq, "/about-monitoring")},
		{Text: v.W.Club, URL: s.href(rq, "/belarusian-expert-analytical-club/")},
		{Text: v.W.Partners, URL: s.href(rq, root+"#partners")},
		{Text: v.W.Contacts, URL: s.href(rq, root+"#contacts")},
	}
	if s.opts.Markup == MarkupTheme && s.opts.Archive == ArchiveSections {
		v.Nav = append(s.sectionLinks(rq), v.Nav...)
	}
	v.Editions = []link{
		{Text: "EN", URL: s.href(rq, "/"), Current: rq.edition == editionEn},
		{Text: "BE/RU", URL: s.href(rq, "/by/"), Current: rq.edition == editionBe},
	}
	v.Footer = append([]link{{Text: v.W.Login, URL: s.href(rq, "/wp-login.php")}}, v.Nav...)
	v.Share = sharing(v.Canonical)
	months := strings.Fields(v.W.Months)
	for back := range 14 {
		month := s.newestWeek().AddDate(0, -back, 1-s.newestWeek().Day())
		v.Months = append(v.Months, fmt.Sprintf("%s %d", months[month.Month()-1], month.Year()))
	}
	if s.opts.Calendar {
		v.Calendar = s.calendarLinks(rq)
	}
}

// boxes fills the sidebar.
func (s *Site) boxes(rq *request, v *view) {
	week := s.newestWeek()
	v.Newest = newestView{
		Range:   s.chromeStyle(rq, v).yearless(week),
		ViewAll: s.href(rq, s.archivePath(rq.edition)),
	}
	for _, a := range s.listings[rq.edition+"/"+week.Format(time.DateOnly)] {
		v.Newest.Items = append(v.Newest.Items, s.item(rq, a, true))
	}
	e := s.texts.Events[0]
	for _, other := range s.texts.Events {
		if other.Slug == "ten-years-of-weeks" {
			e = other
		}
	}
	v.Event = eventView{e.Date, e.Title, s.href(rq, "/belarusian-expert-analytical-club/"+e.Slug)}
}

// chromeStyle prints ranges in the language of the chrome.
func (s *Site) chromeStyle(rq *request, v *view) periodStyle {
	edition := rq.edition
	if v.W != s.words.Editions[edition] {
		edition = otherEdition(edition)
	}
	return s.style(edition, "chrome")
}

func (s *Site) newestWeek() time.Time {
	if len(s.weeks) == 0 {
		return monday(s.opts.Newest)
	}
	return s.weeks[len(s.weeks)-1]
}

// archivePath is where "View all" leads.
func (s *Site) archivePath(edition string) string {
	if s.opts.Archive == ArchiveWeeks {
		return home(edition) + "situation/"
	}
	return home(edition) + "analytics/"
}

func (s *Site) sectionLinks(rq *request) []link {
	var out []link
	for _, sec := range s.words.Sections {
		id, name := sec.in(rq.edition)
		out = append(out, link{Text: name, URL: s.sectionHref(rq, id)})
	}
	return out
}

// sectionHref is the address of a section's listing.
func (s *Site) sectionHref(rq *request, id string) string {
	return s.href(rq, home(rq.edition)+"analytics/"+id+"/")
}

// home is the path of an edition's home page.
func home(edition string) string {
	if edition == editionBe {
		return "/" + branchBe
	}
	return "/"
}

// href writes a path of the site the way the markup does: absolute, from the root, or against <base>.
func (s *Site) href(rq *request, path string) string {
	switch s.opts.Markup {
	case MarkupSemantic, MarkupTheme:
		return rq.base + path
	case MarkupTable:
		if trimmed := strings.TrimPrefix(path, "/"); trimmed != "" {
			return trimmed
		}
	}
	return path
}

func sharing(canonical string) []link {
	q := template.URLQueryEscaper(canonical)
	return []link{
		{Text: "Facebook", URL: "https://www.facebook.com/sharer/sharer.php?u=" + q},
		{Text: "Telegram", URL: "https://t.me/share/url?url=" + q},
		{Text: "X", URL: "https://twitter.com/intent/tweet?url=" + q},
		{Text: "VK", URL: "https://vk.com/share.php?url=" + q},
		{Text: "E-mail", URL: "mailto:?body=" + q},
	}
}
