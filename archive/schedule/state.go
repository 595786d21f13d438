package schedule

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"infocus/archive/capture"
	"infocus/archive/revision"
)

// State is what the schedule knows of one id, canonical or alias: each address is asked in its own turn.
type State struct {
	ID           string    `json:"id"`
	FirstSeen    time.Time `json:"first_seen,omitzero"`    // first good capture of the article, whatever its source; zero if there was none
	PeriodEnd    time.Time `json:"period_end,omitzero"`    // day on which the article's week ends, 00:00 UTC; zero if not known
	LastAsked    time.Time `json:"last_asked,omitzero"`    // time of the capture that this program wrote last; zero if all were imported
	LastChanged  time.Time `json:"last_changed,omitzero"`  // when the newest revision was first seen; zero if there is but one
	Failures     int       `json:"failures,omitempty"`     // in a row, up to LastAsked
	MissingSince time.Time `json:"missing_since,omitzero"` // first missing capture since the last good one, zero if there is none
	Gone         bool      `json:"gone,omitempty"`         // missing for long enough to count as gone
	Moved        bool      `json:"moved,omitempty"`        // a redirect to another article stands here
}

// StateOf reads the state of an id from the history of its article. aside are captures of the article's ids that are not in
// the history (revision.Joined has them); those of other ids are not looked at.
func StateOf(id string, h *revision.History, aside ...revision.Observation) State {
	s := State{ID: id}
	var last *revision.Observation
	for _, o := range ownCaptures(id, h, aside) {
		s.observe(o)
		if live(o) && (last == nil || compareWritten(o, last) >= 0) {
			last = o
		}
	}
	if last != nil {
		s.LastAsked = last.Time
	}
	latest := h.Latest()
	if latest == nil {
		return s
	}
	s.FirstSeen = h.Revisions[0].FirstSeen
	if end, err := time.Parse(time.DateOnly, latest.Article.PeriodEnd); err == nil {
		s.PeriodEnd = end
	}
	if latest.Number > 1 {
		s.LastChanged = latest.FirstSeen
	}
	return s
}

// ownCaptures gives what was observed at the id itself, in capture time.
func ownCaptures(id string, h *revision.History, aside []revision.Observation) []*revision.Observation {
	var own []*revision.Observation
	for i := range h.Steps {
		if o := &h.Steps[i].Observation; o.ID == id {
			own = append(own, o)
		}
	}
	for i := range aside {
		if o := &aside[i]; o.ID == id {
			own = append(own, o)
		}
	}
	slices.SortStableFunc(own, func(a, b *revision.Observation) int { return a.Time.Compare(b.Time) })
	return own
}

// live says whether a capture was made by this program.
func live(o *revision.Observation) bool { return o.Source == capture.SourceLive || o.Source == "" }

// compareWritten compares captures of this program by their places in its WARC files, whose names are numbered. By their
// times, one made while the clock was years ahead would stay the newest for years.
func compareWritten(a, b *revision.Observation) int {
	return cmp.Or(
		cmp.Compare(len(a.WARC), len(b.WARC)), strings.Compare(a.WARC, b.WARC), cmp.Compare(a.Offset, b.Offset),
	)
}

// observe takes in the next capture of the id. Captures made by others tell what the article was, not when it was asked.
func (s *State) observe(o *revision.Observation) {
	switch o.Kind {
	case revision.Good, revision.NotModified:
		s.MissingSince, s.Gone, s.Moved, s.Failures = time.Time{}, false, false, 0
	case revision.Missing:
		if s.MissingSince.IsZero() {
			s.MissingSince = o.Time
		}
		s.Gone = s.Gone || o.Time.Sub(s.MissingSince) >= revision.GoneAfter
		s.Failures = 0
	case revision.Moved:
		s.moved(o)
	default:
		if live(o) && o.Reason != string(capture.FailRobots) {
			s.Failures++
		}
	}
}

// moved takes in a redirect. One that names no article is a failure to find it.
func (s *State) moved(o *revision.Observation) {
	switch {
	case o.Target != "":
		s.Moved, s.Failures = true, 0
	case live(o):
		s.Failures++
	}
}
