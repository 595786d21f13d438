package crawler

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/rs/zerolog"

	"infocus/archive"
	"infocus/archive/schedule"
	"infocus/archive/warc"
	"infocus/crawler/polite"
	"infocus/crawler/transport"
	"infocus/extract/profile"
)

// Bounds of a night that no site should reach; reaching one is reported.
const (
	// MaxTries is how often a page is tried in one night.
	MaxTries = 3
	// maxWalk is how many pages one listing may have.
	maxWalk = 1000
	// maxSitemaps is how many sitemaps that indexes of sitemaps name are taken in one night.
	maxSitemaps = 200
	// maxWaiting is how many addresses may wait at once.
	maxWaiting = 200_000
	// maxRedirects is how many redirects are followed from one address.
	maxRedirects = 10
	// maxOther is how many links of no known meaning are followed from one page.
	maxOther = 40
	// resumeWithin is how old an interrupted night may be for the next run to go on with it.
	resumeWithin = 20 * time.Hour
	// DefaultBudget is how many known articles a night asks again at most.
	DefaultBudget = 500
	// NoBudget is a budget that has no known article asked again.
	NoBudget = -1
	// MemoryGoal is how much memory a crawl should have the Go runtime keep to, in bytes: it collects
	// garbage more often near it. What is alive at once is bounded far below.
	MemoryGoal = 48 << 20
	// DefaultMinFree is how many bytes of the disk a run leaves free.
	DefaultMinFree = 256 << 20
)

// Options are the settings of a run.
type Options struct {
	Program  string // name and version
	Profile  *profile.Profile
	Builtin  bool     // the profile ships with the program
	BaseURL  string   // the site at another address, "" for its own
	Editions []string // empty means all
	Since    string   // ISO date: articles whose period ended before are left alone
	Full     bool     // every listing page and every known article
	MaxPages int      // 0 means no bound
	Budget   int      // of known articles asked again; 0 means DefaultBudget, NoBudget none
	MinFree  int64    // bytes; 0 means DefaultMinFree, negative no bound
	Delay    time.Duration
	Contact  string // a mail address or a page, for the user agent
	Proxy    *url.URL
	Insecure bool
	MaxFile  int64 // size at which a WARC file is closed; 0 is the default
	FS       warc.FS
	Timeouts transport.Timeouts
	Policy   schedule.Policy
	Clock    polite.Clock   // nil is the machine's
	Jitter   func() float64 // nil is random
	Log      zerolog.Logger
	Opened   func() error   // called once the archive is locked and open, before anything is asked; may be nil
	Progress func(Progress) // told after each page; may be nil
}

// Progress is how far a run is.
type Progress struct {
	Pages   int // asked so far
	Waiting int // addresses that wait
	New     int
	Changed int
	Failed  int
	Now     string // address being asked
}

// fill checks the options and fills in what was left out.
func (o *Options) fill() error {
	if o.Profile == nil {
		return fmt.Errorf("crawl: no profile")
	}
	for _, code := range o.Editions {
		if _, ok := o.Profile.Edition(code); !ok {
			return fmt.Errorf("edition %q: site %s has %s", code, o.Profile.Name, strings.Join(editionCodes(o.Profile), ", "))
		}
	}
	if o.Since != "" {
		if _, err := time.Parse(time.DateOnly, o.Since); err != nil {
			return fmt.Errorf("since %q: want a date such as 2024-01-31", o.Since)
		}
	}
	if o.Budget == 0 {
		o.Budget = DefaultBudget
	}
	if o.MinFree == 0 {
		o.MinFree = DefaultMinFree
	}
	if o.Clock == nil {
		o.Clock = polite.SystemClock{}
	}
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	if o.Policy == (schedule.Policy{}) {
		o.Policy = schedule.Default()
	}
	return nil
}

func editionCodes(p *profile.Profile) []string {
	var codes []string
	for i := range p.Editions {
		codes = append(codes, p.Editions[i].Code)
	}
	return codes
}

// wants says whether an edition is to be crawled.
func (o *Options) wants(edition string) bool {
	return len(o.Editions) == 0 || edition == "" || slices.Contains(o.Editions, edition)
}

// site is the profile as the archive keeps it.
func (o *Options) site() archive.Site { return archive.NewSite(o.Profile, o.Builtin) }

// root is the address of the site's root, without a slash at the end.
func (o *Options) root() string {
	if o.BaseURL != "" {
		return strings.TrimRight(o.BaseURL, "/")
	}
	return "https://" + o.Profile.Hosts[0]
}

// userAgent names the program, its version and whom to write to.
func (o *Options) userAgent() string {
	contact := o.Contact
	if contact == "" {
		contact = "research archive; no contact given"
	}
	return o.Program + " (" + contact + ")"
}

// settings are what the WARC files say of the run beyond the site.
func (o *Options) settings() []warc.Field {
	fields := []warc.Field{
		{Name: "robots", Value: "obeyed"},
		{Name: "http-header-user-agent", Value: o.userAgent()},
		{Name: "infocus-delay", Value: o.Delay.String()},
	}
	add := func(name, value string) {
		if value != "" {
			fields = append(fields, warc.Field{Name: name, Value: value})
		}
	}
	add("operator", o.Contact)
	add("infocus-editions", strings.Join(o.Editions, ","))
	add("infocus-since", o.Since)
	if o.Full {
		add("infocus-full", "true")
	}
	if o.MaxPages > 0 {
		add("infocus-max-pages", fmt.Sprint(o.MaxPages))
	}
	if o.Insecure {
		add("infocus-insecure", "certificates were not verified")
	}
	if o.Proxy != nil {
		add("infocus-proxy", o.Proxy.Redacted())
	}
	return fields
}
