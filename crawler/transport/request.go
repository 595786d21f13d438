package transport

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/url"
)

// checkRequest refuses what a crawler never sends.
func checkRequest(req *http.Request) error {
	switch {
	case req.URL == nil || req.URL.Host == "":
		return errors.New("transport: request without a host")
	case req.URL.Scheme != "http" && req.URL.Scheme != "https":
		return fmt.Errorf("transport: scheme %q is not http or https", req.URL.Scheme)
	case req.Method != "" && req.Method != http.MethodGet:
		return fmt.Errorf("transport: method %s is not GET", req.Method)
	case req.Body != nil && req.Body != http.NoBody:
		return errors.New("transport: GET with a body")
	}
	return nil
}

// requestBytes gives the request as it is sent and as it is recorded. They differ behind an HTTP proxy
// with a password alone: a password has no place in an archive.
func requestBytes(req *http.Request, o Options) (sent, recorded []byte, err error) {
	r := &http.Request{Method: http.MethodGet, URL: req.URL, Host: req.Host, Header: req.Header.Clone()}
	if r.Header == nil {
		r.Header = http.Header{}
	}
	for _, name := range []string{"Proxy-Authorization", "Proxy-Connection", "Connection", "Te"} {
		r.Header.Del(name)
	}
	r.Header.Set("User-Agent", o.UserAgent)
	r.Header.Set("Accept-Encoding", "gzip")
	write := r.Write
	auth := ""
	if throughProxy(o.Proxy, req.URL) {
		write, auth = r.WriteProxy, proxyAuthorization(o.Proxy)
	}
	var buf bytes.Buffer
	if err := write(&buf); err != nil {
		return nil, nil, fmt.Errorf("transport: write request for %s: %w", req.URL.Redacted(), err)
	}
	recorded = buf.Bytes()
	if auth == "" {
		return recorded, recorded, nil
	}
	r.Header.Set("Proxy-Authorization", auth)
	var secret bytes.Buffer
	if err := write(&secret); err != nil {
		return nil, nil, fmt.Errorf("transport: write request for %s: %w", req.URL.Redacted(), err)
	}
	return secret.Bytes(), recorded, nil
}

// throughProxy says whether the proxy itself reads the request.
func throughProxy(proxy, u *url.URL) bool {
	return proxy != nil && u.Scheme == "http" && (proxy.Scheme == "http" || proxy.Scheme == "https")
}

// recordedURI is the address as asked, without fragment and password.
func recordedURI(u *url.URL) string {
	plain := *u
	plain.User, plain.Fragment, plain.RawFragment = nil, "", ""
	return plain.String()
}
