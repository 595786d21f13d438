package revision

import (
	"fmt"
	"strings"
	"testing"

	"infocus/extract"
)

// long gives an article of about 1,100 words.
func long(text string) *extract.Article {
	a := page(text)
	a.Body = strings.Repeat("On December 8th, 2017, the “Council of Ministers” approved the draft programme of "+text+".\n\n", 75)
	return a
}

func captures(id string, n int) []Observation {
	all := make([]Observation, n)
	for i := range all {
		a := long(fmt.Sprint(i / 10)) // a revision every ten captures
		all[i] = Observation{ID: id, URL: "https://h/" + id, Time: hour(float64(i)), Kind: Good, Article: a, PayloadSHA1: fmt.Sprint(i / 10)}
	}
	return all
}

func BenchmarkSettle(b *testing.B) {
	for _, n := range []int{1, 10, 100, 1000} {
		b.Run(fmt.Sprint(n, " captures"), func(b *testing.B) {
			all := captures("a", n)
			b.ReportAllocs()
			for b.Loop() {
				Settle("a", all)
			}
		})
	}
}

func BenchmarkGroup(b *testing.B) {
	for _, n := range []int{1, 2, 20, 200} {
		b.Run(fmt.Sprint(n, " ids of one text"), func(b *testing.B) {
			all := map[string][]Observation{}
			for i := range n {
				id := fmt.Sprint("id", i)
				all[id] = captures(id, 10)
			}
			b.ReportAllocs()
			for b.Loop() {
				Group(all)
			}
		})
	}
	b.Run("2000 strangers", func(b *testing.B) {
		all := map[string][]Observation{}
		for i := range 2000 {
			id := fmt.Sprint("id", i)
			all[id] = captures(id, 2)
			for k := range all[id] {
				all[id][k].Article = long(id)
			}
		}
		b.ReportAllocs()
		for b.Loop() {
			Group(all)
		}
	})
}
