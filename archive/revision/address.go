package revision

import "time"

// GoneAfter is the least time between the two missing captures that make an article gone. One alone may be a hiccup.
const GoneAfter = 24 * time.Hour

// address follows one id of an article through its observations.
type address struct {
	moved   bool      // a redirect to another id stands here
	missing time.Time // first missing capture since the last good one, zero if there was none
	gone    bool      // and a second one at least GoneAfter later
}

func (a *address) present() bool { return !a.moved && !a.gone }

// observe takes in one observation. A redirect that names no article says nothing of the address.
func (a *address) observe(o *Observation) {
	switch o.Kind {
	case Good, NotModified:
		*a = address{}
	case Moved:
		a.moved = a.moved || o.Target != ""
	case Missing:
		if a.missing.IsZero() {
			a.missing = o.Time
		}
		a.gone = a.gone || o.Time.Sub(a.missing) >= GoneAfter
	}
}

// addresses are the ids at which an article was seen.
type addresses map[string]*address

// observe takes in one observation; counts says that it is a good one of the article. An id where the article never was
// says nothing of it.
func (all addresses) observe(o *Observation, counts bool) {
	a := all[o.ID]
	if a == nil {
		if !counts {
			return
		}
		a = &address{}
		all[o.ID] = a
	}
	if o.Kind == NotModified && !counts {
		return
	}
	a.observe(o)
}

// goneSince says since when the article is at none of its addresses any more. It is gone only if at least one of them went
// missing after the article was seen last; redirects alone end nothing.
func (all addresses) goneSince(lastSeen time.Time) (time.Time, bool) {
	var since time.Time
	for _, a := range all {
		if a.present() {
			return time.Time{}, false
		}
		if a.gone && a.missing.After(since) {
			since = a.missing
		}
	}
	return since, since.After(lastSeen)
}

// presentAt says whether the article stood at an id at a time, told from all observations of that id in capture time: from
// a good one until a redirect to another article, or until the first of the captures that made it gone.
func presentAt(of []Observation, at time.Time) bool {
	var a address
	seen := false
	for len(of) > 0 && !of[0].Time.After(at) {
		seen = seen || of[0].Kind == Good
		a.observe(&of[0])
		of = of[1:]
	}
	if !seen || !a.present() {
		return false
	}
	return a.missing.IsZero() || !staysMissing(of, a.missing)
}

// staysMissing says whether what follows a first missing capture makes it gone.
func staysMissing(next []Observation, since time.Time) bool {
	for i := range next {
		switch next[i].Kind {
		case Good, NotModified:
			return false
		case Missing:
			if next[i].Time.Sub(since) >= GoneAfter {
				return true
			}
		}
	}
	return false
}
