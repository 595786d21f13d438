package diff

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"infocus/archive/diff/facts"
)

// Bounds of a minor change, in points: a word of grammar or a changed spelling counts one, any other word two.
const (
	maxMinorPoints = 6   // all changes of a sentence together: three words
	minMinorShare  = 3   // the sentence has at least this many times the points
	maxMinorTokens = 40  // of one change, marks included
	maxNameLookups = 200 // of a comparison; from then on, any word that could be a name counts as one
)

// classes weighs each difference. A change of spelling or of a few words is minor, unless it changes a fact.
func (ch change) classes() []Class {
	classes := make([]Class, len(ch.spans))
	points := 0
	for i, s := range ch.spans {
		if typoKey(ch.oldText(s)) == typoKey(ch.newText(s)) {
			classes[i] = Typographic
			continue
		}
		points += ch.points(s)
	}
	few := points <= maxMinorPoints && points*minMinorShare <= max(ch.allPoints(ch.old), ch.allPoints(ch.new))
	for i, s := range ch.spans {
		switch {
		case classes[i] == Typographic:
		case few && ch.isMinor(s):
			classes[i] = Minor
		default:
			classes[i] = Substantive
		}
	}
	return classes
}

// isMinor says of a difference of a few words that it changes no fact.
func (ch change) isMinor(s span) bool {
	if s.a1-s.a0 > maxMinorTokens || s.b1-s.b0 > maxMinorTokens || ch.renames(s) {
		return false
	}
	return !facts.Differ(ch.words(&ch.comparer.old, ch.old[s.a0:s.a1]), ch.words(&ch.comparer.new, ch.new[s.b0:s.b1]))
}

func (ch change) oldText(s span) string { return ch.comparer.old.textOf(ch.old[s.a0:s.a1]) }
func (ch change) newText(s span) string { return ch.comparer.new.textOf(ch.new[s.b0:s.b1]) }

// textOf gives the text from the first to the last of the tokens, which stand next to each other.
func (s *side) textOf(tokens []token) string {
	if len(tokens) == 0 {
		return ""
	}
	return s.text[tokens[0].from:tokens[len(tokens)-1].to]
}

// words gives the tokens as the search for facts wants them.
func (c *comparer) words(s *side, tokens []token) []facts.Word {
	words := make([]facts.Word, len(tokens))
	for i, t := range tokens {
		text := s.text[t.from:t.to]
		words[i] = facts.Word{Text: text, Opens: t.opens, Name: t.opens && c.isName(text)}
	}
	return words
}

// isName says whether a word that begins a sentence is known as a name, or stands with its capital inside a sentence.
func (c *comparer) isName(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r) && (facts.IsKnownName(word) ||
		c.stands(word, func(before rune) bool { return unicode.IsLetter(before) || before == ',' }))
}

// stands says whether a word stands in one of the texts after a blank and a sign that fits.
func (c *comparer) stands(word string, fits func(before rune) bool) bool {
	if c.lookups++; c.lookups > maxNameLookups {
		return false
	}
	for _, text := range []string{c.old.text, c.new.text} {
		for end := 0; ; {
			i := strings.Index(text[end:], " "+word)
			if i < 0 {
				break
			}
			before, _ := utf8.DecodeLastRuneInString(text[:end+i])
			end += i + 1 + len(word)
			if fits(before) && isWordEnd(text, end) {
				return true
			}
		}
	}
	return false
}

func isWordEnd(s string, i int) bool {
	if i >= len(s) {
		return true
	}
	_, word := wordRune(s, i)
	return !word
}

// renames says that the first word of a sentence gave way to quite another one, and one of them may be a name.
func (ch change) renames(s span) bool {
	if s.a0 == s.a1 || s.b0 == s.b1 || !ch.old[s.a0].opens || !ch.new[s.b0].opens {
		return false
	}
	from, to := ch.oldText(span{a0: s.a0, a1: s.a0 + 1}), ch.newText(span{b0: s.b0, b1: s.b0 + 1})
	if ch.old[s.a0].id == ch.new[s.b0].id || spelledAlike(from, to) {
		return false
	}
	seen := func(word string) bool { return ch.stands(word, func(rune) bool { return true }) }
	return facts.MayBeName(from, seen) || facts.MayBeName(to, seen)
}

// points weighs how many words a difference touches, on the side that has more.
func (ch change) points(s span) int {
	if s.a1-s.a0 == 1 && s.b1-s.b0 == 1 && spelledAlike(ch.oldText(s), ch.newText(s)) {
		return 1
	}
	return max(ch.sidePoints(&ch.comparer.old, ch.old[s.a0:s.a1]), ch.sidePoints(&ch.comparer.new, ch.new[s.b0:s.b1]))
}

func (ch change) sidePoints(s *side, tokens []token) int {
	points := 0
	for _, t := range tokens {
		switch ch.weights[t.id] {
		case weightMark:
		case weightShort:
			points++
		default:
			points += 2
			if isGrammar(strings.ToLower(s.text[t.from:t.to])) {
				points--
			}
		}
		if points > maxMinorPoints {
			break // enough to know
		}
	}
	return points
}

func (ch change) allPoints(tokens []token) int {
	points := 0
	for _, t := range tokens {
		points += int(ch.weights[t.id]+1) / 2
	}
	return points
}
