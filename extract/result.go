package extract

import "time"

// Page is one payload with what is known of it; extraction sees nothing else.
type Page struct {
	URL         string    // address as captured, absolute
	Time        time.Time // capture time, UTC
	ContentType string    // value of the Content-Type header, "" if there was none
	Body        []byte    // content encoding (gzip, br) removed, character set as sent
}

// Kind says what a page turned out to be.
type Kind string

// The kinds of page. Everything but Article and Listing gives no record and no address to follow
// with a duty; Other is an honest page that is neither (about, event).
const (
	KindArticle      Kind = "article"
	KindListing      Kind = "listing"
	KindOther        Kind = "other"
	KindInterstitial Kind = "interstitial" // an anti-bot page
	KindLogin        Kind = "login"
	KindParked       Kind = "parked"   // a domain for sale or resold
	KindEmpty        Kind = "empty"    // no words at all
	KindNotHTML      Kind = "not-html" // PDF, image, feed, JSON
	KindUnreadable   Kind = "unreadable"
)

// Result is what one page gave.
type Result struct {
	Kind    Kind
	Reason  string   // why that kind, in words a person can use
	Article *Article // for KindArticle, else nil
	Links   []Link   // addresses of the site named by the page, in page order, each once
	Trace   []Why    // why each field has its value; only from Explain
}

// Why says where a field's value was found.
type Why struct {
	Field  string `json:"field"`
	Value  string `json:"value"`
	Reason string `json:"reason"`
}

// Article is what a page says of itself: the part of the record that one page can give.
// Text is Unicode NFC; a field that the page does not print is empty.
type Article struct {
	Edition      string        `json:"edition"`
	Lang         string        `json:"lang"`
	Section      string        `json:"section,omitempty"`
	SectionID    string        `json:"section_id,omitempty"`
	Headline     string        `json:"headline"`
	PeriodStart  string        `json:"period_start,omitempty"` // ISO date
	PeriodEnd    string        `json:"period_end,omitempty"`   // ISO date, included
	PeriodText   string        `json:"period_text,omitempty"`
	Trend        string        `json:"trend,omitempty"` // better, worse, unchanged
	TrendText    string        `json:"trend_text,omitempty"`
	Authors      []string      `json:"authors,omitempty"`
	Lead         string        `json:"lead"`
	Body         string        `json:"body"`
	Caption      string        `json:"caption,omitempty"`
	Links        []string      `json:"links,omitempty"`
	Translations []Translation `json:"translations,omitempty"`
	Warnings     []string      `json:"warnings,omitempty"`
}

// Translation names the same article in another edition.
type Translation struct {
	Edition string `json:"edition"`
	ID      string `json:"id"`
}

// Role says what a link promises; the page behind it may turn out otherwise.
type Role string

// The roles of links.
const (
	RoleArticle Role = "article"  // an item that a listing names as an article
	RoleMaybe   Role = "maybe"    // may be an article; no duty if it is not
	RoleListing Role = "listing"  // a section listing or a week page
	RoleViewAll Role = "view-all" // "View all", by its words
	RolePage    Role = "page"     // a further page of this listing
	RoleEdition Role = "edition"  // the other edition, of this article or of the site
	RoleFeed    Role = "feed"     // RSS or Atom, from link rel=alternate
	RoleOther   Role = "other"
)

// Link is an address of the site that a page names.
type Link struct {
	URL         string // absolute, without fragment
	Text        string // its words, white space folded
	Role        Role
	Edition     string // edition the address belongs to
	PeriodStart string // of the item that holds the link, "" if none is printed
	PeriodEnd   string
	Page        int // number of a further page, 0 where the link only says "next"
}
