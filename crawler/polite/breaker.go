package polite

import (
	"net/http"

	"infocus/archive/capture"
	"infocus/crawler/transport"
)

// When the night is ended.
const (
	DefaultThreshold   = 5 // ill answers in a row before the canary is asked
	DefaultCanaryTries = 3 // canaries in a row that have to fail before the night ends
)

// Health is what one answer says of the site.
type Health int

// The kinds of health.
const (
	Unclear Health = iota // says nothing about the site
	Well
	Ill
)

// Judge reads an outcome: a whole answer below 500 comes from a site that is well, also a 404.
func Judge(out transport.Outcome) Health {
	switch {
	case out.Canceled:
		return Unclear
	case out.Failure == capture.FailPrivate, out.Failure == capture.FailRobots, out.Failure == capture.FailTooLarge:
		return Unclear
	case out.Failure != "", out.Status == 0, out.Status >= 500, out.Status == http.StatusTooManyRequests:
		return Ill
	}
	return Well
}

// Decision is what to do next.
type Decision int

// The decisions of a breaker.
const (
	Continue  Decision = iota
	AskCanary          // ask a page known to answer, and tell RecordCanary
	Open               // ask nothing more tonight
)

// Breaker decides when the night has to end. Ill answers in a row make it ask for a canary, a page known to
// answer: if that is well, the pages were at fault and the count starts anew. It does no I/O,
// reads no clock, and is not safe for concurrent use; Guard is.
type Breaker struct {
	Threshold   int // 0 for DefaultThreshold
	CanaryTries int // 0 for DefaultCanaryTries

	ill     int // in a row
	deaf    int // canaries in a row
	probing bool
	reason  string // why it is open, "" while it is not
}

// Record takes in the answer of a page. While a canary is out, further ill pages change nothing.
func (b *Breaker) Record(h Health) Decision {
	switch {
	case b.reason != "":
		return Open
	case h == Well:
		b.reset()
	case h == Ill:
		b.ill++
		if !b.probing && b.ill >= positive(b.Threshold, DefaultThreshold) {
			b.probing = true
			return AskCanary
		}
	}
	return Continue
}

// RecordCanary takes in the answer of a canary; why says in words what was wrong with it.
func (b *Breaker) RecordCanary(h Health, why string) Decision {
	switch {
	case b.reason != "":
		return Open
	case h == Well:
		b.reset()
		return Continue
	case !b.probing:
		return Continue // a page was well in the meantime
	}
	b.deaf++
	if b.deaf < positive(b.CanaryTries, DefaultCanaryTries) {
		return AskCanary
	}
	b.Trip("a page known to answer gave: " + why)
	return Open
}

// Trip ends the night at once; the first reason stays.
func (b *Breaker) Trip(reason string) {
	if b.reason == "" {
		b.reason = reason
	}
}

// Reason says why the breaker is open, "" when it is not.
func (b *Breaker) Reason() string { return b.reason }

func (b *Breaker) reset() { b.ill, b.deaf, b.probing = 0, 0, false }

func positive(v, def int) int {
	if v <= 0 {
		return def
	}
	return v
}
