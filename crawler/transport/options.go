package transport

import (
	"context"
	"crypto/x509"
	"fmt"
	"net"
	"net/url"
	"time"

	"infocus/archive/capture"
)

// The bounds on what a server can make the program hold or wait for.
const (
	DefaultMaxBody    int64 = 16 << 20  // bytes of one body on the wire
	DefaultMaxPayload int64 = 64 << 20  // bytes of one body without its content encoding
	DefaultMaxHeader  int   = 256 << 10 // bytes of all headers of one answer, interim ones included

	DefaultDialTimeout     = 15 * time.Second // name resolution and connection
	DefaultTLSTimeout      = 15 * time.Second // handshake
	DefaultHeaderTimeout   = 60 * time.Second // from the request to the end of the answer's headers
	DefaultExchangeTimeout = 2 * time.Minute  // from dialling to the last byte
	DefaultStallWindow     = 20 * time.Second // a body has to bring DefaultStallBytes in each such time
	DefaultStallBytes      = 2 << 10
	DefaultIdleTimeout     = 90 * time.Second // an unused connection is closed after this

	maxIdlePerHost = 8
)

// Options say how to fetch. UserAgent is required; a zero field takes its default.
type Options struct {
	// UserAgent is sent with every request, whatever the request itself says.
	UserAgent string

	// Allow is a host:port, as the user gave it, that may have a private address. No other may.
	Allow string

	// Proxy is nil, or an address with the scheme http, https or socks5. The proxy itself may have a
	// private address. The proxy resolves names, so behind one only literal addresses and names that
	// are local by their form can be refused.
	Proxy *url.URL

	// Insecure accepts certificates that are not valid, and has that recorded in the exchange.
	Insecure bool

	MaxBody    int64 // bytes of one body on the wire
	MaxPayload int64 // bytes handed to the caller after content decoding; more is an error
	MaxHeader  int   // bytes of headers
	Timeouts   Timeouts

	// Gate is asked before every request; nil lets all pass.
	Gate Gate

	// Sink receives every exchange once, failures included, before RoundTrip returns; nil drops
	// them. It may block: that holds the caller back, while the turn at the gate is already
	// given up. A request whose context ended gives none: nothing is known of the site from it.
	Sink func(context.Context, *capture.Exchange)

	Resolver *net.Resolver    // nil for the system's
	RootCAs  *x509.CertPool   // nil for the system's
	Now      func() time.Time // time stamps of exchanges only; nil for time.Now
}

// Timeouts bound the parts of one exchange. A zero field takes its default.
type Timeouts struct {
	Dial        time.Duration
	TLS         time.Duration
	Header      time.Duration
	Exchange    time.Duration
	StallWindow time.Duration
	StallBytes  int
	Idle        time.Duration
}

func (o Options) withDefaults() (Options, error) {
	if o.UserAgent == "" {
		return o, fmt.Errorf("transport: no user agent given")
	}
	if o.Allow != "" {
		host, port, err := net.SplitHostPort(o.Allow)
		if err != nil {
			return o, fmt.Errorf("transport: allowed address %q is not host:port: %w", o.Allow, err)
		}
		o.Allow = net.JoinHostPort(canonicalHost(host), port)
	}
	if err := checkProxy(o.Proxy); err != nil {
		return o, err
	}
	o.MaxBody = orDefault(o.MaxBody, DefaultMaxBody)
	o.MaxPayload = orDefault(o.MaxPayload, DefaultMaxPayload)
	o.MaxHeader = orDefault(o.MaxHeader, DefaultMaxHeader)
	o.Timeouts = o.Timeouts.withDefaults()
	if o.Gate == nil {
		o.Gate = openGate{}
	}
	if o.Sink == nil {
		o.Sink = func(context.Context, *capture.Exchange) {}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o, nil
}

func (t Timeouts) withDefaults() Timeouts {
	return Timeouts{
		Dial:        orDefault(t.Dial, DefaultDialTimeout),
		TLS:         orDefault(t.TLS, DefaultTLSTimeout),
		Header:      orDefault(t.Header, DefaultHeaderTimeout),
		Exchange:    orDefault(t.Exchange, DefaultExchangeTimeout),
		StallWindow: orDefault(t.StallWindow, DefaultStallWindow),
		StallBytes:  orDefault(t.StallBytes, DefaultStallBytes),
		Idle:        orDefault(t.Idle, DefaultIdleTimeout),
	}
}

func orDefault[T int | int64 | time.Duration](v, def T) T {
	if v <= 0 {
		return def
	}
	return v
}
