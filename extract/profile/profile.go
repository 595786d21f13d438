// Package profile describes a site as data: where it is, its editions with their words, how its addresses are built.
// Extraction and the crawler know a site by its profile alone. The package reads the file that it is given and nothing
// else; a profile is checked when it is loaded and is read-only and safe for concurrent use afterwards.
package profile

import (
	"time"

	"infocus/extract/period"
)

// Trend is a verdict: how the situation changed.
type Trend string

// The trends of a record.
const (
	Better    Trend = "better"
	Worse     Trend = "worse"
	Unchanged Trend = "unchanged"
)

// Profile is a site. Fields are as in the file; they must not be changed.
type Profile struct {
	Name  string   `yaml:"name"`  // first part of every article id: letters, digits, hyphens
	Title string   `yaml:"title"` // as people call it
	Hosts []string `yaml:"hosts"` // lower case, without "www."; the first is the preferred one

	TimeZone     string      `yaml:"time_zone"`     // IANA name; UTC where empty
	FirstWeekday string      `yaml:"first_weekday"` // English name; monday where empty
	Unit         period.Unit `yaml:"period"`        // week (where empty) or month
	// DateOrder is how dates in numbers with slashes print: dmy (where empty) or mdy.
	DateOrder period.Order `yaml:"date_order"`

	Editions  []Edition `yaml:"editions"` // the first is the main one
	Addresses Addresses `yaml:"addresses"`

	// Verdicts given by a reference (href, src or class that holds the text) and not by words.
	VerdictReferences []VerdictReference `yaml:"verdict_references"`
	// DefaultVerdict is the trend of an article that shows none, "" for no trend at all.
	DefaultVerdict Trend `yaml:"default_verdict"`

	Phrases   Phrases   `yaml:"phrases"`
	Selectors Selectors `yaml:"selectors"`

	raw      []byte
	digest   string
	location *time.Location
	grammar  *period.Grammar
	lexicon  lexicon
	paths    paths
}

// Edition is a branch of the site with its own chrome language.
type Edition struct {
	Code      string   `yaml:"code"`      // value of "edition" in the record
	Languages []string `yaml:"languages"` // BCP 47, the edition's own first; texts may be in any of them
	Names     []string `yaml:"names"`     // words of a link that leads to this edition
	Prefix    string   `yaml:"prefix"`    // path prefix without a slash at the end, "" for the root
	Seeds     []string `yaml:"seeds"`     // paths where a crawl begins
	Probes    []string `yaml:"probes"`    // paths that may exist: asking them is no promise

	// Months has twelve lists, January first, each with every spelling and grammatical case.
	Months [][]string `yaml:"months"`

	Sections []Section          `yaml:"sections"`
	Verdicts map[Trend][]string `yaml:"verdicts"`
	Chrome   []string           `yaml:"chrome"` // blocks that are no content; "..." at the end: beginnings
	Links    LinkWords          `yaml:"links"`
	Bylines  []string           `yaml:"bylines"`  // words before an author's name
	Captions []string           `yaml:"captions"` // words before the credit of a picture
}

// Section is a part of the site.
type Section struct {
	Slug   string   `yaml:"slug"`    // path segment
	Words  []string `yaml:"words"`   // as printed
	SameAs string   `yaml:"same_as"` // slug of the same section in the main edition or under its newer name
}

// LinkWords are the words of links, by what they lead to.
type LinkWords struct {
	ViewAll  []string `yaml:"view_all"`
	Next     []string `yaml:"next"`     // the page after this one of a listing
	Previous []string `yaml:"previous"` // the page before this one
	ReadMore []string `yaml:"read_more"`
}

// VerdictReference maps part of an address or class to a verdict.
type VerdictReference struct {
	Contains string `yaml:"contains"`
	Trend    Trend  `yaml:"trend"`
}

// Phrases are words that tell a page that is no page of the site, beside those known for every site.
type Phrases struct {
	Interstitial []string `yaml:"interstitial"`
	Login        []string `yaml:"login"`
	Parked       []string `yaml:"parked"`
	NotFound     []string `yaml:"not_found"`
}

// Addresses are the rules of a site's addresses. Paths are patterns, one segment after the other: "*" is any segment,
// "{section}" a section's slug, "{n}" a number, "{year}" four digits, "{month}" the word of a month, "**" at the end
// any number of further segments. A pattern has no edition prefix and no slash at the end.
type Addresses struct {
	Articles  []string `yaml:"articles"`
	Listings  []string `yaml:"listings"`
	Others    []string `yaml:"others"`     // pages that are neither: about, events
	Ignore    []string `yaml:"ignore"`     // never a page
	KeepQuery []string `yaml:"keep_query"` // keys that tell articles apart
	Paging    []string `yaml:"paging"`     // forms of a further page: "?paged={n}", "/page/{n}"
}

// Default is the name of the profile that ships with the program.
const Default = "belarusinfocus"

// Bytes gives the profile as it was read.
func (p *Profile) Bytes() []byte { return append([]byte(nil), p.raw...) }

// Digest is the SHA-256 of Bytes in hex; it names the rules that a record was made with.
func (p *Profile) Digest() string { return p.digest }

// Location is the site's time zone.
func (p *Profile) Location() *time.Location { return p.location }

// Periods is the grammar of the site's periods in all its editions.
func (p *Profile) Periods() *period.Grammar { return p.grammar }

// EditionCodes lists the codes of all editions, the main one first.
func (p *Profile) EditionCodes() []string {
	codes := make([]string, len(p.Editions))
	for i := range p.Editions {
		codes[i] = p.Editions[i].Code
	}
	return codes
}

// Edition gives the edition with that code.
func (p *Profile) Edition(code string) (*Edition, bool) {
	for i := range p.Editions {
		if p.Editions[i].Code == code {
			return &p.Editions[i], true
		}
	}
	return nil, false
}
