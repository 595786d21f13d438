package health

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

const (
	// sectionWeeks is how many weeks of an edition are looked at for sections that lack in single weeks.
	sectionWeeks = 8
	// sectionLag is how many weeks of the archive in a row may do without a section that is usually there.
	sectionLag = 6
	// sectionLeast is in how many weeks a section must have been seen to be expected at all.
	sectionLeast = 4
)

// Section is one section of an edition in the newest weeks of an archive.
type Section struct {
	Edition string   `json:"edition"`
	Section string   `json:"section_id"`
	Newest  string   `json:"newest"`
	Behind  int      `json:"behind"`  // newer weeks of the archive, all without it
	Missing []string `json:"missing"` // of the edition's last weeks up to its newest
}

// sections looks for sections that the site went on with and the archive did not: a listing that moved or a
// page that is not read as an article any more.
func (a *assessment) sections(f *facts) {
	all := map[time.Time]bool{}
	editions, seen := map[string]map[time.Time]bool{}, map[sectionKey]map[time.Time]bool{}
	for i := range f.records {
		r := &f.records[i]
		if r.PeriodStart == nil || r.SectionID == nil {
			continue
		}
		if day, ok := parseDay(*r.PeriodStart); ok {
			week := monday(day)
			all[week] = true
			mark(editions, r.Edition, week)
			mark(seen, sectionKey{r.Edition, *r.SectionID}, week)
		}
	}
	for key, weeks := range seen {
		if s := inspect(key, weeks, sortedTimes(editions[key.edition]), sortedTimes(all)); s != nil {
			a.out.Sections = append(a.out.Sections, *s)
		}
	}
	slices.SortFunc(a.out.Sections, func(x, y Section) int {
		return cmp.Or(cmp.Compare(x.Edition, y.Edition), cmp.Compare(x.Section, y.Section))
	})
	a.lagging(editionsAsked(f))
}

// lagging names the sections that stay behind, in the editions that are asked for; nil means all.
func (a *assessment) lagging(asked []string) {
	var lag []Section
	for _, s := range a.out.Sections {
		if s.Behind >= sectionLag && (asked == nil || slices.Contains(asked, s.Edition)) {
			lag = append(lag, s)
		}
	}
	if len(lag) == 0 {
		return
	}
	more := ""
	if n := len(lag) - 1; n > 0 {
		more = fmt.Sprintf(", and %d more sections like it", n)
	}
	a.problem("section-lags", a.command("crawl --full"), "%s (%s) has nothing newer than the week of %s, others have %d weeks more%s: its listing may have moved",
		lag[0].Section, lag[0].Edition, lag[0].Newest, lag[0].Behind, more)
}

// editionsAsked are those that the last run was limited to, nil for no limit.
func editionsAsked(f *facts) []string {
	if len(f.runs) == 0 {
		return nil
	}
	for _, o := range f.runs[0].Options {
		if len(o) == 2 && o[0] == "infocus-editions" && o[1] != "" {
			return strings.Split(o[1], ",")
		}
	}
	return nil
}

type sectionKey struct{ edition, section string }

// inspect holds a section against the weeks of its edition, and against those of all; nil for one that appears
// now and then alone.
func inspect(key sectionKey, have map[time.Time]bool, edition, all []time.Time) *Section {
	until := slices.IndexFunc(edition, func(week time.Time) bool { return !week.Before(latest(have)) }) + 1
	if len(have) < sectionLeast || 2*len(have) < until {
		return nil
	}
	s := Section{Edition: key.edition, Section: key.section, Missing: []string{}, Newest: latest(have).Format(time.DateOnly)}
	for _, week := range all {
		if week.After(latest(have)) {
			s.Behind++
		}
	}
	for _, week := range edition[max(0, len(edition)-sectionWeeks):] {
		if !have[week] && week.Before(latest(have)) {
			s.Missing = append(s.Missing, week.Format(time.DateOnly))
		}
	}
	return &s
}

func latest(weeks map[time.Time]bool) time.Time {
	var out time.Time
	for week := range weeks {
		if week.After(out) {
			out = week
		}
	}
	return out
}

func mark[K comparable](sets map[K]map[time.Time]bool, key K, week time.Time) {
	if sets[key] == nil {
		sets[key] = map[time.Time]bool{}
	}
	sets[key][week] = true
}

func sortedTimes(set map[time.Time]bool) []time.Time {
	return slices.SortedFunc(maps.Keys(set), time.Time.Compare)
}
