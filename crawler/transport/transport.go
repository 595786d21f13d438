package transport

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"infocus/archive/capture"
)

// Transport is an http.RoundTripper that records. It is safe for concurrent use; how many requests a
// host gets at once is for the Gate to say. An http.Client above it needs no time-out of its own: it
// would count the waiting at the gate (Colly sets one of 10 seconds; take it off).
type Transport struct {
	opts   Options
	dialer *dialer
	pool   *pool
}

// New checks the options. Call CloseIdleConnections when done.
func New(o Options) (*Transport, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	return &Transport{opts: o, dialer: newDialer(o), pool: newPool(o.Timeouts.Idle)}, nil
}

// CloseIdleConnections closes the connections kept for further requests.
func (t *Transport) CloseIdleConnections() { t.pool.closeAll() }

// RoundTrip fetches one address with GET. The response has its whole body at hand; reading and closing
// it touches no network. An answer of any status is a success; what was not answered whole is an
// *Error. When the context ends, or the gate refuses, the error is theirs and no exchange is
// reported. Only a request that found its kept connection dead is sent again, once.
func (t *Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Body != nil {
		defer func() { _ = req.Body.Close() }()
	}
	if err := checkRequest(req); err != nil {
		return nil, err
	}
	sent, recorded, err := requestBytes(req, t.opts)
	if err != nil {
		return nil, err
	}
	ctx := req.Context()
	done, err := t.opts.Gate.Wait(ctx, HostOf(req.URL))
	if err != nil {
		return nil, fmt.Errorf("wait for %s: %w", req.URL.Host, err)
	}
	f := &fetch{ex: newExchange(req, t.opts.Now), request: sent, recorded: recorded}
	start := time.Now()
	err = t.fetch(ctx, targetOf(req.URL), f)
	canceled := err != nil && ctx.Err() != nil
	f.settle(err, t.opts.Timeouts)
	done(f.outcome(time.Since(start), canceled))
	if canceled {
		return nil, fmt.Errorf("get %s: %w", f.ex.URI, ctx.Err())
	}
	t.opts.Sink(ctx, f.ex)
	if err != nil {
		return nil, &Error{Exchange: f.ex, Err: err}
	}
	return response(req, f.message, LabelOf(ctx).NoBody, t.opts.MaxPayload), nil
}

// fetch is one RoundTrip under way.
type fetch struct {
	ex                *capture.Exchange
	request, recorded []byte
	message           message
	wrote             int64
}

func newExchange(req *http.Request, now func() time.Time) *capture.Exchange {
	label := LabelOf(req.Context())
	return &capture.Exchange{
		URI:    recordedURI(req.URL),
		Time:   stamp(now()),
		Role:   label.Role,
		Via:    label.Via,
		Source: capture.SourceLive,
	}
}

// stamp is a time as exchanges keep it.
func stamp(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// fetch tries a kept connection first. When that turns out to have been closed by the server, or
// soiled by what the server sent after the last answer, a new one is opened.
func (t *Transport) fetch(ctx context.Context, to target, f *fetch) error {
	deadline := time.Now().Add(t.opts.Timeouts.Exchange)
	if c := t.pool.take(to); c != nil {
		err := t.use(ctx, c, f, deadline)
		if err == nil || ctx.Err() != nil || !f.stale(err) {
			return err
		}
		f.forget()
	}
	dialCtx, cancel := context.WithDeadline(ctx, deadline)
	defer cancel()
	c, err := t.dialer.dial(dialCtx, to)
	if err != nil {
		return err
	}
	return t.use(ctx, c, f, deadline)
}

// use sends the request on one connection, and keeps or closes that.
func (t *Transport) use(ctx context.Context, c *conn, f *fetch, deadline time.Time) error {
	f.ex.Time = stamp(t.opts.Now())
	f.ex.Request = f.recorded
	f.ex.IP = c.ip
	if c.badCert != nil {
		f.ex.Insecure = true
		f.ex.Detail = "accepted by choice: " + certificateWords(c.badCert)
	}
	f.wrote += int64(len(f.request))
	m, reusable, err := c.exchange(ctx, f.request, bounds{
		maxHeader: t.opts.MaxHeader,
		maxBody:   t.opts.MaxBody,
		timeouts:  t.opts.Timeouts,
		deadline:  deadline,
	})
	f.message = m
	if reusable {
		t.pool.put(c)
	} else {
		c.close()
	}
	return err
}

// stale says whether a failure on a kept connection is the connection's and not the answer's.
func (f *fetch) stale(err error) bool {
	m := f.message
	if m.received == 0 {
		return !isTimeout(err)
	}
	return m.resp == nil && m.ended == nil && !errors.Is(err, errHeader)
}

// forget takes back what a stale connection left.
func (f *fetch) forget() {
	f.message = message{}
	f.ex.Request, f.ex.IP, f.ex.Insecure, f.ex.Detail = nil, "", false, ""
}

// settle completes the exchange.
func (f *fetch) settle(err error, t Timeouts) {
	f.ex.Response = f.message.raw
	if err == nil {
		return
	}
	v := judge(err, f.message, t)
	f.ex.Failure, f.ex.Truncated, f.ex.Detail = v.failure, v.truncated, v.detail
}

func (f *fetch) outcome(elapsed time.Duration, canceled bool) Outcome {
	out := Outcome{
		Failure:  f.ex.Failure,
		Canceled: canceled,
		Elapsed:  elapsed,
		Sent:     f.wrote,
		Received: f.message.received,
	}
	if f.message.resp != nil {
		out.Status, out.Header = f.message.resp.StatusCode, f.message.resp.Header
	}
	return out
}
