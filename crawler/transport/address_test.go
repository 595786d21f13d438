package transport

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"infocus/archive/capture"
)

func TestAddressesThatAreNotPublic(t *testing.T) {
	for _, a := range strings.Fields(`
		0.0.0.0 10.1.2.3 100.64.0.1 100.127.255.255 127.0.0.1 127.255.0.1 169.254.169.254 172.16.0.1 172.31.255.255
		192.0.0.8 192.0.2.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255
		:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::10.0.0.1 64:ff9b:1::1
		100::1 2001::1 2001:db8::1 2002:7f00:1:: 3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1
		2606:4700::1111%eth0`) {
		if isPublic(netip.MustParseAddr(a)) {
			t.Errorf("%s counts as public", a)
		}
	}
	for _, a := range strings.Fields(`1.1.1.1 8.8.8.8 100.63.0.1 100.128.0.1 172.15.0.1 172.32.0.1 192.167.1.1 193.0.0.1 223.255.255.1
		::ffff:8.8.8.8 64:ff9b::8.8.8.8 2606:4700::1111 2001:4860:4860::8888 2a00:1450::1`) {
		if !isPublic(netip.MustParseAddr(a)) {
			t.Errorf("%s counts as private", a)
		}
	}
	if isPublic(netip.Addr{}) {
		t.Error("no address counts as public")
	}
}

func TestNamesThatAreLocalByTheirForm(t *testing.T) {
	for _, h := range strings.Fields(`localhost router printer.local a.localhost db.internal nas.home.arpa box.localdomain
		127.1 2130706433 0x7f000001 0x7f.0.0.1 0177.0.0.1 10.1 127.0.0.1 ::1 fe80::1%lo`) {
		if checkName(h) == nil {
			t.Errorf("%s may be asked through a proxy", h)
		}
	}
	for _, h := range strings.Fields("belarusinfocus.pro example.org 8.8.8.8 2606:4700::1111 a1.example 1.example xn--p1ai.xn--p1ai") {
		if err := checkName(h); err != nil {
			t.Error(err)
		}
	}
}

func TestPrivateAddressIsNotConnectedTo(t *testing.T) {
	s := answers(t, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno")
	_, port, _ := net.SplitHostPort(s.addr)
	other := answers(t, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno")
	r := newRig(t, Options{Allow: other.addr, Timeouts: quick()})
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "127.0.0.2"} {
		ex, err := r.exchange("http://" + host + ":" + port + "/")
		want{capture.FailPrivate, "", "--base-url"}.check(t, ex, err)
		if ex.Request != nil || ex.Response != nil || ex.IP != "" {
			t.Errorf("something was sent to %s", host)
		}
	}
	if n := s.connections(); n != 0 {
		t.Errorf("%d connections to a private address", n)
	}
}

func TestAllowedAddressIsExact(t *testing.T) {
	s := answers(t, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
	_, port, _ := net.SplitHostPort(s.addr)
	cases := []struct {
		allow, host string
		ok          bool
	}{
		{"127.0.0.1:" + port, "127.0.0.1:" + port, true},
		{"LOCALHOST.:" + port, "localhost:" + port, true},
		{"localhost:" + port, "LocalHost.:" + port, true},
		{"localhost:" + port, "127.0.0.1:" + port, false},
		{"127.0.0.1:" + port, "localhost:" + port, false},
		{"127.0.0.1:1", "127.0.0.1:" + port, false},
		{"", "127.0.0.1:" + port, false},
	}
	for _, c := range cases {
		r := newRig(t, Options{Allow: c.allow, Timeouts: quick()})
		ex, _ := r.exchange("http://" + c.host + "/")
		if got := ex.Failure == ""; got != c.ok {
			t.Errorf("allowed %q, asked %q: failure %q (%s)", c.allow, c.host, ex.Failure, ex.Detail)
		}
	}
}

func TestDefaultPortsOfAllowedAddress(t *testing.T) {
	for raw, want := range map[string]string{
		"http://A.example/":       "a.example:80",
		"https://a.example./":     "a.example:443",
		"https://a.example:80/":   "a.example:80",
		"http://[2001:DB8::1]/":   "[2001:db8::1]:80",
		"http://[::1]:8080/a?b#c": "[::1]:8080",
	} {
		u, err := url.Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		if got := hostPort(u); got != want {
			t.Errorf("%s listens at %s, want %s", raw, got, want)
		}
	}
}

// A public name that leads to a private address, as in DNS rebinding.
func TestPublicNameWithPrivateAddressIsRefused(t *testing.T) {
	s := answers(t, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno")
	_, port, _ := net.SplitHostPort(s.addr)
	for _, ip := range []string{"127.0.0.1", "10.0.0.1", "::1", "::ffff:127.0.0.1"} {
		r := newRig(t, Options{Resolver: resolvesTo(netip.MustParseAddr(ip)), Timeouts: quick()})
		ex, err := r.exchange("http://rebind.example:" + port + "/")
		want{capture.FailPrivate, "", "not a public address"}.check(t, ex, err)
	}
	if s.connections() != 0 {
		t.Error("private address was connected to")
	}
}

func TestNameIsResolvedByTheResolverGiven(t *testing.T) {
	s := answers(t, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
	_, port, _ := net.SplitHostPort(s.addr)
	o := Options{Resolver: resolvesTo(netip.MustParseAddr("127.0.0.1")), Allow: "replica.example:" + port}
	r := newRig(t, o)
	if ex, err := r.exchange("http://replica.example:" + port + "/"); err != nil || ex.IP != "127.0.0.1" {
		t.Errorf("ip %q, error %v", ex.IP, err)
	}
}

func TestUnknownName(t *testing.T) {
	r := newRig(t, Options{Resolver: resolvesTo(netip.Addr{}), Timeouts: quick()})
	ex, err := r.exchange("http://nowhere.example/")
	want{capture.FailDNS, "", "no such host"}.check(t, ex, err)
}

// resolvesTo gives every name one address, or none.
func resolvesTo(ip netip.Addr) *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		client, server := net.Pipe()
		go serveDNS(server, ip)
		return client, nil
	}}
}

// serveDNS speaks DNS over a stream: two bytes of length before each message.
func serveDNS(c net.Conn, ip netip.Addr) {
	defer func() { _ = c.Close() }()
	for {
		var size [2]byte
		if _, err := io.ReadFull(c, size[:]); err != nil {
			return
		}
		query := make([]byte, binary.BigEndian.Uint16(size[:]))
		if _, err := io.ReadFull(c, query); err != nil {
			return
		}
		answer, err := dnsAnswer(query, ip)
		if err != nil {
			return
		}
		if _, err := c.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(answer))), answer...)); err != nil {
			return
		}
	}
}

func dnsAnswer(query []byte, ip netip.Addr) ([]byte, error) {
	var m dnsmessage.Message
	if err := m.Unpack(query); err != nil {
		return nil, err
	}
	q := m.Questions[0]
	out := dnsmessage.Message{Header: dnsmessage.Header{ID: m.ID, Response: true}, Questions: m.Questions}
	header := dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class, TTL: 1}
	switch {
	case !ip.IsValid():
		out.RCode = dnsmessage.RCodeNameError
	case ip.Is4() && q.Type == dnsmessage.TypeA:
		out.Answers = []dnsmessage.Resource{{Header: header, Body: &dnsmessage.AResource{A: ip.As4()}}}
	case ip.Is6() && q.Type == dnsmessage.TypeAAAA:
		out.Answers = []dnsmessage.Resource{{Header: header, Body: &dnsmessage.AAAAResource{AAAA: ip.As16()}}}
	}
	return out.Pack()
}
