package crawler

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"sync"

	"github.com/gocolly/colly/v2"

	"infocus/archive"
	"infocus/archive/capture"
	"infocus/crawler/polite"
	"infocus/crawler/transport"
)

// fetcher asks addresses through Colly. The transport below it keeps the bytes and hands each
// exchange to store before the request returns.
type fetcher struct {
	collector *colly.Collector
	transport *transport.Transport
	pacer     *polite.Pacer

	mu      sync.Mutex
	outcome transport.Outcome // of the newest request
}

// newFetcher builds the chain Colly -> transport -> pacer.
func newFetcher(o *Options, store func(context.Context, *capture.Exchange)) (*fetcher, error) {
	f := &fetcher{pacer: polite.NewPacer(polite.PacerOptions{Delay: o.Delay, Clock: o.Clock, Rand: o.Jitter})}
	allow := ""
	if o.BaseURL != "" {
		u, err := url.Parse(o.BaseURL)
		if err != nil {
			return nil, fmt.Errorf("base URL: %w", err)
		}
		allow = hostPort(u)
	}
	t, err := transport.New(transport.Options{
		UserAgent: o.userAgent(), Allow: allow, Proxy: o.Proxy, Insecure: o.Insecure, Timeouts: o.Timeouts,
		Gate: gate{f}, Sink: store, Now: o.Clock.Now,
	})
	if err != nil {
		return nil, err
	}
	f.transport = t
	f.collector = newCollector(t)
	return f, nil
}

func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"https": "443", "http": "80"}[u.Scheme]
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// newCollector sets Colly up to fetch and nothing else: what it would decide of itself (which
// addresses, how often, how large, robots.txt, redirects) is decided above and below it. The fields
// are set afterwards, since COLLY_ environment variables override options.
func newCollector(t http.RoundTripper) *colly.Collector {
	c := colly.NewCollector()
	c.AllowURLRevisit = true
	c.IgnoreRobotsTxt = true
	c.ParseHTTPErrorResponse = true
	c.MaxBodySize = 0
	c.MaxDepth = 0
	c.MaxRequests = 0
	c.AllowedDomains, c.DisallowedDomains = nil, nil
	c.CacheDir = ""
	c.DetectCharset = false
	c.Async = false
	c.DisableCookies()
	c.SetRequestTimeout(0)
	c.SetRedirectHandler(func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse })
	c.WithTransport(t)
	return c
}

// gate is the pacer, with a look at what came of each request.
type gate struct{ f *fetcher }

// Wait implements transport.Gate.
func (g gate) Wait(ctx context.Context, host string) (func(transport.Outcome), error) {
	done, err := g.f.pacer.Wait(stopOf(ctx), host)
	if err != nil {
		return nil, err
	}
	return func(o transport.Outcome) {
		g.f.mu.Lock()
		g.f.outcome = o
		g.f.mu.Unlock()
		done(o)
	}, nil
}

// get asks one address. A page that fails is no error: its exchange was stored like any other.
func (f *fetcher) get(ctx context.Context, address string, label transport.Label, condition *archive.Address) error {
	label.NoBody = true
	gentle, cancel := withGrace(ctx)
	defer cancel()
	f.collector.Context = transport.WithLabel(gentle, label)
	header := http.Header{"Accept": {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}}
	if condition != nil {
		setCondition(header, condition)
	}
	err := f.collector.Request(http.MethodGet, address, nil, nil, header)
	var answered *transport.Error
	if err == nil || errors.As(err, &answered) {
		return nil
	}
	return err
}

// setCondition makes a request conditional on what was captured last.
func setCondition(h http.Header, a *archive.Address) {
	if a.Payload == nil || a.PayloadSHA1 == "" {
		return
	}
	if a.ETag != "" {
		h.Set("If-None-Match", a.ETag)
	}
	if a.LastModified != "" {
		h.Set("If-Modified-Since", a.LastModified)
	}
}
