package polite

import (
	"context"
	"sync"
)

// OpenError says that the night is over, and why.
type OpenError struct{ Reason string }

func (e *OpenError) Error() string { return "the site is not well: " + e.Reason }

// Canary asks a page known to answer and says what came of it. It goes through the same gate as every
// request, so each further try waits longer.
type Canary func(ctx context.Context) (h Health, why string)

// Guard runs a Breaker for many workers.
type Guard struct {
	canary Canary

	mu      sync.Mutex
	breaker Breaker
}

// NewGuard gives a guard that asks the canary when b says so.
func NewGuard(b Breaker, canary Canary) *Guard { return &Guard{breaker: b, canary: canary} }

// Report takes in the answer of a page, and asks the canary if need be, before it returns. It gives an
// *OpenError when the night is over, and the context's error when that ended meanwhile.
func (g *Guard) Report(ctx context.Context, h Health) error {
	g.mu.Lock()
	d := g.breaker.Record(h)
	g.mu.Unlock()
	for d == AskCanary {
		health, why := g.canary(ctx)
		if err := ctx.Err(); err != nil {
			g.giveUp()
			return err
		}
		g.mu.Lock()
		d = g.breaker.RecordCanary(health, why)
		g.mu.Unlock()
	}
	return g.Err()
}

// giveUp lets a later report ask the canary again.
func (g *Guard) giveUp() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.breaker.probing = false
}

// Trip ends the night.
func (g *Guard) Trip(reason string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.breaker.Trip(reason)
}

// Err is an *OpenError once the night is over, else nil.
func (g *Guard) Err() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if reason := g.breaker.Reason(); reason != "" {
		return &OpenError{reason}
	}
	return nil
}
