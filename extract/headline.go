package extract

import (
	"strings"

	"infocus/extract/fold"
	"infocus/extract/profile"
)

// noHeadline are the kinds of lines that are never a headline.
const noHeadline = isPeriod | isSection | isVerdict | isEdition | isChromeWords | isStamp | isCredit | isByline | isElsewhere

// minHeadline is the shortest headline, in bytes.
const minHeadline = 4

// minOwn is the evidence that a line far from all facts needs to be looked at.
const minOwn = 0.8

// candidates gives the lines that may be a headline, with the evidence that each has of its own. Lines that agree with the
// page's title are taken out of the paragraphs, since a headline may be a sentence.
func (r *reader) candidates() []head {
	agreed := r.agreements()
	found := make([]head, 0, 16)
	for i := range r.d.blocks {
		b := &r.d.blocks[i]
		if len(b.text) > maxLine || len(b.text) < minHeadline || b.flags.has(isHidden|isButton|chromeLandmarks|inCaption) || r.lines[i].kind.has(noHeadline) {
			continue
		}
		for len(agreed) > 0 && agreed[0].line < i {
			agreed = agreed[1:]
		}
		var a agreement
		if len(agreed) > 0 && agreed[0].line == i {
			a = agreed[0]
		}
		h, agrees := r.ownEvidence(i, a)
		if agrees {
			r.lines[i].kind &^= isProse
		}
		if r.lines[i].kind.has(isProse) || h.own < 0 || h.own < minOwn && !r.nearFact(i) || r.e.isSiteName(b.text) {
			continue
		}
		found = append(found, h)
	}
	return r.repeated(found)
}

// A line that is most of the page's title, in so many words, is surely its headline, and the address need not be asked.
const (
	namedShare = 0.5
	namedWords = 4
)

// agreement is how far a line is what the page calls itself.
type agreement struct {
	line   int
	share  float64
	source string
}

// agreements gives the lines that agree with a name of the page, in page order, and finds out whether one is the title in so many
// words.
func (r *reader) agreements() []agreement {
	var found []agreement
	for i := range r.d.blocks {
		b := &r.d.blocks[i]
		if len(b.text) > maxLine || len(b.text) < minHeadline || b.flags.has(isHidden|isButton|chromeLandmarks|inCaption) || r.lines[i].kind.has(noHeadline) {
			continue
		}
		share, source := r.heads.agreement(b.text)
		if share == 0 {
			continue
		}
		found = append(found, agreement{line: i, share: share, source: source})
		if share >= namedShare && strings.Count(b.text, " ")+1 >= namedWords {
			r.heads.named = true
		}
	}
	return found
}

// isSiteName says whether a text is the name of the site.
func (e *Extractor) isSiteName(text string) bool {
	return len(text) <= 2*len(e.profile.Title)+8 && fold.Key(text) == e.siteName
}

// ownEvidence weighs a line by its words and its look; agrees means that the page names itself so.
func (r *reader) ownEvidence(i int, a agreement) (h head, agrees bool) {
	b := &r.d.blocks[i]
	h = head{headline: i, text: b.text}
	if a.share >= 0.3 {
		h.own += 6 * a.share
		h.why = "agrees with " + a.source
	}
	if b.level > 0 {
		h.own += [...]float64{2, 1.5, 1.2, 0.8, 0.6, 0.5}[min(b.level, 6)-1]
		h.why = joinWhy(h.why, "heading")
	}
	if b.size >= headlineSize {
		h.own += 1.5 + float64(min(b.size, 40)-headlineSize)/40
		h.why = joinWhy(h.why, "large letters")
	}
	if b.flags.has(isBold) {
		h.own += 0.8
		h.why = joinWhy(h.why, "bold")
	}
	if !r.heads.named && (h.own > 0 || r.nearFact(i)) {
		if s := r.heads.slugShare(b.text); s >= 0.5 {
			h.own += 4 * s
			h.why = joinWhy(h.why, "words of the address")
			agrees = s >= 0.8
		}
	}
	if h.own > 0 || r.nearFact(i) {
		h.own -= r.against(b)
	}
	return h, agrees || a.share >= 0.5
}

// against weighs what speaks against a line being the headline.
func (r *reader) against(b *block) float64 {
	sum := 0.0
	if b.flags.has(inAside) {
		sum += 2
	}
	if b.flags.has(inHeader) {
		sum += 0.5
	}
	if words := strings.Count(b.text, " ") + 1; words < 3 {
		sum += 0.5
		if words == 1 {
			sum += 0.5
		}
	}
	switch {
	case strings.HasSuffix(b.text, ":"):
		sum += 2
	case strings.HasSuffix(b.text, "."):
		sum++
	}
	if b.isLink() && len(b.anchors) > 0 {
		sum += r.linkAgainst(b)
	}
	return sum
}

// linkAgainst weighs where a linked line leads: to the page itself a headline may, elsewhere hardly.
func (r *reader) linkAgainst(b *block) float64 {
	t := r.target(&b.anchors[0])
	switch {
	case t == nil:
		return 1
	case t.self:
		return 0
	case t.shape == profile.ShapeHome:
		return 6 // the name of the site
	}
	return 4
}

// nearFact says whether a fact of a head stands within three lines.
func (r *reader) nearFact(i int) bool {
	for j := max(0, i-3); j <= i+3 && j < len(r.lines); j++ {
		if r.lines[j].kind.has(isPeriod | isSection | isVerdict) {
			return true
		}
	}
	return false
}

// repeated adds evidence to lines that stand on the page twice, as a headline often does beside its picture.
func (r *reader) repeated(found []head) []head {
	seen, twice := map[string]int{}, map[int]bool{}
	for i := range found {
		if first, ok := seen[found[i].text]; ok && !r.d.blocks[found[i].headline].flags.has(inCell) {
			if !twice[first] {
				twice[first] = true
				found[first].own += 1.5
				found[first].why = joinWhy(found[first].why, "printed twice")
			}
			continue
		}
		seen[found[i].text] = i
	}
	return found
}

// joinWhy puts reasons in one line.
func joinWhy(why, more string) string {
	if why == "" {
		return more
	}
	return why + ", " + more
}
