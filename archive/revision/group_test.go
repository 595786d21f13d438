package revision

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// byID parts a story into the observations of each id.
func byID(all []Observation) map[string][]Observation {
	ids := map[string][]Observation{}
	for _, o := range all {
		ids[o.ID] = append(ids[o.ID], o)
		if o.Target != "" && ids[o.Target] == nil {
			ids[o.Target] = nil
		}
	}
	return ids
}

// grouped tells articles in a short form: canonical id, aliases with reason and hour, history, and what was put aside.
func grouped(joined []Joined) string {
	var parts []string
	for i := range joined {
		j := &joined[i]
		s := j.Canonical
		for _, a := range j.Aliases {
			s += fmt.Sprintf(" +%s %s %v", a.ID, a.Why, hours(a.Since))
		}
		h := j.Settle()
		s += ": " + told(&h)
		for _, o := range j.Aside {
			s += fmt.Sprintf(" | aside %s %v", o.ID, hours(o.Time))
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "; ")
}

func TestGroup(t *testing.T) {
	for _, c := range []struct{ name, story, want string }{
		{"strangers", "a: 0 good X, b: 1 good Y", "a: X 0-0 ×1; b: Y 1-1 ×1"},

		// Redirects.
		{"a redirect", "a: 0 good X, a: 9 moved b, b: 9 good X",
			"b +a redirect 9: X 0-9 ×2"},
		{"a redirect and an edit", "a: 0 good X, a: 9 moved b, b: 9 good Y",
			"b +a redirect 9: X 0-0 ×1, Y 9-9 ×1"},
		{"the target was captured first", "a: 5 good X, a: 9 moved b, b: 0 good X",
			"b +a redirect 9: X 0-5 ×2"},
		{"asked again, the redirect holds", "a: 0 good X, a: 9 moved b, b: 9 good X, a: 99 moved b, a: 200 failed",
			"b +a redirect 9: X 0-9 ×2"},
		{"the redirect is switched off later", "a: 0 good X, a: 9 moved b, b: 9 good X, a: 99 missing, a: 200 missing, b: 300 good X",
			"b +a redirect 9: X 0-300 ×3"},
		{"a chain", "a: 0 good X, a: 9 moved b, b: 9 good X, b: 20 moved c, c: 20 good Y",
			"c +a redirect 9 +b redirect 20: X 0-9 ×2, Y 20-20 ×1"},
		{"a chain over what never was an article", "a: 0 good X, a: 9 moved b, b: 9 moved c, c: 9 good X",
			"c +a redirect 9 +b redirect 9: X 0-9 ×2"},
		{"to what never was an article", "a: 0 good X, a: 9 moved b, b: 9 failed",
			"a: X 0-0 ×1; b: "},
		{"to what nobody asked", "a: 0 good X, a: 9 moved b", "a: X 0-0 ×1; b: "},
		{"to the home page", "a: 0 good X, a: 9 moved home, b: 9 good Y", "a: X 0-0 ×1; b: Y 9-9 ×1"},
		{"to the home page, after a move", "a: 0 good X, a: 9 moved b, b: 9 good X, a: 20 moved home",
			"b +a redirect 9: X 0-9 ×2"},
		{"there and back by redirects", "a: 0 good X, a: 9 moved b, b: 9 good X, b: 12 good Y, b: 20 moved a, a: 20 good Z",
			"a +b redirect 20: X 0-9 ×2, Y 12-12 ×1, Z 20-20 ×1"},
		{"there and back, the old address not asked since", "a: 0 good X, a: 9 moved b, b: 9 good X, b: 20 moved a",
			"a +b redirect 20: X 0-9 ×2"},
		{"in a circle at one time", "a: 0 good X, b: 1 good X, a: 9 moved b, b: 9 moved a",
			"a +b redirect 9: X 0-1 ×2"},
		{"two addresses that both redirect to a third",
			"a: 0 good X, b: 30 good Y, a: 40 good Z, b: 50 good Y, a: 90 moved c, b: 90 moved c, c: 100 good Y",
			"c +a redirect 90 +b redirect 90: X 0-0 ×1, Y 30-100 ×3 | aside a 40"},
		{"to itself", "a: 0 good X, a: 9 moved a, a: 10 good X", "a: X 0-10 ×2"},
		{"to another target later", "a: 0 good X, a: 9 moved b, b: 9 good X, a: 20 moved c, c: 20 good Y",
			"b: X 9-9 ×1; c +a redirect 20: X 0-0 ×1, Y 20-20 ×1"},
		{"two live articles, one then redirects to the other",
			"a: 0 good X, b: 1 good Y, a: 2 good X, b: 3 good Y, a: 9 moved b",
			"b +a redirect 9: X 0-0 ×1, Y 1-3 ×2 | aside a 2"},
		{"both addresses answer for a while before the redirect", "a: 0 good X, b: 1 good X, b: 2 good Y, a: 3 good Y, a: 9 moved b",
			"b +a redirect 9: X 0-1 ×2, Y 2-3 ×2"},
		{"gone before the redirect", "a: 0 good X, a: 9 missing, a: 50 missing, a: 90 moved b, b: 90 good X",
			"b +a redirect 90: X 0-0 ×1 gone 9, X 90-90 ×1 returned"},
		{"gone at the new address", "a: 0 good X, a: 9 moved b, b: 9 good X, b: 20 missing, b: 50 missing",
			"b +a redirect 9: X 0-9 ×2 gone 20"},
		{"the old address answers again with the same text", "a: 0 good X, a: 9 moved b, b: 9 good X, a: 20 good X",
			"a +b content 9: X 0-20 ×3"},
		{"the old address answers again with another text", "a: 0 good X, a: 9 moved b, b: 9 good X, a: 20 good Z, b: 21 good X",
			"a: X 0-0 ×1, Z 20-20 ×1; b: X 9-21 ×2"},
		{"304 at the old address ends the redirect", "a: 0 good X, a: 9 moved b, b: 9 good Y, a: 20 304, b: 20 good Y",
			"a: X 0-20 ×2; b: Y 9-20 ×2"},

		// Contents.
		{"the same content", "b: 0 good X, a: 5 good X, b: 9 good X", "b +a content 5: X 0-9 ×3"},
		{"captured in one moment", "b: 0 good X, a: 0 good X", "a +b content 0: X 0-0 ×2"},
		{"an alias that went missing", "a: 0 good X, b: 1 good X, b: 5 missing, b: 50 missing, a: 60 good X",
			"a +b content 1: X 0-60 ×3"},
		{"the canonical page went missing, the alias answers", "a: 0 good X, b: 1 good X, a: 5 missing, a: 50 missing, b: 60 good X",
			"a +b content 1: X 0-60 ×3"},
		{"both went missing", "a: 0 good X, b: 1 good X, a: 5 missing, a: 50 missing, b: 60 missing, b: 90 missing",
			"a +b content 1: X 0-1 ×2 gone 60"},
		{"the alias carries on where the canonical page was taken down",
			"a: 0 good X, b: 1 good X, a: 5 missing, a: 50 missing, b: 60 good Y, b: 70 good Z",
			"a +b content 1: X 0-1 ×2, Y 60-60 ×1, Z 70-70 ×1"},
		{"found at another address after it was taken down", "a: 0 good X, a: 5 missing, a: 50 missing, b: 60 good X, b: 70 good Y",
			"a +b content 60: X 0-0 ×1 gone 5, X 60-60 ×1 returned, Y 70-70 ×1"},
		{"both edited", "a: 0 good X, b: 1 good X, b: 9 good Y, a: 10 good Y", "a +b content 1: X 0-1 ×2, Y 9-10 ×2"},
		{"the alias not seen since the edit", "a: 0 good X, b: 1 good X, a: 10 good Y", "a +b content 1: X 0-1 ×2, Y 10-10 ×1"},
		{"the alias was edited", "a: 0 good X, b: 1 good X, b: 9 good Y", "a: X 0-0 ×1; b: X 1-1 ×1, Y 9-9 ×1"},
		{"only the canonical page was edited", "a: 0 good X, b: 1 good X, a: 10 good Y, b: 20 good X",
			"a: X 0-0 ×1, Y 10-10 ×1; b: X 1-20 ×2"},
		{"parted by a 304", "a: 0 good X, b: 1 good X, a: 10 good Y, b: 20 304", "a: X 0-0 ×1, Y 10-10 ×1; b: X 1-20 ×2"},
		{"parted and together again", "a: 0 good X, b: 1 good X, b: 9 good Y, a: 10 good X, a: 20 good Y, b: 21 good Y",
			"a +b content 1: X 0-10 ×3, Y 20-21 ×2 | aside b 9"},
		{"parted before one was taken down", "a: 0 good X, b: 1 good X, b: 9 good Z, a: 10 good X, a: 20 missing, a: 50 missing, b: 60 good Z",
			"a: X 0-10 ×2 gone 20; b: X 1-1 ×1, Z 9-60 ×2"},
		{"a redirect home and one to itself do not take an article down",
			"a: 0 good X, b: 1 good X, a: 5 moved home, a: 6 moved a, b: 60 missing, b: 90 missing", "a +b content 1: X 0-1 ×2"},
		{"nor do they let an alias carry on",
			"a: 0 good X, b: 1 good X, a: 5 moved home, a: 6 moved a, b: 60 good Y", "a: X 0-0 ×1; b: X 1-1 ×1, Y 60-60 ×1"},
		{"missing twice within a day does not let an alias carry on",
			"a: 0 good X, b: 1 good X, a: 5 missing, a: 6 missing, b: 60 good Y", "a: X 0-0 ×1; b: X 1-1 ×1, Y 60-60 ×1"},
		{"nor between the two captures",
			"a: 0 good X, b: 1 good X, a: 5 missing, b: 5.5 good Y, a: 6 missing", "a: X 0-0 ×1; b: X 1-1 ×1, Y 5.5-5.5 ×1"},
		{"gone before it was last seen elsewhere, then redirected to no article",
			"a: 0 good X, b: 1 good X, a: 5 missing, a: 50 missing, b: 60 good X, b: 70 moved c", "a +b content 1: X 0-60 ×3; c: "},
		{"taken down before another address comes to show the same",
			"a: 0 good X, a: 5 missing, a: 50 missing, b: 60 good Y, b: 70 good X", "a: X 0-0 ×1 gone 5; b: Y 60-60 ×1, X 70-70 ×1"},
		{"two that could carry on, of which the first does",
			"a: 0 good X, a: 5 missing, a: 50 missing, b: 60 good X, c: 61 good X, b: 70 good Y, c: 80 good Z",
			"a +b content 60: X 0-0 ×1 gone 5, X 60-60 ×1 returned, Y 70-70 ×1; c: X 61-61 ×1, Z 80-80 ×1"},
		{"a third that an alias brings in",
			"a: 0 good X, a: 5 missing, a: 50 missing, c: 55 good Y, b: 56 good X, b: 60 good Y, c: 61 good Y",
			"a +b content 56 +c content 61: X 0-0 ×1 gone 5, X 56-56 ×1 returned, Y 60-61 ×2 | aside c 55"},
		{"a 304 of what was put aside is put aside",
			"a: 0 good X, b: 1 good X, b: 9 good Y, a: 10 good X, b: 11 304, a: 20 good Y, b: 21 good Y",
			"a +b content 1: X 0-10 ×3, Y 20-21 ×2 | aside b 9 | aside b 11"},
		{"three of the same", "c: 0 good X, a: 1 good X, b: 2 good X", "c +a content 1 +b content 2: X 0-2 ×3"},
		{"the third knows only the later text", "a: 0 good X, b: 1 good X, a: 5 missing, a: 50 missing, b: 60 good Y, c: 61 good Y",
			"a +b content 1 +c content 61: X 0-1 ×2, Y 60-61 ×2"},
		{"a duplicate of an article that moved", "a: 0 good X, b: 1 good X, a: 9 moved c, c: 9 good X",
			"c +a redirect 9 +b content 1: X 0-9 ×3"},
		{"a duplicate redirects", "a: 0 good X, b: 1 good X, b: 9 moved a", "a +b redirect 9: X 0-1 ×2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := byID(story(t, c.story))
			if got := grouped(Group(all)); got != c.want {
				t.Errorf("%s\ngot  %s\nwant %s", c.story, got, c.want)
			}
		})
	}
}

func TestWhatIsNotTheSameArticle(t *testing.T) {
	for name, change := range map[string]func(*Observation){
		"another language":           func(o *Observation) { o.Article.Lang = "ru" },
		"another week":               func(o *Observation) { o.Article.PeriodStart, o.Article.PeriodEnd = "2017-12-11", "2017-12-17" },
		"another verdict":            func(o *Observation) { o.Article.Trend = "worse" },
		"a verdict more":             func(o *Observation) { o.Article.Trend = "" },
		"another headline":           func(o *Observation) { o.Article.Headline = "Other" },
		"the same words are missing": func(o *Observation) { o.Article.Lead, o.Article.Body = "", "" },
	} {
		observed := story(t, "a: 0 good X, b: 1 good X")
		change(&observed[1])
		if joined := Group(byID(observed)); len(joined) != 2 {
			t.Errorf("%s: %s", name, grouped(joined))
		}
	}
	observed := story(t, "a: 0 good X, b: 1 good X")
	observed[1].Article.PeriodStart, observed[1].Article.PeriodEnd, observed[1].Article.Edition = "", "", "be"
	if joined := Group(byID(observed)); len(joined) != 1 {
		t.Errorf("no week, another edition: %s", grouped(joined))
	}
}

func TestAnAliasListedUnderAnotherSectionMakesNoRevisions(t *testing.T) {
	observed := story(t, "a: 0 good X, b: 1 good X, a: 2 good X, b: 3 good X")
	observed[1].Article.Section, observed[3].Article.Section = "Other", "Other"
	if got := grouped(Group(byID(observed))); got != "a +b content 1: X 0-2 ×2 | aside b 1 | aside b 3" {
		t.Error(got)
	}
}

func TestTwoAliasesDoNotDisagreeAboutAFieldThatTheArticleLacks(t *testing.T) {
	observed := story(t, "a: 0 good X, b: 1 good X, c: 2 good X, b: 3 good X, c: 4 good X, a: 5 good X")
	for i, section := range []string{"", "One", "Other", "One", "Other", ""} {
		observed[i].Article.Section = section
	}
	if got := grouped(Group(byID(observed))); got != "a +b content 1 +c content 2: X 0-5 ×4 | aside c 2 | aside c 4" {
		t.Error(got)
	}
}

func TestArticlesWithoutEqualContentAreNotJoinedByAThird(t *testing.T) {
	observed := story(t, "a: 0 good X, b: 0.1 good X, b: 1 good X, c: 2 good X, b: 9 good Y, c: 10 good X")
	observed[0].Article.Trend, observed[1].Article.Trend = "", ""
	if got := grouped(Group(byID(observed))); got != "a: X 0-0 ×1; b: X 0.1-1 ×2, Y 9-9 ×1; c: X 2-10 ×2" {
		t.Error(got)
	}
}

func TestNothingGivesNothing(t *testing.T) {
	if got := Group(nil); len(got) != 0 {
		t.Error(got)
	}
	if got := grouped(Group(map[string][]Observation{"a": nil})); got != "a: " {
		t.Error(got)
	}
}

var someIDs = []string{"a", "b", "c", "d"}

func drawGroup(t *rapid.T) map[string][]Observation {
	all := map[string][]Observation{}
	for _, id := range someIDs {
		all[id] = drawObservations(t, id, someIDs)
	}
	return all
}

func TestGroupingDoesNotDependOnTheOrderOfArrival(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawGroup(t)
		want := grouped(Group(all))
		for id := range all {
			all[id] = shuffled(t, all[id])
		}
		if got := grouped(Group(all)); got != want {
			t.Fatalf("got  %s\nwant %s", got, want)
		}
	})
}

func TestEveryIDIsOfOneArticle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawGroup(t)
		seen := map[string]int{}
		for _, j := range Group(all) {
			seen[j.Canonical]++
			for _, a := range j.Aliases {
				seen[a.ID]++
			}
			checkJoined(t, &j, all)
		}
		for _, id := range someIDs {
			if seen[id] != 1 {
				t.Fatalf("%s is of %d articles", id, seen[id])
			}
		}
	})
}

// checkJoined holds that every capture of an article's ids is either counted or put aside, and that only good ones of
// aliases are put aside.
func checkJoined(t *rapid.T, j *Joined, all map[string][]Observation) {
	var want []Observation
	for _, id := range append([]string{j.Canonical}, aliasIDs(j)...) {
		want = append(want, all[id]...)
	}
	got := slices.Concat(j.Observations, j.Aside)
	if len(got) != len(ordered(want)) {
		t.Fatalf("%d captures of %d", len(got), len(ordered(want)))
	}
	for _, o := range j.Aside {
		if o.ID == j.Canonical || o.Kind != Good && o.Kind != NotModified {
			t.Fatalf("put aside: %+v", o)
		}
	}
	if !slices.EqualFunc(j.Observations, ordered(j.Observations), func(a, b Observation) bool { return compareCaptures(&a, &b) == 0 }) {
		t.Fatal("not in capture time")
	}
}

func aliasIDs(j *Joined) []string {
	var ids []string
	for _, a := range j.Aliases {
		ids = append(ids, a.ID)
	}
	return ids
}

func TestAnIDIsJudgedByWhatItIsLinkedWithAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := drawGroup(t)
		want := grouped(Group(all))
		var joined []Joined
		for done := map[string]bool{}; len(done) < len(someIDs); {
			var start string
			for _, id := range someIDs {
				if !done[id] {
					start = id
					break
				}
			}
			part := linked(all, start)
			for id := range part {
				done[id] = true
			}
			joined = append(joined, Group(part)...)
		}
		slices.SortFunc(joined, func(a, b Joined) int { return strings.Compare(a.Canonical, b.Canonical) })
		if got := grouped(joined); got != want {
			t.Fatalf("got  %s\nwant %s", got, want)
		}
	})
}

// linked follows the links of an id as the comment of Group says a store may.
func linked(all map[string][]Observation, start string) map[string][]Observation {
	part := map[string][]Observation{start: all[start]}
	for again := true; again; {
		again = false
		for _, id := range someIDs {
			if _, ok := part[id]; ok {
				continue
			}
			for other := range part {
				if areLinked(all, id, other) {
					part[id] = all[id]
					again = true
					break
				}
			}
		}
	}
	return part
}

func areLinked(all map[string][]Observation, a, b string) bool {
	for _, x := range all[a] {
		for _, y := range all[b] {
			if x.Article != nil && y.Article != nil && contentKey(x.Article) == contentKey(y.Article) {
				return true
			}
		}
	}
	return leads(all[a], b) || leads(all[b], a)
}

func leads(from []Observation, to string) bool {
	return slices.ContainsFunc(from, func(o Observation) bool { return o.Target == to })
}

func TestAliasesMakeNoRevisionsWhileTheArticleStands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		observed := story(t, "a: 0 good X, b: 1 good X, a: 500 good X")
		for range rapid.IntRange(0, 10).Draw(t, "n") {
			at := rapid.IntRange(2, 400).Draw(t, "time")
			what := rapid.SampledFrom([]string{"good X", "good Y", "304", "missing", "failed", "moved home"}).Draw(t, "what")
			observed = append(observed, story(t, fmt.Sprintf("b: %d %s", at, what))...)
		}
		observed = append(observed, story(t, "b: 450 good X")...)
		joined := Group(byID(observed))
		h := joined[0].Settle()
		if len(joined) != 1 || len(h.Revisions) != 1 || h.Gone() {
			t.Fatal(grouped(joined))
		}
	})
}
