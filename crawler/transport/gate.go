package transport

import (
	"context"
	"net/http"
	"time"

	"infocus/archive/capture"
)

// Gate decides when a request may be sent. polite.Pacer is one.
type Gate interface {
	// Wait blocks until a request to host (see HostOf) may be sent or ctx ends. When
	// err is nil, done is called once with what came of the request; until then the request counts
	// as under way.
	Wait(ctx context.Context, host string) (done func(Outcome), err error)
}

// Outcome is what a gate learns of a request.
type Outcome struct {
	Status   int             // of the final answer; 0 when no whole header arrived
	Header   http.Header     // of the final answer or nil; not to be changed, nor kept after the call
	Failure  capture.Failure // "" for a whole answer
	Canceled bool            // the caller gave up: says nothing about the site
	Elapsed  time.Duration   // from dialling, or from sending on a kept connection, to the last byte
	Sent     int64           // bytes of the request on the wire, without TLS
	Received int64           // bytes of the answer on the wire, without TLS
}

// openGate lets every request pass at once.
type openGate struct{}

func (openGate) Wait(context.Context, string) (func(Outcome), error) {
	return func(Outcome) {}, nil
}
