package diff

import (
	"slices"
	"strings"
	"unicode"
)

// Phrase is a phrase made ready for searching. Letter case, white space, paragraph breaks, punctuation, quotes, dashes and
// the Unicode form make no difference; words count whole, and a word that ends in "*" stands for all that begin so.
type Phrase struct {
	words []string
	open  []bool // the word ended in "*"
}

// NewPhrase makes a phrase ready; one without a letter or digit is found nowhere.
func NewPhrase(s string) Phrase {
	var p Phrase
	s = foldLine(s)
	scanWords(s, func(word string, end int) bool {
		p.words = append(p.words, word)
		p.open = append(p.open, strings.HasPrefix(s[end:], "*"))
		return true
	})
	return p
}

// In says whether headline, lead or body of v hold the phrase. It may run over from the lead to the body, not from the
// headline to the lead.
func (p Phrase) In(v Version) bool {
	return p.inText(foldLine(v.Headline)) || p.inText(Text(v.Lead, v.Body))
}

// Holds says whether headline, lead or body of v hold the phrase.
func Holds(v Version, phrase string) bool { return NewPhrase(phrase).In(v) }

// inText looks for the phrase in a text that is in NFC. partial holds how many words of the phrase end before the next word
// of the text, for each place where it may have begun.
func (p Phrase) inText(text string) bool {
	if len(p.words) == 0 {
		return false
	}
	var partial []int
	found := false
	scanWords(text, func(word string, _ int) bool {
		partial = append(partial, 0)
		kept := partial[:0]
		for _, n := range partial {
			if p.matches(n, word) {
				kept = append(kept, n+1)
			}
		}
		partial = kept
		found = slices.Contains(partial, len(p.words))
		return !found
	})
	return found
}

func (p Phrase) matches(n int, word string) bool {
	if p.open[n] {
		return strings.HasPrefix(word, p.words[n])
	}
	return word == p.words[n]
}

// scanWords calls yield with each word of s, folded, and the byte after it, until yield says to stop.
func scanWords(s string, yield func(word string, end int) bool) {
	for i := 0; i < len(s); {
		end, word := scanToken(s, i)
		if word && !yield(foldWord(s[i:end]), end) {
			return
		}
		i = end
	}
}

// foldWord folds case, apostrophes, signs of no width, and Cyrillic letters that look like Latin ones.
func foldWord(word string) string {
	if strings.IndexFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }) < 0 {
		return word
	}
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case r == '’' || r == 'ʼ':
			return '\''
		}
		if r = unicode.ToLower(r); isCyrillic(r) {
			r = latinTwin(r)
		}
		return r
	}, word)
}
