package revision

import (
	"maps"
	"slices"
	"time"
)

// move is a redirect in force: the newest answer of an id.
type move struct {
	target      string
	since, last time.Time // first and last capture of it since the id last answered otherwise
}

// redirects gives for each id that is an alias by redirect where it leads. The result has no circles, and every way in it
// ends at an id that was an article.
func redirects(members map[string]*member) map[string]move {
	moves := map[string]move{}
	for id, m := range members {
		if mv, ok := moveOf(m); ok {
			moves[id] = mv
		}
	}
	for {
		dropDeadEnds(moves, members)
		circles := circles(moves)
		if len(circles) == 0 {
			return moves
		}
		for _, circle := range circles {
			delete(moves, oldest(circle, moves, members))
		}
	}
}

// moveOf gives the redirect that stands at an id: nothing where it answered with the article since. Failures, missing
// captures and redirects to no article leave it in force.
func moveOf(m *member) (move, bool) {
	var mv move
	for i := range m.observations {
		o := &m.observations[i]
		switch {
		case o.Kind == Good, o.Kind == NotModified && !m.born.IsZero() && !o.Time.Before(m.born):
			mv = move{}
		case o.Kind == Moved && o.Target != "":
			if o.Target != mv.target {
				mv = move{target: o.Target, since: o.Time}
			}
			mv.last = o.Time
		}
	}
	return mv, mv.target != ""
}

// dropDeadEnds removes moves to what never was an article.
func dropDeadEnds(moves map[string]move, members map[string]*member) {
	for again := true; again; {
		again = false
		for id, mv := range moves {
			if _, onward := moves[mv.target]; onward {
				continue
			}
			if to := members[mv.target]; to == nil || to.born.IsZero() {
				delete(moves, id)
				again = true
			}
		}
	}
}

// circles finds the ids that redirect to each other in a circle, each circle once.
func circles(moves map[string]move) [][]string {
	var found [][]string
	done := map[string]bool{}
	for _, start := range slices.Sorted(maps.Keys(moves)) {
		var way []string
		at := map[string]int{}
		id := start
		for !done[id] {
			done[id] = true
			at[id] = len(way)
			way = append(way, id)
			mv, ok := moves[id]
			if !ok {
				break
			}
			id = mv.target
		}
		if first, ok := at[id]; ok && moves[id].target != "" {
			found = append(found, way[first:])
		}
	}
	return found
}

// oldest gives the id of a circle whose redirect is void, because those seen later say where the article is now: the one
// seen longest ago among the ids that were articles, by id where times agree.
func oldest(circle []string, moves map[string]move, members map[string]*member) string {
	return slices.MinFunc(circle, func(x, y string) int {
		if a, b := members[x].born.IsZero(), members[y].born.IsZero(); a != b {
			if b {
				return -1
			}
			return 1
		}
		if c := moves[x].last.Compare(moves[y].last); c != 0 {
			return c
		}
		if x < y {
			return -1
		}
		return 1
	})
}

// destination follows moves from an id to their end.
func destination(moves map[string]move, id string) string {
	for {
		mv, ok := moves[id]
		if !ok {
			return id
		}
		id = mv.target
	}
}
