package prose_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"infocus/crawler/replica/prose"
)

func newWriter(t *testing.T) *prose.Writer {
	t.Helper()
	w, err := prose.NewWriter()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func assignment(lang string) prose.Assignment {
	return prose.Assignment{
		Lang: lang, Section: "security-issues", Monday: time.Date(2017, 12, 4, 0, 0, 0, 0, time.UTC),
		Seed: 1, Key: "2017-12-04/security-issues/0", Paragraphs: 5,
	}
}

func TestSameAssignmentSameText(t *testing.T) {
	a := assignment("en")
	first, w := newWriter(t).Paragraphs(a), newWriter(t)
	w.Paragraphs(assignment("ru")) // what was written before does not count
	if second := w.Paragraphs(a); !slices.Equal(first, second) {
		t.Fatalf("two texts of one assignment:\n%q\n%q", first, second)
	}
	a.Seed++
	if other := w.Paragraphs(a); slices.Equal(first, other) {
		t.Error("another seed gave the same text")
	}
}

func TestLeadIsTheFirstParagraph(t *testing.T) {
	w := newWriter(t)
	for n := 1; n <= 10; n++ {
		a := assignment("en")
		a.Paragraphs = n
		got := w.Paragraphs(a)
		if len(got) != n || got[0] != w.Lead(a) {
			t.Errorf("%d paragraphs asked: got %d, the first is the lead: %t", n, len(got), got[0] == w.Lead(a))
		}
	}
}

func TestTextsHoldNoTraceOfTheNotation(t *testing.T) {
	w := newWriter(t)
	for _, lang := range []string{"en", "ru", "be"} {
		for _, section := range []string{"the-ruling-elite", "society-and-political-parties", "security-issues", "belarus-west-relations", "belarus-russia-relations"} {
			a := assignment(lang)
			a.Section, a.Paragraphs, a.List, a.Bold, a.Links = section, 9, true, true, []string{"/a/b", "https://www.example.org/"}
			text := w.Headline(a) + "\n" + strings.Join(w.Paragraphs(a), "\n")
			for _, bad := range []string{"{", "}", "|", "<", ">", "  ", " ,", ".."} {
				if strings.Contains(text, bad) {
					t.Errorf("%s, %s: text holds %q:\n%s", lang, section, bad, text)
				}
			}
			if !strings.Contains(text, "](/a/b)") || !strings.Contains(text, "\n- ") || !strings.Contains(text, "\n**") {
				t.Errorf("%s, %s: link, list or bold line missing:\n%s", lang, section, text)
			}
		}
	}
}

func TestNoTwoTextsAreEqual(t *testing.T) {
	w, seen := newWriter(t), map[string]string{}
	for _, key := range strings.Fields(strings.Repeat("x ", 400)) {
		a := assignment("en")
		a.Key = key + strings.Repeat("y", len(seen))
		text := strings.Join(w.Paragraphs(a), "\n")
		if other, ok := seen[text]; ok {
			t.Fatalf("keys %q and %q have one text", a.Key, other)
		}
		seen[text] = a.Key
	}
}

func TestParseNamesWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"unknown list":         {"[a]\n{b}", "no such list"},
		"unknown form":         {"[a]\n{b.2}\n[b]\nx | y", "no such form"},
		"slot without end":     {"[a]\nx {b", "slot without end"},
		"range upside down":    {"[a]\n{9-2}", "no number range"},
		"words before a list":  {"x\n[a]\ny", "line 1"},
		"slot without a name":  {"[a]\n{}", "empty slot"},
		"end before the start": {"[a]\n} {b", "slot without end"},
	} {
		if _, err := prose.Parse(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
}

func TestDiceAreTheSameForEver(t *testing.T) {
	d := prose.NewDice(7, "key")
	got := []int{d.Roll(100), d.Roll(100), d.Between(5, 9), d.Roll(1)}
	if want := []int{77, 38, 8, 0}; !slices.Equal(got, want) {
		t.Errorf("rolls %v, want %v: every page of the replica would change", got, want)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("[a]\n{b.1} {^b=x} {=x} {1-9}\n[b]\none | two\n")
	f.Add("# only\n[a]\n{date} {range}")
	f.Add("[a]\n}{")
	f.Fuzz(func(_ *testing.T, text string) {
		_, _ = prose.Parse(text) // must not panic
	})
}
