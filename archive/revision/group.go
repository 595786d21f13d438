package revision

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// Why says what makes an id an alias.
type Why string

// The reasons.
const (
	WhyRedirect Why = "redirect"
	WhyContent  Why = "content"
)

// Alias is another id of an article.
type Alias struct {
	ID    string
	Since time.Time // first redirect, or first capture with the content of the article
	Why   Why
}

// Joined is one article with all its ids.
type Joined struct {
	Canonical    string
	Aliases      []Alias       // by id
	Observations []Observation // what counts for its history, in capture time
	Aside        []Observation // good captures of aliases that show something else than the article showed at that time
}

// Settle computes the history of the article.
func (j *Joined) Settle() History { return Settle(j.Canonical, j.Observations) }

// Group says which ids are one article. The keys are ids, each with its own observations, in any order. The result is in
// order of canonical ids; every key is canonical or an alias exactly once. Which ids are one is judged by all that is
// known today, in two steps:
//
//  1. Redirects. An id whose newest answer is a redirect to another article is an alias of that one; chains are followed to
//     their end, and of redirects in a circle the oldest is void. It stops being one when it answers with an article again.
//     A redirect to what never was an article counts for nothing.
//  2. Contents. Two ids with the same content_sha256 in the same language are one article, unless both tell their week and
//     the weeks differ. The one captured first is canonical (an id counts from the first capture of the article at any
//     address that redirects to it). They are two articles again when the newest content of the alias is neither what
//     the canonical one showed just before nor what it showed just after; an article that is gone shows nothing.
//
// Which captures count for the one history:
//
//   - all of the canonical id;
//   - of an alias, missing, moved and failed ones: they are part of the story, and end nothing while the article stands at
//     another address;
//   - of an alias, good ones that show what the article showed just before or just after, so that none makes a revision;
//   - good ones from times when the article stood at no address counted so far: before a redirect the text at the old
//     address is the article's, and where the canonical page was taken down an alias carries on.
//
// The other good ones are put aside.
//
// The result for an id depends only on the observations of the ids it is linked with, over any number of links. A link is
// the Target of a Moved observation, or a good observation of each with equal ContentSHA256 and language. So a store may
// follow such links from one id and group what it finds.
func Group(all map[string][]Observation) []Joined {
	members := make(map[string]*member, len(all))
	for id, observations := range all {
		members[id] = newMember(id, observations)
	}
	var joined []Joined
	for _, related := range sharing(trees(members)) {
		for _, a := range joinByContent(related) {
			joined = append(joined, a.joined())
		}
	}
	slices.SortFunc(joined, func(a, b Joined) int { return strings.Compare(a.Canonical, b.Canonical) })
	return joined
}

// member is one id with its own observations, in capture time.
type member struct {
	id           string
	observations []Observation
	born         time.Time // first good capture, zero if there is none
}

func newMember(id string, observations []Observation) *member {
	m := &member{id: id, observations: ordered(observations)}
	for i := range m.observations {
		if m.observations[i].Kind == Good {
			m.born = m.observations[i].Time
			break
		}
	}
	return m
}

// article is a canonical id with the aliases found so far.
type article struct {
	canonical string
	aliases   []Alias
	line      line
	aside     []Observation
	keys      map[string]bool // content keys of its good captures
}

func (a *article) joined() Joined {
	slices.SortFunc(a.aliases, func(x, y Alias) int { return strings.Compare(x.ID, y.ID) })
	return Joined{Canonical: a.canonical, Aliases: a.aliases, Observations: a.line.all, Aside: ordered(a.aside)}
}

// trees makes an article of each id that is no alias by redirect, with the aliases that redirect to it.
func trees(members map[string]*member) []*article {
	moves := redirects(members)
	aliases := map[string][]*member{}
	for id := range moves {
		root := destination(moves, id)
		aliases[root] = append(aliases[root], members[id])
	}
	var articles []*article
	for _, id := range slices.Sorted(maps.Keys(members)) {
		if _, moved := moves[id]; !moved {
			articles = append(articles, tree(members[id], aliases[id], moves))
		}
	}
	return articles
}

// tree joins an id with those that redirect to it. The aliases captured last come first: each older address then fills the
// time before.
func tree(root *member, aliases []*member, moves map[string]move) *article {
	slices.SortFunc(aliases, func(x, y *member) int {
		return cmp.Or(y.born.Compare(x.born), strings.Compare(x.id, y.id))
	})
	a := &article{canonical: root.id, line: line{all: root.observations}}
	for _, m := range aliases {
		_, aside := a.line.absorb(m.observations, true)
		a.line.flush()
		a.aside = append(a.aside, aside...)
		a.aliases = append(a.aliases, Alias{ID: m.id, Since: moves[m.id].since, Why: WhyRedirect})
	}
	return a
}
