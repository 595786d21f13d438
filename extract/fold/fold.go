// Package fold turns words into keys for comparing them, so that what a reader takes for the same words compares equal:
// letter case, kinds of dash, quote and space, and Cyrillic letters that look like Latin ones (a Latin word may begin
// with a Cyrillic "С", a Belarusian one may hold a Latin "i") make no difference. Keys are for comparing only, never for showing.
package fold

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Rune folds one letter: lower case, and the Latin look-alike of a Cyrillic letter.
func Rune(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}
	switch { // the letters of the region go without the tables
	case 'А' <= r && r <= 'Я':
		r += 'а' - 'А'
	case 'Ѐ' <= r && r <= 'Џ':
		r += 'ѐ' - 'Ѐ'
	case 'а' <= r && r <= 'џ':
	default:
		return unicode.ToLower(r)
	}
	if r <= 'ј' {
		return lookAlike(r)
	}
	return r
}

// lookAlike gives the Latin letter that a lower-case Cyrillic one looks like in either case. Mapping a letter that is
// alike in capitals only (в, B) costs nothing: both sides of a comparison are mapped.
func lookAlike(r rune) rune {
	switch r {
	case 'а':
		return 'a'
	case 'в':
		return 'b'
	case 'е', 'ё':
		return 'e'
	case 'к':
		return 'k'
	case 'м':
		return 'm'
	case 'н':
		return 'h'
	case 'о':
		return 'o'
	case 'р':
		return 'p'
	case 'с':
		return 'c'
	case 'т':
		return 't'
	case 'у':
		return 'y'
	case 'х':
		return 'x'
	case 'і':
		return 'i'
	case 'ј':
		return 'j'
	case 'ѕ':
		return 's'
	}
	return r
}

// IsDash says whether r is one of the signs that stand for a dash: hyphens, en and em dash, minus.
func IsDash(r rune) bool {
	switch r {
	case '-', '\u2212', '\ufe58', '\ufe63', '\uff0d':
		return true
	}
	return '\u2010' <= r && r <= '\u2015'
}

// IsSpace says whether r is white space or a sign of no width.
func IsSpace(r rune) bool {
	if r < utf8.RuneSelf {
		return r == ' ' || '\t' <= r && r <= '\r'
	}
	if isCyrillic(r) {
		return false
	}
	switch r {
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff':
		return true
	}
	return unicode.IsSpace(r)
}

// IsInvisible says whether r has no width and parts no words: soft hyphen, joiners, direction marks.
func IsInvisible(r rune) bool {
	return r == '\u00ad' || '\u200b' <= r && r <= '\u200f' || r == '\u2060' || r == '\ufeff'
}

// Key gives the key of s: folded letters, one blank between words and none beside a dash, nothing but letters and digits at
// either end (so "View all »" and "- (view all)" are one key).
func Key(s string) string { return string(AppendKey(nil, s)) }

// AppendKey appends the key of s to dst; it allocates only when dst is too small or s is not in composed form.
func AppendKey(dst []byte, s string) []byte {
	start := len(dst)
	end := start
	for f := newFolder(s); ; {
		if c := f.plain(); c != 0 {
			dst = append(dst, c)
			end = len(dst)
			continue
		}
		r, ok := f.next()
		if !ok {
			return dst[:end]
		}
		word := isWord(r)
		if end == start && !word {
			continue // nothing before the first letter counts
		}
		dst = utf8.AppendRune(dst, r)
		if word {
			end = len(dst)
		}
	}
}

// After says whether the words of s begin with those of key, and where in s they end. White space at the beginning of
// s does not count; other signs do. The key is one that Key made.
func After(s, key string) (end int, ok bool) {
	f := newFolder(s)
	for _, want := range key {
		r, ok := f.next()
		if !ok || r != want {
			return 0, false
		}
	}
	return f.at, key != ""
}

// folder gives the runes of a key one after the other; signs at the ends are still there.
type folder struct {
	s        string
	at       int
	previous rune
}

func newFolder(s string) folder { return folder{s: s, previous: ' '} }

// plain gives the next rune where it is an ASCII letter or digit without an accent, which nearly all are; else 0.
func (f *folder) plain() byte {
	if f.at >= len(f.s) {
		return 0
	}
	c := f.s[f.at]
	if 'A' <= c && c <= 'Z' {
		c |= 0x20
	}
	if (c < 'a' || c > 'z') && (c < '0' || c > '9') || markAt(f.s, f.at+1) {
		return 0
	}
	f.at++
	f.previous = rune(c)
	return c
}

// markAt says whether a combining mark (U+0300 to U+037F) may begin at i.
func markAt(s string, i int) bool { return i < len(s) && (s[i] == 0xcc || s[i] == 0xcd) }

// next gives the next folded rune.
func (f *folder) next() (rune, bool) {
	blank := false
	for f.at < len(f.s) {
		r, size := rune(f.s[f.at]), 1
		if r >= utf8.RuneSelf || markAt(f.s, f.at+1) {
			r, size = f.wide()
		}
		switch {
		case IsInvisible(r):
			f.at += size
			continue
		case IsSpace(r):
			f.at += size
			blank = true
			continue
		}
		r = sign(r)
		if blank && r != '-' && f.previous != '-' && f.previous != ' ' {
			f.previous = ' '
			return ' ', true // r comes next
		}
		f.at += size
		f.previous = r
		return r, true
	}
	return 0, false
}

// wide reads a rune together with the combining mark that may follow it.
func (f *folder) wide() (rune, int) {
	r, size := utf8.DecodeRuneInString(f.s[f.at:])
	if !markAt(f.s, f.at+size) {
		return r, size
	}
	mark, more := utf8.DecodeRuneInString(f.s[f.at+size:])
	if one, n := utf8.DecodeRune(norm.NFC.Bytes(utf8.AppendRune(utf8.AppendRune(nil, r), mark))); n > 0 && one != r {
		return one, size + more
	}
	return r, size
}

// isWord says whether a folded rune is a letter, a digit or a mark on one.
func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9'
	}
	return isCyrillic(r) || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// isCyrillic says whether r is a letter of the usual Cyrillic alphabets; it spares the tables of package unicode.
func isCyrillic(r rune) bool { return 'Ѐ' <= r && r <= 'ҁ' }

// sign folds a letter, a dash or a quote.
func sign(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return Rune(r)
	case IsDash(r):
		return '-'
	case r == '’' || r == '‘' || r == 'ʼ':
		return '\''
	case r == '“' || r == '”' || r == '„' || r == '«' || r == '»':
		return '"'
	}
	return Rune(r)
}
