package extract

import (
	"time"

	"infocus/extract/period"
)

// maxYears is how many years are tried for a range without one: a date comes back on the same weekday every five or six
// years, and no site of this kind is older than four such turns.
const maxYears = 4

// resolveRun gives years to ranges that print none. They run from the newest to the oldest, with few steps back, so of
// all the years in which they begin with the first weekday those are taken that make the smallest steps from one to the
// next, and of equal ones the newest. Ranges with a year hold the others in place.
func resolveRun(g *period.Grammar, run []*period.Range, captured time.Time) {
	if len(run) == 0 || settleNewest(g, run, captured) {
		return
	}
	choices := make([][]period.Range, 0, len(run))
	places := make([]*period.Range, 0, len(run))
	for _, r := range run {
		if c := yearsFor(g, *r, captured); len(c) > 0 {
			choices = append(choices, c)
			places = append(places, r)
		}
	}
	for i, c := range cheapest(choices, captured) {
		*places[i] = choices[i][c]
	}
}

// maxStep is the largest step, in days, that leaves no doubt: a date is no nearer to itself in another year in which it falls
// on the same weekday.
const maxStep = 5 * 365 / 2

// settleNewest gives each range its newest year, where these already run down in small steps.
func settleNewest(g *period.Grammar, run []*period.Range, captured time.Time) bool {
	newest := make([]period.Range, 0, len(run))
	for i, r := range run {
		dated, ok := g.Resolve(*r, captured)
		if !ok {
			return false
		}
		if i > 0 {
			if d := days(newest[i-1].Start.Time(), dated.Start.Time()); d < 0 || d > maxStep {
				return false
			}
		}
		newest = append(newest, dated)
	}
	for i := range newest {
		*run[i] = newest[i]
	}
	return true
}

// yearsFor gives r in the years it may be of, the newest first.
func yearsFor(g *period.Grammar, r period.Range, captured time.Time) []period.Range {
	var years []period.Range
	for limit := captured; len(years) < maxYears; {
		dated, ok := g.Resolve(r, limit)
		if !ok {
			break
		}
		years = append(years, dated)
		if r.HasYear || !dated.Week {
			break
		}
		limit = dated.Start.Time().AddDate(0, 0, -8)
	}
	return years
}

// cheapest chooses one of each range's years so that all steps together cost least, and of equal ways the newest.
func cheapest(choices [][]period.Range, captured time.Time) []int {
	if len(choices) == 0 {
		return nil
	}
	cost := make([][maxYears]int, len(choices))
	from := make([][maxYears]int, len(choices))
	for i := range choices {
		for c := range choices[i] {
			best := 0
			for p := range choices[max(i, 1)-1] {
				if i == 0 {
					break
				}
				if total := cost[i-1][p] + step(choices[i-1][p], choices[i][c]); p == 0 || total < best {
					best, from[i][c] = total, p
				}
			}
			cost[i][c] = best + days(captured, choices[i][c].Start.Time())
		}
	}
	chosen := make([]int, len(choices))
	end := len(choices) - 1
	for c := range choices[end] {
		if cost[end][c] < cost[end][chosen[end]] {
			chosen[end] = c
		}
	}
	for i := end; i > 0; i-- {
		chosen[i-1] = from[i][chosen[i]]
	}
	return chosen
}

// What a step costs for each day; a day of age costs 1, so that age counts only between ways of equal steps.
const (
	stepBack    = 1000
	stepForward = 2000
	// farthest is the step, in days, from which one more day costs nothing: an item that does not belong to the list's
	// order (pinned, from another box) shall not take the others with it.
	farthest = 600
)

// step is what it costs to go from one range to the next: more where it goes forward in time.
func step(a, b period.Range) int {
	d := days(a.Start.Time(), b.Start.Time())
	if d < 0 {
		return min(-d*stepForward, farthest*stepBack)
	}
	return min(d, farthest) * stepBack
}

// days counts the days from b to a.
func days(a, b time.Time) int { return int(a.Sub(b) / (24 * time.Hour)) }
