package extract

import (
	"bytes"
	"mime"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	utf16 "golang.org/x/text/encoding/unicode"
)

// decode gives a page as UTF-8, with codes of what was odd. What the bytes prove goes before what is declared: a byte order mark,
// then well-formed UTF-8. A declared single-byte set is believed where the text it gives is about as likely as that of
// the likeliest set, since servers are often set up wrong.
func decode(body []byte, contentType string) ([]byte, []string) {
	if text, ok := decodeUTF16(body); ok {
		return text, nil
	}
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	if utf8.Valid(body) {
		return body, nil
	}
	sets, isUTF8 := declared(body, contentType)
	if mostlyUTF8(body, isUTF8) {
		return bytes.ToValidUTF8(body, []byte("\uFFFD")), []string{WarnInvalidUTF8}
	}
	enc, sure := singleByte(body, sets)
	text, err := decodeAs(enc, body)
	if err != nil {
		return bytes.ToValidUTF8(body, []byte("\uFFFD")), []string{WarnInvalidUTF8}
	}
	if !sure {
		return text, []string{WarnCharsetGuessed}
	}
	return text, nil
}

// decodeAs reads a page in a set. Single-byte sets, the usual case, are read by a table.
func decodeAs(enc encoding.Encoding, body []byte) ([]byte, error) {
	m, ok := enc.(*charmap.Charmap)
	if !ok {
		return enc.NewDecoder().Bytes(body)
	}
	var table [256][]byte
	for c := range table {
		table[c] = utf8.AppendRune(nil, m.DecodeByte(byte(c)))
	}
	text := make([]byte, 0, len(body)*3/2)
	for i := 0; i < len(body); {
		if body[i] >= utf8.RuneSelf {
			text = append(text, table[body[i]]...)
			i++
			continue
		}
		from := i
		for i < len(body) && body[i] < utf8.RuneSelf {
			i++
		}
		text = append(text, body[from:i]...)
	}
	return text, nil
}

// decodeUTF16 reads UTF-16 with a byte order mark, or without one where every other byte of the beginning is zero.
func decodeUTF16(body []byte) ([]byte, bool) {
	order := utf16.LittleEndian
	switch {
	case len(body) < 4:
		return nil, false
	case body[0] == 0xff && body[1] == 0xfe, body[0] == '<' && body[1] == 0 && body[2] != 0 && body[3] == 0:
	case body[0] == 0xfe && body[1] == 0xff, body[0] == 0 && body[1] == '<' && body[2] == 0 && body[3] != 0:
		order = utf16.BigEndian
	default:
		return nil, false
	}
	text, err := utf16.UTF16(order, utf16.UseBOM).NewDecoder().Bytes(body)
	if err != nil {
		return nil, false
	}
	return text, true
}

// fewBad is the number of bad bytes from which a page that has no more good signs needs not be read to its end.
const fewBad = 64

// mostlyUTF8 says whether a page is UTF-8 with a few bad bytes: eight good signs beyond ASCII for a bad one, or one for one where
// the page is declared to be UTF-8. A text in a single-byte set has next to no good ones, whatever is declared.
func mostlyUTF8(body []byte, declared bool) bool {
	enough := 8
	if declared {
		enough = 1
	}
	good, bad := 0, 0
	for body = body[nextHigh(body, 0):]; len(body) > 0; body = body[nextHigh(body, 0):] {
		r, size := utf8.DecodeRune(body)
		if r == utf8.RuneError && size == 1 {
			if bad++; bad > fewBad && good < 8*bad {
				return false
			}
		} else {
			good++
		}
		body = body[size:]
	}
	return good >= enough*bad
}

// declared gives the character sets that the header and the page name, in this order, and whether one of them
// names UTF-8. UTF-8 itself is left out of the sets: the bytes have shown that the page is not well-formed in it.
func declared(body []byte, contentType string) (sets []encoding.Encoding, isUTF8 bool) {
	add := func(label string) {
		e, err := htmlindex.Get(label)
		if err != nil {
			return
		}
		switch name, err := htmlindex.Name(e); {
		case err != nil, name == "replacement":
		case name == "utf-8":
			isUTF8 = true
		default:
			sets = append(sets, e)
		}
	}
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		add(params["charset"])
	}
	add(metaCharset(body[:min(len(body), metaReach)]))
	return sets, isUTF8
}

// metaReach bounds the search for a meta element that names the character set. The standard says 1024 bytes, pages do not keep to it.
const metaReach = 16 << 10

// metaCharset gives the character set that the first meta element with one names.
func metaCharset(head []byte) string {
	for {
		i := bytes.IndexByte(head, '<')
		if i < 0 || len(head)-i < len("<meta>") {
			return ""
		}
		head = head[i+1:]
		if !bytes.EqualFold(head[:4], []byte("meta")) {
			continue
		}
		end := bytes.IndexByte(head, '>')
		if end < 0 {
			return ""
		}
		if _, value, ok := bytes.Cut(bytes.ToLower(head[:end]), []byte("charset")); ok {
			value = bytes.TrimLeft(value, " \t\r\n=\"'")
			if stop := bytes.IndexAny(value, " \t\r\n;\"'/>"); stop >= 0 {
				value = value[:stop]
			}
			return string(value)
		}
		head = head[end:]
	}
}

// guesses are the sets that a page of the region may be in, the usual ones first.
func guesses() []*charmap.Charmap {
	return []*charmap.Charmap{charmap.Windows1251, charmap.KOI8U, charmap.Windows1252, charmap.ISO8859_5, charmap.CodePage866}
}

// singleByte chooses the set; sure means that it was declared. A declared set that gives text is taken at once, one that gives
// doubtful text is compared with the others.
func singleByte(body []byte, named []encoding.Encoding) (enc encoding.Encoding, sure bool) {
	var maps []*charmap.Charmap
	for _, e := range named {
		m, ok := e.(*charmap.Charmap)
		if !ok { // not a single-byte set: nothing to compare it by
			return e, true
		}
		if score, signs := likelihood(body, m); score >= goodScore*signs {
			return m, true
		}
		maps = append(maps, m)
	}
	best, bestScore := guesses()[0], 0
	for i, m := range guesses() {
		if s, _ := likelihood(body, m); i == 0 || s > bestScore {
			best, bestScore = m, s
		}
	}
	for _, m := range maps {
		if s, _ := likelihood(body, m); s*5 >= bestScore*4 {
			return m, true
		}
	}
	return best, false
}

// Bounds of a guess: the signs beyond ASCII that it reads, and the score for a sign from which text is good.
const (
	sampleSigns = 300
	goodScore   = 2
)

// likelihood scores how much a page looks like text when it is read in a set, and gives the number of signs scored. Letters that
// are common in East Slavic text count most; a capital inside a word, two scripts in a word and signs that no text has count
// against it, except for a capital that looks the same in both scripts.
func likelihood(body []byte, m *charmap.Charmap) (score, signs int) {
	prev := ' '
	for i := nextHigh(body, 0); i < len(body) && signs < sampleSigns; i = nextHigh(body, i+1) {
		if i > 0 && body[i-1] < utf8.RuneSelf {
			prev = rune(body[i-1])
		}
		r := m.DecodeByte(body[i])
		if beforeLatin := i+1 < len(body) && isLatinLetter(rune(body[i+1])); beforeLatin && looksLatin(r) && !unicode.IsLetter(prev) {
			score++ // the slip of a hand on two keyboards: "Сonfusion" with a Cyrillic first letter
		} else {
			score += plausible(prev, r)
			if isCyrillic(r) && beforeLatin {
				score -= 3
			}
		}
		prev = r
		signs++
	}
	return score, signs
}

// nextHigh gives the place of the next byte beyond ASCII at or after i, the length of body where there is none.
func nextHigh(body []byte, i int) int {
	for i < len(body) && body[i] < utf8.RuneSelf {
		i++
	}
	return i
}

// isLatinLetter says whether r is a letter of ASCII.
func isLatinLetter(r rune) bool { return 'a' <= r|0x20 && r|0x20 <= 'z' }

// isCyrillic says whether r is a letter of the usual Cyrillic alphabets.
func isCyrillic(r rune) bool { return 'Ѐ' <= r && r <= 'ҁ' || 'Ґ' <= r && r <= 'ґ' }

// looksLatin says whether a Cyrillic capital looks like a Latin one, so that it can stand for it unseen.
func looksLatin(r rune) bool {
	switch r {
	case 'А', 'В', 'Е', 'К', 'М', 'Н', 'О', 'Р', 'С', 'Т', 'Х', 'І', 'Ѕ', 'Ј':
		return true
	}
	return false
}

// plausible scores a sign beyond ASCII behind the sign before it.
func plausible(prev, r rune) int {
	switch {
	case isCyrillic(r):
		return plausibleCyrillic(prev, r)
	case r == utf8.RuneError || unicode.IsControl(r) || '\u2500' <= r && r <= '\u25ff':
		return -4
	case unicode.IsLetter(r):
		if prev >= utf8.RuneSelf && unicode.IsLetter(prev) || unicode.IsUpper(r) && unicode.IsLower(prev) {
			return -2
		}
		return 1
	case unicode.IsSpace(r) || unicode.IsPunct(r) || r == '№':
		return 1
	}
	return -1
}

// plausibleCyrillic scores a Cyrillic letter behind the sign before it.
func plausibleCyrillic(prev, r rune) int {
	if isLatinLetter(prev) {
		return -3
	}
	if r <= 'Я' || r == 'Ґ' { // capitals
		if 'а' <= prev && prev <= 'џ' {
			return -4
		}
		return 0
	}
	switch r {
	case 'о', 'а', 'е', 'и', 'і', 'н', 'т', 'с', 'р', 'в', 'л', 'к':
		return 3 // common
	case 'ў', 'ы', 'п', 'д', 'м', 'у', 'я', 'г', 'б', 'з':
		return 2
	}
	return 1
}
