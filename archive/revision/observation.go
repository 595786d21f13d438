package revision

import (
	"time"

	"infocus/archive/capture"
	"infocus/extract"
)

// Kind says what a capture of an article showed.
type Kind string

// The kinds of observation.
const (
	Good        Kind = "good"         // a 2xx answer that reads as an article
	NotModified Kind = "not-modified" // 304
	Missing     Kind = "missing"      // 404, 410
	Moved       Kind = "moved"        // a redirect to another id, or to no article
	Failed      Kind = "failed"       // an error, an interstitial, a page that should be an article and is not
)

// Observation is one capture of an article's address.
type Observation struct {
	ID     string    // of the address that was asked
	URL    string    // address as captured
	Time   time.Time // capture time, UTC; what is finer than a millisecond does not count
	Kind   Kind
	Reason string // for Failed: why, as a code
	Target string // for Moved: id of the article that the redirect names, "" for the home page, a listing, another site

	// Article is what a Good capture shows, else nil. A Good one without an article or without any text counts as failed.
	// It is only read, so captures of the same content may share one.
	Article *extract.Article

	WARC        string // base name of the file
	Offset      int64  // in bytes, of the record with the response
	PayloadSHA1 string // base32; for NotModified of the payload that the server confirmed, "" where that is not known
	Source      capture.Source
}
