package polite

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// How robots.txt is asked (RFC 9309).
const (
	Agent         = "infocus"      // product token looked for in User-agent lines
	RobotsRole    = "robots"       // capture.Exchange.Role of its exchanges
	RobotsTTL     = 24 * time.Hour // an answer is kept this long
	RobotsRetry   = time.Hour      // after a failure nothing is asked for this long
	MaxRobotsSize = 500 << 10      // bytes that are read, the rest does not count
	MaxRobotsHops = 5              // redirects that are followed
	robotsPath    = "/robots.txt"  // always allowed itself
)

// RobotsRecord is an answer to robots.txt after redirects.
type RobotsRecord struct {
	Status int
	Body   []byte    // content encoding removed
	Time   time.Time // when it was asked
}

// RobotsStore keeps answers between nights. The archive is one.
type RobotsStore interface {
	// LoadRobots gives the newest record for an origin (scheme://host, with :port if it is not the
	// scheme's), and false when there is none.
	LoadRobots(ctx context.Context, origin string) (RobotsRecord, bool, error)
	// SaveRobots takes a record that may be used again. Failures are never saved.
	SaveRobots(ctx context.Context, origin string, r RobotsRecord) error
}

// RobotsUnavailableError says that robots.txt could not be had, so nothing of the origin may be fetched
// for now: it is time to try again the next night.
type RobotsUnavailableError struct {
	Origin string
	Status int   // of the answer, 0 when there was none
	Err    error // what went wrong, nil when Status says it
}

func (e *RobotsUnavailableError) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s%s is not available, so nothing is fetched there now: %v", e.Origin, robotsPath, e.Err)
	}
	return fmt.Sprintf("%s%s answered %d, so nothing is fetched there now", e.Origin, robotsPath, e.Status)
}

func (e *RobotsUnavailableError) Unwrap() error { return e.Err }

// Verdict is what robots.txt says of an address.
type Verdict struct {
	Allowed bool
	Rule    string // the line that decided, "" when none speaks of the address
}

// RobotsOptions say where robots.txt comes from.
type RobotsOptions struct {
	Transport http.RoundTripper // paces and archives its requests
	Clock     Clock             // nil for SystemClock
	Store     RobotsStore       // nil keeps answers in memory only

	// InSite says which addresses a redirect of robots.txt may lead to; nil allows every address that
	// the transport does.
	InSite func(*url.URL) bool

	// CrawlDelay is told the delay of a host (lower case, without port) whenever one of its robots.txt has
	// become known, 0 when it asks for none. Pacer.SetCrawlDelay fits.
	CrawlDelay func(host string, d time.Duration)
}

// Robots answers for robots.txt. It asks each origin once a day, however many ask it at once, and is
// safe for concurrent use.
type Robots struct {
	opts RobotsOptions

	mu      sync.Mutex
	origins map[string]*origin
}

// NewRobots gives a Robots that knows nothing yet.
func NewRobots(o RobotsOptions) *Robots {
	if o.Clock == nil {
		o.Clock = SystemClock{}
	}
	return &Robots{opts: o, origins: map[string]*origin{}}
}

// Allowed says whether u may be fetched. Ask it for the targets of redirects too. The error is a
// *RobotsUnavailableError, or one that says nothing of the site: the context's, the gate's, the store's.
func (r *Robots) Allowed(ctx context.Context, u *url.URL) (Verdict, error) {
	rules, err := r.rules(ctx, u)
	if err != nil {
		return Verdict{}, err
	}
	return rules.verdict(u), nil
}

// Sitemaps gives the addresses of the Sitemap lines of u's origin, in their order.
func (r *Robots) Sitemaps(ctx context.Context, u *url.URL) ([]string, error) {
	rules, err := r.rules(ctx, u)
	if err != nil {
		return nil, err
	}
	return rules.sitemaps, nil
}
