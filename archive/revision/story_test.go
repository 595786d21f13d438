package revision

import (
	"fmt"
	"strings"

	"time"

	"pgregory.net/rapid"

	"infocus/archive/capture"
	"infocus/extract"
)

// A story is what a test observes, in a short form: "0 good X" is a good capture of text X at hour 0. Several stand in one
// line, parted by commas. The words are: good TEXT, 304, missing, failed, moved TARGET (or home). A leading id and colon
// ("b: 5 good X") names another id than a.
var epoch = time.Date(2017, 12, 11, 9, 30, 0, 0, time.UTC)

func hour(h float64) time.Time { return epoch.Add(time.Duration(h * float64(time.Hour))) }

func hours(t time.Time) float64 { return t.Sub(epoch).Hours() }

func page(text string) *extract.Article {
	return &extract.Article{
		Edition: "en", Lang: "en", Section: "Security issues", Headline: "Headline", Trend: "better", TrendText: "got better",
		PeriodText: "December 4 – December 10, 2017", PeriodStart: "2017-12-04", PeriodEnd: "2017-12-10",
		Authors: []string{"Name"}, Lead: "Lead of " + text + ".", Body: "Body of " + text + ".",
	}
}

func story(t rapid.TB, s string) []Observation {
	t.Helper()
	var all []Observation
	for i, part := range strings.Split(s, ",") {
		id := "a"
		part = strings.TrimSpace(part)
		if before, after, ok := strings.Cut(part, ": "); ok {
			id, part = before, after
		}
		var at float64
		var word, arg string
		if n, err := fmt.Sscan(part, &at, &word, &arg); n < 2 {
			t.Fatalf("story %q: %v", part, err)
		}
		o := Observation{ID: id, URL: "https://h/" + id, Time: hour(at), WARC: "w", Offset: int64(i), Source: capture.SourceLive}
		switch word {
		case "good":
			o.Kind, o.Article, o.PayloadSHA1 = Good, page(arg), "SHA1-"+id+"-"+arg
		case "304":
			o.Kind, o.PayloadSHA1 = NotModified, arg
		case "missing":
			o.Kind = Missing
		case "failed":
			o.Kind, o.Reason = Failed, "timeout"
		case "moved":
			o.Kind, o.Target = Moved, arg
			if arg == "home" {
				o.Target = ""
			}
		default:
			t.Fatalf("story %q: unknown word %q", part, word)
		}
		all = append(all, o)
	}
	return all
}

// told gives a history in a short form: text, first and last hour, number of captures, and what ended or began it.
func told(h *History) string {
	var parts []string
	for i := range h.Revisions {
		r := &h.Revisions[i]
		text := strings.TrimSuffix(strings.TrimPrefix(r.Article.Lead, "Lead of "), ".")
		s := fmt.Sprintf("%s %v-%v ×%d", text, hours(r.FirstSeen), hours(r.LastSeen), r.Captures)
		if r.Returned {
			s += " returned"
		}
		if !r.GoneSince.IsZero() {
			s += fmt.Sprintf(" gone %v", hours(r.GoneSince))
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, ", ")
}

func outcomes(h *History) string {
	var parts []string
	for i := range h.Steps {
		s := string(h.Steps[i].Outcome)
		if h.Steps[i].Note != "" {
			s += "/" + h.Steps[i].Note
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, " ")
}
