package polite

import (
	"bytes"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// rules is the part of a robots.txt that speaks to one robot. The zero value allows everything.
//
// The matching follows RFC 9309: the longest pattern wins, Allow wins a draw, "*" and a final "$" are
// special. temoto/robotstxt, which Colly uses, looks for a pattern with wildcards anywhere in the path (an
// "Allow: /$" then allows every directory) and refuses a whole file for one bad line, so it serves as a
// second opinion in tests only.
type rules struct {
	lines      []rule
	crawlDelay time.Duration
	sitemaps   []string
}

type rule struct {
	allow   bool
	pattern string // normalised
	text    string // as written
}

// parseRobots reads what a file says to Agent, or else to all. Lines that make no sense are
// skipped. Anything is accepted, also a web page.
func parseRobots(body []byte) *rules {
	var p robotsParser
	for line := range strings.FieldsFuncSeq(string(clip(body)), func(r rune) bool { return r == '\n' || r == '\r' }) {
		p.line(line)
	}
	out := &p.forAll
	if p.named {
		out = &p.forUs
	}
	out.sitemaps = p.sitemaps
	return out
}

// clip bounds the file at a whole line, and takes off a byte order mark.
func clip(body []byte) []byte {
	if len(body) >= MaxRobotsSize {
		body = body[:MaxRobotsSize]
		body = body[:bytes.LastIndexAny(body, "\r\n")+1]
	}
	return bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
}

type robotsParser struct {
	forUs, forAll rules
	named         bool // a group names our agent, be it an empty one
	sitemaps      []string

	toUs, toAll bool // whom the current group addresses
	inRules     bool // the next User-agent line starts a new group
}

func (p *robotsParser) line(line string) {
	line, _, _ = strings.Cut(line, "#")
	key, value, ok := strings.Cut(line, ":")
	if !ok {
		return
	}
	key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
	switch key {
	case "user-agent", "useragent":
		p.userAgent(value)
	case "allow", "disallow":
		p.rule(key == "allow", value, strings.TrimSpace(line))
	case "crawl-delay", "crawldelay":
		p.delay(value)
	case "sitemap":
		if value != "" && !slices.Contains(p.sitemaps, value) {
			p.sitemaps = append(p.sitemaps, value)
		}
	}
}

func (p *robotsParser) userAgent(value string) {
	if p.inRules {
		p.toUs, p.toAll, p.inRules = false, false, false
	}
	switch token := strings.ToLower(productToken(value)); {
	case strings.HasPrefix(value, "*"):
		p.toAll = true
	case token == Agent:
		p.toUs, p.named = true, true
	}
}

// productToken is the name in a User-agent line, without a version (RFC 9309, 2.2.1).
func productToken(value string) string {
	return value[:len(value)-len(strings.TrimLeft(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-"))]
}

// rule adds a line to the groups it belongs to. One without a path says nothing.
func (p *robotsParser) rule(allow bool, path, text string) {
	p.inRules = true
	if path == "" {
		return
	}
	if path[0] != '/' && path[0] != '*' {
		path = "/" + path
	}
	p.each(func(r *rules) {
		r.lines = append(r.lines, rule{allow, normalisePattern(path), strings.ToValidUTF8(text, "\uFFFD")})
	})
}

// delay keeps the largest Crawl-delay, in seconds.
func (p *robotsParser) delay(value string) {
	p.inRules = true
	seconds, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(seconds) || seconds < 0 {
		return
	}
	d := time.Duration(min(seconds, MaxCrawlDelay.Seconds()) * float64(time.Second))
	p.each(func(r *rules) { r.crawlDelay = max(r.crawlDelay, d) })
}

func (p *robotsParser) each(do func(*rules)) {
	if p.toUs {
		do(&p.forUs)
	}
	if p.toAll {
		do(&p.forAll)
	}
}

// verdict finds the rule that speaks of u.
func (r *rules) verdict(u *url.URL) Verdict {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if path == robotsPath {
		return Verdict{Allowed: true}
	}
	if u.RawQuery != "" || u.ForceQuery {
		path += "?" + u.RawQuery
	}
	path = literal.Replace(normalise(path))
	var best *rule
	for i := range r.lines {
		line := &r.lines[i]
		if best != nil && !line.beats(best) {
			continue
		}
		if matches(line.pattern, path) {
			best = line
		}
	}
	if best == nil {
		return Verdict{Allowed: true}
	}
	return Verdict{Allowed: best.allow, Rule: best.text}
}

func (r *rule) beats(other *rule) bool {
	if len(r.pattern) != len(other.pattern) {
		return len(r.pattern) > len(other.pattern)
	}
	return r.allow && !other.allow
}

// matches holds a path against a pattern. Each piece between stars is taken at its first place, which
// leaves the most room for the rest, so nothing is tried twice.
func matches(pattern, path string) bool {
	pattern, anchored := strings.CutSuffix(pattern, "$")
	pieces := strings.Split(pattern, "*")
	rest, ok := strings.CutPrefix(path, pieces[0])
	if !ok {
		return false
	}
	if len(pieces) == 1 {
		return !anchored || rest == ""
	}
	last := len(pieces) - 1
	for _, piece := range pieces[1:last] {
		i := strings.Index(rest, piece)
		if i < 0 {
			return false
		}
		rest = rest[i+len(piece):]
	}
	if anchored {
		return strings.HasSuffix(rest, pieces[last])
	}
	return strings.Contains(rest, pieces[last])
}

// literal escapes what is special in a pattern, where it is meant as itself.
var literal = strings.NewReplacer("*", "%2A", "$", "%24")

// normalisePattern normalises the path of a rule. "$" is special at its end only.
func normalisePattern(path string) string {
	body, anchored := strings.CutSuffix(normalise(path), "$")
	body = strings.ReplaceAll(body, "$", "%24")
	if anchored {
		body += "$"
	}
	return body
}

// normalise spells a path in one way (RFC 9309, 2.2.2): what is not ASCII is escaped, escapes are in upper case,
// and what needs none has none.
func normalise(path string) string {
	const digits = "0123456789ABCDEF"
	var out strings.Builder
	for i := 0; i < len(path); i++ {
		c := path[i]
		escaped := false
		if c == '%' && i+2 < len(path) {
			if n, err := strconv.ParseUint(path[i+1:i+3], 16, 8); err == nil {
				c, escaped = byte(n), true
				i += 2
			}
		}
		if isUnreserved(c) || !escaped && c > ' ' && c < 0x7f && c != '%' {
			out.WriteByte(c)
			continue
		}
		out.WriteByte('%')
		out.WriteByte(digits[c>>4])
		out.WriteByte(digits[c&15])
	}
	return out.String()
}

// isUnreserved follows RFC 3986, 2.3.
func isUnreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
