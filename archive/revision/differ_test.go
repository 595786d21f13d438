package revision

import (
	"testing"

	"pgregory.net/rapid"

	"infocus/archive/record"
)

func TestPlainlyDifferentTextsDifferWhenFolded(t *testing.T) {
	texts := rapid.StringOf(rapid.SampledFrom([]rune("aeиуіїґ\u0483 \n\u00a0\u0306\u0301\u0308éйў\u2003.“”\u1100\u1161")))
	rapid.Check(t, func(t *rapid.T) {
		common := texts.Draw(t, "common")
		a, b := common+texts.Draw(t, "a"), common+texts.Draw(t, "b")
		if plainlyDiffer(a, b) && record.Fold(a) == record.Fold(b) {
			t.Fatalf("%q and %q", a, b)
		}
		if plainlyDiffer(a, b) != plainlyDiffer(b, a) {
			t.Fatalf("%q and %q: not the other way", a, b)
		}
	})
}

func TestOrdinaryEditsDifferPlainly(t *testing.T) {
	for _, c := range [][2]string{
		{"20 million", "30 million"}, {"The end.", "The End."}, {"Сітуацыя", "Сутуацыя"}, {"Ситуация не", "Ситуация на"}, {"a.", "a!"},
	} {
		if !plainlyDiffer(c[0], c[1]) {
			t.Errorf("%q and %q", c[0], c[1])
		}
	}
	for _, c := range [][2]string{{"", "a"}, {"a", "a b"}, {"a  b", "a b"}, {"e\u0301", "é"}, {"й", "и\u0306"}, {"same", "same"}} {
		if plainlyDiffer(c[0], c[1]) {
			t.Errorf("%q and %q", c[0], c[1])
		}
	}
}
