package archive

// Report is what a run leaves behind: stored in the WARC file as a metadata record, shown by
// `infocus runs`. Durations are in seconds, sizes in bytes, times RFC 3339 UTC. Lists and counts by name are there also where they
// are empty.
type Report struct {
	Run      int     `json:"run"`
	Site     string  `json:"site"`
	Started  string  `json:"started"`
	Finished string  `json:"finished"`
	Seconds  float64 `json:"seconds"`
	Resumed  bool    `json:"resumed"` // went on with an interrupted night
	Full     bool    `json:"full"`
	Ended    string  `json:"ended"`         // complete, interrupted, max-pages, breaker, disk, robots
	Why      string  `json:"why,omitempty"` // of an early end, in words
	ExitCode int     `json:"exit_code"`     // 0, 1, 3 or 130
	Alarms   []Alarm `json:"alarms"`        // what needs a person
	Distrust bool    `json:"distrust"`      // missing and moved pages of this run say nothing of the articles

	Requests    int   `json:"requests"` // every exchange, robots.txt, redirects and failures included
	Pages       int   `json:"pages"`    // without robots.txt
	BytesUp     int64 `json:"bytes_up"`
	BytesDown   int64 `json:"bytes_down"`
	New         int   `json:"new"`
	Changed     int   `json:"changed"`
	Unchanged   int   `json:"unchanged"`
	NotModified int   `json:"not_modified"`
	Missing     int   `json:"missing"`
	Gone        int   `json:"gone"`
	Moved       int   `json:"moved"`
	Failed      int   `json:"failed"`

	FailedByReason map[string]int `json:"failed_by_reason"`
	Failures       []Failing      `json:"failures"` // each address that failed
	Noted          []Failing      `json:"noted"`    // reported, not failed
	NotedMore      int            `json:"noted_more,omitempty"`

	Listings   []Walk         `json:"listings"`
	Weeks      int            `json:"weeks"`                 // different periods among the articles captured
	NewestWeek string         `json:"newest_week,omitempty"` // first day
	OldestWeek string         `json:"oldest_week,omitempty"`
	Sections   map[string]int `json:"sections"` // articles captured by section_id
	Gaps       []string       `json:"gaps"`     // weeks of the archive without an article, between its first and last
	Fields     FieldCount     `json:"fields"`
	Politeness *Politeness    `json:"politeness,omitempty"`
	Waiting    int            `json:"waiting"` // addresses left for the next run
}

// Alarm is something that needs a person.
type Alarm struct {
	Code string `json:"code"`
	Text string `json:"text"` // what happened and what to do
}

// The codes of alarms.
const (
	AlarmNotTheSite  = "not-the-site"       // the home page does not look like the site's
	AlarmMassMissing = "mass-missing"       // known articles vanished in numbers
	AlarmExtraction  = "extraction-dropped" // a field is found far less often than usual
	AlarmEndedEarly  = "ended-early"        // the breaker, robots.txt or the disk ended the night
	AlarmEndless     = "endless-listing"
	AlarmDropped     = "too-many-addresses"
	AlarmKeepsFail   = "keeps-failing" // addresses that failed for days
)

// HasAlarm says whether a run raised an alarm of a code.
func (r *Report) HasAlarm(code string) bool {
	for _, a := range r.Alarms {
		if a.Code == code {
			return true
		}
	}
	return false
}

// Failing is an address and why it gave not what it promised.
type Failing struct {
	URL    string `json:"url"`
	Role   string `json:"role"`
	Reason string `json:"reason"`
	Detail string `json:"detail,omitempty"`
	Via    string `json:"via,omitempty"`
	Tries  int    `json:"tries"`
}

// Walk is the reading of one listing.
type Walk struct {
	Head     string `json:"head"`
	Pages    int    `json:"pages"`
	New      int    `json:"new"`
	Complete bool   `json:"complete"` // read to its end in this run
	Ended    string `json:"ended"`    // end, known, since, failed, shifted, endless; "" where the run ended before
}

// FieldCount counts the good article pages of a run and how many had each field.
type FieldCount struct {
	Pages    int `json:"pages"` // pages asked as articles that answered with status 200
	Articles int `json:"articles"`
	Period   int `json:"period"`
	Section  int `json:"section"`
	Headline int `json:"headline"`
	Trend    int `json:"trend"`
	Lead     int `json:"lead"`
	Body     int `json:"body"`
}

// Politeness are the figures of how the site was treated. Durations are in seconds.
type Politeness struct {
	Delay         float64 `json:"delay"`       // asked for
	CrawlDelay    float64 `json:"crawl_delay"` // of robots.txt
	SmallestGap   float64 `json:"smallest_gap"`
	LongestWait   float64 `json:"longest_wait"` // of a back-off
	Waited        float64 `json:"waited"`
	RetryAfter    float64 `json:"retry_after"` // the longest that the site asked for
	BackOffs      int     `json:"back_offs"`
	RobotsRefused int     `json:"robots_refused"`
	Rate          float64 `json:"rate"` // requests a second over the whole run
}
