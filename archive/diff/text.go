package diff

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// paragraphBreak stands between the paragraphs of the one text.
const paragraphBreak = "\n\n"

// Text gives lead and body as the one text that operations speak of: valid UTF-8 in Unicode NFC, paragraphs parted by
// "\n\n" and never empty, white space inside them folded to single blanks, none at either end. Folding its white space
// further, paragraph breaks included, gives the text that design.md compares revisions by.
func Text(lead, body string) string {
	lead, body = foldParagraphs(lead), foldParagraphs(body)
	switch {
	case lead == "":
		return body
	case body == "":
		return lead
	}
	return lead + paragraphBreak + body
}

// foldParagraphs folds a text; one that is folded already comes back as it is.
func foldParagraphs(s string) string {
	s = composed(strings.ToValidUTF8(s, "\uFFFD"))
	if isFolded(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	sep, gap := "", 0 // gap: line ends in the white space since the last word
	for s != "" {
		from := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsSpace(r) })
		if from < 0 {
			break
		}
		if gap = strings.Count(s[:from], "\n"); gap > 1 && sep != "" {
			sep = paragraphBreak
		}
		s = s[from:]
		to := strings.IndexFunc(s, unicode.IsSpace)
		if to < 0 {
			to = len(s)
		}
		b.WriteString(sep)
		b.WriteString(s[:to])
		s, sep = s[to:], " "
	}
	return b.String()
}

// isFolded says whether foldParagraphs would change nothing of s, which is in NFC.
func isFolded(s string) bool {
	blank := true // nothing, or white space, stands before i
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c > ' ' && c < utf8.RuneSelf:
			blank = false
			i++
		case c == ' ':
			if blank {
				return false
			}
			blank = true
			i++
		case c == '\n':
			if blank || !strings.HasPrefix(s[i:], paragraphBreak) {
				return false
			}
			blank = true
			i += len(paragraphBreak)
		case c < utf8.RuneSelf:
			if unicode.IsSpace(rune(c)) {
				return false
			}
			blank = false
			i++
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if r > 0x7f && !isCyrillic(r) && unicode.IsSpace(r) {
				return false
			}
			blank = false
			i += size
		}
	}
	return !blank || s == ""
}

func isCyrillic(r rune) bool { return 0x0400 <= r && r <= 0x052f }

// composed gives s in NFC; text of Latin letters, plain Cyrillic and common punctuation is in NFC as it is.
func composed(s string) string {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c < 0xcc: // up to U+02FF, with the bytes that follow a first one
			i++
		case c == 0xd0 || c == 0xd1: // U+0400 to U+047F
			i += 2
		case c == 0xe2 && i+2 < len(s) && s[i+1] == 0x80 && s[i+2] >= 0x90: // U+2010 to U+203F
			i += 3
		default:
			return norm.NFC.String(s)
		}
	}
	return s
}
