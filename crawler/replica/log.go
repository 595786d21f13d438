package replica

import (
	"net/http"
	"sync"
	"time"
)

// Page says what an address of the site is.
type Page string

// The pages.
const (
	PageHome    Page = "home"
	PageIndex   Page = "index"   // /analytics/ or the index of weeks
	PageListing Page = "listing" // a section listing, any page of it
	PageWeek    Page = "week"
	PageArticle Page = "article"
	PageText    Page = "text" // about, events, log-in
	PageRobots  Page = "robots"
	PageSitemap Page = "sitemap"
	PageFeed    Page = "feed"
	PageAsset   Page = "asset" // style sheet, script, picture
	PageTrap    Page = "trap"  // calendar
	PageUnknown Page = "unknown"
	PageAdmin   Page = "admin" // not logged
)

// Request is one entry of the log.
type Request struct {
	Number   int       // from 1, in order of arrival
	Time     time.Time // of arrival
	Method   string
	Host     string
	URI      string // path and query as sent
	Page     Page
	Path     string      // of the article, as in Truth, else ""
	Header   http.Header // as sent
	Status   int         // 0 where no status line was sent (reset, hang)
	Bytes    int64       // of body, as sent
	InFlight int         // requests being answered at arrival, this one included
	Duration time.Duration
	Fault    FaultKind // the fault that answered, "" for an honest answer
}

// requestLog keeps requests in order of arrival.
type requestLog struct {
	mu       sync.Mutex
	entries  []*Request
	inFlight int
}

// logEntry is a request being answered; its fields belong to the log's lock.
type logEntry struct {
	log     *requestLog
	request *Request
}

func (l *requestLog) begin(r *http.Request, at time.Time) logEntry {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.inFlight++
	entry := &Request{
		Number: len(l.entries) + 1, Time: at, Method: r.Method, Host: r.Host, URI: r.URL.RequestURI(),
		Header: r.Header.Clone(), InFlight: l.inFlight,
	}
	l.entries = append(l.entries, entry)
	return logEntry{l, entry}
}

func (e logEntry) set(page Page, path string) {
	e.log.mu.Lock()
	defer e.log.mu.Unlock()
	e.request.Page, e.request.Path = page, path
}

func (e logEntry) fault(kind FaultKind) {
	e.log.mu.Lock()
	defer e.log.mu.Unlock()
	e.request.Fault = kind
}

func (l *requestLog) end(e logEntry, rec *recorder, at time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.inFlight--
	e.request.Status, e.request.Bytes, e.request.Duration = rec.status, rec.bytes, at.Sub(e.request.Time)
}

func (l *requestLog) all() []Request {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := make([]Request, len(l.entries))
	for i, e := range l.entries {
		out[i] = *e
	}
	return out
}

func (l *requestLog) reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries = nil
}
