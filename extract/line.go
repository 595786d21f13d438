package extract

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"infocus/extract/period"
	"infocus/extract/profile"
)

// lineKind is a set of what a block may stand for.
type lineKind uint32

const (
	isPeriod    lineKind = 1 << iota // a range of days and nothing else
	isUndated                        // with isPeriod: no year is printed
	isSection                        // words of a section
	isVerdict                        // a verdict's phrase
	isEdition                        // name of an edition
	isPhrase                         // a chrome phrase of the site
	isEnder                          // words that begin what follows an article on any site
	isOddment                        // words of buttons and counters on any site
	isStamp                          // a date or time and nothing else
	isCredit                         // credit of a picture
	isByline                         // "By Name"
	isElsewhere                      // a link to another page of the site, in words long enough to be a headline
	isProse                          // a paragraph of sentences
	isNetwork                        // name of a social network; an oddment where it is linked
)

// has says whether k holds any of other.
func (k lineKind) has(other lineKind) bool { return k&other != 0 }

// isChromeWords are the kinds that no text of an article is of.
const isChromeWords = isPhrase | isEnder | isOddment

// line is what is known of a block by its words.
type line struct {
	kind lineKind
	fact int // with isPeriod: place in reader.ranges; with isVerdict: in reader.verdicts
}

// verdict is a trend and the words that say so.
type verdict struct {
	trend profile.Trend
	words string
}

// reader reads one page.
type reader struct {
	e     *Extractor
	d     *document
	t     *trace
	id    string // of the page, "" where its address gives none
	lines []line // one for each block
	heads *headings

	ranges   []period.Range
	verdicts []verdict
	found    int     // place in document.ranges that was reached
	box      leadBox // asked last
}

// rangeOf gives the range that line i, an isPeriod, is.
func (r *reader) rangeOf(i int) *period.Range { return &r.ranges[r.lines[i].fact] }

// shownBy gives the verdict that line i, an isVerdict, shows.
func (r *reader) shownBy(i int) verdict { return r.verdicts[r.lines[i].fact] }

// setRange makes a line a period.
func (r *reader) setRange(l *line, rng period.Range) {
	l.kind |= isPeriod
	if !rng.HasYear {
		l.kind |= isUndated
	}
	l.fact = len(r.ranges)
	r.ranges = append(r.ranges, rng)
}

// setVerdict makes a line a verdict.
func (r *reader) setVerdict(l *line, v verdict) {
	l.kind |= isVerdict
	l.fact = len(r.verdicts)
	r.verdicts = append(r.verdicts, v)
}

// newReader tells what each block of the page stands for.
func (e *Extractor) newReader(d *document, t *trace) *reader {
	r := &reader{e: e, d: d, t: t, lines: slices.Grow(d.memory.lines, len(d.blocks))[:len(d.blocks)]}
	d.memory.lines = r.lines
	r.id, _ = e.idOf(d.addr)
	r.hideChrome()
	for i := range d.blocks {
		if !d.blocks[i].flags.has(isHidden) {
			r.classify(i)
		}
	}
	return r
}

// maxLine bounds the blocks that can be a line of a head, in bytes; longer ones are prose or nothing.
const maxLine = 480

// classify tells what block i stands for.
func (r *reader) classify(i int) {
	b, l := &r.d.blocks[i], &r.lines[i]
	r.known(b, l)
	if l.kind != 0 {
		return
	}
	if len(b.text) <= maxLine {
		r.short(b, l)
	}
	if !l.kind.has(isChromeWords|isCredit|isByline|isPeriod|isStamp|isElsewhere) && looksLikeProse(b) {
		l.kind |= isProse
	}
}

// known takes over what the phrases of the profile say.
func (r *reader) known(b *block, l *line) {
	if !b.hasMeans {
		return
	}
	use := b.means.Use
	if use.Has(profile.UseSection) {
		l.kind |= isSection
	}
	if use.Has(profile.UseVerdict) {
		r.setVerdict(l, r.verdictIn(b))
	}
	if use.Has(profile.UseEdition) {
		l.kind |= isEdition
	}
	switch {
	case use.Has(profile.UseReadMore) && opensText(b):
		l.kind |= isOddment
	case use.Has(profile.UseChrome | profile.UseViewAll | profile.UseReadMore | profile.UseNext | profile.UsePrevious):
		l.kind |= isPhrase
	}
}

// opensText says whether "Read more" shows the rest of this text and leads to no other page: a summary, a button, a link within the page.
func opensText(b *block) bool {
	if b.flags.has(isButton) || b.node.DataAtom == atom.Summary {
		return true
	}
	for i := range b.anchors {
		if href := b.anchors[i].href; href != "" && href[0] != '#' && !strings.HasPrefix(href, "javascript:") {
			return false
		}
	}
	return len(b.anchors) > 0
}

// verdictIn gives the words of a verdict without the signs around them.
func (r *reader) verdictIn(b *block) verdict {
	if trend, from, to, ok := r.e.profile.FindVerdict(b.text); ok {
		return verdict{trend, b.text[from:to]}
	}
	return verdict{b.means.Trend, strings.TrimFunc(b.text, isVerdictFrame)}
}

// isVerdictFrame names the signs around a verdict: "- (The situation has improved)".
func isVerdictFrame(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// short looks a short block up by the forms of its words.
func (r *reader) short(b *block, l *line) {
	signs := signsOf(b.text)
	if r.isDateOrVerdict(b, l, signs) {
		return
	}
	if kind := r.e.webWords(b); kind != 0 {
		l.kind = kind
		return
	}
	if (len(b.segs) > 1 || signs != 0) && len(b.text) <= maxFact && r.e.phraseStarts[startOf(b.text)] && r.isRowOfPhrases(b) {
		l.kind = isPhrase
		return
	}
	if (signs.has(signColon|signCredit) || strings.Contains(b.text, " by ")) && r.e.profile.Caption(b.text) {
		l.kind |= isCredit
	}
	if len(b.text) <= maxFact && startsWith(r.e.bylines, b.text) {
		if _, ok := r.e.profile.Byline(b.text); ok {
			l.kind |= isByline
		}
	}
	if r.elsewhere(b) {
		l.kind |= isElsewhere
	}
}

// isDateOrVerdict finds a range of days, a date or a verdict behind a label.
func (r *reader) isDateOrVerdict(b *block, l *line, signs textSigns) bool {
	if signs.has(signDigit) && len(b.text) <= maxFact {
		if rng, ok := r.rangeOfBlock(b); ok {
			r.setRange(l, rng)
			return true
		}
		if r.e.isStampText(b.text) {
			l.kind = isStamp
			return true
		}
	}
	if signs.has(signColon | signBracket) {
		if v, ok := r.labelledVerdict(b.text); ok {
			r.setVerdict(l, v)
			return true
		}
	}
	return false
}

// isRowOfPhrases says whether a block is several chrome phrases or names of editions in a row: "EN BE/RU", "Share: Print".
func (r *reader) isRowOfPhrases(b *block) bool {
	known := 0
	for i := range b.segs {
		from, to := max(b.segs[i].from, b.from), min(b.segs[i].to, b.to)
		for part := range strings.FieldsFuncSeq(r.d.text[from:to], isPartingPhrase) {
			if part = strings.TrimSpace(part); onlySigns(part) {
				continue
			}
			if _, ok := r.e.meaning(part); !ok {
				return false
			}
			known++
		}
	}
	return known > 1
}

// isPartingPhrase names the signs between phrases of a row.
func isPartingPhrase(c rune) bool {
	return c != ' ' && c != '/' && isParting(c) || c == ':' || c == ',' || c == ';'
}

// textSigns is a set of signs that a text holds, found in one pass, to spare what needs them.
type textSigns uint8

const (
	signDigit textSigns = 1 << iota
	signColon
	signBracket
	signCredit // "/" or "©"
)

// has says whether s holds any of other.
func (s textSigns) has(other textSigns) bool { return s&other != 0 }

// signsOf gives the signs of a text.
func signsOf(text string) (s textSigns) {
	for i := range len(text) {
		switch c := text[i]; {
		case '0' <= c && c <= '9':
			s |= signDigit
		case c == ':':
			s |= signColon
		case c == '(':
			s |= signBracket
		case c == '/', c == 0xa9:
			s |= signCredit
		}
	}
	return s
}

// findPeriod reads a text that is a range, perhaps behind a label, and nothing else.
func (e *Extractor) findPeriod(text string) (period.Range, bool) {
	if len(text) > maxFact {
		return period.Range{}, false
	}
	rng, ok := e.rangeIn(text)
	return rng, ok && e.isWholeRange(text, &rng)
}

// isWholeRange says whether a text holds nothing but a range, perhaps behind a label.
func (e *Extractor) isWholeRange(text string, rng *period.Range) bool {
	if !onlySigns(text[rng.To:]) || !(onlySigns(text[:rng.From]) || isLabel(text[:rng.From])) {
		return false
	}
	_, chrome := e.meaning(text[:rng.From])
	return !chrome
}

// foundRange is what was found when a block was looked at for the first time.
type foundRange struct {
	from, to int // the block's place in document.text
	rng      period.Range
	ok       bool
}

// rangeOfBlock reads a block that is a range, perhaps behind a label, and nothing else. Blocks are asked in page order.
func (r *reader) rangeOfBlock(b *block) (period.Range, bool) {
	for r.found < len(r.d.ranges) && r.d.ranges[r.found].from < b.from {
		r.found++
	}
	if r.found < len(r.d.ranges) {
		if f := &r.d.ranges[r.found]; f.from == b.from && f.to == b.to {
			return f.rng, f.ok && r.e.isWholeRange(b.text, &f.rng)
		}
	}
	return r.e.findPeriod(b.text)
}

// rangeIn finds the first range in a short text.
func (e *Extractor) rangeIn(text string) (period.Range, bool) {
	if !hasDigit(text) {
		return period.Range{}, false
	}
	return e.profile.Periods().Find(text)
}

// labelledVerdict reads a verdict behind a label: "Category status: - (The situation has improved)".
func (r *reader) labelledVerdict(text string) (verdict, bool) {
	if len(text) > maxFact {
		return verdict{}, false
	}
	trend, from, to, ok := r.e.profile.FindVerdict(text)
	if !ok || !onlySigns(text[to:]) || len(text[:from]) > maxLabel {
		return verdict{}, false
	}
	label := strings.TrimRight(text[:from], " (-–—")
	if !onlySigns(label) && !isLabel(label) {
		if _, known := r.e.meaning(label); !known {
			return verdict{}, false
		}
	}
	return verdict{trend, text[from:to]}, true
}

// elsewhere says whether all words of a block link to another page of the site, and are enough to be its headline.
func (r *reader) elsewhere(b *block) bool {
	if !b.isLink() || len(b.anchors) == 0 || len(b.text) < 16 || strings.Count(b.text, " ") < 2 {
		return false
	}
	t := r.target(&b.anchors[0])
	return t != nil && !t.self && t.shape != profile.ShapeHome
}

// target gives the address of the site that a link leads to, nil where it leads to another site.
func (r *reader) target(a *anchor) *target {
	s := r.e.survey(r.d)
	if i := s.find(a.href); i != noTarget {
		return &s.targets[i]
	}
	return nil
}
