package revision

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"infocus/extract"
)

// sharing parts articles into sets that share content, directly or over others. Articles in different sets have nothing
// to do with each other.
func sharing(articles []*article) [][]*article {
	if len(articles) == 1 {
		return [][]*article{articles}
	}
	set := make([]int, len(articles)) // index of another one of the same set, or its own
	find := func(i int) int {
		for set[i] != i {
			set[i] = set[set[i]]
			i = set[i]
		}
		return i
	}
	holder := map[string]int{}
	for i, a := range articles {
		set[i] = i
		a.keys = contentKeys(a.line.all)
		for key := range a.keys {
			if other, ok := holder[key]; ok {
				set[find(i)] = find(other)
			}
			holder[key] = i
		}
	}
	sets := map[int][]*article{}
	for i, a := range articles {
		sets[find(i)] = append(sets[find(i)], a)
	}
	return slices.Collect(maps.Values(sets))
}

// contentKeys gives the content keys of good observations. Neighbours mostly show the same article.
func contentKeys(observations []Observation) map[string]bool {
	keys := map[string]bool{}
	var last *extract.Article
	for i := range observations {
		if a := observations[i].Article; a != nil && a != last {
			keys[contentKey(a)] = true
			last = a
		}
	}
	return keys
}

// joinByContent joins articles that show the same, the ones captured first becoming canonical. It goes on until no two
// belong together, since an alias that carries on for a page taken down may share its later text with a third.
func joinByContent(articles []*article) []*article {
	if len(articles) == 1 {
		return articles
	}
	slices.SortFunc(articles, func(x, y *article) int {
		return cmp.Or(x.line.born().Compare(y.line.born()), strings.Compare(x.canonical, y.canonical))
	})
	for again := true; again; {
		again = false
		for i := 0; i < len(articles); i++ {
			before := len(articles)
			articles = slices.Concat(articles[:i+1], articles[i].joinAll(articles[i+1:]))
			again = again || len(articles) < before
		}
	}
	return articles
}

// joinAll takes in, one after the other, those of the others that are the same article, and gives back the rest.
func (a *article) joinAll(others []*article) (rest []*article) {
	for _, other := range others {
		if a.admits(other) {
			a.take(other)
		} else {
			rest = append(rest, other)
		}
	}
	a.line.flush()
	return rest
}

// admits says whether another article is the same: some content of both is equal, and the newest content of the other
// that can be held against this one agrees.
func (a *article) admits(other *article) bool {
	if !share(a.keys, other.keys) {
		return false
	}
	all := other.line.all
	bases := shown(all)
	var first *extract.Article
	for i := len(all) - 1; i >= 0; i-- {
		if bases[i] < 0 {
			continue
		}
		shows := all[bases[i]].Article
		before, after := a.line.around(all[i].Time)
		if before != nil || after != nil {
			return before != nil && sameContent(before, shows) || after != nil && sameContent(after, shows)
		}
		first = shows
	}
	// The other was seen only after this one was taken down: it carries on if it began with the same text.
	latest := a.line.history.Latest()
	return latest != nil && first != nil && sameContent(&latest.Article, first)
}

func share(a, b map[string]bool) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	for key := range a {
		if b[key] {
			return true
		}
	}
	return false
}

// take makes another article's ids aliases of this one.
func (a *article) take(other *article) {
	good, aside := a.line.absorb(other.line.all, false)
	since := other.line.born()
	for i := range good {
		if good[i].ID == other.canonical {
			since = good[i].Time
			break
		}
	}
	a.aliases = append(a.aliases, Alias{ID: other.canonical, Since: since, Why: WhyContent})
	a.aliases = append(a.aliases, other.aliases...)
	a.aside = append(append(a.aside, aside...), other.aside...)
	for key := range contentKeys(good) {
		a.keys[key] = true
	}
}

// born is the time of the first good capture, zero if there is none.
func (l *line) born() time.Time {
	for i := range l.all {
		if l.all[i].Kind == Good {
			return l.all[i].Time
		}
	}
	return time.Time{}
}
