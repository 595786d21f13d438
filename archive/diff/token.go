package diff

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word, a number or a single mark of a text; everything but the white space between is part of one.
type token struct {
	id       int32 // the same for the same spelling, in both texts
	from, to int32 // bytes of the text
	sep      sep   // what stands before it
	opens    bool  // first word of its sentence
}

// sep is what stands between two tokens, sentences or paragraphs.
type sep uint8

const (
	glued sep = iota
	blank
	parted // a paragraph break
)

func (s sep) String() string {
	switch s {
	case blank:
		return " "
	case parted:
		return paragraphBreak
	}
	return ""
}

// size gives the bytes of the separator.
func (s sep) size() int { return len(s.String()) }

// Weights of tokens in comparing: what carries little meaning counts little.
const (
	weightMark  = 0
	weightShort = 1 // words of up to three letters, most of them words of grammar
	weightWord  = 4 // longer words, and numbers
)

// vocabulary numbers the tokens of both texts of a comparison.
type vocabulary struct {
	ids     map[string]int32
	weights []int32 // by id
}

// newVocabulary makes room for what a text of so many bytes may hold.
func newVocabulary(size int) vocabulary {
	expected := size / (4 * bytesPerToken)
	return vocabulary{ids: make(map[string]int32, expected), weights: make([]int32, 0, expected)}
}

func (v *vocabulary) id(word string) int32 {
	if id, ok := v.ids[word]; ok {
		return id
	}
	id := int32(len(v.weights)) //nolint:gosec // bounded by the length of the text
	v.ids[word] = id
	v.weights = append(v.weights, weightOf(word))
	return id
}

func weightOf(word string) int32 {
	r, _ := utf8.DecodeRuneInString(word)
	switch {
	case unicode.IsDigit(r):
		return weightWord
	case !unicode.IsLetter(r) && !unicode.IsMark(r):
		return weightMark
	case utf8.RuneCountInString(word) <= 3:
		return weightShort
	}
	return weightWord
}

// appendTokens appends the tokens of text[from:to], one sentence, to dst; before stands before its first token.
func (v *vocabulary) appendTokens(dst []token, text string, from, to int, before sep) []token {
	opens := true
	for i := from; i < to; {
		if text[i] == ' ' {
			before = blank
			i++
			continue
		}
		end, word := scanToken(text[:to], i)
		dst = append(dst, token{
			id: v.id(text[i:end]), from: int32(i), to: int32(end), //nolint:gosec // texts are far below 2 GB
			sep: before, opens: opens && word,
		})
		opens = opens && !word
		before = glued
		i = end
	}
	return dst
}

// scanToken gives the end of the token that begins at byte i and says whether it is a word or number.
func scanToken(s string, i int) (end int, word bool) {
	size, letter := wordRune(s, i)
	i += size
	if !letter {
		return i, false
	}
	for i < len(s) {
		if size, letter = wordRune(s, i); letter {
			i += size
			continue
		}
		if size = joint(s, i); size == 0 {
			break
		}
		i += size
	}
	return i, true
}

// wordRune gives the length of the rune at byte i and says whether it is part of words: a letter, digit, mark, or a sign
// of no width between letters.
func wordRune(s string, i int) (size int, word bool) {
	if c := s[i]; c < utf8.RuneSelf {
		return 1, 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	if isCyrillic(r) {
		return size, r != '҂'
	}
	return size, unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || unicode.Is(unicode.Cf, r)
}

// joint gives the length of a sign that joins what stands on both sides into one word: an apostrophe between letters, a
// stop, comma or colon between digits. Zero where there is none.
func joint(s string, i int) int {
	size := 1
	switch c := s[i]; {
	case c == '.' || c == ',' || c == ':':
		if isDigitAt(s, i-1) && i+1 < len(s) && isDigitAt(s, i+1) {
			return size
		}
		return 0
	case c == '\'':
	case c == 0xe2 && strings.HasPrefix(s[i:], "’"):
		size = len("’")
	default:
		return 0
	}
	if i+size >= len(s) {
		return 0
	}
	if _, letter := wordRune(s, i+size); !letter {
		return 0
	}
	return size
}

func isDigitAt(s string, i int) bool { return '0' <= s[i] && s[i] <= '9' }

// countWords counts the words and numbers of s, cut as tokens are.
func countWords(s string) int {
	n := 0
	for i := 0; i < len(s); {
		end, word := scanToken(s, i)
		if word {
			n++
		}
		i = end
	}
	return n
}
