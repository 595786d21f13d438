package schedule

import (
	"testing"
	"time"

	"infocus/archive/capture"
	"infocus/archive/revision"
	"infocus/extract"
)

func at(n float64, kind revision.Kind, text string) revision.Observation {
	o := revision.Observation{ID: "a", Time: days(n), Kind: kind, Source: capture.SourceLive}
	if kind == revision.Good {
		o.Article = &extract.Article{Lead: text, PeriodEnd: "2024-01-07"}
	}
	return o
}

func TestStateOf(t *testing.T) {
	const (
		good, same, missing, failed, moved = revision.Good, revision.NotModified, revision.Missing, revision.Failed, revision.Moved
	)
	change := func(o revision.Observation, change func(*revision.Observation)) revision.Observation {
		change(&o)
		return o
	}
	to := func(target string) func(*revision.Observation) {
		return func(o *revision.Observation) { o.Target = target }
	}
	imported := func(o *revision.Observation) { o.Source = capture.SourceWayback }
	end := time.Date(2024, 1, 7, 0, 0, 0, 0, time.UTC)
	seen := State{ID: "a", FirstSeen: days(1), PeriodEnd: end}
	for _, c := range []struct {
		name     string
		observed []revision.Observation
		want     func(*State)
	}{
		{"seen once", []revision.Observation{at(1, good, "X")}, func(s *State) { s.LastAsked = days(1) }},
		{"not modified", []revision.Observation{at(1, good, "X"), at(2, same, "")}, func(s *State) { s.LastAsked = days(2) }},
		{"changed", []revision.Observation{at(1, good, "X"), at(2, good, "Y"), at(3, good, "Y")},
			func(s *State) { s.LastAsked, s.LastChanged = days(3), days(2) }},
		{"failed", []revision.Observation{at(1, good, "X"), at(2, failed, ""), at(3, failed, "")},
			func(s *State) { s.LastAsked, s.Failures = days(3), 2 }},
		{"failed and well again", []revision.Observation{at(1, good, "X"), at(2, failed, ""), at(3, same, "")},
			func(s *State) { s.LastAsked = days(3) }},
		{"refused by robots.txt", []revision.Observation{at(1, good, "X"), change(at(2, failed, ""), func(o *revision.Observation) { o.Reason = "robots" })},
			func(s *State) { s.LastAsked = days(2) }},
		{"missing", []revision.Observation{at(1, good, "X"), at(2, missing, ""), at(2.9, missing, "")},
			func(s *State) { s.LastAsked, s.MissingSince = days(2.9), days(2) }},
		{"missing and back", []revision.Observation{at(1, good, "X"), at(2, missing, ""), at(2.9, good, "X")},
			func(s *State) { s.LastAsked = days(2.9) }},
		{"gone, then failed", []revision.Observation{at(1, good, "X"), at(2, missing, ""), at(3, missing, ""), at(9, failed, "")},
			func(s *State) { s.LastAsked, s.MissingSince, s.Gone, s.Failures = days(9), days(2), true, 1 }},
		{"moved", []revision.Observation{at(1, good, "X"), change(at(2, moved, ""), to("b"))},
			func(s *State) { s.LastAsked, s.Moved = days(2), true }},
		{"moved to no article", []revision.Observation{at(1, good, "X"), change(at(2, moved, ""), to(""))},
			func(s *State) { s.LastAsked, s.Failures = days(2), 1 }},
		{"imported only", []revision.Observation{change(at(1, good, "X"), imported)}, func(*State) {}},
		{"imported later than asked", []revision.Observation{at(1, good, "X"), change(at(5, good, "X"), imported)},
			func(s *State) { s.LastAsked = days(1) }},
		{"an imported failure", []revision.Observation{at(1, good, "X"), change(at(5, failed, ""), imported)},
			func(s *State) { s.LastAsked = days(1) }},
		{"another id", []revision.Observation{at(1, good, "X"), change(at(7, good, "X"), func(o *revision.Observation) { o.ID = "b" })},
			func(s *State) { s.LastAsked = days(1) }},
	} {
		want := seen
		c.want(&want)
		h := revision.Settle("a", c.observed)
		if got := StateOf("a", &h); got != want {
			t.Errorf("%s:\ngot  %+v\nwant %+v", c.name, got, want)
		}
	}
}

func TestStateOfWhatNeverWasAnArticle(t *testing.T) {
	h := revision.Settle("a", []revision.Observation{at(1, revision.Missing, ""), at(3, revision.Missing, "")})
	want := State{ID: "a", LastAsked: days(3), MissingSince: days(1), Gone: true}
	if got := StateOf("a", &h); got != want {
		t.Errorf("%+v", got)
	}
}

func TestCapturesPutAsideCountAsAsked(t *testing.T) {
	h := revision.Settle("a", []revision.Observation{at(1, revision.Good, "X"), at(2, revision.Missing, "")})
	if got := StateOf("a", &h, at(5, revision.Good, "Y")); !got.LastAsked.Equal(days(5)) || !got.MissingSince.IsZero() {
		t.Errorf("%+v", got)
	}
	if got := StateOf("a", &h, at(1.5, revision.Good, "Y")); !got.LastAsked.Equal(days(2)) || !got.MissingSince.Equal(days(2)) {
		t.Errorf("%+v", got)
	}
}
