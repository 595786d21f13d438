package revision

import (
	"slices"

	"infocus/archive/record"
)

// Settle computes the history of the article with the canonical id. The observations may be of several ids (Joined has
// them); their order does not matter, and the same capture given twice counts once.
//
//   - A good capture that differs in a marked field where both it and the revision in force have a value begins a revision.
//   - A 304 is one more good capture of what it confirms.
//   - Two missing captures at least GoneAfter apart with no good one between end the revision in force; the next good one
//     begins a revision whatever it shows. An article that stands at several addresses is gone when it is at none of them.
//   - A failure and a redirect end nothing.
func Settle(id string, observations []Observation) History {
	all := ordered(observations)
	s := settler{addresses: addresses{}, history: History{ID: id, Steps: make([]Step, 0, len(all))}}
	bases := shown(all)
	for i := 0; i < len(all); {
		end := i + 1
		for end < len(all) && all[end].Time.Equal(all[i].Time) {
			end++
		}
		s.moment(all, bases, i, end)
		i = end
	}
	s.finish()
	return s.history
}

type settler struct {
	history   History
	addresses addresses
}

// moment takes in the observations of one millisecond. Of the good ones those come first that show the revision in force,
// since an article does not change forth and back in that time.
func (s *settler) moment(all []Observation, bases []int, from, to int) {
	var later []int
	for i := from; i < to; i++ {
		if to-from > 1 && all[i].Kind == Good && !s.inForce(&all[i]) {
			later = append(later, i)
			continue
		}
		s.take(all, bases, i)
	}
	for _, i := range later {
		s.take(all, bases, i)
	}
}

// inForce says whether a good observation shows the revision in force.
func (s *settler) inForce(o *Observation) bool {
	r := s.history.Latest()
	return r != nil && r.GoneSince.IsZero() && len(differing(&r.Article, o.Article)) == 0
}

func (s *settler) take(all []Observation, bases []int, i int) {
	o := &all[i]
	step := Step{Observation: *o}
	base := bases[i]
	s.addresses.observe(o, base >= 0)
	switch {
	case base >= 0:
		s.good(&step, &all[base])
	case o.Kind == NotModified:
		step.Outcome, step.Note = OutcomeNotModified, NoteUnconfirmed
	case o.Kind == Missing:
		step.Outcome = OutcomeMissing
		s.end(&step)
	case o.Kind == Moved:
		step.Outcome = OutcomeMoved
		s.end(&step)
	default:
		step.Outcome, step.Note = OutcomeFailed, o.Reason
	}
	s.history.Steps = append(s.history.Steps, step)
}

// good takes in a good capture that shows what base shows.
func (s *settler) good(step *Step, base *Observation) {
	r := s.history.Latest()
	if !s.inForce(base) {
		s.begin(step, base)
		return
	}
	step.Outcome, step.Revision = OutcomeNotModified, r.Number
	if step.Kind == Good {
		step.Outcome = OutcomeUnchanged
		r.Article, r.Capture = merged(&r.Article, step.Article), step.Observation
	}
	r.LastSeen = step.Time
	r.Captures++
}

func (s *settler) begin(step *Step, base *Observation) {
	r := Revision{
		Number: len(s.history.Revisions) + 1, FirstSeen: step.Time, LastSeen: step.Time, Captures: 1,
		Article: *base.Article, Capture: *base, Returned: s.history.Gone(),
	}
	step.Outcome, step.Revision = OutcomeChanged, r.Number
	if r.Number == 1 {
		step.Outcome = OutcomeNew
	}
	if r.Returned {
		step.Note = NoteReturned
	}
	s.history.Revisions = append(s.history.Revisions, r)
}

// end ends the revision in force if the article is gone by now.
func (s *settler) end(step *Step) {
	r := s.history.Latest()
	if r == nil || !r.GoneSince.IsZero() {
		return
	}
	if since, gone := s.addresses.goneSince(r.LastSeen); gone {
		r.GoneSince = since
		step.Note = NoteGone
	}
}

// finish fills in what is known only when a revision is complete.
func (s *settler) finish() {
	s.history.Revisions = slices.Clip(s.history.Revisions)
	revisions := s.history.Revisions
	for i := range revisions {
		r := &revisions[i]
		a := &r.Article
		r.ContentSHA256 = record.ContentSHA256(a.Headline, a.Trend, a.Lead, a.Body)
		if i > 0 {
			r.Changed = differing(&revisions[i-1].Article, a)
		}
	}
	s.history.name()
}
