package diff

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// hardTexts gives pairs of texts of some n words that are hard to compare.
func hardTexts(n int) map[string][2]string {
	r := rand.New(rand.NewPCG(3, 4))
	word := func(kinds int) string { return fmt.Sprintf("word%d", r.IntN(kinds)) }
	text := func(kinds, sentence, paragraph int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(word(kinds))
			switch {
			case i%paragraph == paragraph-1:
				b.WriteString(".\n\n")
			case i%sentence == sentence-1:
				b.WriteString(". The ")
			default:
				b.WriteByte(' ')
			}
		}
		return b.String()
	}
	prose := strings.Split(text(3000, 15, 100), "\n\n")
	shuffled := append([]string(nil), prose...)
	r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	onesentence := strings.Fields(text(5000, n+1, n+1))
	edited := append([]string(nil), onesentence...)
	for i := range edited {
		if i%50 == 7 {
			edited[i] = "edited"
		}
	}
	openers := func(kind string) string {
		var b strings.Builder
		for i := range n / 8 {
			fmt.Fprintf(&b, "%s%c%c%c has spoken about the price of gas. ", kind, 'a'+i%26, 'a'+i/26%26, 'a'+i/676%26)
		}
		return b.String()
	}
	dots := func(dot string) string {
		return "Something stands before a great many dots " + strings.Repeat(dot, n/2) + " and something after them"
	}
	numbered := func(offset int) string {
		var b strings.Builder
		for i := range n / 10 {
			fmt.Fprintf(&b, "Again the same words in each paragraph but %d.\n\n", i*7+offset)
		}
		return b.String()
	}
	return map[string][2]string{
		"the same word":                   {strings.Repeat("word ", n), strings.Repeat("word ", n-7)},
		"the same word and other":         {strings.Repeat("word ", n), strings.Repeat("word word word other ", n/4)},
		"all words different":             {text(n*10, 15, 100), text(n*10, 15, 100)},
		"few words in any order":          {text(5, 15, 100), text(5, 15, 100)},
		"few words, short sentences":      {text(3, 2, 4), text(3, 2, 4)},
		"few words, one paragraph":        {text(5, 4, n+1), text(5, 4, n+1)},
		"the same paragraph":              {strings.Repeat("One and the same paragraph.\n\n", n/5), strings.Repeat("One and the same paragraph.\n\n", n/6)},
		"two paragraphs in turns":         {strings.Repeat("One of them.\n\nThe other one.\n\n", n/6), strings.Repeat("The other one.\n\nOne of them.\n\nOne of them.\n\n", n/9)},
		"paragraphs shuffled":             {strings.Join(prose, "\n\n"), strings.Join(shuffled, "\n\n")},
		"one sentence, edited everywhere": {strings.Join(onesentence, " "), strings.Join(edited, " ")},
		"one sentence, nothing the same":  {text(n*10, n+1, n+1), text(n*10, n+1, n+1)},
		"numbered paragraphs":             {numbered(0), numbered(3)},
		"everything gone":                 {text(3000, 15, 100), ""},
		"marks only":                      {strings.Repeat(". ", n), strings.Repeat("! ", n)},
		"letters only":                    {strings.Repeat("a", 5*n), strings.Repeat("a", 5*n) + "b"},
		"each sentence opens otherwise":   {openers("Mina"), openers("Rena")},
		"a great many marks":              {dots("• "), dots("* ")},
		"no word is long":                 {text2(r, n), text2(r, n)},
	}
}

// text2 is made of words too short to tell paragraphs apart.
func text2(r *rand.Rand, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%c%c ", 'a'+r.IntN(26), 'a'+r.IntN(26))
		if i%20 == 19 {
			b.WriteString("\n\n")
		}
	}
	return b.String()
}

// TestWorkIsBounded counts the tokens looked at in measuring likeness, which is all that could grow with the square of the
// text: they may not be more than some number for each token of both texts.
func TestWorkIsBounded(t *testing.T) {
	const words, perToken = 50_000, 40
	for name, texts := range hardTexts(words) {
		t.Run(name, func(t *testing.T) {
			old, new := Text("", texts[0]), Text("", texts[1])
			c := newComparer(old, new)
			began := time.Now()
			ops := c.compare()
			checkLossless(t, old, new, ops)
			tokens := len(strings.Fields(old)) + len(strings.Fields(new))
			t.Logf("%d steps, %.1f a token, %d operations, %v", c.steps, float64(c.steps)/float64(tokens), len(ops), time.Since(began))
			if c.steps > perToken*tokens {
				t.Errorf("%d steps for %d tokens, more than %d for each", c.steps, tokens, perToken)
			}
		})
	}
}
