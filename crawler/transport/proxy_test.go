package transport

import (
	"bufio"
	"crypto/tls"
	"encoding/binary"
	"io"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"infocus/archive/capture"
)

// proxyLog is what a proxy was asked, one line a connection.
type proxyLog chan string

func (l proxyLog) next(t *testing.T) string {
	t.Helper()
	select {
	case s := <-l:
		return s
	case <-time.After(5 * time.Second):
		t.Fatal("proxy was not asked")
		return ""
	}
}

// httpProxy forwards everything to one server, whatever name was asked for.
func httpProxy(t *testing.T, to string) (*rawServer, proxyLog) {
	t.Helper()
	return httpProxyOn(t, listen(t), to)
}

func httpProxyOn(t *testing.T, l net.Listener, to string) (*rawServer, proxyLog) {
	t.Helper()
	asked := make(proxyLog, 10)
	s := startOn(t, l, func(c net.Conn, _ int) {
		br := bufio.NewReader(c)
		for {
			request := readRequest(br)
			if request == "" {
				return
			}
			asked <- request
			if strings.HasPrefix(request, "CONNECT ") {
				_, _ = io.WriteString(c, "HTTP/1.1 200 Connection established\r\n\r\n")
				splice(c, br, to)
				return
			}
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nby proxy!")
		}
	})
	return s, asked
}

// socksProxy does as much of RFC 1928 and RFC 1929 as one client needs.
func socksProxy(t *testing.T, to string, reply byte) (*rawServer, proxyLog) {
	t.Helper()
	asked := make(proxyLog, 10)
	s := startRaw(t, func(c net.Conn, _ int) {
		br := bufio.NewReader(c)
		methods := readSized(br, 1)
		user := ""
		if strings.Contains(methods, "\x02") {
			_, _ = c.Write([]byte{5, 2})
			_, _ = br.ReadByte()
			user = readSized(br, 0) + ":" + readSized(br, 0) + "@"
			_, _ = c.Write([]byte{1, 0})
		} else {
			_, _ = c.Write([]byte{5, 0})
		}
		host := readTarget(br)
		port := make([]byte, 2)
		_, _ = io.ReadFull(br, port)
		asked <- user + net.JoinHostPort(host, strconv.Itoa(int(binary.BigEndian.Uint16(port))))
		_, _ = c.Write([]byte{5, reply, 0, 1, 0, 0, 0, 0, 0, 0})
		if reply == 0 {
			splice(c, br, to)
		}
	})
	return s, asked
}

// readTarget reads the host of a SOCKS request: an IPv4 address or a name.
func readTarget(br *bufio.Reader) string {
	head := make([]byte, 4)
	_, _ = io.ReadFull(br, head)
	if head[3] != 1 {
		return readSized(br, 0)
	}
	ip := make([]byte, 4)
	_, _ = io.ReadFull(br, ip)
	return net.IP(ip).String()
}

// readSized reads a byte of length after skipping some, and that many bytes.
func readSized(br *bufio.Reader, skip int) string {
	_, _ = br.Discard(skip)
	n, err := br.ReadByte()
	if err != nil {
		return ""
	}
	b := make([]byte, n)
	_, _ = io.ReadFull(br, b)
	return string(b)
}

func splice(c net.Conn, br *bufio.Reader, to string) {
	up, err := net.Dial("tcp", to)
	if err != nil {
		return
	}
	done := make(chan bool)
	go func() {
		_, _ = io.Copy(up, br)
		_ = up.Close()
		close(done)
	}()
	_, _ = io.Copy(c, up)
	_ = c.Close()
	<-done
}

func proxied(t *testing.T, raw string) Options {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return Options{Proxy: u, Timeouts: quick()}
}

func TestHTTPProxy(t *testing.T) {
	p, asked := httpProxy(t, "")
	r := newRig(t, proxied(t, "http://me:secret@"+p.addr))
	for range 2 {
		ex, err := r.exchange("http://site.example/a")
		if err != nil {
			t.Fatal(err)
		}
		sent := asked.next(t)
		if !strings.HasPrefix(sent, "GET http://site.example/a HTTP/1.1\r\nHost: site.example\r\n") ||
			!strings.Contains(sent, "\r\nProxy-Authorization: Basic bWU6c2VjcmV0\r\n") {
			t.Errorf("proxy was sent %q", sent)
		}
		if got := strings.Replace(sent, "Proxy-Authorization: Basic bWU6c2VjcmV0\r\n", "", 1); string(ex.Request) != got {
			t.Errorf("recorded %q, want what was sent without the password", ex.Request)
		}
		if !strings.HasSuffix(string(ex.Response), "by proxy!") || ex.IP != "" {
			t.Errorf("answer %q, ip %q", ex.Response, ex.IP)
		}
	}
	if p.connections() != 1 {
		t.Error("connection to the proxy not kept")
	}
}

func TestHTTPSThroughProxies(t *testing.T) {
	ca := newAuthority(t)
	s := startTLS(t, ca.issue(t, "93.184.216.34", time.Now().Add(time.Hour)))
	server := s.Listener.Addr().String()
	web, webAsked := httpProxy(t, server)
	safe, safeAsked := httpProxyOn(t, tls.NewListener(listen(t), &tls.Config{
		Certificates: []tls.Certificate{ca.issue(t, "127.0.0.1", time.Now().Add(time.Hour))},
	}), server)
	socks, socksAsked := socksProxy(t, server, 0)
	cases := []struct {
		proxy string
		asked proxyLog
		want  string
	}{
		{"http://me:secret@" + web.addr, webAsked, "CONNECT 93.184.216.34:443 HTTP/1.1\r\nHost: 93.184.216.34:443\r\n"},
		{"https://me:secret@" + safe.addr, safeAsked, "CONNECT 93.184.216.34:443 HTTP/1.1\r\n"},
		{"socks5://me:secret@" + socks.addr, socksAsked, "me:secret@93.184.216.34:443"},
	}
	for _, c := range cases {
		o := proxied(t, c.proxy)
		o.RootCAs = ca.pool
		r := newRig(t, o)
		for range 2 {
			ex, err := r.exchange("https://93.184.216.34/")
			if err != nil || !strings.HasSuffix(string(ex.Response), "hello over HTTP/1.1") || ex.IP != "" {
				t.Fatalf("answer %q, ip %q, error %v", ex.Response, ex.IP, err)
			}
			if strings.Contains(string(ex.Request), "secret") || !strings.HasPrefix(string(ex.Request), "GET / HTTP/1.1\r\n") {
				t.Errorf("request %q", ex.Request)
			}
		}
		if got := c.asked.next(t); !strings.HasPrefix(got, c.want) {
			t.Errorf("proxy was asked %q", got)
		}
		r.CloseIdleConnections()
	}
}

func TestSOCKSProxyResolvesNames(t *testing.T) {
	s := answers(t, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
	p, asked := socksProxy(t, s.addr, 0)
	r := newRig(t, proxied(t, "socks5://me:secret@"+p.addr))
	for range 2 {
		if _, err := r.exchange("http://site.example:8080/"); err != nil {
			t.Fatal(err)
		}
	}
	if got := asked.next(t); got != "me:secret@site.example:8080" {
		t.Errorf("proxy was asked %q", got)
	}
	if s.connections() != 1 {
		t.Error("connection not kept")
	}
}

func TestPrivateAddressIsNotAskedOfAProxy(t *testing.T) {
	p, _ := httpProxy(t, "")
	for _, scheme := range []string{"http", "socks5"} {
		r := newRig(t, proxied(t, scheme+"://"+p.addr))
		for _, target := range []string{"http://127.0.0.1/", "http://[::1]/", "http://localhost/", "http://2130706433/", "https://10.0.0.1/"} {
			ex, err := r.exchange(target)
			want{capture.FailPrivate, "", "not a public address"}.check(t, ex, err)
		}
	}
	if p.connections() != 0 {
		t.Error("proxy was asked")
	}
	o := proxied(t, "http://"+p.addr)
	o.Allow = "localhost:8080"
	if _, err := newRig(t, o).exchange("http://localhost:8080/"); err != nil {
		t.Errorf("allowed host refused: %v", err)
	}
}

func TestProxyFailures(t *testing.T) {
	refusing := answers(t, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
	chatty := answers(t, "HTTP/1.1 200 OK\r\n\r\nnonsense")
	mute := startRaw(t, func(c net.Conn, _ int) { _, _ = io.Copy(io.Discard, c) })
	socks, _ := socksProxy(t, "", 5)
	cases := []struct {
		name, proxy, detail string
		waits               bool // until the time-out
	}{
		{"refuses", "http://me:secret@" + refusing.addr, "407", false},
		{"speaks out of turn", "http://" + chatty.addr, "after its answer", false},
		{"answers nothing", "http://" + mute.addr, "deadline", true},
		{"is not there", "http://127.0.0.1:1", "refused", false},
		{"is no SOCKS proxy", "socks5://" + refusing.addr, "socks", true},
		{"cannot reach the server", "socks5://" + socks.addr, "connection refused", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			o := proxied(t, c.proxy)
			if c.waits {
				o.Timeouts.Dial = 100 * time.Millisecond
			}
			ex, err := newRig(t, o).exchange("https://site.example/")
			want{capture.FailProxy, "", c.detail}.check(t, ex, err)
			if strings.Contains(ex.Detail, "secret") {
				t.Errorf("password in %q", ex.Detail)
			}
		})
	}
}

func TestEnvironmentNamesNoProxy(t *testing.T) {
	p, _ := httpProxy(t, "")
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"} {
		t.Setenv(name, "http://"+p.addr)
	}
	r := newRig(t, Options{Resolver: resolvesTo(netip.Addr{}), Timeouts: quick()})
	ex, _ := r.exchange("http://site.example/")
	if ex.Failure != capture.FailDNS || p.connections() != 0 {
		t.Errorf("failure %q, proxy asked %d times", ex.Failure, p.connections())
	}
}

func TestProxyAddresses(t *testing.T) {
	for raw, ok := range map[string]bool{
		"http://a": true, "https://a:1": true, "socks5://u:p@a": true, "socks5h://a": true,
		"socks4://a": false, "ftp://a": false, "http://": false, "a:8080": false,
	} {
		u, err := url.Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := New(Options{UserAgent: "x", Proxy: u}); (err == nil) != ok {
			t.Errorf("proxy %s: %v", raw, err)
		}
	}
	for raw, want := range map[string]string{"http://a": "a:80", "https://a": "a:443", "socks5://a": "a:1080", "http://a:3128": "a:3128", "socks5://[::1]": "[::1]:1080"} {
		u, _ := url.Parse(raw)
		if got := proxyAddr(u); got != want {
			t.Errorf("proxy %s is at %s, want %s", raw, got, want)
		}
	}
}
