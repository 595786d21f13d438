package crawler_test

import (
	"fmt"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"

	"infocus/archive"
)

// TestAFeedThatTheProfileKnowsOfIsRead has an article that only the site's feed names, and another one in it the night after.
func TestAFeedThatTheProfileKnowsOfIsRead(t *testing.T) {
	t.Parallel()
	s := newTinySite(t, 4)
	slugs := []string{"minsk-keeps-quiet-part-1", "minsk-keeps-quiet-part-2"}
	var published atomic.Int32
	published.Store(1)
	o := s.behind(t, func(w http.ResponseWriter, r *http.Request) bool {
		named := slugs[:published.Load()]
		if r.URL.Path == "/feed/" {
			w.Header().Set("Content-Type", "application/rss+xml")
			_, _ = fmt.Fprint(w, `<?xml version="1.0"?><rss version="2.0"><channel><title>Belarus in Focus</title>`)
			for _, slug := range named {
				_, _ = fmt.Fprintf(w, `<item><title>%s</title><link>http://%s/security-issues/%s</link></item>`, headline(slug), r.Host, slug)
			}
			_, _ = fmt.Fprint(w, `</channel></rss>`)
			return true
		}
		for i, slug := range named {
			if r.URL.Path == "/security-issues/"+slug {
				_, _ = fmt.Fprint(w, `<!DOCTYPE html><html lang=en><title>`+headline(slug)+`</title><body><main>`+s.article(40+i, slug)+`</main>`)
				return true
			}
		}
		return false
	})
	p := *o.Profile
	p.Editions = slices.Clone(p.Editions)
	p.Editions[0].Probes = []string{"/feed/"}
	o.Profile = &p
	dir, c := archive.Dir(t.TempDir()), clock()
	o.Clock = c
	for range 2 {
		if r := night(t, dir, o); r.ExitCode != 0 {
			t.Errorf("exit code %d, failures %+v, alarms %+v", r.ExitCode, r.Failures, r.Alarms)
		}
		for _, slug := range slugs[:published.Load()] {
			if _, ok := records(t, dir, false)["belarusinfocus/security-issues/"+slug]; !ok {
				t.Errorf("%s was not found", slug)
			}
		}
		published.Store(2)
		c.Advance(oneDay)
	}
	s.holds(t, dir)
}
