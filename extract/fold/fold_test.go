package fold_test

import (
	"testing"

	"infocus/extract/fold"
)

func TestTheSameWordsHaveOneKey(t *testing.T) {
	groups := [][]string{
		{"View all", "view all", " VIEW\u00a0ALL » ", "- (View all)", "View all →", "View  \n all...", "[View all]", "Vi\u00adew all"},
		{"Belarus-West relations", "Belarus – West relations", "Belarus—West Relations", "BELARUS ‑ WEST RELATIONS"},
		{"Сonfusion", "Confusion"}, // the first begins with a Cyrillic letter
		{"Жнівень", "Жнiвень", "ЖНІВЕНЬ"},
		{"Май", "Май", "МАЙ"},
		{"hasn't", "hasn’t"},
		{"“Belarus”", "Belarus", "«Belarus»"},
		{"", " ", "–", "...", "\u200b", "»"},
		{"ещё", "еще"},
		{"Café", "Cafe\u0301"},
	}
	seen := map[string]int{}
	for i, group := range groups {
		want := fold.Key(group[0])
		if other, taken := seen[want]; taken {
			t.Errorf("groups %d and %d share the key %q", i, other, want)
		}
		seen[want] = i
		for _, text := range group {
			if got := fold.Key(text); got != want {
				t.Errorf("%q: key %q, want %q", text, got, want)
			}
		}
	}
}

func TestKeysKeepWhatPartsWords(t *testing.T) {
	pairs := [][2]string{{"re-sign", "resign"}, {"view all", "viewall"}, {"май", "маи"}, {"BE/RU", "BERU"}, {"The situation", "The situations"}}
	for _, p := range pairs {
		if fold.Key(p[0]) == fold.Key(p[1]) {
			t.Errorf("%q and %q have one key", p[0], p[1])
		}
	}
}

func TestAfterFindsTheEndOfABeginning(t *testing.T) {
	cases := []struct {
		text, begin, rest string
		ok                bool
	}{
		{"By Valeria", "by", " Valeria", true},
		{"  BY\u00a0Valeria", "By", "\u00a0Valeria", true},
		{"Фота: president.gov.by", "фота", ": president.gov.by", true},
		{"The situation  has not changedMinsk", "The situation has not changed", "Minsk", true},
		{"Belarus – West", "Belarus-West", "", true},
		{"Ma", "May", "", false},
		{"", "May", "", false},
		{"Май 3", "Май", " 3", true},
		{"anything", "", "", false},
	}
	for _, c := range cases {
		end, ok := fold.After(c.text, fold.Key(c.begin))
		if ok != c.ok || ok && c.text[end:] != c.rest {
			t.Errorf("%q after %q: got %q %v, want %q %v", c.text, c.begin, c.text[end:], ok, c.rest, c.ok)
		}
	}
}

func FuzzKey(f *testing.F) {
	for _, seed := range []string{"View all »", "Жнівень 9 – Жнівень 15", "\xff\xfe", "и\u0306", "- -", "a\u0301\u0301"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		key := fold.Key(s)
		if end, ok := fold.After(key, key); key != "" && fold.Key(key) == key && (!ok || end != len(key)) {
			t.Fatalf("%q does not begin with itself", key)
		}
	})
}

func BenchmarkKey(b *testing.B) {
	var room [128]byte
	for b.Loop() {
		fold.AppendKey(room[:0], "Minsk develops cooperation with NATO and retains military cooperation with Russia")
	}
}
