package profile

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"infocus/extract/fold"
)

// Use is a set of the things that words stand for on a site.
type Use uint16

// What words may stand for.
const (
	UseChrome Use = 1 << iota
	UseSection
	UseVerdict
	UseEdition // name of an edition, as on the link to it
	UseViewAll
	UseNext
	UsePrevious
	UseReadMore
)

// Has says whether u holds any of other.
func (u Use) Has(other Use) bool { return u&other != 0 }

// Meaning is what a whole block or link text stands for; words of every edition count on every page. Where two editions
// have the same words, the first one in the profile counts.
type Meaning struct {
	Use     Use
	Section *Section // with UseSection
	Edition *Edition // with UseEdition
	Trend   Trend    // with UseVerdict
	Owner   *Edition // edition whose words they are
}

// Meaning looks up a whole text: letter case, kinds of dash, look-alike letters and punctuation at either end do
// not count. It is cheap for a text that is too long to be a phrase.
func (p *Profile) Meaning(text string) (Meaning, bool) {
	l := &p.lexicon
	if len(text) <= 2*l.longest { // a letter takes no more than twice the bytes of its key
		var room [256]byte
		if m, ok := l.whole[string(fold.AppendKey(room[:0], text))]; ok {
			return m, true
		}
	}
	return l.beginning(text)
}

// FindVerdict finds a verdict's phrase inside a text ("Category status: - (The situation has improved)", or boxes glued
// together), giving its trend and its place in bytes. Long texts are prose and hold none.
func (p *Profile) FindVerdict(text string) (trend Trend, from, to int, ok bool) {
	if len(text) > maxVerdictText {
		return "", 0, 0, false
	}
	glued := true // words may begin here
	for i, r := range text {
		if glued || unicode.IsUpper(r) {
			if v, end := p.lexicon.verdictAt(text[i:]); end > 0 {
				return v, i, i + end, true
			}
		}
		glued = !unicode.IsLetter(r)
	}
	return "", 0, 0, false
}

// maxVerdictText bounds, in bytes, the texts that a verdict is looked for in: a line of boxes side by side.
const maxVerdictText = 600

// VerdictByReference gives the trend that an address or class stands for.
func (p *Profile) VerdictByReference(ref string) (Trend, bool) {
	for _, v := range p.VerdictReferences {
		if strings.Contains(ref, v.Contains) {
			return v.Trend, true
		}
	}
	return "", false
}

// Byline reads "By Name" or "Author: Name" and gives the name as printed; ok is false where text is no byline. A name is short
// and begins with a capital: "By contrast, ..." is none.
func (p *Profile) Byline(text string) (name string, ok bool) {
	text = strings.TrimSpace(text)
	for _, word := range p.lexicon.bylines[firstKey(text)] {
		rest, found := afterWord(text, word)
		if !found {
			continue
		}
		name = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(rest), ":"))
		if isName(name) {
			return name, true
		}
	}
	return "", false
}

// isName says whether text may be the names of people: few words, capitals, no digits, no sentence.
func isName(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	if len(text) > 160 || !unicode.IsUpper(first) || strings.ContainsAny(text, "0123456789:;!?") {
		return false
	}
	small := 0
	words := strings.Fields(text)
	for _, word := range words {
		r, _ := utf8.DecodeRuneInString(word)
		if !unicode.IsUpper(r) {
			small++
		}
	}
	return len(words) <= 12 && small*2 <= len(words)
}

// Caption says whether text is the credit of a picture: a caption word and a colon, at its beginning or, in a short text, after a
// description.
func (p *Profile) Caption(text string) bool {
	if len(text) > maxCaption {
		return false
	}
	text = strings.TrimSpace(text)
	for _, word := range p.lexicon.captions[firstKey(text)] {
		if rest, ok := afterWord(text, word); ok && isCredit(rest) {
			return true
		}
	}
	for i := strings.IndexByte(text, ':'); i > 0; i = nextColon(text, i) {
		word := lastWord(text[:i])
		if slices.Contains(p.lexicon.credits, fold.Key(word)) {
			return true
		}
	}
	return false
}

// maxCaption is the longest credit in bytes.
const maxCaption = 400

// isCredit says whether what follows a caption word names a source.
func isCredit(rest string) bool {
	rest = strings.TrimSpace(rest)
	return strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "©") || strings.HasPrefix(rest, "/") ||
		strings.HasPrefix(strings.ToLower(rest), "by ")
}

// nextColon gives the colon after the one at i, -1 where there is none.
func nextColon(text string, i int) int {
	j := strings.IndexByte(text[i+1:], ':')
	if j < 0 {
		return -1
	}
	return i + 1 + j
}

// lastWord gives the word that text ends with.
func lastWord(text string) string {
	text = strings.TrimRightFunc(text, unicode.IsSpace)
	return text[strings.LastIndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })+1:]
}

// afterWord gives what follows a word or phrase (as a key) at the beginning of text.
func afterWord(text, key string) (rest string, ok bool) {
	end, ok := fold.After(text, key)
	if !ok {
		return "", false
	}
	r, size := utf8.DecodeRuneInString(text[end:])
	return text[end:], size == 0 || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}
