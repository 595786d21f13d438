package replica

import "fmt"

// Redesign changes the markup of every page; hashed classes change even if the markup stays. "" keeps it.
func (s *Site) Redesign(m Markup) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m != "" && s.design[m] == nil {
		return fmt.Errorf("redesign: markup %q: there are %v", m, Markups())
	}
	if m != "" {
		s.opts.Markup = m
	}
	s.mode.generation++
	s.version++
	return nil
}

// RemoveVerdicts takes the words of the verdict out of every page, or puts them back.
func (s *Site) RemoveVerdicts(removed bool) { s.change(func() { s.mode.noVerdicts = removed }) }

// RedirectAllToHome makes every article answer 302 to the home page, or stops it.
func (s *Site) RedirectAllToHome(on bool) { s.change(func() { s.mode.toHome = on }) }

// MassGone makes every article answer status (404, 410); 0 ends it. Listings stay.
func (s *Site) MassGone(status int) { s.change(func() { s.mode.gone = status }) }

// Park makes every address answer the page of a domain for sale, or stops it.
func (s *Site) Park(on bool) { s.change(func() { s.mode.parked = on }) }

// ChangeChrome changes the bytes of every page and no article.
func (s *Site) ChangeChrome() { s.change(func() { s.mode.chrome++ }) }

// SetHTTP changes how answers are sent.
func (s *Site) SetHTTP(h HTTP) { s.change(func() { s.opts.HTTP = h }) }

// SetRobots changes robots.txt.
func (s *Site) SetRobots(r Robots) { s.change(func() { s.opts.Robots = r }) }

// SetEndless changes what pages after the last answer.
func (s *Site) SetEndless(e Endless) { s.change(func() { s.opts.Endless = e }) }

// SetCalendar puts the calendar on every page, or takes it off.
func (s *Site) SetCalendar(on bool) { s.change(func() { s.opts.Calendar = on }) }

// SetShift changes how listings move while they are read, and counts from zero.
func (s *Site) SetShift(sh Shift) {
	s.change(func() { s.opts.Shift, s.mode.listingHits, s.mode.shifts = sh, 0, 0 })
}

func (s *Site) change(set func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	set()
	s.version++
}

// Inject adds a fault.
func (s *Site) Inject(f Fault) { s.faults.add(f) }

// ClearFaults ends all faults.
func (s *Site) ClearFaults() { s.faults.set(nil) }

// Log gives the requests answered or being answered so far, in order of arrival.
func (s *Site) Log() []Request { return s.log.all() }

// ResetLog forgets them; numbers start from 1 again.
func (s *Site) ResetLog() { s.log.reset() }
