package record

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"only blanks", " \t\n\u00a0\u2003", ""},
		{"as it is", "a b", "a b"},
		{"paragraphs", "One.\n\nTwo.", "One. Two."},
		{"at the ends", "\n a \r\n", "a"},
		{"no-break and thin blanks", "20\u00a0млн.\u202fUSD", "20 млн. USD"},
		{"decomposed letters", "Кіруючы\u0306 cafe\u0301", "Кіруючы\u0306 café"},
		{"zero width blank stays", "a\u200bb", "a\u200bb"},
		{"dashes and quotes stay", "“a” – b", "“a” – b"},
		{"no UTF-8", "a\xff  b", "a\ufffd b"},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("%s: %q gives %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestFoldedTextIsComposedSingleSpacedAndStable(t *testing.T) {
	letters := rapid.StringOf(rapid.SampledFrom([]rune("ab \n\u00a0\u0301\u0306\u0327\u2001\u2003\u2013\u2126éжиіў가\u1100\u1161й")))
	rapid.Check(t, func(t *rapid.T) {
		s := Fold(letters.Draw(t, "s"))
		if !norm.NFC.IsNormalString(s) {
			t.Fatalf("%q is not composed", s)
		}
		if Fold(s) != s {
			t.Fatalf("%q folds to %q", s, Fold(s))
		}
		last := ' '
		for _, r := range s {
			if unicode.IsSpace(r) && (r != ' ' || last == ' ') {
				t.Fatalf("white space left in %q", s)
			}
			last = r
		}
	})
}

func TestContentSHA256(t *testing.T) {
	// printf 'Headline\nbetter\nLead. Body one. Body two.' | sha256sum
	const want = "c8fbc9a04e2f94fe0f593cace370177bd4f0d25ca523d7d27cb432402807f4a5"
	for name, got := range map[string]string{
		"plain":               ContentSHA256("Headline", "better", "Lead.", "Body one.\n\nBody two."),
		"spaced otherwise":    ContentSHA256(" Headline\n", "better", "Lead. ", "Body one. Body\u00a0two.\n"),
		"lead ends elsewhere": ContentSHA256("Headline", "better", "Lead. Body one.", "Body two."),
		"no lead":             ContentSHA256("Headline", "better", "", "Lead.\n\nBody one.\n\nBody two."),
	} {
		if got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
	for name, got := range map[string]string{
		"other headline":     ContentSHA256("Headlines", "better", "Lead.", "Body one.\n\nBody two."),
		"no trend":           ContentSHA256("Headline", "", "Lead.", "Body one.\n\nBody two."),
		"other text":         ContentSHA256("Headline", "better", "Lead.", "Body one.\n\nBody 2."),
		"trend in the title": ContentSHA256("Headline better", "", "Lead.", "Body one.\n\nBody two."),
	} {
		if got == want {
			t.Errorf("%s: the same digest", name)
		}
	}
}

func TestTimesAreInUTCWithMillisecondsWhereThereAreAny(t *testing.T) {
	minsk := time.FixedZone("", 3*3600)
	for _, c := range []struct {
		in   time.Time
		want string
	}{
		{time.Date(2017, 12, 11, 12, 30, 0, 0, minsk), "2017-12-11T09:30:00Z"},
		{time.Date(2017, 12, 11, 9, 30, 0, 120_000_000, time.UTC), "2017-12-11T09:30:00.120Z"},
		{time.Date(2017, 12, 11, 9, 30, 0, 999_999, time.UTC), "2017-12-11T09:30:00Z"},
		{time.Date(2017, 12, 11, 9, 30, 0, 1_999_999, time.UTC), "2017-12-11T09:30:00.001Z"},
	} {
		if got := FormatTime(c.in); got != c.want {
			t.Errorf("%v gives %s, want %s", c.in, got, c.want)
		}
	}
}

func TestCompareOrdersByPeriodIDAndRevision(t *testing.T) {
	want := []Record{
		{ID: "s/z", Revision: 1},
		{PeriodStart: "2017-12-04", ID: "s/a", Revision: 2},
		{PeriodStart: "2017-12-04", ID: "s/a", Revision: 10},
		{PeriodStart: "2017-12-04", ID: "s/b", Revision: 1},
		{PeriodStart: "2018-01-01", ID: "s/a", Revision: 1},
	}
	got := slices.Clone(want)
	rand.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
	slices.SortFunc(got, func(a, b Record) int { return Compare(&a, &b) })
	for i := range got {
		if got[i].ID != want[i].ID || got[i].Revision != want[i].Revision || got[i].PeriodStart != want[i].PeriodStart {
			t.Fatalf("place %d: %+v", i, got[i])
		}
	}
}
