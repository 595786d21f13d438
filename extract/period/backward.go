package period

import (
	"time"
	"unicode"
	"unicode/utf8"

	"infocus/extract/fold"
)

// backward reads a text from at back to from. A method that fails leaves at as it is.
type backward struct {
	text     string
	from, at int
}

// space gives the last place at or before i that has no white space before it.
func (b *backward) space(i int) int {
	for i > b.from {
		r, size := utf8.DecodeLastRuneInString(b.text[b.from:i])
		if !fold.IsSpace(r) {
			break
		}
		i -= size
	}
	return i
}

// mayEndSide sorts out most dashes of prose ("Major-General") at little cost: a date ends with a digit or a full stop, or with the
// name of a month, an ordinal ending or the word for a year.
func (b *backward) mayEndSide(g *Grammar) bool {
	i := b.space(b.at)
	if i == b.from {
		return false
	}
	if c := b.text[i-1]; isDigit(c) || c == '.' {
		return true
	}
	word := lastLetters(b.text[b.from:i])
	if word == "" || isOrdinal(word) || isYearWord(word) {
		return word != ""
	}
	_, ok := b.month(g)
	b.at = i
	return ok
}

// isYearWord says whether word is the Russian and Belarusian word after a year.
func isYearWord(word string) bool { return word == "г" || word == "года" }

// skip passes one sign, white space after it included.
func (b *backward) skip(sign byte) {
	if i := b.space(b.at); i > b.from && b.text[i-1] == sign {
		b.at = i - 1
	}
}

// digits reads up to four digits that end at i.
func (b *backward) digits(i int) (value, start int) {
	scale := 1
	for start = i; start > b.from && isDigit(b.text[start-1]); start-- {
		if i-start == 4 {
			return 0, i
		}
		value += scale * int(b.text[start-1]-'0')
		scale *= 10
	}
	return value, start
}

// year reads four digits of a plausible year.
func (b *backward) year() (int, bool) {
	i := b.space(b.at)
	value, start := b.digits(i)
	if i-start != 4 || !plausible(value) {
		return 0, false
	}
	b.at = start
	return value, true
}

// yearWord passes the Russian and Belarusian word after a year ("г.", "года").
func (b *backward) yearWord() {
	i := b.space(b.at)
	if i > b.from && b.text[i-1] == '.' {
		i = b.space(i - 1)
	}
	word := lastLetters(b.text[b.from:i])
	if !isYearWord(word) {
		return
	}
	if j := b.space(i - len(word)); j > b.from && isDigit(b.text[j-1]) {
		b.at = j
	}
}

// day reads one or two digits, with an ordinal ending or a full stop after them or none. The end of a longer number, of
// a time or of a fraction is no day.
func (b *backward) day() (int, bool) {
	i := b.space(b.at)
	if i > b.from && b.text[i-1] == '.' {
		i = b.space(i - 1)
	}
	if word := lastLetters(b.text[b.from:i]); isOrdinal(word) {
		i = b.space(i - len(word))
	}
	value, start := b.digits(i)
	if start == i || i-start > 2 || value < 1 || value > 31 {
		return 0, false
	}
	if start > b.from && b.text[start-1] == ':' {
		return 0, false
	}
	if start > b.from+1 && (b.text[start-1] == '.' || b.text[start-1] == ',') && isDigit(b.text[start-2]) {
		return 0, false
	}
	b.at = start
	return value, true
}

// word passes a given word.
func (b *backward) word(want string) {
	i := b.space(b.at)
	if word := lastLetters(b.text[b.from:i]); len(word) == len(want) && fold.Key(word) == want {
		b.at = i - len(word)
	}
}

// month reads the name of a month; what is glued before it ends with a small letter ("byDecember").
func (b *backward) month(g *Grammar) (time.Month, bool) {
	i := b.space(b.at)
	word := lastLetters(b.text[b.from:i])
	if month, ok := g.month(word); ok {
		b.at = i - len(word)
		return month, true
	}
	word = word[lastCapital(word):]
	month, ok := g.month(word)
	if ok {
		b.at = i - len(word)
	}
	return month, ok
}

// lastLetters gives the run of letters that s ends with.
func lastLetters(s string) string {
	for i := len(s); i > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		if !isWordRune(r) {
			return s[i:]
		}
		i -= size
	}
	return s
}

// lastCapital gives the place of the last capital after a small letter.
func lastCapital(word string) int {
	place, small := 0, false
	for i, r := range word {
		if small && unicode.IsUpper(r) {
			place = i
		}
		small = unicode.IsLower(r)
	}
	return place
}
