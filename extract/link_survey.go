package extract

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"infocus/extract/period"
	"infocus/extract/profile"
)

// maxLinks bounds the addresses taken from one page; what is left out is said.
const maxLinks = 5000

// hop is one link of the page to an address of the site.
type hop struct {
	*anchor
	target int    // in survey.targets
	text   string // its words, of the picture inside where it has none
	words  int    // words outside a range of days
	rng    period.Range
	ranged bool // rng is set
	whole  bool // the text is the range alone
	means  profile.Meaning
	chrome bool // the words are a known phrase of any use
	item   int  // in survey.items, noItem without one
}

// noItem stands for a link that is part of no item.
const noItem = -1

// survey is what is known of the links of a page: their addresses, words and the items they make up.
type survey struct {
	*addresses
	hops    []hop
	items   []item // once findItems has run, as are the groups
	groups  []group
	sought  bool         // findItems has run
	boxed   []bool       // of each block, whether it is in the box of an item; once findItems has run
	viewAll []*html.Node // the first links that say "view all"
	dropped bool         // the page has more addresses than maxLinks
	paging  *paging
	edition *profile.Edition // of the page
}

// survey reads the links of a page, once.
func (e *Extractor) survey(d *document) *survey {
	if d.found == nil {
		d.found = e.newSurvey(d)
	}
	return d.found
}

func (e *Extractor) newSurvey(d *document) *survey {
	s := &survey{addresses: newAddresses(e, d), edition: e.profile.EditionAt(d.addr)}
	if local, ok := e.localURL(d.addr); ok {
		s.edition = e.profile.EditionAt(local)
	}
	s.paging = newPaging(s)
	s.hops = make([]hop, 0, len(d.anchors))
	for i := range d.anchors {
		if len(s.targets) >= maxLinks {
			s.dropped = true
			break
		}
		s.hop(&d.anchors[i])
	}
	return s
}

// maxViewAll is how many links "view all" are told from each other.
const maxViewAll = 20

// hop reads one link.
func (s *survey) hop(a *anchor) {
	t := s.find(a.href)
	if t == noTarget {
		return
	}
	h := hop{anchor: a, target: t, text: s.d.anchorText(a), item: noItem}
	if h.text == "" {
		h.text = label(a)
	}
	h.means, h.chrome = s.meaning(&h)
	if !h.chrome {
		s.read(&h)
	}
	if h.means.Use.Has(profile.UseViewAll) && len(s.viewAll) < maxViewAll {
		s.viewAll = append(s.viewAll, a.node)
	}
	s.hops = append(s.hops, h)
}

// meaning looks up the words of a link; those of a whole block are known.
func (s *survey) meaning(h *hop) (profile.Meaning, bool) {
	if h.block < len(s.d.blocks) {
		if b := &s.d.blocks[h.block]; b.from == h.from && b.to == h.to {
			return b.means, b.hasMeans
		}
	}
	if m, ok := s.e.meaning(h.text); ok || hasLetter(h.text) {
		return m, ok
	}
	return s.e.meaning(label(h.anchor)) // beside a sign alone
}

// label gives the words that a link has for those who cannot see it.
func label(a *anchor) string {
	for _, key := range [...]string{"aria-label", "title"} {
		if words, ok := attribute(a.node, key); ok && len(words) <= maxAlt {
			if words = foldedString(words); words != "" {
				return words
			}
		}
	}
	return ""
}

// maxRangeText bounds, in bytes, the texts that a range of days is looked for in: a line of facts, not prose.
const maxRangeText = 400

// read finds the range of days in a link's words and counts the others.
func (s *survey) read(h *hop) {
	rest := h.text
	if hasDigit(h.text) && len(h.text) <= maxRangeText {
		if h.rng, h.ranged = s.e.profile.Periods().Find(h.text); h.ranged {
			rest = h.text[:h.rng.From] + " " + h.text[h.rng.To:]
		}
	}
	h.words = countWords(rest)
	h.whole = h.ranged && h.words == 0
}

// hasDigit says whether s has an ASCII digit.
func hasDigit(s string) bool {
	for i := range len(s) {
		if '0' <= s[i] && s[i] <= '9' {
			return true
		}
	}
	return false
}

// hasLetter says whether s has a letter or a digit.
func hasLetter(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
	}
	return false
}

// countWords counts runs of letters and digits with a letter among them.
func countWords(s string) int {
	n, inside := 0, false
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
				if !inside {
					n++
				}
				inside = true
			case c != '\'' && c != '-' && (c < '0' || c > '9'):
				inside = false
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		letter := unicode.IsLetter(r) || unicode.IsMark(r) || r == '’'
		if letter && !inside {
			n++
		}
		inside = letter
	}
	return n
}

// headlineWords is the least number of words that make a link a headline.
const headlineWords = 3

// isHeadline says whether the words of a link may be those of an article.
func (s *survey) isHeadline(h *hop) bool {
	if h.chrome || h.whole || !s.targets[h.target].page {
		return false
	}
	return h.words >= headlineWords || h.words > 0 && s.targets[h.target].shape == profile.ShapeArticle
}
