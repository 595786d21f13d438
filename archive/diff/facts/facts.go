// Package facts finds in a change of words what a reader must be told of however small the change is: numbers, dates,
// names, negations, hedges ("reportedly"), what is to come and not yet done, "only", ranks ("deputy"), questions, and words that turn into
// their opposite. It knows English, Russian and
// Belarusian, all at once, and it is pure. It works from word lists, so it errs: the lists are meant to call a small change
// large rather than a large one small.
package facts

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Word is a word or a single mark of a change.
type Word struct {
	Text  string
	Opens bool // first word of a sentence: its capital says nothing
	Name  bool // known to be a name, whatever its capital says
}

// Differ says whether the words that a change takes away and those it puts in their place differ in a fact.
func Differ(old, new []Word) bool {
	if !slices.Equal(keys(old, new), keys(new, old)) {
		return true
	}
	return turned(old, new) || remeasured(old, new) || prefixed(old, new)
}

// keys lists the facts among words, sorted. A name that the other side has too, in any case, is no fact of the change.
func keys(words, others []Word) []string {
	var found []string
	for _, w := range words {
		key := strings.ToLower(strings.ReplaceAll(w.Text, "’", "'"))
		switch {
		case w.Text == "?":
			found = append(found, "question")
		case add(&found, "share or money ", moneyKey(key)), add(&found, "number ", numberKey(key)),
			add(&found, "date ", dateKey(w, key)), add(&found, "negation ", negationKey(key)):
		case onlys()[key]:
			found = append(found, "only")
		case ranks()[key]:
			found = append(found, "rank")
		case futures()[key]:
			found = append(found, "future")
		case hedges()[key]:
			found = append(found, "hedge")
		case isName(w) && !holds(others, bare(key)):
			found = append(found, "name "+bare(key))
		}
	}
	slices.Sort(found)
	return found
}

// add appends a fact unless it is empty.
func add(found *[]string, kind, value string) bool {
	if value == "" {
		return false
	}
	*found = append(*found, kind+value)
	return true
}

func hasDigit(s string) bool { return strings.IndexFunc(s, unicode.IsDigit) >= 0 }

// isName takes words with a capital that no sentence begins with, and words with a capital further inside ("NATO").
func isName(w Word) bool {
	if w.Name {
		return true
	}
	first, size := utf8.DecodeRuneInString(w.Text)
	if strings.IndexFunc(w.Text[size:], unicode.IsUpper) >= 0 {
		return true
	}
	return unicode.IsUpper(first) && !w.Opens && w.Text != "I"
}

// bare takes the possessive off a word in lower case.
func bare(key string) string {
	return strings.TrimSuffix(key, "'s")
}

func holds(words []Word, key string) bool {
	for _, w := range words {
		if bare(strings.ToLower(strings.ReplaceAll(w.Text, "’", "'"))) == key {
			return true
		}
	}
	return false
}

// prefixed says that a word on one side is a word of the other with a prefix that denies it.
func prefixed(old, new []Word) bool {
	for _, a := range old {
		for _, b := range new {
			x, y := strings.ToLower(a.Text), strings.ToLower(b.Text)
			if len(x) > len(y) {
				x, y = y, x
			}
			if head, ok := strings.CutSuffix(y, x); ok && utf8.RuneCountInString(x) >= 3 && denyingPrefixes()[head] {
				return true
			}
		}
	}
	return false
}
