package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"

	"infocus/archive/capture"
	"infocus/extract"
)

// maxPage is the longest page that is extracted, in bytes after the content encoding is removed.
// A longer one is archived and fails by name.
const maxPage = 16 << 20

// Roles of addresses beyond those of links: what the program itself asks for.
const (
	RoleSeed    = "seed"    // a home page
	RoleRobots  = "robots"  // robots.txt
	RoleSitemap = "sitemap" // from robots.txt
	RoleProbe   = "probe"   // something optional
	RoleCanary  = "canary"  // a page known to answer, asked to see whether the site is well
)

// Problems of an answer that keep its page from being had.
const (
	ProblemBomb     = "too-large-decoded"
	ProblemEncoding = "broken-encoding"
	ProblemLost     = "payload-lost" // a revisit whose payload is damaged or missing
	ProblemOffSite  = "redirect-off-site"
	ProblemUnasked  = "status-304" // 304 to a request without a condition: it says nothing of the page
)

// reading is what one exchange gives, seen alone: the pure part of storing it.
type reading struct {
	entry   Entry
	key     string // article id, or the address
	id      string // article id, "" for an address that names none
	article *extract.Article
	content []byte // the article as JSON
	links   []extract.Link
	payload []byte // decoded, for robots, feeds and sitemaps
}

// readExchange reads an exchange by the rules of its site. For a revisit, body gives the message
// that the payload is taken from; nil means the exchange's own.
func readExchange(x *extract.Extractor, ex *capture.Exchange, body *capture.Message) (*reading, error) {
	r := &reading{entry: newEntry(ex)}
	r.id, _ = x.ID(ex.URI)
	r.key = r.id
	if r.key == "" {
		r.key = ex.URI
	}
	if len(ex.Response) == 0 {
		return r, nil
	}
	msg, err := ex.Message()
	if err != nil {
		r.entry.Failure, r.entry.Detail = capture.FailProtocol, err.Error()
		return r, nil //nolint:nilerr // it is data: the exchange failed by name
	}
	r.describe(x, msg)
	if msg.Status == http.StatusNotModified && ex.Unconditional() {
		r.entry.Problem = ProblemUnasked
	}
	if body == nil {
		body = msg
	}
	r.entry.PayloadBytes = len(body.Payload)
	if r.entry.Failure != "" || msg.Status < 200 || msg.Status > 299 {
		return r, nil
	}
	err = r.extract(x, ex, msg, body)
	return r, err
}

func newEntry(ex *capture.Exchange) Entry {
	return Entry{
		URL: ex.URI, Time: ex.Time, Millis: ex.Time.UnixMilli(), Failure: ex.Failure, Detail: ex.Detail,
		Role: ex.Role, Via: ex.Via, Source: ex.Source, Insecure: ex.Insecure,
	}
}

func (r *reading) describe(x *extract.Extractor, msg *capture.Message) {
	e := &r.entry
	e.Status = msg.Status
	e.ETag, e.LastModified = msg.ETag(), msg.LastModified()
	for _, s := range msg.Signals() {
		e.Robots = append(e.Robots, s.Name+": "+s.Value)
	}
	if msg.Status < 300 || msg.Status > 399 || msg.Status == 304 {
		return
	}
	e.Location = resolve(e.URL, msg.Location())
	if e.Location == "" {
		return
	}
	e.Target, _ = x.ID(e.Location)
	if !x.InSite(e.Location) {
		e.Problem = ProblemOffSite
	}
}

func (r *reading) extract(x *extract.Extractor, ex *capture.Exchange, msg, body *capture.Message) error {
	page, err := body.Decode(maxPage)
	switch {
	case errors.Is(err, capture.ErrTooLarge):
		r.unreadable(ProblemBomb, err)
		return nil
	case err != nil:
		r.unreadable(ProblemEncoding, err)
		return nil
	}
	if !asPage(ex.Role) {
		r.payload = page
		return nil
	}
	result := x.Extract(extract.Page{URL: ex.URI, Time: ex.Time, ContentType: msg.ContentType(), Body: page})
	r.entry.Page, r.entry.PageReason = result.Kind, result.Reason
	r.links = result.Links
	r.entry.NewestWeek = newestWeek(result)
	if result.Article == nil || r.id == "" {
		return nil
	}
	r.entry.PageReason = ""
	r.article = result.Article
	r.content, err = encodeJSON(result.Article)
	sum := sha256.Sum256(r.content)
	r.entry.Content, r.entry.ContentKey = hex.EncodeToString(sum[:16]), contentKey(r.article)
	return err
}

// newestWeek is the last day of the newest period that the items of a listing print.
func newestWeek(result *extract.Result) string {
	newest := ""
	if result.Kind == extract.KindListing {
		for i := range result.Links {
			newest = max(newest, result.Links[i].PeriodEnd)
		}
	}
	return newest
}

func (r *reading) unreadable(problem string, err error) {
	r.entry.Problem, r.entry.Page, r.entry.PageReason = problem, extract.KindUnreadable, err.Error()
}

// asPage says whether what was asked for is a page rather than a file for programs.
func asPage(role string) bool {
	switch role {
	case RoleRobots, RoleSitemap, string(extract.RoleFeed):
		return false
	}
	return true
}

func resolve(base, ref string) string {
	if ref == "" {
		return ""
	}
	b, err := url.Parse(base)
	if err != nil {
		return ""
	}
	u, err := b.Parse(ref)
	if err != nil {
		return ""
	}
	u.Fragment = ""
	return u.String()
}
