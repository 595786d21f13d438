package crawler

import (
	"container/heap"
	"encoding/json"
	"maps"
	"strings"
	"sync"

	"infocus/archive"
)

// Keys of the frontier bucket that are no addresses start with a NUL.
const (
	keyNight   = "\x00night"
	prefixWalk = "\x00walk "
)

// frontier is the addresses of a night. It is used by the goroutine that fetches and by the one that
// indexes; what changes is written in the transaction that indexes the page it came from.
type frontier struct {
	mu       sync.Mutex
	night    night
	targets  map[string]*target
	walks    map[string]*walk
	queue    queue
	waiting  int             // targets in the queue
	inFlight int             // exchanges stored and not yet applied
	dirty    map[string]bool // keys of targets and walks to be written
	marks    map[[3]bool]*target
	changed  chan struct{} // has room for one: something was applied
	dropped  int           // addresses beyond maxWaiting
}

func newFrontier() *frontier {
	return &frontier{
		targets: map[string]*target{}, walks: map[string]*walk{}, dirty: map[string]bool{}, marks: map[[3]bool]*target{}, changed: make(chan struct{}, 1),
	}
}

// frontierError says that the index holds a frontier of another form than this program writes.
type frontierError struct{ err error }

func (e *frontierError) Error() string {
	return "read the frontier of the last night: " + e.err.Error()
}
func (e *frontierError) Unwrap() error { return e.err }

// load reads the frontier that an earlier run left.
func (f *frontier) load(b *archive.Frontier) error {
	err := b.ForEach(func(key string, value []byte) error {
		switch {
		case key == keyNight:
			return json.Unmarshal(value, &f.night)
		case strings.HasPrefix(key, prefixWalk):
			w := newWalk(strings.TrimPrefix(key, prefixWalk))
			f.walks[w.Head] = w
			return json.Unmarshal(value, w)
		}
		t := &target{heap: -1}
		if err := json.Unmarshal(value, t); err != nil {
			return err
		}
		if t.quiet() {
			t = f.mark(t)
		}
		f.targets[key] = t
		return nil
	})
	if err != nil {
		return &frontierError{err}
	}
	for _, t := range f.targets {
		if t.State == stateDone {
			continue
		}
		if err := f.attach(b, t); err != nil {
			return err
		}
		if t.State == statePending {
			f.enqueue(t)
		}
	}
	return nil
}

// attach gives a target what the index holds of its address.
func (f *frontier) attach(b *archive.Frontier, t *target) error {
	a, found, err := b.Address(t.URL)
	if err == nil && found {
		t.last = &a
	}
	return err
}

// begin starts a new night. What was named and never asked is taken along: the pages that named it may be unchanged and
// are not read again then.
func (f *frontier) begin(n night) {
	kept := map[string]*target{}
	for key, t := range f.targets {
		if t.carried() {
			t.Before = t.last != nil
			kept[key] = t
		}
	}
	n.Seq, n.Behind = f.night.Seq, f.behind()
	f.forget()
	f.targets, f.night = kept, n
	for _, t := range kept {
		f.enqueue(t)
	}
}

// carried says whether a target is taken along into the next night. What is planned anew each night is not, and neither
// are further pages of listings, which are read from their first page.
func (t *target) carried() bool {
	switch t.Class {
	case classOwed, classListing, classArticle, classMaybe, classOther:
		return t.State == statePending && t.Page <= 1
	case classSeed, classDue, classRetry:
	}
	return false
}

// finish ends the night: nothing waits any more.
func (f *frontier) finish() {
	n := f.night
	n.Done, n.Behind = true, f.behind()
	f.forget()
	f.night = n
}

// forget empties the frontier.
func (f *frontier) forget() {
	for key := range f.targets {
		f.dirty[key] = true
	}
	for head := range f.walks {
		f.dirty[prefixWalk+head] = true
	}
	f.dirty[keyNight] = true
	f.targets, f.walks, f.queue, f.waiting = map[string]*target{}, map[string]*walk{}, nil, 0
	f.night = night{Seq: f.night.Seq}
}

// behind names the listings whose last reading was broken off, tonight or before.
func (f *frontier) behind() map[string]bool {
	behind := map[string]bool{}
	maps.Copy(behind, f.night.Behind)
	for head, w := range f.walks {
		if whole, says := readWhole(w.how()); says {
			behind[pathOf(head)] = !whole
		}
	}
	maps.DeleteFunc(behind, func(_ string, broken bool) bool { return !broken })
	return behind
}

// add takes a target in, unless its key is known tonight. It says whether it is new.
func (f *frontier) add(t *target) bool {
	if old := f.targets[t.Key]; old != nil {
		f.raise(old, t)
		return false
	}
	if f.waiting >= maxWaiting {
		f.dropped++
		return false
	}
	f.night.Seq++
	t.Seq = f.night.Seq
	f.targets[t.Key] = t
	f.dirty[t.Key] = true
	if t.State == statePending {
		f.enqueue(t)
	}
	return true
}

// raise makes a waiting target as urgent as its most urgent naming, and owed if one naming owes it.
func (f *frontier) raise(old, t *target) {
	if old.quiet() {
		f.broken(old, t)
		return
	}
	if t.Owed && !old.Owed {
		old.Owed = true
		f.dirty[old.Key] = true
	}
	if old.State != statePending || old.heap < 0 || t.Class >= old.Class {
		return
	}
	old.Class, old.Role = t.Class, t.Role
	heap.Fix(&f.queue, old.heap)
	f.dirty[old.Key] = true
}

// broken takes in that an address which was asked tonight, and answered honestly with no article, is now named as one.
func (f *frontier) broken(old, t *target) {
	if !t.Owed || old.Article || old.Known {
		return
	}
	t.State, t.Outcome, t.Reason, t.Before = stateFailed, archive.OutcomeFailed, archive.ReasonNotArticle, old.Before
	t.Tries, t.Seq = 1, f.night.Seq
	f.targets[t.Key] = t
	f.dirty[t.Key] = true
}

// mark is what is kept of a quiet target; all of a kind share one.
func (f *frontier) mark(t *target) *target {
	kind := target{State: stateDone, Outcome: archive.OutcomeOK, Known: t.Known, Before: t.Before, Article: t.Article}
	name := [3]bool{t.Known, t.Before, t.Article}
	if f.marks[name] == nil {
		kind.heap = -1
		f.marks[name] = &kind
	}
	return f.marks[name]
}

func (f *frontier) enqueue(t *target) {
	heap.Push(&f.queue, t)
	f.waiting++
}

// retry puts a target at the end of the queue.
func (f *frontier) retry(t *target) {
	f.night.Seq++
	t.Class, t.Seq, t.State = classRetry, f.night.Seq, statePending
	f.dirty[t.Key], f.dirty[keyNight] = true, true
	f.enqueue(t)
}

// next takes the most urgent target. Without one, more says whether what is under way may bring some.
func (f *frontier) next() (t *target, more bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.queue) == 0 {
		return nil, f.inFlight > 0
	}
	f.waiting--
	return heap.Pop(&f.queue).(*target), true //nolint:forcetypeassert // the queue holds targets alone
}

// putBack returns a target that was taken and not asked.
func (f *frontier) putBack(t *target) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.enqueue(t)
}

// remove takes a waiting target out of the queue.
func (f *frontier) remove(t *target) {
	heap.Remove(&f.queue, t.heap)
	f.waiting--
}

// drop takes all waiting targets of a class out, for good.
func (f *frontier) drop(c class) int {
	var rest queue
	n := 0
	for _, t := range f.queue {
		if t.Class == c {
			t.State, t.Outcome, t.heap = stateDone, archive.OutcomeRefused, -1
			f.dirty[t.Key] = true
			n++
			continue
		}
		t.heap = len(rest)
		rest = append(rest, t)
	}
	f.queue, f.waiting = rest, len(rest)
	heap.Init(&f.queue)
	return n
}

// save writes what changed since the last save. What is done and needs no word in the report is kept in memory
// as a mark alone, so that memory does not grow with the site.
func (f *frontier) save(b *archive.Frontier) error {
	for key := range f.dirty {
		if err := f.saveKey(b, key); err != nil {
			return err
		}
		if t := f.targets[key]; t != nil && t.quiet() {
			f.targets[key] = f.mark(t)
		}
	}
	clear(f.dirty)
	return nil
}

func (f *frontier) saveKey(b *archive.Frontier, key string) error {
	var v any
	switch {
	case key == keyNight:
		v = f.night
	case strings.HasPrefix(key, prefixWalk):
		w := f.walks[strings.TrimPrefix(key, prefixWalk)]
		if w == nil {
			return b.Delete(key)
		}
		v = w
	default:
		t := f.targets[key]
		if t == nil {
			return b.Delete(key)
		}
		v = t
	}
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return b.Put(key, data)
}

// signal wakes the goroutine that waits for what was applied.
func (f *frontier) signal() {
	select {
	case f.changed <- struct{}{}:
	default:
	}
}
