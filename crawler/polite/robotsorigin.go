package polite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"infocus/crawler/transport"
)

// origin is what is known of one scheme, host and port.
type origin struct {
	name string
	host string
	busy chan struct{} // holds one token while someone asks

	// Guarded by busy.
	rules *rules // nil before the first answer
	asked time.Time
	err   error // of the last try, nil after a success

	crawlDelay time.Duration // guarded by Robots.mu
}

// rules gives the rules for u, fetched if there are none of today.
func (r *Robots) rules(ctx context.Context, u *url.URL) (*rules, error) {
	o := r.origin(u)
	select {
	case o.busy <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-o.busy }()
	now := r.opts.Clock.Now()
	if o.rules == nil && o.err == nil {
		r.load(ctx, o)
	}
	switch {
	case o.err != nil && within(now, o.asked, RobotsRetry):
		return nil, o.err
	case o.err == nil && o.rules != nil && within(now, o.asked, RobotsTTL):
		return o.rules, nil
	}
	return r.refresh(ctx, o, u)
}

// within says whether then is less than d from now, on either side: a clock may have been set back.
func within(now, then time.Time, d time.Duration) bool { return now.Sub(then).Abs() < d }

// load takes up what a former night knew. A store that fails is as good as an empty one.
func (r *Robots) load(ctx context.Context, o *origin) {
	if r.opts.Store == nil {
		return
	}
	rec, ok, err := r.opts.Store.LoadRobots(ctx, o.name)
	if err != nil || !ok || unavailable(rec.Status) || !within(r.opts.Clock.Now(), rec.Time, RobotsTTL) {
		return
	}
	r.take(o, rec)
}

func (r *Robots) refresh(ctx context.Context, o *origin, u *url.URL) (*rules, error) {
	at := r.opts.Clock.Now()
	rec, err := r.fetch(ctx, u)
	if err == nil && unavailable(rec.Status) {
		err = &RobotsUnavailableError{Status: rec.Status}
	}
	var missing *RobotsUnavailableError
	switch {
	case errors.As(err, &missing):
		missing.Origin = o.name
		o.asked, o.err = at, missing
		return nil, missing
	case err != nil:
		return nil, err // says nothing of the site: the next one asks anew
	}
	rec.Time = at
	r.take(o, rec)
	if r.opts.Store != nil {
		if err := r.opts.Store.SaveRobots(ctx, o.name, rec); err != nil {
			return nil, fmt.Errorf("save robots.txt of %s: %w", o.name, err)
		}
	}
	return o.rules, nil
}

// unavailable says whether an answer means "not now". Too many requests (429) is a cry of overload and
// no word on what is allowed, so it does not count with the other 4xx.
func unavailable(status int) bool {
	return status >= 500 || status < 200 || status == http.StatusTooManyRequests
}

// take makes an answer the rules in force.
func (r *Robots) take(o *origin, rec RobotsRecord) {
	o.rules, o.asked, o.err = &rules{}, rec.Time, nil
	if rec.Status < 300 {
		o.rules = parseRobots(rec.Body)
	}
	r.tellDelay(o)
}

// tellDelay passes on the largest delay among the origins of a host: the pacer knows hosts only.
func (r *Robots) tellDelay(changed *origin) {
	r.mu.Lock()
	changed.crawlDelay = changed.rules.crawlDelay
	longest := time.Duration(0)
	for _, o := range r.origins {
		if o.host == changed.host {
			longest = max(longest, o.crawlDelay)
		}
	}
	r.mu.Unlock()
	if r.opts.CrawlDelay != nil {
		r.opts.CrawlDelay(changed.host, longest)
	}
}

func (r *Robots) origin(u *url.URL) *origin {
	name := originOf(u)
	r.mu.Lock()
	defer r.mu.Unlock()
	o := r.origins[name]
	if o == nil {
		o = &origin{name: name, host: transport.HostOf(u), busy: make(chan struct{}, 1)}
		r.origins[name] = o
	}
	return o
}

// originOf is scheme, host and port, without the port that the scheme implies.
func originOf(u *url.URL) string {
	scheme := strings.ToLower(u.Scheme)
	host := transport.HostOf(u)
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	name := scheme + "://" + host
	implied := map[string]string{"http": "80", "https": "443"}[scheme]
	if port := u.Port(); port != "" && port != implied {
		name += ":" + port
	}
	return name
}

// fetch asks for robots.txt and follows redirects. More of them than MaxRobotsHops mean that there is none
// (RFC 9309, 2.3.1.2), which is what a status of 404 stands for.
func (r *Robots) fetch(ctx context.Context, u *url.URL) (RobotsRecord, error) {
	at, err := url.Parse(originOf(u) + robotsPath)
	if err != nil {
		return RobotsRecord{}, err
	}
	for range MaxRobotsHops + 1 {
		rec, next, err := r.hop(ctx, at)
		if err != nil || next == nil {
			return rec, err
		}
		if r.opts.InSite != nil && !r.opts.InSite(next) {
			return rec, unusable("redirected off the site to %s", next.Redacted())
		}
		at = next
	}
	return RobotsRecord{Status: http.StatusNotFound}, nil
}

// hop asks one address; next is where it redirects to.
func (r *Robots) hop(ctx context.Context, at *url.URL) (rec RobotsRecord, next *url.URL, err error) {
	label := transport.Label{Role: RobotsRole, Via: transport.LabelOf(ctx).Via}
	req, err := http.NewRequestWithContext(transport.WithLabel(ctx, label), http.MethodGet, at.String(), http.NoBody)
	if err != nil {
		return rec, nil, err
	}
	resp, err := r.opts.Transport.RoundTrip(req)
	var failed *transport.Error
	switch {
	case errors.As(err, &failed):
		return rec, nil, unusable("%w", err)
	case err != nil:
		return rec, nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	rec.Status = resp.StatusCode
	switch {
	case resp.StatusCode >= 300 && resp.StatusCode < 400:
		next, err = at.Parse(resp.Header.Get("Location"))
		if err != nil || resp.Header.Get("Location") == "" {
			return rec, nil, unusable("answered %d without a usable Location", resp.StatusCode)
		}
		return rec, next, nil
	case resp.StatusCode >= 200 && resp.StatusCode < 300:
		rec.Body, err = io.ReadAll(io.LimitReader(resp.Body, MaxRobotsSize))
		if err != nil {
			return rec, nil, unusable("%w", err)
		}
	}
	return rec, nil, nil
}

// unusable is a fault of the site's, to be kept for a while.
func unusable(format string, args ...any) error {
	return &RobotsUnavailableError{Err: fmt.Errorf(format, args...)}
}
