// Package politetest holds a clock for tests, on which waiting takes no time.
package politetest

import (
	"context"
	"sync"
	"time"
)

// Clock stands still until someone sleeps or Advance is called. It is safe for concurrent use:
// sleepers at the same moment wake at their own times, not one after the other.
type Clock struct {
	mu     sync.Mutex
	now    time.Time
	sleeps []time.Duration
}

// NewClock gives a clock that shows start.
func NewClock(start time.Time) *Clock { return &Clock{now: start} }

// Now is the time shown.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Sleep sets the clock to d after the call, unless it is later already, and returns at once. When ctx
// has ended the clock stays.
func (c *Clock) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sleeps = append(c.sleeps, d)
	if wake := c.now.Add(d); wake.After(c.now) {
		c.now = wake
	}
	return nil
}

// Advance moves the clock; a negative d sets it back.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Sleeps lists the waits so far, in order.
func (c *Clock) Sleeps() []time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]time.Duration(nil), c.sleeps...)
}
