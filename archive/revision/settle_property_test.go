package revision

import (
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"infocus/archive/capture"
	"infocus/archive/record"
	"infocus/extract"
)

// noisy gives an article as another layout might print it: fields left out, text spaced and parted otherwise.
func noisy(t *rapid.T, text string) *extract.Article {
	a := page(text)
	for _, field := range []*string{&a.Section, &a.Headline, &a.PeriodText, &a.Trend} {
		switch rapid.IntRange(0, 3).Draw(t, "noise") {
		case 0:
			*field = ""
		case 1:
			*field = " " + strings.ReplaceAll(*field, " ", "\u00a0 ") + "\n"
		}
	}
	if rapid.Bool().Draw(t, "no authors") {
		a.Authors = nil
	}
	switch rapid.IntRange(0, 2).Draw(t, "text") {
	case 0:
		a.Lead, a.Body = a.Lead+"\n\n"+a.Body, ""
	case 1:
		a.Body = strings.ReplaceAll(a.Body, " ", "\n\n")
	}
	a.Caption = rapid.SampledFrom([]string{"", "one", "other"}).Draw(t, "caption")
	return a
}

// drawObservations gives captures of one id, many of them at the same time.
func drawObservations(t *rapid.T, id string, others []string) []Observation {
	kinds := []Kind{Good, Good, Good, NotModified, Missing, Missing, Moved, Failed}
	n := rapid.IntRange(0, 12).Draw(t, "n")
	all := make([]Observation, 0, n)
	for i := range n {
		at := hour(float64(rapid.IntRange(0, 40).Draw(t, "time") * 6))
		at = at.Add(time.Duration(rapid.SampledFrom([]int{0, 0, 1, 500}).Draw(t, "ms")) * time.Millisecond)
		o := Observation{
			ID: id, URL: rapid.SampledFrom([]string{"http://h/", "https://h/"}).Draw(t, "url") + id, Time: at,
			Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), WARC: "w", Offset: int64(i),
			Source: rapid.SampledFrom([]capture.Source{capture.SourceLive, capture.SourceWayback}).Draw(t, "source"),
		}
		switch o.Kind {
		case Good:
			text := rapid.SampledFrom([]string{"A", "B", "C"}).Draw(t, "text")
			o.Article = noisy(t, text)
			if rapid.Bool().Draw(t, "digest") {
				o.PayloadSHA1 = fmt.Sprintf("%s %v", text, *o.Article)
			}
		case Moved:
			o.Target = rapid.SampledFrom(append(others, "", id)).Draw(t, "target")
		case Failed:
			o.Reason = "timeout"
		}
		all = append(all, o)
	}
	return all
}

// shuffled gives the observations in another order, some of them twice and some from another file as well.
func shuffled(t *rapid.T, all []Observation) []Observation {
	out := slices.Clone(all)
	for _, o := range all {
		switch rapid.IntRange(0, 4).Draw(t, "again") {
		case 0:
			out = append(out, o)
		case 1:
			o.WARC, o.Source = "x", capture.SourceWayback
			out = append(out, o)
		}
	}
	r := rand.New(rand.NewSource(rapid.Int64().Draw(t, "order")))
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func TestTheOrderOfArrivalDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		observed := drawObservations(t, "a", []string{"b"})
		want := Settle("a", observed)
		if got := Settle("a", shuffled(t, observed)); !reflect.DeepEqual(got, want) {
			t.Fatalf("got  %s\nwant %s", told(&got), told(&want))
		}
	})
}

func TestArrivalInPortionsGivesTheSameAsAllAtOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		observed := drawObservations(t, "a", []string{"b"})
		want := Settle("a", observed)
		got := Settle("a", nil)
		for rest := shuffled(t, observed); len(rest) > 0; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "portion")
			got, rest = got.With(rest[:n]...), rest[n:]
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("got  %s\nwant %s", told(&got), told(&want))
		}
	})
}

func TestNothingThatIsGivenIsChanged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		observed := drawObservations(t, "a", nil)
		before := fmt.Sprintf("%+v", deep(observed))
		Settle("a", observed)
		if after := fmt.Sprintf("%+v", deep(observed)); after != before {
			t.Fatalf("before %s\nafter  %s", before, after)
		}
	})
}

func deep(all []Observation) []any {
	var out []any
	for _, o := range all {
		if o.Article != nil {
			out = append(out, *o.Article)
		}
		o.Article = nil
		out = append(out, o)
	}
	return out
}

func TestNoiseMakesNoRevision(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		observed := drawObservations(t, "a", nil)
		good := 0
		for i := range observed {
			switch observed[i].Kind {
			case Good:
				observed[i].Article = noisy(t, "A")
				good++
			case Missing:
				observed[i].Kind = Failed
			}
		}
		h := Settle("a", observed)
		if len(h.Revisions) != min(good, 1) {
			t.Fatal(told(&h))
		}
	})
}

func TestHistoriesHoldTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := Settle("a", drawObservations(t, "a", []string{"b"}))
		captures := make([]int, len(h.Revisions)+1)
		for i := range h.Steps {
			s := &h.Steps[i]
			captures[s.Revision]++
			begins := s.Outcome == OutcomeNew || s.Outcome == OutcomeChanged
			goes := s.Outcome == OutcomeUnchanged || s.Outcome == OutcomeNotModified && s.Note != NoteUnconfirmed
			if (begins || goes) != (s.Revision > 0) || begins != (s.Revision > 0 && captures[s.Revision] == 1) {
				t.Fatalf("step %d: %+v", i, s)
			}
		}
		seen := map[string]bool{}
		for i := range h.Revisions {
			checkRevision(t, &h, i, captures[i+1])
			if name := h.Revisions[i].Name; seen[name] {
				t.Fatalf("%s names two revisions", name)
			}
			seen[h.Revisions[i].Name] = true
		}
	})
}

func checkRevision(t *rapid.T, h *History, i, captures int) {
	r := &h.Revisions[i]
	if r.Number != i+1 || r.Captures != captures || r.LastSeen.Before(r.FirstSeen) {
		t.Fatalf("revision %d with %d captures: %+v", i+1, captures, r)
	}
	if !r.GoneSince.IsZero() && !r.GoneSince.After(r.LastSeen) {
		t.Fatalf("gone since %v, last seen %v", r.GoneSince, r.LastSeen)
	}
	a := &r.Article
	if r.ContentSHA256 != record.ContentSHA256(a.Headline, a.Trend, a.Lead, a.Body) {
		t.Fatalf("digest of %+v", r)
	}
	if found := h.ByName(r.Name); found != r {
		t.Fatalf("%s finds %+v, not %+v", r.Name, found, r)
	}
	if i == 0 {
		if r.Changed != nil || r.Returned {
			t.Fatalf("first revision: %+v", r)
		}
		return
	}
	before := &h.Revisions[i-1]
	if r.FirstSeen.Before(before.LastSeen) || r.Returned == before.GoneSince.IsZero() || !r.Returned && len(r.Changed) == 0 {
		t.Fatalf("%+v\nafter %+v", r, before)
	}
	if !before.GoneSince.IsZero() && before.GoneSince.After(r.FirstSeen) {
		t.Fatalf("gone since %v, back at %v", before.GoneSince, r.FirstSeen)
	}
}

// TestRevisionsAreWhatTheDefinitionSays holds Settle against the definition read word by word, for captures at different
// times that print every field.
func TestRevisionsAreWhatTheDefinitionSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var observed []Observation
		at := 0.0
		for range rapid.IntRange(0, 15).Draw(t, "n") {
			at += float64(rapid.SampledFrom([]int{1, 6, 12, 24, 25}).Draw(t, "gap"))
			what := rapid.SampledFrom([]string{"good A", "good B", "304", "missing", "failed", "moved home"}).Draw(t, "what")
			observed = append(observed, story(t, fmt.Sprintf("%v %s", at, what))...)
		}
		h := Settle("a", observed)
		if got, want := told(&h), defined(observed); got != want {
			t.Fatalf("got  %s\nwant %s", got, want)
		}
	})
}

func defined(observed []Observation) string {
	var parts []string
	var first, last, captures int
	text, returned := "", ""
	flush := func(gone string) {
		if text != "" {
			parts = append(parts, fmt.Sprintf("%s %v-%v ×%d%s%s", text, hours(observed[first].Time), hours(observed[last].Time), captures, returned, gone))
		}
	}
	for i := range observed {
		o := &observed[i]
		if o.Kind != Good && (o.Kind != NotModified || text == "") {
			continue
		}
		shows := text
		if o.Kind == Good {
			shows = strings.TrimSuffix(strings.TrimPrefix(o.Article.Lead, "Lead of "), ".")
		}
		gone := goneBetween(observed[last : i+1])
		if text == "" || shows != text || gone != "" {
			flush(gone)
			first, captures, returned = i, 0, ""
			if gone != "" && text != "" {
				returned = " returned"
			}
			text = shows
		}
		last = i
		captures++
	}
	flush(goneBetween(observed[last:]))
	return strings.Join(parts, ", ")
}

// goneBetween looks for two missing captures at least a day apart.
func goneBetween(observed []Observation) string {
	for i := range observed {
		for j := range observed {
			if observed[i].Kind == Missing && observed[j].Kind == Missing && observed[j].Time.Sub(observed[i].Time) >= 24*time.Hour {
				return fmt.Sprintf(" gone %v", hours(observed[i].Time))
			}
		}
	}
	return ""
}

func TestNamesLastWhateverIsAddedAtOtherSeconds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old := Settle("a", drawObservations(t, "a", nil))
		added := drawObservations(t, "a", nil)
		for i := range added {
			added[i].Time = added[i].Time.Add(-time.Hour)
		}
		now := old.With(added...)
		seconds := map[int64]int{}
		for _, o := range now.Observations() {
			seconds[o.Time.Unix()]++
		}
		for i := range old.Revisions {
			r := &old.Revisions[i]
			if seconds[r.FirstSeen.Unix()] > 1 {
				continue
			}
			found := now.ByName(r.Name)
			if found == nil || r.FirstSeen.Before(found.FirstSeen) || r.FirstSeen.After(found.LastSeen) {
				t.Fatalf("%s names %+v in %s, was %s", r.Name, found, told(&now), told(&old))
			}
		}
	})
}
