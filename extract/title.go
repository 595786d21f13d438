package extract

import (
	"encoding/json"
	"math/bits"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"infocus/extract/fold"
)

// headings are the names that the page gives itself outside its text.
type headings struct {
	names   []name
	longest int     // name, in bytes
	named   bool    // a line of the page is the title, so that the address need not be asked
	slug    []stem  // words of the last segment of the address
	first   []start // how a headline named there can begin
}

// name is a title of the page: where it stands, its words and their key.
type name struct {
	source string // "title", "og:title", ...
	text   string
	key    string
	cut    bool // ends with dots: the rest is left out
}

// newHeadings collects the names of a page.
func (r *reader) newHeadings() *headings {
	h := &headings{slug: slugWords(r.d.addr)}
	h.add("og:title", r.d.meta("og:title"))
	h.add("twitter:title", r.d.meta("twitter:title"))
	if len(h.names) == 0 { // scripts are read only where nothing cheaper tells
		for _, thing := range r.d.things() {
			h.add("JSON-LD", thing.Headline)
		}
	}
	h.add("title", r.d.title)
	return h
}

// add enters a name that says something.
func (h *headings) add(source, text string) {
	text = foldedString(text)
	short := strings.TrimRight(text, ".… ")
	cut := strings.HasSuffix(text, "…") || strings.HasSuffix(text, "...")
	if key := fold.Key(short); key != "" {
		h.longest = max(h.longest, len(text))
		h.names = append(h.names, name{source: source, text: text, key: key, cut: cut})
		h.begins(key)
	}
}

// nameSlack is the number of bytes by which a line may be longer than twice the longest name, which may be cut.
const nameSlack = 16

// begins notes how a part of a name can begin: at the front and behind every sign that parts.
func (h *headings) begins(key string) {
	parted := true
	for i, r := range key {
		word := isWordSign(r)
		if word && parted {
			if s := startOf(key[i:]); !slices.Contains(h.first, s) {
				h.first = append(h.first, s)
			}
		}
		parted = !word && (parted || r != ' ')
	}
}

// mayAgree says whether text begins as a name does; it is cheap.
func (h *headings) mayAgree(text string) bool { return slices.Contains(h.first, startOf(text)) }

// stem is the beginning of a word, where transliterations agree most: up to four Latin letters.
type stem uint32

// stemBytes is the length of a stem.
const stemBytes = 4

// stemOf gives the stem of a word, Cyrillic letters as addresses of the region write them.
func stemOf(word string) stem {
	var s stem
	for i, n := 0, 0; i < len(word) && n < stemBytes; {
		if c := word[i]; c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			s = s<<8 | stem(c)
			i, n = i+1, n+1
			continue
		}
		r, size := utf8.DecodeRuneInString(word[i:])
		i += size
		switch {
		case 'А' <= r && r <= 'Я':
			r += 'а' - 'А'
		case r < 'а' || r > 'я':
			r = unicode.ToLower(r)
		}
		for latin := latinLetter(r); latin != "" && n < stemBytes; latin, n = latin[1:], n+1 {
			s = s<<8 | stem(latin[0])
		}
	}
	return s
}

// nextWord gives the first word of text and what follows it; both are empty at the end.
func nextWord(text string) (word, rest string) {
	from := strings.IndexFunc(text, isWordSign)
	if from < 0 {
		return "", ""
	}
	text = text[from:]
	to := strings.IndexFunc(text, isNoWordSign)
	if to < 0 {
		return text, ""
	}
	return text[:to], text[to:]
}

// isWordSign says whether r is a letter or a digit.
func isWordSign(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return 'Ѐ' <= r && r <= 'ҁ' || unicode.IsLetter(r) || unicode.IsDigit(r)
}

// isNoWordSign is the opposite of isWordSign.
func isNoWordSign(r rune) bool { return !isWordSign(r) }

// maxSlugText bounds a text that an address may have been made from, in bytes for a word of the address.
const maxSlugText = 28

// Bounds of the words of an address that are looked for, in bytes and words.
const (
	minSlugWord  = 3
	maxSlugWords = 64
)

// slugWords gives the stems of the words of the last segment of an address that can be found in a headline again.
func slugWords(u *url.URL) []stem {
	path := strings.Trim(u.Path, "/")
	path = path[strings.LastIndexByte(path, '/')+1:]
	var stems []stem
	for word, rest := nextWord(path); word != "" && len(stems) < maxSlugWords; word, rest = nextWord(rest) {
		if len(word) >= minSlugWord {
			stems = append(stems, stemOf(word))
		}
	}
	return stems
}

// agreement says how far a text is the name of the page, from 0 to 1, and by which source.
func (h *headings) agreement(text string) (share float64, source string) {
	if !h.mayAgree(text) || len(text) > 2*h.longest+nameSlack {
		return 0, ""
	}
	var room [2 * maxLine]byte
	key := string(fold.AppendKey(room[:0], text))
	if len(key) < 3 {
		return 0, ""
	}
	for i := range h.names {
		if s := h.names[i].agrees(key); s > share {
			share, source = s, h.names[i].source
		}
	}
	return share, source
}

// agrees compares a key with a name: equal, a part of it between other words (the name of the site), or cut.
func (n *name) agrees(key string) float64 {
	switch {
	case n.key == key:
		return 1
	case n.cut && len(n.key) >= 16 && strings.HasPrefix(key, n.key):
		return 0.95
	case len(key) < len(n.key) && (strings.HasPrefix(n.key, key) && partedAt(n.key[len(key):]) ||
		strings.HasSuffix(n.key, key) && partedBefore(n.key[:len(n.key)-len(key)])):
		return 0.9 * float64(len(key)) / float64(len(n.key))
	case len(n.key) < len(key) && len(n.key) >= 24 && strings.HasPrefix(key, n.key):
		return 0.8 * float64(len(n.key)) / float64(len(key))
	}
	return 0
}

// partedAt says whether what follows a headline in a title begins with a sign that parts: "headline - site".
func partedAt(rest string) bool {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " "))
	return !unicode.IsLetter(first) && !unicode.IsDigit(first)
}

// partedBefore is partedAt for what stands before.
func partedBefore(rest string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(rest, " "))
	return !unicode.IsLetter(last) && !unicode.IsDigit(last)
}

// slugShare says which share of the words of the address are in a text. A text of many more words is not what the address was
// made from: stop words are left out of one, but no more.
func (h *headings) slugShare(text string) float64 {
	if len(h.slug) < 3 || len(text) > maxSlugText*len(h.slug) {
		return 0
	}
	words, found := 0, uint64(0)
	for word, rest := nextWord(text); word != ""; word, rest = nextWord(rest) {
		words++
		stem := stemOf(word)
		for i := range h.slug {
			if h.slug[i] == stem {
				found |= 1 << i
			}
		}
	}
	return float64(bits.OnesCount64(found)) / max(float64(len(h.slug)), 0.5*float64(words))
}

// latinLetter transliterates one letter.
func latinLetter(r rune) string {
	const from = "абвгдеёжзійклмнопрстуўфхцчшыьэюяищъ"
	to := [...]string{"a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "u",
		"f", "h", "ts", "ch", "sh", "y", "", "e", "yu", "ya", "i", "shch", ""}
	n := 0
	for _, c := range from {
		if c == r {
			return to[n]
		}
		n++
	}
	return string(r)
}

// thing is what a JSON-LD script says of an article.
type thing struct {
	Headline  string
	Published time.Time // zero where none is given
}

// things reads the JSON-LD of the page. Scripts that are no JSON say nothing.
func (d *document) things() []thing {
	var found []thing
	for _, source := range d.ldJSON {
		var v any
		if json.Unmarshal([]byte(source), &v) == nil {
			found = appendThings(found, v, 0)
		}
	}
	return found
}

// maxThings and maxNesting bound what is read of JSON-LD.
const (
	maxThings  = 16
	maxNesting = 4
)

// appendThings collects the articles in a JSON value: an object, a list, or an object with a graph.
func appendThings(found []thing, v any, nesting int) []thing {
	if nesting > maxNesting || len(found) >= maxThings {
		return found
	}
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			found = appendThings(found, item, nesting+1)
		}
	case map[string]any:
		if kind, _ := v["@type"].(string); strings.Contains(kind, "Article") || strings.HasSuffix(kind, "Posting") || kind == "Report" {
			headline, _ := v["headline"].(string)
			published, _ := v["datePublished"].(string)
			found = append(found, thing{Headline: headline, Published: parseTime(published)})
		}
		found = appendThings(found, v["@graph"], nesting+1)
	}
	return found
}

// parseTime reads an ISO date, with or without a time.
func parseTime(s string) time.Time {
	if len(s) >= 10 {
		if t, err := time.Parse(time.DateOnly, s[:10]); err == nil {
			return t
		}
	}
	return time.Time{}
}
