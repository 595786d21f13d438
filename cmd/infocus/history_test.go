package main

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"infocus/archive"
	"infocus/archive/capture"
	"infocus/extract/profile"
)

// storyBegin is when the first capture of a story is made.
func storyBegin() time.Time { return time.Date(2024, 3, 1, 2, 0, 0, 0, time.UTC) }

// night is what one address answers at a time; no words means that the page is missing.
type night struct {
	at      time.Duration
	article string
	verdict string
	words   string
}

// storied is a console on an archive of captures.
func storied(t *testing.T, nights ...night) *console {
	t.Helper()
	c := &console{t: t, dir: t.TempDir()}
	p, _ := profile.Builtin(profile.Default)
	w, _, err := archive.OpenWriter(t.Context(), archive.Dir(c.dir), archive.WriterOptions{
		Program: "infocus/test", Site: archive.NewSite(p, true), Now: storyBegin, Log: zerolog.Nop(),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range nights {
		if err := w.Store(t.Context(), n.exchange(), nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Finish(&archive.Report{Ended: "complete"}); err != nil {
		t.Fatal(err)
	}
	return c
}

func (n night) exchange() *capture.Exchange {
	status, html := "404 Not Found", "<html><title>Not found</title><p>Nothing here"
	if n.words != "" {
		status = "200 OK"
		html = fmt.Sprintf(`<html lang=en><title>Army unit %[1]s trains</title><p>March 4 – March 10, 2024</p><p>Security issues</p>
<h1>Army unit %[1]s trains near Minsk</h1><p>%[2]s</p><p>The lead of unit %[1]s says what happened, where, and why it matters.</p><p>%[3]s</p>`,
			n.article, n.verdict, n.words)
	}
	return &capture.Exchange{
		URI: "https://belarusinfocus.pro/security-issues/" + n.article, Time: storyBegin().Add(n.at), Role: "article", Source: capture.SourceLive,
		Request:  fmt.Appendf(nil, "GET /security-issues/%s HTTP/1.1\r\n\r\n", n.article),
		Response: fmt.Appendf(nil, "HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s", status, len(html), html),
	}
}

const (
	day    = 24 * time.Hour
	worse  = "The situation got worse"
	better = "The situation has gotten better"
	words  = "Officers said that 20 tanks took part. The exercise went on for nine days."
)

func TestTakenDownAndBackIsOneStoryInEveryReport(t *testing.T) {
	c := storied(t,
		night{0, "one", worse, words}, night{day, "one", "", ""}, night{2 * day, "one", "", ""}, night{3 * day, "one", worse, words},
		night{0, "two", worse, words}, night{day, "two", "", ""}, night{2 * day, "two", "", ""})
	c.want(0, `"class":"retraction"`, "history", "security-issues/one", "--json")
	var d struct {
		Class     string
		TakenDown bool `json:"taken_down"`
	}
	if err := json.Unmarshal([]byte(c.run("diff", "security-issues/one", "--format", "json").stdout), &d); err != nil || d.Class != "retraction" || !d.TakenDown {
		t.Errorf("%v, %+v", err, d)
	}
	c.want(0, "taken down in between", "diff", "security-issues/one")
	c.want(0, "gone since 2024-03-02 02:00 UTC", "diff", "security-issues/one")
	c.want(0, "came back", "history", "security-issues/one")
	c.want(0, "100 %  belarusinfocus/security-issues/one@20240304T020000Z  came back\n", "changes")
	c.want(0, "    -  belarusinfocus/security-issues/two@20240301T020000Z  taken down\n", "changes")
	c.want(0, "still there", "when", "security-issues/one", "20 tanks")
	c.want(0, "taken down since 2024-03-02T02:00:00Z", "when", "security-issues/two", "20 tanks")
	c.want(0, `"still":false,"gone_since":"2024-03-02T02:00:00Z"`, "when", "security-issues/two", "20 tanks", "--json")
}

func TestChangesInAFeedReader(t *testing.T) {
	c := storied(t,
		night{0, "one", worse, words}, night{day, "one", better, words}, night{2 * day, "one", "", words + " More came later."},
		night{0, "two", worse, words}, night{day, "two", "", ""}, night{2 * day, "two", "", ""}, night{3 * day, "two", worse, words})
	var feed struct {
		ID      string `xml:"id"`
		Updated string `xml:"updated"`
		Entries []struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Updated string `xml:"updated"`
			Summary string `xml:"summary"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(c.run("changes", "--format", "atom").stdout), &feed); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range feed.Entries {
		summary, _, _ := strings.Cut(e.Summary, ". ")
		got = append(got, e.Title[:strings.Index(e.Title, "]")+1]+" "+summary)
	}
	want := "[retraction] Taken down\n[retraction] Changed: came back\n[verdict] Changed: trend (worse -> better)\n[substantive] Changed: body"
	if strings.Join(got, "\n") != want || feed.Updated != "2024-03-04T02:00:00Z" {
		t.Errorf("updated %s\n%s\nwant\n%s", feed.Updated, strings.Join(got, "\n"), want)
	}
	c.want(exitUsage, "--until 2024-01-01 is before --since 2024-02-01", "changes", "--since", "2024-02-01", "--until", "2024-01-01")
}

func TestARevisionIDChoosesARevision(t *testing.T) {
	c := storied(t,
		night{0, "one", worse, words}, night{day, "one", worse, strings.Replace(words, "20", "30", 1)}, night{2 * day, "one", worse, words},
		night{0, "two", worse, "Quite another story is told here about the navy of a landlocked country."})
	second, other := "security-issues/one@20240302T020000Z", "security-issues/two@20240301T020000Z"
	c.want(0, "30 tanks", "show", second)
	c.want(0, "  2  2024-03-02  Officers said that 30 tanks", "blame", second)
	c.want(0, "  3  2024-03-03  Officers said that 20 tanks", "blame", "https://belarusinfocus.info/security-issues/one/?page=2")
	c.want(0, "[-20-]{+30+} tanks", "diff", second)
	c.want(0, "[-30-]{+20+} tanks", "diff", "belarusinfocus.pro/security-issues/one", "--from", second)
	c.want(1, "is a revision of belarusinfocus/security-issues/two, not of belarusinfocus/security-issues/one", "diff", second, "--from", other)
	c.want(1, "revision 1 of belarusinfocus/security-issues/one is the first of 3", "diff", second, "--to", "1")
	c.want(1, "has one revision", "diff", other)
	for _, command := range []string{"show", "history", "blame", "diff"} {
		c.want(1, "has no revision", command, "security-issues/one@20200101T000000Z")
	}
}
