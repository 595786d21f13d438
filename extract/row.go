package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"infocus/extract/period"
	"infocus/extract/profile"
)

// trimParting takes blanks and parting signs off both ends of a place in text.
func trimParting(text string, from, to int) (int, int) {
	s := text[from:to]
	short := strings.TrimLeftFunc(s, isParting)
	from = to - len(short)
	return from, from + len(strings.TrimRightFunc(short, isParting))
}

// isParting names the signs that stand between facts of a row.
func isParting(r rune) bool {
	switch r {
	case ' ', '|', '·', '•', '/', '›', '»', '→', '¦', '∙', '⋅', '●', '■', '►':
		return true
	}
	return false
}

// useFact are the meanings that stand at the head of an article. The name of an edition alone makes no row: "By" is one too.
const useFact = profile.UseSection | profile.UseVerdict | profile.UseEdition

// isFact says whether text is a period, a verdict, a section or the name of an edition.
func (e *Extractor) isFact(text string) bool {
	if len(text) > maxFact {
		return false
	}
	if m, ok := e.meaning(text); ok && m.Use.Has(useFact) {
		return true
	}
	_, ok := e.findPeriod(text)
	return ok
}

// onlySigns says whether text has neither letter nor digit.
func onlySigns(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0
}

// maxLabel bounds the words before a colon that name a field, in bytes.
const maxLabel = 48

// isLabel says whether text names the field behind it: "Period:".
func isLabel(text string) bool {
	text = strings.TrimSpace(text)
	return len(text) <= maxLabel && strings.HasSuffix(text, ":") && strings.Count(text, " ") < 4
}

// rowCuts parts one run of text: a range with known words, or words behind a sign or without a space, on either side; a fact behind
// its label; facts with signs between.
func (e *Extractor) rowCuts(d *document, text string, offset int) []int {
	signs := rowSignsOf(text)
	if signs.digit {
		r, ok := e.rangeIn(text)
		d.ranges = append(d.ranges, foundRange{from: offset, to: offset + len(text), rng: r, ok: ok})
		if ok && (r.From > 0 || r.To < len(text)) {
			return e.rangeCuts(text, offset, r)
		}
	}
	if at := signs.colon; at > 0 && at < maxLabel && isLabel(text[:at+1]) && e.isFact(text[at+1:]) {
		return []int{offset + at + 1}
	}
	if signs.parting {
		return e.signCuts(text, offset)
	}
	return nil
}

// rowSigns is what a text holds of the signs that a row can be told by.
type rowSigns struct {
	digit   bool
	parting bool // may hold a sign that parts
	colon   int  // place of the first one, -1 without one
}

// rowSignsOf finds the signs of a text in one pass.
func rowSignsOf(text string) rowSigns {
	s := rowSigns{colon: -1}
	for i := range len(text) {
		switch c := text[i]; {
		case '0' <= c && c <= '9':
			s.digit = true
		case c == ':' && s.colon < 0:
			s.colon = i
		case c == '|' || c == '/' || c == 0xc2:
			s.parting = true
		case c == 0xe2: // first byte of the other parting signs, and of dashes and quotes, which go on with 0x80
			s.parting = s.parting || i+1 < len(text) && (text[i+1] != 0x80 || i+2 < len(text) && text[i+2] >= 0xa2)
		}
	}
	return s
}

// rangeCuts parts what stands beside a range, and the facts that stand there side by side.
func (e *Extractor) rangeCuts(text string, offset int, r period.Range) []int {
	before := e.sideCuts(text[:r.From], offset)
	if before != nil || e.sideFact(text[:r.From], false) {
		before = append(before, offset+r.From)
	}
	after := e.sideCuts(text[r.To:], offset+r.To)
	if after != nil || e.sideFact(text[r.To:], true) {
		before = append(before, offset+r.To)
	}
	return append(before, after...)
}

// sideCuts parts the words on one side of a range where each of several parts between signs is a fact, but for one at most: "| Security
// issues | The situation got worse".
func (e *Extractor) sideCuts(words string, offset int) []int {
	var cuts []int
	facts, others, at := 0, 0, 0
	part := func(to int) {
		switch bare := strings.TrimFunc(words[at:to], isPartingFact); {
		case onlySigns(bare):
		case e.isFact(bare):
			facts++
		default:
			others++
		}
	}
	for i, size := nextParting(words, 0); size > 0; i, size = nextParting(words, i+size) {
		part(i)
		cuts = append(cuts, offset+i)
		at = i + size
	}
	part(len(words))
	if facts < 1 || facts+others < 2 || others > 1 {
		return nil
	}
	return cuts
}

// nextParting finds the next sign at or after i that may part two facts, a dash only where blanks stand around it; its size is 0 where
// there is none.
func nextParting(words string, i int) (at, size int) {
	for k, r := range words[i:] {
		k += i
		switch n := utf8.RuneLen(r); {
		case r == ' ':
		case isParting(r):
			return k, n
		case isPartingFact(r) && k > 0 && words[k-1] == ' ' && k+n < len(words) && words[k+n] == ' ':
			return k, n
		}
	}
	return len(words), 0
}

// isPartingFact names the signs that stand between facts beside a range: the parting ones and dashes.
func isPartingFact(r rune) bool { return isParting(r) || r == '-' || r == '–' || r == '—' }

// sideFact says whether the words beside a range are a fact of their own.
func (e *Extractor) sideFact(words string, after bool) bool {
	bare := strings.TrimFunc(words, isParting)
	if onlySigns(bare) {
		return false
	}
	if m, ok := e.meaning(bare); ok && m.Use.Has(useFact) {
		return true
	}
	if !after {
		return false
	}
	first, _ := utf8.DecodeRuneInString(words)
	return unicode.IsUpper(first) || (first != ' ' && isParting(first) || strings.HasPrefix(words, " ") && len(words) > 1 && strings.IndexFunc(words[1:2], isParting) == 0) && startsFact(bare)
}

// signCuts parts facts that have signs between them.
func (e *Extractor) signCuts(text string, offset int) []int {
	var cuts []int
	facts, at := 0, 0
	for i, r := range text {
		if r == ' ' || !isParting(r) {
			continue
		}
		if e.isFact(strings.TrimFunc(text[at:i], isParting)) {
			facts++
		}
		cuts = append(cuts, offset+i)
		at = i
	}
	if e.isFact(strings.TrimFunc(text[at:], isParting)) {
		facts++
	}
	if _, whole := e.meaning(text); whole || facts < 2 {
		return nil
	}
	return cuts
}
