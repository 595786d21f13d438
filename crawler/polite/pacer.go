package polite

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"infocus/crawler/transport"
)

// How requests to one host are spaced unless the user says otherwise.
const (
	DefaultDelay      = time.Second // from the end of one answer to the next request
	DefaultJitter     = 0.25        // a wait is longer by up to this share, never shorter
	DefaultSlowFactor = 1.0         // a wait is at least this many usual answer times
	MaxSlowdown       = time.Minute // the most that slow answers alone add up to

	DefaultBackoff    = 5 * time.Second  // after the first sign of overload; doubles with each further one
	DefaultMaxBackoff = 10 * time.Minute // and stops doubling here

	DefaultMaxRetryAfter = time.Hour // a longer Retry-After ends the night for the host
	MaxCrawlDelay        = time.Hour // a longer Crawl-delay is read as this
)

// PacerOptions say how to space requests.
type PacerOptions struct {
	// Delay is the wait from the end of an answer to the next request to the same host. Counted so, a
	// site never sees requests closer together than it, however long they travel, and a slow
	// site has its rest. 0 waits for nothing but back-off, Retry-After and Crawl-delay.
	Delay time.Duration

	Jitter     float64 // 0 for DefaultJitter, negative for none
	SlowFactor float64 // 0 for DefaultSlowFactor, negative for none

	Backoff       time.Duration // 0 for DefaultBackoff
	MaxBackoff    time.Duration // 0 for DefaultMaxBackoff
	MaxRetryAfter time.Duration // 0 for DefaultMaxRetryAfter

	Clock Clock          // nil for SystemClock
	Rand  func() float64 // in [0,1), safe for concurrent use; nil for math/rand
}

func (o PacerOptions) withDefaults() PacerOptions {
	o.Jitter = fraction(o.Jitter, DefaultJitter)
	o.SlowFactor = fraction(o.SlowFactor, DefaultSlowFactor)
	if o.Backoff <= 0 {
		o.Backoff = DefaultBackoff
	}
	if o.MaxBackoff <= 0 {
		o.MaxBackoff = DefaultMaxBackoff
	}
	if o.MaxRetryAfter <= 0 {
		o.MaxRetryAfter = DefaultMaxRetryAfter
	}
	if o.Clock == nil {
		o.Clock = SystemClock{}
	}
	if o.Rand == nil {
		o.Rand = rand.Float64
	}
	return o
}

// fraction reads an option in which zero means the default and a negative number none.
func fraction(v, def float64) float64 {
	if v == 0 {
		return def
	}
	return max(v, 0)
}

// RetryLaterError is given for a host that asked for a longer pause than a night has.
type RetryLaterError struct {
	Host  string
	Until time.Time
}

func (e *RetryLaterError) Error() string {
	return fmt.Sprintf("%s asked not to be visited before %s", e.Host, e.Until.UTC().Format(time.RFC3339))
}

// Pacer lets one request at a time through to a host, in the order they came, spaced as the site
// and the user wish. It is a transport.Gate and safe for concurrent use.
type Pacer struct {
	opts PacerOptions

	mu    sync.Mutex
	hosts map[string]*host
}

// NewPacer gives a pacer that knows no host yet.
func NewPacer(o PacerOptions) *Pacer {
	return &Pacer{opts: o.withDefaults(), hosts: map[string]*host{}}
}

// SetCrawlDelay has the host's requests spaced by at least d, from the next one on; 0 takes that back.
func (p *Pacer) SetCrawlDelay(hostname string, d time.Duration) {
	h := p.host(hostname)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.crawlDelay = min(max(d, 0), MaxCrawlDelay)
}

// Wait implements transport.Gate. It gives the context's error when that ends, and a *RetryLaterError
// for a host that wants to be left alone for longer than MaxRetryAfter.
func (p *Pacer) Wait(ctx context.Context, hostname string) (func(transport.Outcome), error) {
	h := p.host(hostname)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case h.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := p.rest(ctx, h); err != nil {
		<-h.turn
		return nil, err
	}
	return func(out transport.Outcome) {
		h.finish(out, p.opts)
		<-h.turn
	}, nil
}

// rest waits as long as the host is owed. It looks again after every sleep, as a Crawl-delay may have
// become known.
func (p *Pacer) rest(ctx context.Context, h *host) error {
	stretch := 1 + p.opts.Jitter*p.opts.Rand()
	for {
		d, err := h.owed(p.opts, stretch)
		if err != nil {
			return err
		}
		if d <= 0 {
			return nil
		}
		if err := p.opts.Clock.Sleep(ctx, d); err != nil {
			return err
		}
	}
}

func (p *Pacer) host(name string) *host {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.hosts[name]
	if h == nil {
		h = &host{name: name, turn: make(chan struct{}, 1)}
		p.hosts[name] = h
	}
	return h
}
