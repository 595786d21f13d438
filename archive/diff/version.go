package diff

import "time"

// Version is one revision of an article as far as a diff looks at it. An empty field is one that the page did not print.
type Version struct {
	Revision   int       // its number in capture time
	RevisionID string    // its lasting name
	FirstSeen  time.Time // first good capture, UTC
	LastSeen   time.Time // last good capture, UTC
	Lang       string    // language of the text, BCP 47; "" where not known
	TakenDown  bool      // on the newer side of a diff: the article was taken down since the older one, whether it came back or not

	Headline    string
	Trend       string // better, worse, unchanged
	Section     string
	PeriodText  string
	PeriodStart string // ISO date
	PeriodEnd   string // ISO date, included
	Authors     []string
	Lead        string // one paragraph
	Body        string // paragraphs parted by a blank line
}
