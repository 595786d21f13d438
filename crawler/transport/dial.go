package transport

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/netip"
	"net/url"
	"syscall"
)

// target is one place to connect to. Connections are kept by target.
type target struct {
	scheme string // http or https
	addr   string // host:port in canonical form
}

func targetOf(u *url.URL) target { return target{scheme: u.Scheme, addr: hostPort(u)} }

// host is the name without the port.
func (t target) host() string {
	host, _, _ := net.SplitHostPort(t.addr)
	return host
}

// dialer opens connections to public servers.
type dialer struct {
	opts    Options
	guarded net.Dialer // connects to public addresses only
	open    net.Dialer // connects anywhere: for the allowed host and the proxy
}

func newDialer(o Options) *dialer {
	base := net.Dialer{Resolver: o.Resolver}
	guarded := base
	guarded.ControlContext = func(_ context.Context, _, address string, _ syscall.RawConn) error {
		return checkResolved(address)
	}
	return &dialer{opts: o, guarded: guarded, open: base}
}

// dial opens a connection to t, through the proxy if there is one, with TLS on it for https.
func (d *dialer) dial(ctx context.Context, t target) (*conn, error) {
	raw, err := d.dialTCP(ctx, t)
	if err != nil {
		return nil, err
	}
	c := &conn{Conn: raw, raw: raw, target: t}
	if d.opts.Proxy == nil {
		c.ip = addrOf(raw.RemoteAddr())
	}
	if t.scheme != "https" {
		return c, nil
	}
	if err := d.handshake(ctx, c); err != nil {
		_ = raw.Close()
		return nil, err
	}
	return c, nil
}

func (d *dialer) dialTCP(ctx context.Context, t target) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, d.opts.Timeouts.Dial)
	defer cancel()
	nd := &d.guarded
	if t.addr == d.opts.Allow {
		nd = &d.open
	}
	if d.opts.Proxy == nil {
		return nd.DialContext(ctx, "tcp", t.addr)
	}
	if nd == &d.guarded {
		if err := checkName(t.host()); err != nil {
			return nil, err
		}
	}
	raw, err := d.dialProxy(ctx, t)
	if err != nil {
		return nil, &proxyError{d.opts.Proxy.Redacted(), err}
	}
	return raw, nil
}

// handshake puts TLS on the connection. With Insecure the certificate is judged all the same, and
// what is wrong with it kept.
func (d *dialer) handshake(ctx context.Context, c *conn) error {
	ctx, cancel := context.WithTimeout(ctx, d.opts.Timeouts.TLS)
	defer cancel()
	cfg := &tls.Config{
		ServerName: c.target.host(),
		RootCAs:    d.opts.RootCAs,
		NextProtos: []string{"http/1.1"},
	}
	if d.opts.Insecure {
		cfg.InsecureSkipVerify = true
		cfg.VerifyConnection = func(cs tls.ConnectionState) error {
			c.badCert = verify(cs.PeerCertificates, d.opts.RootCAs, cfg.ServerName)
			return nil
		}
	}
	tc := tls.Client(c.raw, cfg)
	if err := tc.HandshakeContext(ctx); err != nil {
		return &tlsError{err}
	}
	c.Conn = tc
	return nil
}

// verify does what crypto/tls does when it is not told to skip it. The host is not taken from the
// connection's state, which knows no IP addresses.
func verify(chain []*x509.Certificate, roots *x509.CertPool, host string) error {
	opts := x509.VerifyOptions{Roots: roots, DNSName: host, Intermediates: x509.NewCertPool()}
	for _, cert := range chain[1:] {
		opts.Intermediates.AddCert(cert)
	}
	_, err := chain[0].Verify(opts)
	return err
}

// addrOf is the IP address of a peer, "" if it has none.
func addrOf(a net.Addr) string {
	ap, err := netip.ParseAddrPort(a.String())
	if err != nil {
		return ""
	}
	return ap.Addr().Unmap().String()
}
