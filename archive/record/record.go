package record

import (
	"strings"
	"time"

	"infocus/archive/capture"
	"infocus/extract"
)

// Schema is the version of the record. It grows when a key is added, removed or changes its meaning.
const Schema = 1

// Record is one revision of an article. An empty string in a field that may be null is null in JSON, and so is a zero
// GoneSince. The JSON tags are for reading; Append writes.
type Record struct {
	Schema       int                   `json:"schema"`
	ID           string                `json:"id"` // <site>/<path>
	Site         string                `json:"site"`
	URL          string                `json:"url"`     // as captured
	Edition      string                `json:"edition"` // branch of the site
	Lang         string                `json:"lang"`    // of the text itself, BCP 47
	Section      string                `json:"section"` // as printed, or null
	SectionID    string                `json:"section_id"`
	Headline     string                `json:"headline"`
	PeriodStart  string                `json:"period_start"` // ISO date, or null
	PeriodEnd    string                `json:"period_end"`   // ISO date, included, or null
	PeriodText   string                `json:"period_text"`  // as printed, or null
	Trend        string                `json:"trend"`        // better, worse, unchanged or null
	TrendText    string                `json:"trend_text"`   // as printed, or null
	Authors      []string              `json:"authors"`
	Lead         string                `json:"lead"`
	Body         string                `json:"body"`
	Caption      string                `json:"caption"` // or null
	Links        []string              `json:"links"`
	Translations []extract.Translation `json:"translations"`
	Aliases      []string              `json:"aliases"`
	RevisionID   string                `json:"revision_id"`
	Revision     int                   `json:"revision"`  // from 1, in capture time
	Revisions    int                   `json:"revisions"` // how many there are
	FirstSeen    time.Time             `json:"first_seen"`
	LastSeen     time.Time             `json:"last_seen"`
	GoneSince    time.Time             `json:"gone_since"` // zero is null
	ContentHash  string                `json:"content_sha256"`
	Capture      Capture               `json:"capture"`
	Extractor    string                `json:"extractor"` // version of the rules that made the record
	Warnings     []string              `json:"warnings"`
}

// Capture is the place of the newest capture with a payload.
type Capture struct {
	WARC        string         `json:"warc"`   // base name of the file
	Offset      int64          `json:"offset"` // in bytes, of the record that holds the response
	Time        time.Time      `json:"time"`
	PayloadSHA1 string         `json:"payload_sha1"` // base32
	Source      capture.Source `json:"source"`
}

// Compare orders records as an export prints them: by period_start, id and revision, records without a period first. It
// is negative where a comes before b.
func Compare(a, b *Record) int {
	if c := strings.Compare(a.PeriodStart, b.PeriodStart); c != 0 {
		return c
	}
	if c := strings.Compare(a.ID, b.ID); c != 0 {
		return c
	}
	return a.Revision - b.Revision
}
