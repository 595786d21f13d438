package revision

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestRedirectsEndAtArticlesWhateverTheirShape draws redirects among a handful of ids, with circles and dead ends.
func TestRedirectsEndAtArticlesWhateverTheirShape(t *testing.T) {
	ids := []string{"a", "b", "c", "d", "e", "f"}
	rapid.Check(t, func(t *rapid.T) {
		members := map[string]*member{}
		for _, id := range ids {
			var observed []Observation
			if rapid.Bool().Draw(t, "was an article") {
				observed = append(observed, story(t, id+": 0 good X")...)
			}
			if rapid.IntRange(0, 3).Draw(t, "redirects") > 0 {
				to := rapid.SampledFrom(append(ids, "nowhere")).Draw(t, "to")
				at := rapid.IntRange(1, 3).Draw(t, "at")
				observed = append(observed, story(t, fmt.Sprintf("%s: %d moved %s", id, at, to))...)
			}
			members[id] = newMember(id, observed)
		}
		moves := redirects(members)
		if c := circles(moves); len(c) > 0 {
			t.Fatalf("circles left: %v", c)
		}
		for _, id := range slices.Sorted(maps.Keys(moves)) {
			if end := members[destination(moves, id)]; end == nil || end.born.IsZero() {
				t.Fatalf("%s leads to what was no article: %v", id, moves)
			}
		}
	})
}

func TestOfRedirectsInACircleTheOldestIsVoid(t *testing.T) {
	for _, c := range []struct{ name, story, want string }{
		{"by time", "a: 0 good X, b: 0 good X, c: 0 good X, a: 3 moved b, b: 1 moved c, c: 2 moved a", "b"},
		{"by id where times agree", "c: 0 good X, b: 0 good X, b: 1 moved c, c: 1 moved b", "b"},
		{"what never was an article is passed over", "a: 1 moved b, b: 0 good X, b: 9 moved a", "b"},
		{"the newest capture of a redirect counts", "a: 0 good X, b: 0 good X, a: 1 moved b, b: 2 moved a, a: 3 moved b", "b"},
		{"an id that leads into the circle", "d: 0 good X, d: 1 moved a, a: 0 good X, b: 0 good X, a: 2 moved b, b: 1 moved a", "b"},
	} {
		joined := Group(byID(story(t, c.story)))
		if len(joined) != 1 || joined[0].Canonical != c.want {
			t.Errorf("%s: %s", c.name, grouped(joined))
		}
	}
	if got := grouped(Group(byID(story(t, "a: 1 moved b, b: 1 moved a")))); got != "a: ; b: " {
		t.Errorf("a circle without an article: %s", got)
	}
}
