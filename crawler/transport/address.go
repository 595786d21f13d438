package transport

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
)

// privateError is an address the program refuses to connect to.
type privateError struct{ address string }

func (e *privateError) Error() string {
	return fmt.Sprintf("%s is not a public address; only the host and port of --base-url may be private", e.address)
}

// notPublic lists what the IANA special-purpose registries keep from the public internet, and
// the ranges that lead into a private network by way of a tunnel or translator.
var notPublic = func() []netip.Prefix {
	ranges := []string{
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
		"192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
		"198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
		"::/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001:db8::/32", "2002::/16",
		"3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
	}
	out := make([]netip.Prefix, len(ranges))
	for i, r := range ranges {
		out[i] = netip.MustParsePrefix(r)
	}
	return out
}()

// nat64 carries an IPv4 address in its last four bytes (RFC 6052).
var nat64 = netip.MustParsePrefix("64:ff9b::/96")

// isPublic says whether an address belongs to the public internet.
func isPublic(a netip.Addr) bool {
	if !a.IsValid() || a.Zone() != "" {
		return false
	}
	a = a.Unmap()
	if nat64.Contains(a) {
		b := a.As16()
		a = netip.AddrFrom4([4]byte(b[12:]))
	}
	for _, p := range notPublic {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// checkResolved is asked by the dialer with the address it is about to connect to.
func checkResolved(address string) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil || !isPublic(ap.Addr()) {
		return &privateError{address}
	}
	return nil
}

// checkName refuses a host that is not public by its form alone: all that can be told when a proxy
// resolves the name.
func checkName(host string) error {
	if a, err := netip.ParseAddr(host); err == nil {
		if !isPublic(a) {
			return &privateError{host}
		}
		return nil
	}
	if isLocalName(host) || endsInNumber(host) {
		return &privateError{host}
	}
	return nil
}

// isLocalName knows the names that RFC 6761, RFC 6762, RFC 8375 and ICANN keep for local use, and names
// without a dot, which a resolver completes with a local domain.
func isLocalName(host string) bool {
	if !strings.Contains(host, ".") {
		return true
	}
	for _, suffix := range []string{".localhost", ".local", ".internal", ".home.arpa", ".localdomain"} {
		if strings.HasSuffix(host, suffix) {
			return true
		}
	}
	return false
}

// endsInNumber spots the old spellings of IPv4 addresses (127.1, 0x7f.1, 2130706433), which some
// resolvers read as addresses. No public name ends so.
func endsInNumber(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	if rest, ok := strings.CutPrefix(last, "0x"); ok {
		return strings.Trim(rest, "0123456789abcdef") == ""
	}
	return last != "" && strings.Trim(last, "0123456789") == ""
}

// canonicalHost makes spellings of one host equal.
func canonicalHost(host string) string {
	return strings.TrimSuffix(strings.ToLower(host), ".")
}

// HostOf is the host of an address as a Gate is told it: lower case, without port and final dot.
func HostOf(u *url.URL) string { return canonicalHost(u.Hostname()) }

// hostPort is where the server of u listens, in canonical form.
func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = "80"
		if u.Scheme == "https" {
			port = "443"
		}
	}
	return net.JoinHostPort(HostOf(u), port)
}
