package profile

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"infocus/extract/fold"
)

// lexicon holds every phrase of a profile by its key.
type lexicon struct {
	whole      map[string]Meaning
	longest    int                   // key of whole, in bytes
	beginnings map[rune][]string     // keys of chrome phrases that go on, by their first rune
	verdicts   map[rune][]verdictKey // by first rune, longest first
	bylines    map[rune][]string     // keys, by first rune
	captions   map[rune][]string     // keys, by first rune
	credits    []string              // the same keys as captions, in order
}

// verdictKey is a verdict's phrase.
type verdictKey struct {
	key   string
	trend Trend
}

// build enters the phrases of every edition.
func (p *Profile) buildLexicon() {
	l := &p.lexicon
	l.whole, l.beginnings, l.verdicts = map[string]Meaning{}, map[rune][]string{}, map[rune][]verdictKey{}
	l.bylines, l.captions = map[rune][]string{}, map[rune][]string{}
	for i := range p.Editions {
		l.edition(&p.Editions[i])
	}
}

// edition enters the phrases of one edition.
func (l *lexicon) edition(e *Edition) {
	for i := range e.Sections {
		l.add(e.Sections[i].Words, Meaning{Use: UseSection, Section: &e.Sections[i], Owner: e})
	}
	for _, trend := range [...]Trend{Better, Worse, Unchanged} {
		for _, phrase := range e.Verdicts[trend] {
			l.verdict(fold.Key(phrase), trend)
		}
		l.add(e.Verdicts[trend], Meaning{Use: UseVerdict, Trend: trend, Owner: e})
	}
	l.add(e.Names, Meaning{Use: UseEdition, Edition: e, Owner: e})
	l.add(e.Links.ViewAll, Meaning{Use: UseViewAll, Owner: e})
	l.add(e.Links.Next, Meaning{Use: UseNext, Owner: e})
	l.add(e.Links.Previous, Meaning{Use: UsePrevious, Owner: e})
	l.add(e.Links.ReadMore, Meaning{Use: UseReadMore, Owner: e})
	for _, phrase := range e.Chrome {
		if begin, ok := cutDots(phrase); ok {
			addFirst(l.beginnings, fold.Key(begin))
			continue
		}
		l.add([]string{phrase}, Meaning{Use: UseChrome, Owner: e})
	}
	for _, word := range e.Bylines {
		addFirst(l.bylines, fold.Key(word))
	}
	for _, word := range e.Captions {
		key := fold.Key(word)
		addFirst(l.captions, key)
		l.credits = append(l.credits, key)
	}
}

// cutDots takes the dots off a phrase that is only the beginning of a text.
func cutDots(phrase string) (string, bool) {
	if begin, ok := strings.CutSuffix(phrase, "..."); ok {
		return begin, true
	}
	return strings.CutSuffix(phrase, "…")
}

// add enters phrases; words that have a meaning already get the further use.
func (l *lexicon) add(phrases []string, m Meaning) {
	for _, phrase := range phrases {
		key := fold.Key(phrase)
		old, taken := l.whole[key]
		if !taken {
			l.whole[key] = m
			l.longest = max(l.longest, len(key))
			continue
		}
		old.Use |= m.Use
		if old.Section == nil {
			old.Section = m.Section
		}
		if old.Edition == nil {
			old.Edition = m.Edition
		}
		if old.Trend == "" {
			old.Trend = m.Trend
		}
		l.whole[key] = old
	}
}

// verdict enters a phrase to be found inside texts.
func (l *lexicon) verdict(key string, trend Trend) {
	first, _ := utf8.DecodeRuneInString(key)
	list := l.verdicts[first]
	i := 0
	for i < len(list) && len(list[i].key) >= len(key) {
		i++
	}
	list = append(list, verdictKey{})
	copy(list[i+1:], list[i:])
	list[i] = verdictKey{key, trend}
	l.verdicts[first] = list
}

// addFirst enters a key by its first rune.
func addFirst(keys map[rune][]string, key string) {
	first, _ := utf8.DecodeRuneInString(key)
	keys[first] = append(keys[first], key)
}

// firstKey gives the first rune of a text as keys have it.
func firstKey(text string) rune {
	first, _ := utf8.DecodeRuneInString(text)
	return fold.Rune(first)
}

// beginning says whether text begins as a chrome phrase that goes on.
func (l *lexicon) beginning(text string) (Meaning, bool) {
	for _, key := range l.beginnings[firstKey(text)] {
		if _, ok := fold.After(text, key); ok {
			return Meaning{Use: UseChrome}, true
		}
	}
	return Meaning{}, false
}

// verdictAt gives the longest verdict that text begins with and its end; a phrase ends where its last word does.
func (l *lexicon) verdictAt(text string) (Trend, int) {
	for _, v := range l.verdicts[firstKey(text)] {
		end, ok := fold.After(text, v.key)
		if !ok {
			continue
		}
		if r, size := utf8.DecodeRuneInString(text[end:]); size == 0 || !unicode.IsLower(r) {
			return v.trend, end
		}
	}
	return "", 0
}
