package diff

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	udiff "github.com/aymanbagabas/go-udiff"
)

// revisionsOf1100Words gives pairs of texts of some 1,100 words: an editor's usual night, a word changed in every other
// sentence, and a text of which nothing stays in its place.
func revisionsOf1100Words(tb testing.TB) map[string][2]string {
	tb.Helper()
	old := readArticle(tb)
	light := strings.NewReplacer(
		"BYN 24.6 billion", "BYN 24.9 billion", "cool but", "frosty but", "On Tuesday, about 400 workers", "On Wednesday, about 450 workers",
		" The phrase was not new, but the guest wrote it down.", "", "No date was named.", "No date was named, and nobody asked for one.",
		"37,000 signatures", "41,000 signatures", "is not in sight", "is nowhere in sight",
	).Replace(old)
	paragraphs := strings.Split(light, paragraphBreak)
	paragraphs[7], paragraphs[9] = paragraphs[9], paragraphs[7]
	light = strings.Join(paragraphs, paragraphBreak)

	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Split(old, " ")
	for i := range words {
		if i%40 == 17 {
			words[i] = fmt.Sprintf("changed%d", i)
		}
	}
	heavy := strings.Join(words, " ")
	shuffled := strings.Fields(old)
	r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	return map[string][2]string{
		"light":    {old, light},
		"heavy":    {old, heavy},
		"shuffled": {old, strings.Join(shuffled, " ")},
	}
}

func BenchmarkDiff1100(b *testing.B) {
	for _, name := range []string{"light", "heavy", "shuffled"} {
		texts := revisionsOf1100Words(b)[name]
		from, to := Version{Revision: 1, Body: texts[0]}, Version{Revision: 2, Body: texts[1]}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Compare("site/article", from, to)
			}
		})
	}
}

// BenchmarkUdiff1100 is the token diff alone: the library on the same words, one a line.
func BenchmarkUdiff1100(b *testing.B) {
	for _, name := range []string{"light", "heavy", "shuffled"} {
		texts := revisionsOf1100Words(b)[name]
		old, new := strings.Join(strings.Fields(texts[0]), "\n"), strings.Join(strings.Fields(texts[1]), "\n")
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				udiff.Lines(old, new)
			}
		})
	}
}
