// Package sentence cuts a paragraph into sentences, in English, Russian and Belarusian, whichever it is written in. It is
// pure: text in, text out.
//
// A cut is made only at a blank after a full stop, question mark, exclamation mark or ellipsis and what closes with it
// (quotes, brackets). A full stop that belongs to an abbreviation, an initial, a number or an ordinal makes no cut. Where
// grammar alone cannot tell ("in the U.S. Congress" and "in the U.S. The talks"), the next word decides: one that
// usually opens a sentence and is no name makes a cut.
package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Split gives the sentences of a paragraph in order. Joined with one blank each, they are the paragraph again, whatever it
// holds; an empty paragraph has none.
func Split(paragraph string) []string {
	if paragraph == "" {
		return nil
	}
	return AppendSplit(make([]string, 0, 1+len(paragraph)/128), paragraph)
}

// AppendSplit appends the sentences of a paragraph that is not empty to dst.
func AppendSplit(dst []string, paragraph string) []string {
	start := 0
	for i := 0; i < len(paragraph); {
		if c := paragraph[i]; c != '.' && c != '!' && c != '?' && c != 0xe2 {
			i++
			continue
		}
		end := terminator(paragraph, i)
		if end == i {
			i++
			continue
		}
		stop := skipClosers(paragraph, end)
		if stop < len(paragraph) && paragraph[stop] == ' ' && ends(paragraph, start, i, end, stop) {
			dst = append(dst, paragraph[start:stop])
			start = stop + 1
		}
		i = stop
	}
	return append(dst, paragraph[start:])
}

// terminator gives the end of the run of terminators that begins at byte i, or i where none does.
func terminator(s string, i int) int {
	for i < len(s) {
		switch s[i] {
		case '.', '!', '?':
			i++
		case 0xe2: // first byte of the ellipsis and the double marks
			if !strings.HasPrefix(s[i:], "…") && !strings.HasPrefix(s[i:], "⁈") && !strings.HasPrefix(s[i:], "⁉") {
				return i
			}
			i += 3
		default:
			return i
		}
	}
	return i
}

func skipClosers(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !isCloser(r) {
			return i
		}
		i += size
	}
	return i
}

func isCloser(r rune) bool {
	switch r {
	case '"', '\'', ')', ']', '}', '”', '’', '“', '»', '›':
		return true // “ closes in Russian and German style: „…“
	}
	return false
}

// isOpener names what may stand before the first word of a sentence.
func isOpener(r rune) bool {
	switch r {
	case '"', '\'', '(', '[', '{', '“', '‘', '„', '«', '‹', '-', '–', '—', '•', '*', '¿', '¡':
		return true
	}
	return false
}

// ends says whether the sentence that begins at start ends with the terminators s[mark:end] and the closers up to stop,
// where a blank stands.
func ends(s string, start, mark, end, stop int) bool {
	next := nextWord(s[stop:])
	if next.lower || closesAside(s[start:mark], s[end:stop]) {
		return false
	}
	if s[mark:end] != "." {
		return s[mark] == '!' || s[mark] == '?' || mark > start && !isLeftOut(s[:mark])
	}
	if stop > end {
		return !isListNumber(s[start:mark])
	}
	return endsAtStop(s[start:mark], next)
}

// isLeftOut says that an ellipsis after s stands for words left out, as in "said ... Minsk" and "[...]".
func isLeftOut(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r == ' ' || isOpener(r)
}

// closesAside says that the closers shut a bracket that was opened in the middle of the sentence, as in "(sic!)".
func closesAside(sentence, closers string) bool {
	if !strings.Contains(closers, ")") {
		return false
	}
	open := strings.LastIndexByte(sentence, '(')
	return open > 0 && strings.IndexByte(sentence[open:], ')') < 0
}

// following describes the word after a possible end.
type following struct {
	word  string // letters and digits only, "" where none follows
	lower bool   // begins with a lower-case letter
	digit bool
	dot   bool // a full stop comes right after it
}

func nextWord(s string) following {
	from := strings.IndexFunc(s, func(r rune) bool { return r != ' ' && !isOpener(r) })
	if from < 0 {
		return following{}
	}
	s = s[from:]
	to := strings.IndexFunc(s, func(r rune) bool { return !isWordRune(r) })
	if to < 0 {
		to = len(s)
	}
	first, size := utf8.DecodeRuneInString(s)
	item := size == to && strings.HasPrefix(s[to:], ")") // "b) the second"
	return following{
		word: s[:to], lower: unicode.IsLower(first) && !item, digit: unicode.IsDigit(first),
		dot: strings.HasPrefix(s[to:], "."),
	}
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '\'' || r == '’'
}
