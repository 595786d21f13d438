package revision

import (
	"strconv"
	"strings"
	"time"
)

const nameTime = "20060102T150405Z"

// Name gives the revision_id: <id>@<first capture>, as in belarusinfocus/security-issues/x@20171211T093000Z, in UTC and
// whole seconds. Where several revisions have a good capture within that second, n counts them in capture time from 1, and
// from the second on the name ends in -n: ...@20171211T093000Z-2.
//
// A revision is counted where it has any capture in the second, not only its first: so names stay what they are when an
// import puts an earlier capture before one of them.
func Name(id string, first time.Time, n int) string {
	name := id + "@" + first.UTC().Format(nameTime)
	if n > 1 {
		name += "-" + strconv.Itoa(n)
	}
	return name
}

// ParseName takes a revision_id apart. n is 1 for a name without a number. ok is false for what is no revision_id.
func ParseName(name string) (id string, first time.Time, n int, ok bool) {
	at := strings.LastIndexByte(name, '@')
	if at < 1 {
		return "", time.Time{}, 0, false
	}
	stamp, number, numbered := strings.Cut(name[at+1:], "-")
	n = 1
	if numbered {
		var err error
		if n, err = strconv.Atoi(number); err != nil || n < 2 || strconv.Itoa(n) != number {
			return "", time.Time{}, 0, false
		}
	}
	first, err := time.Parse(nameTime, stamp)
	if err != nil || len(stamp) != len(nameTime) {
		return "", time.Time{}, 0, false
	}
	return name[:at], first, n, true
}

// ByName finds the revision that a revision_id names, nil if there is none. The id in the name is not looked at: it may be
// an alias today, and the caller has resolved it to find this history.
func (h *History) ByName(name string) *Revision {
	_, first, n, ok := ParseName(name)
	if !ok {
		return nil
	}
	return h.ByTime(first, n)
}

// ByTime finds the revision that was in force at a time. A time in the second of a good capture gives the n-th revision
// with a capture in that second, so names last: when an import puts an earlier capture before the one that a name was made
// from, that one still belongs to the same revision. At other times n does not count. Nil where nothing was in force:
// before the first good capture, and while the article was gone.
func (h *History) ByTime(at time.Time, n int) *Revision {
	if number := h.inSecond(at.Unix(), max(n, 1)); number > 0 {
		return &h.Revisions[number-1]
	}
	var in *Revision
	for i := range h.Revisions {
		if r := &h.Revisions[i]; !r.FirstSeen.After(at) {
			in = r
		}
	}
	if in == nil || !in.GoneSince.IsZero() && !at.Before(in.GoneSince) {
		return nil
	}
	return in
}

// inSecond gives the number of the n-th revision with a good capture in a second, of the last one if there are fewer, 0
// if there is none.
func (h *History) inSecond(second int64, n int) int {
	number := 0
	for i := range h.Steps {
		s := &h.Steps[i]
		if s.Revision == 0 || s.Time.Unix() != second || s.Revision == number {
			continue
		}
		number = s.Revision
		if n--; n == 0 {
			break
		}
	}
	return number
}

// name gives each revision its name.
func (h *History) name() {
	var second int64
	last, n := 0, 0 // revision of the last good capture, and how many had one in this second
	for i := range h.Steps {
		s := &h.Steps[i]
		if s.Revision == 0 {
			continue
		}
		if n == 0 || s.Time.Unix() != second {
			second, n = s.Time.Unix(), 1
		} else if s.Revision != last {
			n++
		}
		if s.Revision != last {
			r := &h.Revisions[s.Revision-1]
			r.Name = Name(h.ID, r.FirstSeen, n)
		}
		last = s.Revision
	}
}
