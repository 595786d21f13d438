package replica

import (
	"strings"
	"testing"
	"time"
)

func TestSlugs(t *testing.T) {
	old, full := day(2017, time.December, 4), day(2022, time.February, 7)
	long := "The government and the president of the republic agree to postpone the reform of pensions for state employees until autumn"
	for name, c := range map[string]struct {
		headline string
		week     time.Time
		want     string
		cut      bool
	}{
		"stop words are dropped until 2021": {"Minsk develops cooperation with NATO", old, "minsk-develops-cooperation-nato", true},
		"later slugs are full":              {"Minsk develops cooperation with NATO", full, "minsk-develops-cooperation-with-nato", false},
		"nothing to drop":                   {"Minsk insists", old, "minsk-insists", false},
		"Cyrillic in Latin letters":         {"Правящий класс, ещё раз", full, "pravyaschiy-klass-esche-raz", false},
		"Belarusian letters":                {"Улады рыхтуюць змены ў ліпені", full, "ulady-ryhtuyuts-zmeny-u-lipeni", false},
		"long ones stop near 100 of path": {long, old,
			"government-president-republic-agree-postpone-reform-pensions-state-employees-until", true},
	} {
		got, cut := slugFor(c.headline, "security-issues", c.week)
		if got != c.want || cut != c.cut {
			t.Errorf("%s: %q, cut %t, want %q, cut %t", name, got, cut, c.want, c.cut)
		}
		if path := "/security-issues/" + got; len(path) > 101 && c.week.Equal(old) {
			t.Errorf("%s: path of %d bytes", name, len(path))
		}
	}
	if got, cut := slugFor(strings.Repeat("word ", 60), "x", full); len(got) > longSlug || !cut {
		t.Errorf("full slug of %d bytes, cut %t", len(got), cut)
	}
}
