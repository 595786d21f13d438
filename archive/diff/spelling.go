package diff

import (
	"strings"
	"unicode"
)

// typoKey is the same for texts that differ in typography only: kinds of quotes, of dashes and of spaces, blanks beside
// marks, the ellipsis, signs of no width, and Cyrillic letters that look like Latin ones.
func typoKey(s string) string {
	if isPlain(s) {
		return s
	}
	s = signs.Replace(s)
	var b strings.Builder
	b.Grow(len(s))
	runes := []rune(s)
	for i, r := range runes {
		switch {
		case unicode.IsSpace(r):
			if i > 0 && i+1 < len(runes) && isWordSign(runes[i-1]) && isWordSign(runes[i+1]) && !groupsDigits(runes, i) {
				b.WriteByte(' ')
			}
		case unicode.Is(unicode.Cf, r):
		default:
			b.WriteRune(typoRune(r))
		}
	}
	return b.String()
}

// signs turns signs written with several characters into one; it is never changed.
var signs = strings.NewReplacer("...", "…", "--", "-", "''", `"`, "``", `"`, ",,", `"`)

// isPlain says that s is its own key: Latin letters, digits, and single marks between them.
func isPlain(s string) bool {
	mark := false
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
			mark = false
		case (c == '.' || c == ',' || c == ':') && !mark:
			mark = true
		default:
			return false
		}
	}
	return true
}

func isWordSign(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// groupsDigits says that the blank at place i parts the thousands of a number, as in "20 000".
func groupsDigits(s []rune, i int) bool {
	if !unicode.IsDigit(s[i-1]) || i+3 >= len(s) {
		return false
	}
	for _, r := range s[i+1 : i+4] {
		if !unicode.IsDigit(r) {
			return false
		}
	}
	return i+4 == len(s) || !unicode.IsDigit(s[i+4])
}

func typoRune(r rune) rune {
	switch r {
	case '"', '\'', '`', '´', '“', '”', '„', '‟', '«', '»', '‹', '›', '‘', '’', '‚', '‛', '′', '″', 'ʼ':
		return '"'
	case '-', '‐', '‑', '‒', '–', '—', '―', '−', '﹘', '﹣', '－':
		return '-'
	}
	if isCyrillic(r) {
		return latinTwin(r)
	}
	return r
}

// latinTwin gives the Latin letter of the same shape, for Cyrillic letters that have one.
func latinTwin(r rune) rune {
	const cyrillic, latin = "АВЕКМНОРСТХІЈЅаеорсухіјѕ", "ABEKMHOPCTXIJSaeopcyxijs"
	place := 0
	for _, c := range cyrillic {
		if c == r {
			return rune(latin[place])
		}
		place++
	}
	return r
}

// spelledAlike says that two words are one word spelled, or inflected, in two ways: they differ in case only, in a letter
// or two, or in a short ending.
func spelledAlike(a, b string) bool {
	x, y := []rune(strings.ToLower(a)), []rune(strings.ToLower(b))
	if string(x) == string(y) {
		return true
	}
	short, long := min(len(x), len(y)), max(len(x), len(y))
	switch {
	case short == long && short == 3: // the last two letters swapped
		return x[0] == y[0] && x[1] == y[2] && x[2] == y[1]
	case short < 4 || long > longestWord:
		return false
	}
	stem := 0
	for stem < short && x[stem] == y[stem] {
		stem++
	}
	if stem >= 4 && 3*stem >= 2*short && long-stem <= 3 {
		return true
	}
	allowed := 1
	if short >= 8 {
		allowed = 2
	}
	return long-short <= allowed && editDistance(x, y) <= allowed
}

// longestWord bounds the words whose spelling is compared.
const longestWord = 40

// editDistance counts the letters put in, left out, changed or swapped with their neighbour between two words.
func editDistance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
