package crawler

import (
	"context"
	"time"
)

// grace is how long a request under way may go on after a signal, so that the next run need not ask again.
const grace = 700 * time.Millisecond

type stopKey struct{}

// withGrace gives a context that ends a moment after ctx does. Waiting for a turn ends with ctx itself, see stopOf.
func withGrace(ctx context.Context) (context.Context, context.CancelFunc) {
	gentle, cancel := context.WithCancel(context.WithValue(context.WithoutCancel(ctx), stopKey{}, ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(grace, cancel) })
	return gentle, func() {
		stop()
		cancel()
	}
}

// stopOf is the context that a gentle one was made from.
func stopOf(gentle context.Context) context.Context {
	if ctx, ok := gentle.Value(stopKey{}).(context.Context); ok {
		return ctx
	}
	return gentle
}
