package extract

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// headFromTitle makes a head for a page whose headline is only in its title or in the words of a picture: the facts stand together
// over a text, and the title gives the words.
func (r *reader) headFromTitle() (head, bool) {
	text, source := r.headlineOfTitle()
	if text == "" {
		return head{}, false
	}
	best, found := head{}, false
	for i := range r.lines {
		if !r.lines[i].kind.has(isPeriod|isVerdict|isSection) || r.d.blocks[i].flags.has(isHidden|chromeLandmarks|inAside) {
			continue
		}
		h := r.cluster(head{headline: i, text: text})
		r.take(&h, i, 1)
		h.score = r.weight(&h)
		if h.lead >= 0 && (!found || h.score > best.score) {
			best, found = h, true
		}
	}
	best.headline, best.why = -1, source
	return best, found
}

// headlineOfTitle gives the headline that the page's title holds, without the name of the site and the section.
func (r *reader) headlineOfTitle() (text, source string) {
	for i := range r.heads.names {
		n := &r.heads.names[i]
		for _, part := range titleParts(n.text) {
			if _, known := r.e.meaning(part); known || r.e.isSiteName(part) || len(part) < 12 {
				continue
			}
			return part, n.source
		}
	}
	return "", ""
}

// titleParts parts a title at the signs that stand between a headline and the name of a site.
func titleParts(title string) []string {
	for _, sign := range [...]string{" | ", " :: ", " · ", " » ", " « ", " — ", " – ", " - ", " / "} {
		title = strings.ReplaceAll(title, sign, "\x00")
	}
	return strings.Split(title, "\x00")
}

// besideText are the facts in the box of an article that are not in its head or text: the last of each kind, and how many there are.
type besideText struct {
	verdict, period, section    int
	verdicts, periods, sections int
}

// factsBeside looks for a verdict, a period and a section that the head lacks in the box of the article, but outside its text: some
// layouts print them beside or under it. A section alone may be a link of the page's frame.
func (r *reader) factsBeside(t *run) {
	h := t.head
	if h.shown.trend != "" && h.period >= 0 || r.d.atomOf(t.outer) == atom.Body || r.d.atomOf(t.outer) == atom.Html {
		return
	}
	f := r.besideText(t)
	if h.section < 0 && f.sections == 1 && (f.verdicts == 1 || f.periods == 1) {
		h.section = f.section
		t.drop(f.section)
	}
	if h.shown.trend == "" && f.verdicts == 1 {
		h.verdict, h.shown = f.verdict, r.shownBy(f.verdict)
		t.drop(f.verdict)
	}
	if h.period < 0 && f.periods == 1 {
		h.period = f.period
		t.drop(f.period)
	}
}

// besideText collects the facts behind the lead in the box of an article.
func (r *reader) besideText(t *run) (f besideText) {
	for i := t.head.lead + 1; i < len(r.lines) && r.d.holds(t.outer, r.d.blocks[i].elem); i++ {
		b, kind := &r.d.blocks[i], r.lines[i].kind
		if b.flags.has(isHidden | inNav | inForm | inDialog) {
			continue
		}
		if kind.has(isEnder | isElsewhere) {
			break
		}
		if kind.has(isVerdict) {
			f.verdict, f.verdicts = i, f.verdicts+1
		}
		if kind.has(isPeriod) && !kind.has(isUndated) {
			f.period, f.periods = i, f.periods+1
		}
		if kind.has(isSection) && !r.inMenu(i) {
			f.section, f.sections = i, f.sections+1
		}
	}
	return f
}

// drop takes a line out of the text.
func (t *run) drop(i int) {
	for n, k := range t.parts {
		if k == i {
			t.parts = append(t.parts[:n], t.parts[n+1:]...)
			return
		}
	}
}
