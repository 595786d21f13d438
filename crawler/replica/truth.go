package replica

import (
	"slices"
	"time"
)

// Truth is an article as the site means it: what a perfect extraction of its page gives. Text is
// Unicode NFC; a field that the page does not print is empty.
type Truth struct {
	Path         string // of the id: no leading or trailing slash, no query ("security-issues/minsk-...")
	Edition      string // en, be
	Lang         string // of the text: en, ru, be
	Section      string // as printed, "" where the page prints none
	SectionID    string // from the path
	Headline     string
	PeriodStart  string // ISO date, as the printed period is to be read; "" where none is printed
	PeriodEnd    string // ISO date, included
	PeriodText   string // as printed
	Trend        string // better, worse, unchanged or ""
	TrendText    string // as printed, without the brackets of the older layout
	Authors      []string
	Lead         string
	Body         string // paragraphs and list items, one blank line between
	Caption      string
	Links        []string      // from lead and body; those of the site itself start with "/"
	Translations []Translation // as meant, symmetric
	LinksTwin    bool          // this page itself links its translation

	Revision int       // from 1
	Modified time.Time // of this revision, UTC, whole seconds
	Status   int       // answered now: 200, 404 or 410
	OldPaths []string  // paths it had before, the oldest first; they answer 301
	Week     time.Time // Monday of the week it is listed under; differs from PeriodStart for the annual review
	Listed   []string  // sections whose listings name it, as slugs
	Shapes   []Shape   // what is special about it
}

// Translation names the same article in another edition.
type Translation struct {
	Edition string
	Path    string
}

// Shape names a property of a page that a test may want to pick.
type Shape string

// The shapes. An article has any number of them.
const (
	ShapeNoEditionLine  Shape = "no-edition-line"  // no "by" or "en" above the period, in the current layout
	ShapeEditionHome    Shape = "edition-home"     // that line leads to the other edition's home: there is no translation
	ShapeNoSecond       Shape = "no-second"        // the headline stands once
	ShapeSecondAfter    Shape = "second-after"     // the second headline stands after the lead
	ShapeCaption        Shape = "caption"          //
	ShapeByline         Shape = "byline"           //
	ShapeOneParagraph   Shape = "one-paragraph"    // the body is empty
	ShapeList           Shape = "list"             //
	ShapeLinks          Shape = "links"            //
	ShapeBoldLine       Shape = "bold-line"        // a line of the body that looks like a heading
	ShapeOlder          Shape = "older"            // the older layout: no period, no section, no edition line
	ShapeOlderStamp     Shape = "older-stamp"      // older layout with a time stamp in place of a verdict
	ShapeOlderNoVerdict Shape = "older-no-verdict" // older layout with nothing after "Category status:"
	ShapeOldSection     Shape = "old-section"      // a section slug of 2014-2017; no section line
	ShapeNewYear        Shape = "new-year"         // the printed year is that of one end only
	ShapeAnnualReview   Shape = "annual-review"    // prints the first week of the year it reviews
	ShapeCyrillicC      Shape = "cyrillic-c"       // the headline's first letter is Cyrillic
	ShapeRussianInEn    Shape = "russian-in-en"    // Russian text in the English edition, beside its English twin
	ShapeForeignListing Shape = "foreign-listing"  // listed under another section than its own
	ShapeTwoSpellings   Shape = "two-spellings"    // linked with and without last slash, and with a query
	ShapeTruncatedSlug  Shape = "truncated-slug"   //
	ShapeOtherSlug      Shape = "other-slug"       // the slug is not made from the headline
	ShapeTwiceInWeek    Shape = "twice-in-week"    // the section has two articles in that week
	ShapeForeignChrome  Shape = "foreign-chrome"   // chrome of the other edition around the page
	ShapeHandWritten    Shape = "hand-written"     // not from the generator
	ShapeBelarusianText Shape = "belarusian-text"  // in the be edition the usual language is Russian
)

// Has says whether the article has the shape.
func (t Truth) Has(shape Shape) bool {
	return slices.Contains(t.Shapes, shape)
}

// LinksAt gives Links as absolute addresses of a site at base ("http://127.0.0.1:8080").
func (t Truth) LinksAt(base string) []string {
	out := make([]string, 0, len(t.Links))
	for _, l := range t.Links {
		if l != "" && l[0] == '/' {
			l = base + l
		}
		out = append(out, l)
	}
	return out
}
