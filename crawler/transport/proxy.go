package transport

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"

	"golang.org/x/net/proxy"
)

// proxyError is a failure of the proxy, or on its way to the server.
type proxyError struct {
	proxy string // address without its password
	err   error
}

func (e *proxyError) Error() string { return fmt.Sprintf("proxy %s: %v", e.proxy, e.err) }
func (e *proxyError) Unwrap() error { return e.err }

func checkProxy(u *url.URL) error {
	if u == nil {
		return nil
	}
	switch u.Scheme {
	case "http", "https", "socks5", "socks5h":
	default:
		return fmt.Errorf("transport: proxy scheme %q is not http, https or socks5", u.Scheme)
	}
	if u.Hostname() == "" {
		return fmt.Errorf("transport: proxy %q names no host", u.Redacted())
	}
	return nil
}

// dialProxy gives a connection on which the server of t, or for http through an HTTP proxy the
// proxy itself, is spoken to.
func (d *dialer) dialProxy(ctx context.Context, t target) (net.Conn, error) {
	u := d.opts.Proxy
	switch u.Scheme {
	case "socks5", "socks5h":
		return d.dialSOCKS(ctx, t.addr)
	}
	raw, err := d.dialHTTPProxy(ctx, u)
	if err != nil || t.scheme == "http" {
		return raw, err
	}
	if err := d.tunnel(ctx, raw, t.addr); err != nil {
		_ = raw.Close()
		return nil, err
	}
	return raw, nil
}

func (d *dialer) dialSOCKS(ctx context.Context, addr string) (net.Conn, error) {
	var auth *proxy.Auth
	if user := d.opts.Proxy.User; user != nil {
		password, _ := user.Password()
		auth = &proxy.Auth{User: user.Username(), Password: password}
	}
	socks, err := proxy.SOCKS5("tcp", proxyAddr(d.opts.Proxy), auth, &d.open)
	if err != nil {
		return nil, err
	}
	cd, ok := socks.(proxy.ContextDialer)
	if !ok {
		return nil, errors.New("SOCKS dialer cannot be cancelled")
	}
	return cd.DialContext(ctx, "tcp", addr)
}

func (d *dialer) dialHTTPProxy(ctx context.Context, u *url.URL) (net.Conn, error) {
	raw, err := d.open.DialContext(ctx, "tcp", proxyAddr(u))
	if err != nil || u.Scheme == "http" {
		return raw, err
	}
	tc := tls.Client(raw, &tls.Config{ServerName: u.Hostname(), RootCAs: d.opts.RootCAs, NextProtos: []string{"http/1.1"}})
	if err := tc.HandshakeContext(ctx); err != nil {
		_ = raw.Close()
		return nil, err
	}
	return tc, nil
}

// tunnel asks an HTTP proxy for a connection to addr (RFC 9110, CONNECT).
func (d *dialer) tunnel(ctx context.Context, raw net.Conn, addr string) error {
	stop := context.AfterFunc(ctx, func() { _ = raw.Close() })
	defer stop()
	req := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: addr}, Host: addr, Header: http.Header{}}
	req.Header.Set("User-Agent", d.opts.UserAgent)
	if auth := proxyAuthorization(d.opts.Proxy); auth != "" {
		req.Header.Set("Proxy-Authorization", auth)
	}
	if err := req.Write(raw); err != nil {
		return errors.Join(ctx.Err(), err)
	}
	br := bufio.NewReader(io.LimitReader(raw, int64(d.opts.MaxHeader)))
	resp, err := http.ReadResponse(br, req) //nolint:bodyclose // closing would wait for the end of the tunnel
	if err != nil {
		return errors.Join(ctx.Err(), err)
	}
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("answered CONNECT %s with %q", addr, resp.Status)
	}
	if br.Buffered() > 0 {
		return fmt.Errorf("sent bytes after its answer to CONNECT %s", addr)
	}
	return nil
}

// proxyAuthorization is the value of the header, "" for a proxy without a user.
func proxyAuthorization(u *url.URL) string {
	if u == nil || u.User == nil {
		return ""
	}
	password, _ := u.User.Password()
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(u.User.Username()+":"+password))
}

func proxyAddr(u *url.URL) string {
	if u.Port() != "" {
		return u.Host
	}
	port := map[string]string{"http": "80", "https": "443"}[u.Scheme]
	if port == "" {
		port = "1080"
	}
	return net.JoinHostPort(u.Hostname(), port)
}
