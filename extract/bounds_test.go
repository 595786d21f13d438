package extract

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

func TestPagesBeyondTheBoundsAreUnreadable(t *testing.T) {
	e := newTestExtractor(t)
	for _, c := range []struct{ name, page, reason string }{
		{"too large", "<p>" + strings.Repeat("word ", maxPageBytes/5+1), "too large"},
		{"too large once decoded", "<p>" + strings.Repeat("\xe9", maxPageBytes*2/3), "too large"},
		{"too many links", "<body>" + strings.Repeat("<a href=/x>y</a>", 200_000/2+1), "too complex"},
		{"too deep", "<body>" + strings.Repeat("<div>", 100_000) + "x", "too deep"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := e.Extract(Page{URL: testBase + "/security-issues/a", Time: testTime(), ContentType: "text/html", Body: []byte(c.page)})
			if r.Kind != KindUnreadable || !strings.Contains(r.Reason, c.reason) {
				t.Errorf("kind %s, reason %q; want unreadable, %q", r.Kind, r.Reason, c.reason)
			}
		})
	}
}

// hostilePages are within the bounds and built to make a careless reader take quadratic time.
func hostilePages() map[string]string {
	const n = 24_000
	head := "<p>December 4 – December 10, 2017</p><p>Security issues</p><h1>A headline of some words</h1><p>The situation got worse</p>"
	prose := "This is a sentence that reads like a paragraph of an article, and another."
	repeat := func(format string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	return map[string]string{
		"paragraphs":              head + repeat("<p>"+prose+" %d.</p>", n),
		"paragraphs in boxes":     head + repeat("<div class=c%[1]d><p>"+prose+" %[1]d.</p></div>", n/2),
		"boxes of one class":      head + repeat("<div class=c><p>"+prose+" %d.</p></div>", n/2),
		"deep paragraphs":         head + strings.Repeat("<div><p>"+prose+"</p>", 480) + strings.Repeat("<p>"+prose+"</p>", n),
		"asides":                  head + repeat("<aside><p>"+prose+" %d.</p></aside>", n/2),
		"lines":                   head + "<div>" + repeat(prose+" %d.<br>", n) + "</div>",
		"headlines":               repeat("<h2>A headline of some words %d</h2>", n),
		"headlines with facts":    repeat("<p>Security issues</p><h2>A headline of some words</h2><p>%d</p>", n/4),
		"spans in one line":       head + "<p>" + repeat("<span>Word %d</span>", n) + "</p>",
		"links to articles":       head + "<p>" + prose + "</p>" + repeat("<p><a href=/security-issues/a-%d>One more article of the site</a></p>", n/3),
		"ranges":                  repeat("<p>December 4 – December 10, 2017 %d</p>", n),
		"pictures":                head + repeat("<img src=a alt='The situation %d'>", n),
		"controls":                head + repeat("<input name=a%d>", n) + "<p>" + prose + "</p>" + repeat("<div><p>"+prose+" %d</p></div>", n/4),
		"verdicts":                repeat("<p>The situation got worse</p><p>x%d</p>", n/2),
		"one long line of signs":  head + "<p>" + strings.Repeat("| ", 1<<20) + "</p>",
		"one long word":           head + "<p>" + strings.Repeat("й", 1<<20) + "</p>",
		"long lines with colons":  head + repeat("<p>label: label: label: label: %d</p>", n),
		"short lines then a text": head + repeat("<p>short %d</p>", n) + "<p>" + prose + "</p>",
		"a text then short lines": head + "<p>" + prose + "</p>" + repeat("<p>short %d</p>", n),
		"text, short, text":       head + strings.Repeat("<p>"+prose+"</p><p>short</p>", n/2),
		"nested lists":            head + strings.Repeat("<ul><li>"+prose, 200) + strings.Repeat("<li>"+prose, n),
		"cells":                   head + "<table>" + strings.Repeat("<tr><td>"+prose+"</td></tr>", n/3) + "</table>",
	}
}

// TestHostilePagesTakeLinearTime compares with the parser, which is linear: a page of any build costs no more than a few times that.
func TestHostilePagesTakeLinearTime(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	e := newTestExtractor(t)
	for name, page := range hostilePages() {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			if _, err := html.Parse(bytes.NewReader([]byte(page))); err != nil {
				t.Fatal(err)
			}
			parse := time.Since(start)
			start = time.Now()
			r := e.Extract(Page{URL: testBase + "/security-issues/a-headline-of-some-words", Time: testTime(), Body: []byte(page)})
			took := time.Since(start)
			t.Logf("parse %v, extract %v, %s: %.80s", parse, took, r.Kind, r.Reason)
			if took > 20*parse+time.Second {
				t.Errorf("extract took %v, parsing alone %v", took, parse)
			}
		})
	}
}
