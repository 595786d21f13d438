package extract

import (
	"strings"
	"unicode"
)

// language gives the language of the text itself: by its script, by the letters that only one language has, by the small
// words. Where the text says nothing, the page's own word counts, then the edition's first language.
func (r *reader) language(a *Article) string {
	text := a.Lead
	if len(text) < detectBytes {
		text += " " + a.Body[:min(len(a.Body), detectBytes)]
	}
	if lang := detect(text); lang != "" {
		return lang
	}
	if lang := detect(a.Headline); lang != "" {
		return lang
	}
	if lang, _, _ := strings.Cut(r.d.lang, "-"); lang != "" {
		return lang
	}
	if e, ok := r.e.profile.Edition(a.Edition); ok && len(e.Languages) > 0 {
		return e.Languages[0]
	}
	return ""
}

// detectBytes bounds the text that is looked at.
const detectBytes = 1000

// detect tells English, Russian, Belarusian and Ukrainian apart; "" where the text is none or too short to say.
func detect(text string) string {
	if len(text) > detectBytes {
		text = text[:detectBytes]
	}
	var latin, cyrillic, be, ru, uk int
	for _, c := range text {
		switch {
		case c < 'A':
			continue
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
			latin++
			continue
		case c < 'Ѐ' || c > 'ӿ':
			continue
		}
		cyrillic++
		switch unicode.ToLower(c) {
		case 'ў':
			be += 3
		case 'і':
			be++
			uk++
		case 'и', 'щ':
			ru++
			uk++
		case 'ъ':
			ru += 2
		case 'ы', 'э', 'ё':
			ru++
			be++
		case 'ї', 'є', 'ґ':
			uk += 4
		}
	}
	if cyrillic > latin {
		return slavic(be, ru, uk)
	}
	if latin > 0 && english(text) {
		return "en"
	}
	return ""
}

// slavic chooses by the letters that tell the languages apart.
func slavic(be, ru, uk int) string {
	switch {
	case uk > be && uk > ru:
		return "uk"
	case be > ru:
		return "be"
	case ru > 0:
		return "ru"
	}
	return ""
}

// english says whether small words of English are frequent enough: one in twelve.
func english(text string) bool {
	words, small := 0, 0
	for word := range strings.FieldsSeq(text) {
		words++
		switch word {
		case "the", "The", "of", "and", "to", "in", "In", "a", "A", "is", "are", "was", "were", "on", "for", "with", "that", "by", "from", "as", "at", "has",
			"have", "had", "its", "it", "would", "will", "not", "be", "over", "after", "between", "against":
			small++
		}
	}
	return words > 0 && small*12 >= words
}
