package extract

import (
	"fmt"
	"strings"

	"infocus/extract/profile"
)

// A page is an article because it reads like one. evidence adds up what it has of an article; what it needs is
// chosen so that a page of the older layout, which may print neither period nor verdict, is one, and an event with a date, a title and a text is not.
type evidence struct {
	sum    int
	need   int
	facts  int // kinds of fact that only an article prints
	reason []string
}

// needed is the sum that makes an article; an address that looks like a listing's needs more.
const (
	needed        = 6
	neededListing = 10
)

// add notes a sign of an article.
func (v *evidence) add(n int, reason string) {
	v.sum += n
	v.reason = append(v.reason, reason)
}

// isArticle says whether the page is an article.
func (v *evidence) isArticle() bool { return v.sum >= v.need && v.facts > 0 }

// String gives the reasons in words.
func (v *evidence) String() string {
	if v.isArticle() {
		return "reads like an article: " + strings.Join(v.reason, ", ")
	}
	if len(v.reason) == 0 {
		return "has nothing of an article"
	}
	return fmt.Sprintf("too little of an article: %s (%d of %d)", strings.Join(v.reason, ", "), v.sum, v.need)
}

// verdictOf adds up the evidence for the page being an article.
func (r *reader) verdictOf(t *run) *evidence {
	v, h := &evidence{need: needed}, t.head
	if h.shown.trend != "" {
		v.add(3, "verdict")
		v.facts++
	}
	r.periodEvidence(v, h)
	if h.section >= 0 {
		v.add(2, "section")
		v.facts++
	}
	if r.hasStatusLine(h) {
		v.add(2, "line for the verdict")
		v.facts++
	}
	shape := r.e.profile.Shape(r.local())
	if shape == profile.ShapeArticle && r.hasOlderFrame(t) {
		v.add(2, "time stamp and lists of the older layout")
		v.facts++
	}
	switch shape {
	case profile.ShapeArticle:
		v.add(2, "address under a section")
	case profile.ShapeListing:
		v.need = neededListing
	}
	share, _ := r.heads.agreement(h.text)
	if share >= 0.5 || r.heads.slugShare(h.text) >= 0.6 {
		v.add(1, "title")
	} else if r.listsOthers(t, shape) {
		v.need = neededListing
	}
	size := 0
	for _, k := range t.parts {
		size += len(r.d.blocks[k].text)
	}
	if len(t.prose) > 1 || size > 400 {
		v.add(1, "text")
	}
	return v
}

// periodEvidence weighs the period: one that is no whole week may be the days of an event.
func (r *reader) periodEvidence(v *evidence, h *head) {
	if h.period < 0 {
		return
	}
	rng := *r.rangeOf(h.period)
	switch {
	case rng.HasYear && rng.Week:
		v.add(3, "period")
		v.facts++
	case rng.HasYear:
		v.add(1, "range of days")
	case rng.Week:
		v.add(1, "period without a year")
		v.facts++
	}
}

// hasStatusLine says whether a chrome phrase of the site stands right under the headline, as the older layout prints it even
// where no verdict follows.
func (r *reader) hasStatusLine(h *head) bool {
	if h.headline < 0 {
		return false
	}
	k := r.beside(h.headline, +1)
	for n := 0; n < 2 && k >= 0 && k < h.lead; n++ {
		if r.lines[k].kind.has(isPhrase) && strings.HasSuffix(strings.TrimSpace(r.d.blocks[k].text), ":") {
			return true
		}
		k = r.beside(k, +1)
	}
	return false
}

// frameReach bounds the search for the lists behind a text, in lines.
const frameReach = 12

// hasOlderFrame says whether a page has the frame that the older layout has even where it prints no verdict: a time stamp between
// headline and text, and behind the text a chrome phrase over links that have time stamps too.
func (r *reader) hasOlderFrame(t *run) bool {
	stamp := false
	for k := t.head.headline + 1; k > 0 && k < t.head.lead; k++ {
		stamp = stamp || r.lines[k].kind.has(isStamp)
	}
	if !stamp {
		return false
	}
	phrase, link := false, false
	from := t.parts[len(t.parts)-1] + 1
	for k := from; k < len(r.lines) && k < from+frameReach; k++ {
		switch kind := r.lines[k].kind; {
		case kind.has(isPhrase):
			phrase, link = true, false
		case phrase && kind.has(isElsewhere):
			link = true
		case link && kind.has(isStamp):
			return true
		}
	}
	return false
}

// Bounds of other heads on a page that make it a listing or the page of a week: one is enough at an address that is not built like
// an article's.
const (
	manyOthers = 3
	headLines  = 6 // lines between a section's words and its text
)

// listsOthers says whether the page has more heads like this one, each with a text of its own.
func (r *reader) listsOthers(t *run, shape profile.Shape) bool {
	others := 0
	for i := t.head.lead + 1; i < len(r.lines); i++ {
		if r.beginsOther(t, i) {
			others++
		}
	}
	return others >= manyOthers || others > 0 && shape != profile.ShapeArticle
}

// isIssue says whether verdicts stand between the paragraphs of a text, each with a part of its own: the page of a week or a month, not
// an article. A legend has them side by side.
func (r *reader) isIssue(t *run) bool {
	verdicts := 0
	for _, k := range t.parts {
		if r.lines[k].kind.has(isVerdict) && !r.isLegend(k) {
			verdicts++
		}
	}
	return verdicts > 1
}

// beginsOther says whether line i is the first of another head: the words of another section or a verdict, then a text.
func (r *reader) beginsOther(t *run, i int) bool {
	b := &r.d.blocks[i]
	if b.flags.has(isHidden | chromeLandmarks | inAside) {
		return false
	}
	switch kind := r.lines[i].kind; {
	case kind.has(isSection):
		if t.head.section >= 0 && !r.otherSection(i, t.head.section) || r.inMenu(i) {
			return false
		}
	case !kind.has(isVerdict):
		return false
	}
	for k := i + 1; k < len(r.lines) && k <= i+headLines; k++ {
		if r.lines[k].kind.has(isProse) {
			return true
		}
	}
	return false
}
