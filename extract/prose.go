package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of prose, in bytes.
const (
	minProse     = 60  // with sentences
	minSentence  = 24  // one sentence that ends as such
	minUnmarked  = 240 // without an end that shows
	minLongProse = 120
)

// looksLikeProse says whether a block is a paragraph: sentences that end as such, mostly not links, no heading.
func looksLikeProse(b *block) bool {
	n := len(b.text)
	if n < minSentence || b.flags.has(isButton|inLabel) || 2*b.linked > n && b.isLink() {
		return false
	}
	words := strings.Count(b.text, " ") + 1
	if words < 4 {
		return false
	}
	ends := endsSentence(b.text)
	if b.level > 0 || b.size >= headlineSize {
		return ends && (n >= minProse && strings.Contains(b.text, ". ") || n >= minLongProse && strings.HasSuffix(b.text, "."))
	}
	switch {
	case ends:
		return n >= minProse || words >= 5
	default:
		return n >= minUnmarked
	}
}

// headlineSize is the size of letters from which a line looks like a headline, in pixels.
const headlineSize = 20

// endsSentence says whether text ends with the sign of a sentence's end, perhaps inside quotes or brackets, or with a note's
// number behind it.
func endsSentence(text string) bool {
	for text != "" {
		r, size := utf8.DecodeLastRuneInString(text)
		switch r {
		case '.', '!', '?', '…', ':', ';':
			return true
		case '"', '”', '»', '’', '\'', ')', ']', '“', '*', ' ':
			text = text[:len(text)-size]
			continue
		}
		if unicode.IsDigit(r) {
			text = text[:len(text)-size]
			if strings.HasSuffix(text, "[") || strings.HasSuffix(text, ".") {
				continue
			}
		}
		return false
	}
	return false
}
