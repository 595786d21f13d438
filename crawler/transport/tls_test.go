package transport

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"infocus/archive/capture"
)

// authority signs certificates for a test.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	pool *x509.CertPool
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test authority"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	a := &authority{key: key, pool: x509.NewCertPool()}
	if a.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	a.pool.AddCert(a.cert)
	return a
}

// issue gives a certificate for an IP address that is valid until a time.
func (a *authority) issue(t *testing.T, ip string, until time.Time) tls.Certificate {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), NotBefore: until.Add(-48 * time.Hour), NotAfter: until,
		IPAddresses: []net.IP{net.ParseIP(ip)}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &a.key.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: a.key}
}

func startTLS(t *testing.T, cert tls.Certificate) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		_, _ = io.WriteString(w, "hello over "+req.Proto)
	}))
	s.TLS = &tls.Config{Certificates: []tls.Certificate{cert}, NextProtos: []string{"h2", "http/1.1"}}
	s.EnableHTTP2 = true
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

func TestCertificates(t *testing.T) {
	ca, stranger := newAuthority(t), newAuthority(t)
	soon, past := time.Now().Add(time.Hour), time.Now().Add(-time.Hour)
	cases := []struct {
		name   string
		cert   tls.Certificate
		detail string // "" for a certificate that is valid
	}{
		{"valid", ca.issue(t, "127.0.0.1", soon), ""},
		{"expired", ca.issue(t, "127.0.0.1", past), past.UTC().Format("2006-01-02") + " only"},
		{"other host", ca.issue(t, "192.0.2.7", soon), "certificate is for 192.0.2.7, not for 127.0.0.1"},
		{"unknown authority", stranger.issue(t, "127.0.0.1", soon), "unknown authority"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := startTLS(t, c.cert)
			addr := s.Listener.Addr().String()
			for _, insecure := range []bool{false, true} {
				r := newRig(t, Options{Allow: addr, RootCAs: ca.pool, Insecure: insecure, Timeouts: quick()})
				for range 2 {
					ex, err := r.exchange(s.URL + "/")
					checkCertificate(t, ex, err, insecure, c.detail)
				}
				r.CloseIdleConnections()
			}
		})
	}
}

func checkCertificate(t *testing.T, ex *capture.Exchange, err error, insecure bool, detail string) {
	t.Helper()
	if detail != "" && !insecure {
		want{capture.FailTLS, "", detail}.check(t, ex, err)
		want{capture.FailTLS, "", "--insecure"}.check(t, ex, err)
		if ex.Request != nil || ex.Insecure {
			t.Error("a request was recorded that was never sent")
		}
		return
	}
	if err != nil || !strings.HasSuffix(string(ex.Response), "hello over HTTP/1.1") {
		t.Errorf("answer %q, error %v", ex.Response, err)
	}
	if ex.Insecure != (detail != "") || !strings.Contains(ex.Detail, detail) {
		t.Errorf("insecure %v, detail %q, want %q", ex.Insecure, ex.Detail, detail)
	}
	if !strings.HasPrefix(string(ex.Request), "GET / HTTP/1.1\r\n") {
		t.Errorf("request %q", ex.Request)
	}
}

func TestPlainServerOnTLSPort(t *testing.T) {
	s := startRaw(t, func(c net.Conn, _ int) {
		_, _ = io.WriteString(c, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
		_, _ = io.Copy(io.Discard, c)
	})
	r := newRig(t, allow(s))
	ex, err := r.exchange("https://" + s.addr + "/")
	want{capture.FailTLS, "", "does not speak TLS"}.check(t, ex, err)
}

func TestHandshakeThatNeverEnds(t *testing.T) {
	s := startRaw(t, func(c net.Conn, _ int) { _, _ = io.Copy(io.Discard, c) })
	o := allow(s)
	o.Timeouts.TLS = 50 * time.Millisecond
	r := newRig(t, o)
	ex, err := r.exchange("https://" + s.addr + "/")
	want{capture.FailTimeout, "", "no TLS handshake within 50ms"}.check(t, ex, err)
}
