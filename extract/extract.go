package extract

import (
	"fmt"
	"net/url"
	"sync"

	"infocus/extract/profile"
)

// rulesVersion names the rules of this package. It changes with every change that can make another record of the
// same page.
const rulesVersion = "2"

// Bounds of a page. A page beyond them is unreadable: it costs nothing more than counting.
const (
	maxPageBytes = 8 << 20 // decoded
	maxTags      = 150_000 // signs "<"
)

// Extractor reads pages of one site. It is safe for concurrent use.
type Extractor struct {
	profile *profile.Profile
	base    *url.URL // nil without a base URL
	version string

	vocabulary
	memory  sync.Pool    // of *memory
	foreign foreignWords // of pages that are not of the site's making
}

// New makes an extractor for the site of p. Where the site is read at another address (a mirror, a replica), baseURL
// is that address: its host counts as the site's, its path is where the site's root is. It is "" otherwise.
func New(p *profile.Profile, baseURL string) (*Extractor, error) {
	if p == nil {
		return nil, fmt.Errorf("extractor: no profile")
	}
	e := &Extractor{
		profile: p, version: rulesVersion + "-" + shortDigest(p.Digest()),
		vocabulary: newVocabulary(p), foreign: newForeignWords(p),
	}
	if baseURL == "" {
		return e, nil
	}
	u, err := url.Parse(baseURL)
	if err != nil {
		return nil, fmt.Errorf("base URL %q: %w", baseURL, err)
	}
	if (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return nil, fmt.Errorf("base URL %q: want http://host or https://host", baseURL)
	}
	e.base = u
	return e, nil
}

// Version names the rules and the profile that results are made with: equal versions give equal results.
func (e *Extractor) Version() string { return e.version }

// shortDigest keeps enough of a digest to tell two profiles of one site apart.
func shortDigest(hex string) string {
	if len(hex) > 8 {
		return hex[:8]
	}
	return hex
}

// Extract reads a page. It never fails: what a page is not, or why it could not be read, is in the result.
func (e *Extractor) Extract(p Page) *Result { return e.read(p, nil) }

// Explain is Extract with the reasons: Result.Trace says why each field has its value.
func (e *Extractor) Explain(p Page) *Result {
	t := &trace{}
	r := e.read(p, t)
	r.Trace = t.whys
	return r
}

// read takes a page through all steps; the first that knows what the page is ends the way.
func (e *Extractor) read(p Page, t *trace) *Result {
	if kind, reason := bytesKind(p); kind != "" {
		return &Result{Kind: kind, Reason: reason}
	}
	d, err := e.open(p)
	if err != nil {
		return &Result{Kind: KindUnreadable, Reason: err.Error()}
	}
	defer e.release(d)
	if kind, reason := e.foreignKind(d); kind != "" {
		return &Result{Kind: kind, Reason: reason, Links: e.links(d, kind)}
	}
	if a, reason := e.article(d, t); a != nil {
		return &Result{Kind: KindArticle, Reason: e.linksReason(d, reason), Article: a, Links: e.links(d, KindArticle)}
	}
	kind, reason := e.plainKind(d)
	return &Result{Kind: kind, Reason: reason, Links: e.links(d, kind)}
}
