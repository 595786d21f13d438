package health

import (
	"cmp"
	"slices"
	"time"
)

const (
	// failingShown is how many addresses a status names.
	failingShown = 5
	// failingTooLong is how long an address may fail before a person should look.
	failingTooLong = 3 * 24 * time.Hour
	// failingTries is how often it must have been tried by then; a night tries three times.
	failingTries = 4
	// failingKnown is after what time failing is no news any more; the crawler then asks once a week.
	failingKnown = 14 * 24 * time.Hour
	// failingAsked is how long ago it may have been asked: what nobody asks any more fails for ever.
	failingAsked = 8 * 24 * time.Hour
)

// Failing are the addresses that gave nothing when last asked.
type Failing struct {
	Count   int              `json:"count"`
	Longest []FailingAddress `json:"longest"` // the few that have failed longest
}

// FailingAddress is one of them.
type FailingAddress struct {
	URL    string `json:"url"`
	Reason string `json:"reason"`
	Times  int    `json:"times"` // in a row
	Since  string `json:"since"`
	Asked  string `json:"asked"` // newest try
}

func (a *assessment) failing(f *facts) {
	slices.SortFunc(f.failing, func(x, y FailingAddress) int {
		return cmp.Or(cmp.Compare(x.Since, y.Since), cmp.Compare(x.URL, y.URL))
	})
	a.out.Failing.Count = len(f.failing)
	a.out.Failing.Longest = append(a.out.Failing.Longest, f.failing[:min(failingShown, len(f.failing))]...)
	var long []FailingAddress
	for _, x := range f.failing {
		if a.isNews(x) {
			long = append(long, x)
		}
	}
	if len(long) > 0 {
		x := long[0]
		a.problem("keeps-failing", "curl -sIL "+quote(x.URL), "%d addresses have failed for more than %d days: %s since %s, %s",
			len(long), int(failingTooLong.Hours()/24), x.URL, x.Since, x.Reason)
	}
}

// isNews says whether an address has failed for too long, and not for so long that it is known.
func (a *assessment) isNews(x FailingAddress) bool {
	age := a.now.Sub(parseTime(x.Since))
	return age > failingTooLong && age <= failingKnown && x.Times >= failingTries && a.now.Sub(parseTime(x.Asked)) <= failingAsked
}
