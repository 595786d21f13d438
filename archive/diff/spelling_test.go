package diff

import "testing"

func TestTypoKeyIsTheSameWhereOnlyTypographyDiffers(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"“a”", `"a"`, true}, {"«a»", "„a“", true}, {"don't", "don’t", true}, {"a-b", "a–b", true}, {"a – b", "a—b", true}, {"a--b", "a—b", true},
		{"...", "…", true}, {"20 000", "20000", true}, {"1 200 soldiers", "1200 soldiers", true}, {"5 10", "510", false}, {"5 100 2", "51002", false},
		{"may be", "maybe", false}, {"co\u00adop", "coop", true}, {"Сonfusion", "Confusion", true}, {"a", "A", false}, {"a,b", "a, b", true},
		{"a", "“a”", false}, {"1.5", "15", false}, {"''a''", `"a"`, true}, {"все", "всё", false}, {"re-sign", "resign", false},
	} {
		if got := typoKey(c.a) == typoKey(c.b); got != c.want {
			t.Errorf("%q and %q: got %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

func TestSpelledAlike(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"mlitary", "military", true}, {"programme", "program", true}, {"recieve", "receive", true}, {"aim", "aims", false},
		{"signs", "signed", true}, {"discuss", "discussed", true}, {"сотрудничистве", "сотрудничестве", true}, {"Minsk", "minsk", true},
		{"cat", "dog", false}, {"Teh", "The", true}, {"was", "saw", false}, {"import", "export", false}, {"cooperation", "confrontation", false}, {"подписал", "подписали", true},
	} {
		if got := spelledAlike(c.a, c.b); got != c.want {
			t.Errorf("%q and %q: got %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

func TestEditDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"abc", "abc", 0}, {"abc", "acb", 1}, {"kitten", "sitting", 3}, {"ёлка", "елка", 1}} {
		if got := editDistance([]rune(c.a), []rune(c.b)); got != c.want {
			t.Errorf("%q and %q: got %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
