package revision

import (
	"time"

	"infocus/extract"
)

// Outcome names what came of one observation.
type Outcome string

// The outcomes.
const (
	OutcomeNew         Outcome = "new"          // the first revision begins
	OutcomeChanged     Outcome = "changed"      // a further revision begins
	OutcomeUnchanged   Outcome = "unchanged"    // the same revision again
	OutcomeNotModified Outcome = "not-modified" // the same revision again, by the word of the server (304)
	OutcomeMissing     Outcome = "missing"
	OutcomeMoved       Outcome = "moved"
	OutcomeFailed      Outcome = "failed"
)

// The notes a step can carry, beside the reason of a failure.
const (
	NoteReturned    = "returned"    // begins a revision because the article had been gone
	NoteGone        = "gone"        // with this capture the article counts as gone
	NoteNoArticle   = "no-article"  // a page where an article should be and is not
	NoteNoText      = "no-text"     // an article page emptied of its text
	NoteUnconfirmed = "unconfirmed" // a 304 with no good capture before it; it counts for nothing
)

// Step is one observation with its outcome.
type Step struct {
	Observation
	Outcome  Outcome
	Revision int    // number of the revision that it begins or belongs to; 0 for what is no good capture
	Note     string // one of the notes, the reason of a failure, or ""
}

// Revision is a stretch of time in which the article did not change.
type Revision struct {
	Name      string    // revision_id, see Name
	Number    int       // from 1, in capture time
	FirstSeen time.Time // first and last good capture (200 or 304)
	LastSeen  time.Time
	Captures  int // good captures (200 or 304)

	// Article holds the fields of the newest capture with a payload. A marked field that it lacks is kept from the
	// newest capture of this revision that has one.
	Article extract.Article
	// Capture is the newest observation with a payload; url and the unmarked fields come from it too. Where only a 304
	// says that a gone article returned, it is the capture that the 304 confirmed, and older than FirstSeen.
	Capture Observation

	Changed       []string  // marked keys that differ from the revision before, in the order of the record; nil for the first
	Returned      bool      // the article had been gone before
	GoneSince     time.Time // first of the captures that made it gone, zero if it was not
	ContentSHA256 string
}

// History is the life of one article. Revisions and Steps are in capture time.
type History struct {
	ID        string // canonical id
	Revisions []Revision
	Steps     []Step
}

// Latest gives the newest revision, nil if there never was a good capture.
func (h *History) Latest() *Revision {
	if len(h.Revisions) == 0 {
		return nil
	}
	return &h.Revisions[len(h.Revisions)-1]
}

// Gone says whether the article is gone today.
func (h *History) Gone() bool {
	latest := h.Latest()
	return latest != nil && !latest.GoneSince.IsZero()
}

// Observations gives back what the history was settled from, each capture once, in capture time.
func (h *History) Observations() []Observation {
	all := make([]Observation, len(h.Steps))
	for i := range h.Steps {
		all[i] = h.Steps[i].Observation
	}
	return all
}

// With settles the history again with further observations. Adding observations in several portions, in any order, gives
// the same history as settling all of them at once.
func (h *History) With(more ...Observation) History {
	return Settle(h.ID, append(h.Observations(), more...))
}
