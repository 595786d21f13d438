package extract

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"infocus/extract/fold"
	"infocus/extract/profile"
)

// vocabulary holds the words that lines are looked up in, beside the phrases of the profile, and how all of them begin: most lines
// are none of them, and that has to be told cheaply.
type vocabulary struct {
	months       map[string]bool     // keys of the months of all editions
	web          map[string]lineKind // the usual phrases around articles, by key
	webStarts    starts              // how they begin
	phraseStarts starts              // how the profile's phrases begin
	notices      map[start][]string  // keys of words that notices begin with
	bylines      []rune              // first letters of byline words
	editions     []rune              // first letters of the names of editions
	siteName     string              // key of the site's name
}

// newVocabulary collects the words for a site.
func newVocabulary(p *profile.Profile) vocabulary {
	v := vocabulary{
		months: monthWords(p), web: lexiconOfWeb(), notices: noticesOfWeb(), phraseStarts: startsOfProfile(p), webStarts: starts{},
		siteName: fold.Key(p.Title),
	}
	for key := range v.web {
		v.webStarts.add(key)
	}
	for i := range p.Editions {
		v.bylines = append(v.bylines, firstLetters(p.Editions[i].Bylines)...)
		v.editions = append(v.editions, firstLetters(p.Editions[i].Names)...)
	}
	return v
}

// start is how a text begins: its first three letters, folded. It tells cheaply that a text is none of a set of phrases.
type start [3]rune

// startOf gives the start of a text, whatever signs and digits stand before and between the letters.
func startOf(text string) (s start) {
	n := 0
	for _, r := range text {
		if r < utf8.RuneSelf {
			switch {
			case 'a' <= r && r <= 'z':
			case 'A' <= r && r <= 'Z':
				r += 'a' - 'A'
			default:
				continue
			}
		} else if c := fold.Rune(r); r < 'Ѐ' || r > 'ҁ' {
			if r = c; !unicode.IsLetter(r) {
				continue
			}
		} else {
			r = c
		}
		s[n] = r
		if n++; n == len(s) {
			break
		}
	}
	return s
}

// starts collects the starts of phrases.
type starts map[start]bool

// add enters phrases.
func (s starts) add(phrases ...string) {
	for _, phrase := range phrases {
		s[startOf(phrase)] = true
	}
}

// startsOfProfile collects how the phrases begin that a profile has a meaning for.
func startsOfProfile(p *profile.Profile) starts {
	s := starts{}
	for i := range p.Editions {
		e := &p.Editions[i]
		s.add(e.Names...)
		s.add(e.Chrome...)
		s.add(e.Links.ViewAll...)
		s.add(e.Links.Next...)
		s.add(e.Links.Previous...)
		s.add(e.Links.ReadMore...)
		for j := range e.Sections {
			s.add(e.Sections[j].Words...)
		}
		for _, phrases := range e.Verdicts {
			s.add(phrases...)
		}
	}
	return s
}

// meaning looks a text up among the phrases of the profile.
func (e *Extractor) meaning(text string) (profile.Meaning, bool) {
	if !e.phraseStarts[startOf(text)] {
		return profile.Meaning{}, false
	}
	return e.profile.Meaning(text)
}

// firstLetters gives the folded letters that phrases begin with.
func firstLetters(phrases []string) []rune {
	var letters []rune
	for _, phrase := range phrases {
		if letter := startOf(phrase)[0]; letter != 0 && !slices.Contains(letters, letter) {
			letters = append(letters, letter)
		}
	}
	return letters
}

// startsWith says whether the first letter of a text is one of those; it is cheap.
func startsWith(letters []rune, text string) bool {
	for _, r := range text {
		if unicode.IsLetter(r) {
			return slices.Contains(letters, fold.Rune(r))
		}
	}
	return false
}
