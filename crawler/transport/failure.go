package transport

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"

	"infocus/archive/capture"
)

// tlsError is a failure while TLS is set up.
type tlsError struct{ err error }

func (e *tlsError) Error() string { return "TLS: " + e.err.Error() }
func (e *tlsError) Unwrap() error { return e.err }

// verdict is a failure as an exchange states it.
type verdict struct {
	failure   capture.Failure
	truncated string
	detail    string
}

// judge names what went wrong. m holds what was received, nothing if there was no connection.
func judge(err error, m message, t Timeouts) verdict {
	v := judgeSetup(err, t)
	if v.failure == "" {
		v = judgeWire(err, m)
	}
	if len(m.raw) == 0 {
		v.truncated = ""
	}
	return v
}

// judgeSetup knows what happens before a request is sent. No failure means: something else.
func judgeSetup(err error, t Timeouts) verdict {
	var private *privateError
	var proxy *proxyError
	var dns *net.DNSError
	var dial *net.OpError
	var secure *tlsError
	switch {
	case errors.As(err, &private):
		return verdict{failure: capture.FailPrivate, detail: private.Error()}
	case errors.As(err, &proxy):
		return verdict{failure: capture.FailProxy, detail: proxy.Error()}
	case errors.As(err, &dns):
		return verdict{failure: capture.FailDNS, detail: dns.Error()}
	case errors.As(err, &secure):
		if isTimeout(err) {
			return verdict{failure: capture.FailTimeout, detail: fmt.Sprintf("no TLS handshake within %v", t.TLS)}
		}
		return verdict{failure: capture.FailTLS, detail: tlsWords(secure.err)}
	case errors.As(err, &dial) && dial.Op == "dial" && isTimeout(err):
		return verdict{failure: capture.FailTimeout, detail: fmt.Sprintf("no connection within %v", t.Dial)}
	}
	return verdict{}
}

// judgeWire knows what happens on a connection. What the connection said last goes before what the
// parser made of it.
func judgeWire(err error, m message) verdict {
	seen := err
	if m.ended != nil && !errors.Is(m.ended, io.EOF) {
		seen = m.ended
	}
	var late *timeoutError
	switch {
	case errors.Is(seen, errTooLarge):
		return verdict{capture.FailTooLarge, "length", seen.Error()}
	case errors.Is(seen, errHeader):
		return verdict{capture.FailProtocol, "length", seen.Error()}
	case errors.Is(seen, errSurplus):
		return verdict{capture.FailFalseLength, "", seen.Error()}
	case errors.As(seen, &late):
		return verdict{capture.FailTimeout, "time", late.Error()}
	case isTimeout(seen):
		return verdict{capture.FailTimeout, "time", "request could not be sent in time"}
	case errors.Is(seen, syscall.ECONNREFUSED):
		return verdict{capture.FailRefused, "", "connection refused"}
	case isReset(seen):
		return verdict{capture.FailReset, "disconnect", "connection reset by the server"}
	case isTLS(seen):
		return verdict{capture.FailTLS, "disconnect", tlsWords(seen)}
	case errors.Is(m.ended, io.EOF):
		return judgeEnd(m)
	case m.received > 0 && m.ended == nil:
		return verdict{capture.FailProtocol, "", err.Error()}
	}
	return verdict{capture.FailUnavailable, "disconnect", seen.Error()}
}

// judgeEnd tells apart the ways in which a server can hang up too early. The parser has asked for more than
// there was, so it has seen nothing wrong before.
func judgeEnd(m message) verdict {
	switch {
	case m.received == 0:
		return verdict{capture.FailReset, "", "server closed the connection without an answer"}
	case m.resp == nil && !beginsLikeHTTP(m.raw):
		return verdict{capture.FailProtocol, "", "answer is not HTTP"}
	case m.resp == nil:
		return verdict{capture.FailCutShort, "disconnect", "connection closed within the headers"}
	case m.resp.ContentLength >= 0:
		return verdict{capture.FailCutShort, "disconnect", fmt.Sprintf("connection closed after %d of %d bytes of the body",
			len(m.raw)-m.head, m.resp.ContentLength)}
	}
	return verdict{capture.FailCutShort, "disconnect", "connection closed before the last chunk of the body"}
}

func beginsLikeHTTP(raw []byte) bool {
	n := min(len(raw), len("HTTP/"))
	return string(raw[:n]) == "HTTP/"[:n]
}

func isTimeout(err error) bool {
	var timeout interface{ Timeout() bool }
	return errors.As(err, &timeout) && timeout.Timeout()
}

func isReset(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNABORTED)
}

func isTLS(err error) bool {
	var alert tls.AlertError
	var record tls.RecordHeaderError
	return errors.As(err, &alert) || errors.As(err, &record)
}

// tlsWords says what is wrong with a certificate or handshake, and what helps.
func tlsWords(err error) string {
	if words := certificateWords(err); words != "" {
		return words + "; --insecure accepts it"
	}
	var record tls.RecordHeaderError
	if errors.As(err, &record) {
		return "server does not speak TLS on this port"
	}
	return "TLS: " + err.Error()
}

// certificateWords is "" when the certificate is not what is wrong.
func certificateWords(err error) string {
	var invalid x509.CertificateInvalidError
	var host x509.HostnameError
	var unknown x509.UnknownAuthorityError
	switch {
	case errors.As(err, &host):
		return fmt.Sprintf("certificate is for %s, not for %s", strings.Join(namesOf(host.Certificate), ", "), host.Host)
	case errors.As(err, &unknown):
		return "certificate is signed by an unknown authority"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && invalid.Cert != nil:
		return fmt.Sprintf("certificate is valid from %s to %s only",
			invalid.Cert.NotBefore.UTC().Format("2006-01-02"), invalid.Cert.NotAfter.UTC().Format("2006-01-02"))
	case errors.As(err, &invalid):
		return "certificate is not valid: " + invalid.Error()
	}
	return ""
}

func namesOf(cert *x509.Certificate) []string {
	names := cert.DNSNames
	for _, ip := range cert.IPAddresses {
		names = append(names, ip.String())
	}
	if len(names) == 0 {
		return []string{"no host"}
	}
	return names
}
