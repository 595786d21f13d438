package extract

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxScanned bounds, in bytes, how much of a payload is searched for the marks of a challenge.
const maxScanned = 256 << 10

// challengeMark finds the mark of a script that tests the browser, "" without one. Such scripts are on honest pages too, so it counts on
// pages with next to no words only.
func challengeMark(body []byte) string {
	body = body[:min(len(body), maxScanned)]
	for _, mark := range [...]string{
		"cf_chl_opt", "cf-chl-", "challenge-platform", "challenge-form", "ddos-guard", "/.well-known/ddos-guard", "_Incapsula_Resource", "captcha-delivery.com",
		"px-captcha", "sucuri_cloudproxy", "slowAES", "toNumbers(", "awsWafCookieDomainList", "awswaf", "smartcaptcha", "hcaptcha.com", "recaptcha/api", "turnstile",
		"testcookie", "within.website/x/cmd/anubis", "_guard/", "qrator", "servicepipe", "kwsp", "bobcmn",
	} {
		if bytes.Contains(body, []byte(mark)) {
			return mark
		}
	}
	if bytes.Contains(body, []byte("document.cookie")) && bytes.Contains(body, []byte("location")) {
		return "document.cookie, then a reload"
	}
	return ""
}

// noscriptWords gives what the page says to a browser without scripts.
func noscriptWords(d *document) (string, bool) {
	for _, n := range d.dom.Nodes {
		if words := firstNoscript(n); words != "" {
			return words, true
		}
	}
	return "", false
}

// firstNoscript gives the words of the first noscript below n, bounded in length.
func firstNoscript(n *html.Node) string {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		words := ""
		if c.DataAtom == atom.Noscript {
			words = plainWords(c)
		} else {
			words = firstNoscript(c)
		}
		if words != "" {
			return words
		}
	}
	return ""
}

// plainWords gives the text in n, up to a line's length; markup that the parser left as text in a noscript is dropped.
func plainWords(n *html.Node) string {
	var b strings.Builder
	for c := n.FirstChild; c != nil && b.Len() < shortLine; c = c.NextSibling {
		if c.Type == html.TextNode {
			for part := c.Data; part != ""; {
				words, tag, _ := strings.Cut(part, "<")
				b.WriteString(words)
				b.WriteByte(' ')
				_, part, _ = strings.Cut(tag, ">")
			}
		} else {
			b.WriteString(plainWords(c))
		}
	}
	words := strings.Join(strings.Fields(b.String()), " ")
	if len(words) > shortLine {
		words = strings.ToValidUTF8(words[:shortLine], "")
	}
	return words
}

// refreshTarget gives the address that a refresh leads to ("5; url=/x"), "" where it only loads the page again.
func refreshTarget(content string) string {
	_, rest, ok := strings.Cut(content, ";")
	if !ok {
		return ""
	}
	rest = strings.TrimSpace(rest)
	if len(rest) < 4 || !strings.EqualFold(rest[:3], "url") {
		return ""
	}
	return strings.Trim(strings.TrimSpace(strings.TrimLeft(rest[3:], " =")), `'"`)
}
