package replica

import (
	"crypto/tls"
	"net/http"
	"time"
)

// Markup names one of the ways in which the site can be built. No two share a class name.
type Markup string

// The markups.
const (
	MarkupSemantic Markup = "semantic" // HTML5 with article, time, JSON-LD, og: tags
	MarkupSoup     Markup = "soup"     // nested div and span, hashed classes, no headings, no landmarks
	MarkupTheme    Markup = "theme"    // a grid theme: container, row, col, cards; the sidebar comes first in source
	MarkupTable    Markup = "table"    // layout tables, font, br, unquoted attributes, windows-1251 for be
)

// Markups gives all markups, in a fixed order.
func Markups() []Markup {
	return []Markup{MarkupSemantic, MarkupSoup, MarkupTheme, MarkupTable}
}

// Archive says where "View all" leads.
type Archive string

// The two archives.
const (
	ArchiveSections Archive = "sections" // /analytics/ with one paged listing a section
	ArchiveWeeks    Archive = "weeks"    // an index of weeks, one page a week; there are no section listings
)

// Paging says which form of further pages is linked. Both are always answered.
type Paging string

// The forms.
const (
	PagingQuery Paging = "query" // ?paged=N
	PagingPath  Paging = "path"  // /page/N/
	PagingMixed Paging = "mixed" // odd numbers as ?paged=N, even ones as /page/N/
)

// Charset says how text is encoded and what is said about it.
type Charset string

// The character sets. CharsetDefault is UTF-8, but in MarkupTable the be edition is Charset1251Meta.
const (
	CharsetDefault     Charset = ""
	CharsetUTF8        Charset = "utf-8"
	Charset1251Header  Charset = "windows-1251-header" // named in Content-Type
	Charset1251Meta    Charset = "windows-1251-meta"   // named in the page only
	CharsetWrongHeader Charset = "wrong-header"        // windows-1251 bytes, meta right, header says utf-8
)

// ETag says which entity tags are sent.
type ETag string

// The kinds of entity tag.
const (
	ETagStrong   ETag = ""         // follows the bytes
	ETagWeak     ETag = "weak"     // W/"..."
	ETagUnstable ETag = "unstable" // another with each answer: never gives 304
	ETagNone     ETag = "none"
)

// HTTP is how answers are sent.
type HTTP struct {
	ETag           ETag
	NoLastModified bool
	NoGzip         bool // even if the client accepts gzip
	Chunked        bool // no Content-Length
	SlashRedirect  bool // 301 to the spelling with a last slash; else both spellings answer 200
	Nonce          bool // each answer carries another token in its markup, so no two have the same bytes
	Header         http.Header
}

// Robots is what /robots.txt says.
type Robots struct {
	Status     int      // 0 is 200
	Disallow   []string // for every agent
	CrawlDelay string   // as printed, in seconds
	Sitemap    bool     // name the sitemap index
	Body       string   // instead of all the above, if not empty
}

// Endless says what listing pages after the last answer.
type Endless string

// The answers after the last page.
const (
	EndlessNone  Endless = ""      // 404
	EndlessSame  Endless = "same"  // the items of the last page and a link to the next, for ever
	EndlessItems Endless = "items" // the items of the listing from its start again, for ever
)

// Shift changes the listings while they are read.
type Shift struct {
	Every  int  // after this many requests for listings something happens; 0 is never
	Delete bool // an article of a first page is taken down instead of a new one published
	Limit  int  // at most so often; 0 is no limit
}

// Options describes a site. The zero value is the site of the demo.
type Options struct {
	Seed       uint64
	Weeks      int       // number of weeks held; 0 is 72
	PerSection int       // articles a section in a week; 0 is 1
	Newest     time.Time // any day of the newest week; zero is 2025-01-13
	Plain      bool      // no oddities and no missing weeks: for benchmarks

	Markup    Markup  // "" is MarkupSemantic
	Charset   Charset //
	Archive   Archive // "" is ArchiveSections
	Paging    Paging  // "" is PagingMixed
	PageSize  int     // items a listing page; 0 is 18
	PublicURL string  // scheme and host printed in absolute addresses; "" is that of the request

	HTTP     HTTP
	Robots   Robots
	Sitemap  bool // answer /sitemap.xml and its parts
	NoFeed   bool // /feed/ answers 404 and is not named
	Calendar bool // a calendar with links to every day and month, without end
	Endless  Endless
	Shift    Shift
	Faults   []Fault

	CacheBytes int64 // keep so many bytes of finished pages in memory: for benchmarks; 0 is none

	Admin bool             // answer /_replica/ (see Admin)
	Now   func() time.Time // for the log and the times of changes; nil is time.Now
	Addr  string           // for Start; "" is 127.0.0.1:0
	TLS   *tls.Config      // for Start; nil is plain HTTP
}

// Scale gives Options for a site of at least n article pages in both editions together, without
// oddities, for benchmarks.
func Scale(n int) Options {
	const pagesAWeek, mostWeeks = 10, 500 // five sections in two editions
	weeks, perSection := (n+pagesAWeek-1)/pagesAWeek, 1
	for ; weeks > mostWeeks; perSection++ {
		weeks = (n + pagesAWeek*(perSection+1) - 1) / (pagesAWeek * (perSection + 1))
	}
	return Options{Plain: true, Weeks: weeks, PerSection: perSection}
}

func (o Options) withDefaults() Options {
	if o.Weeks == 0 {
		o.Weeks = defaultWeeks
	}
	o.PerSection = max(o.PerSection, 1)
	if o.PageSize <= 0 {
		o.PageSize = 18
	}
	if o.Newest.IsZero() {
		o.Newest = day(2025, time.January, 13)
	}
	if o.Markup == "" {
		o.Markup = MarkupSemantic
	}
	if o.Archive == "" {
		o.Archive = ArchiveSections
	}
	if o.Paging == "" {
		o.Paging = PagingMixed
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}
