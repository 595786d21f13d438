package revision

import (
	"testing"
	"time"
)

func TestNamesAreTakenApartAgain(t *testing.T) {
	for _, n := range []int{1, 2, 17} {
		id, at, got, ok := ParseName(Name("s/p@q", hour(0), n))
		if id != "s/p@q" || !at.Equal(hour(0)) || got != n || !ok {
			t.Errorf("%q %v %d %v", id, at, got, ok)
		}
	}
	if got := Name("s/p", hour(0).Add(999*time.Millisecond), 1); got != "s/p@20171211T093000Z" {
		t.Error(got)
	}
}

func TestOtherArgumentsAreNoNames(t *testing.T) {
	for _, s := range []string{
		"", "s/p", "@20171211T093000Z", "s/p@", "s/p@20171211T093000", "s/p@20171211", "s/p@20171311T093000Z", "s/p@20171211T093000Z-",
		"s/p@20171211T093000Z-1", "s/p@20171211T093000Z-02", "s/p@20171211T093000Z--2", "s/p@20171211T093000Z-x", "https://user@host/p",
		"s/p@20171211T093000.5Z",
	} {
		if id, _, _, ok := ParseName(s); ok {
			t.Errorf("%q is taken for a revision of %q", s, id)
		}
	}
}

func revisionNames(h *History) []string {
	var out []string
	for i := range h.Revisions {
		out = append(out, h.Revisions[i].Name)
	}
	return out
}

func TestRevisionsWithinOneSecondHaveNamesOfTheirOwn(t *testing.T) {
	observed := story(t, "0 good A, 0 good B, 0 good A, 1 good C, 2 good D")
	observed[1].Time = observed[1].Time.Add(1 * time.Millisecond)
	observed[2].Time = observed[2].Time.Add(2 * time.Millisecond)
	h := Settle("a", observed)
	want := []string{"a@20171211T093000Z", "a@20171211T093000Z-2", "a@20171211T093000Z-3", "a@20171211T103000Z", "a@20171211T113000Z"}
	got := revisionNames(&h)
	if len(got) != len(want) {
		t.Fatal(got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("revision %d is %s, want %s", i+1, got[i], want[i])
		}
		if r := h.ByName(want[i]); r == nil || r.Number != i+1 {
			t.Errorf("%s gives %+v", want[i], r)
		}
	}
}

func TestNamesLastWhenAnImportBringsAnEarlierCapture(t *testing.T) {
	observed := story(t, "10 good A, 10 good B, 20 good A, 30 good C")
	observed[1].Time = observed[1].Time.Add(time.Millisecond)
	old := Settle("a", observed)
	now := old.With(story(t, "5 good A, 15 good A, 25 good C")...)
	if got := told(&now); len(now.Revisions) != 4 {
		t.Fatal(got)
	}
	texts := []string{"A", "B", "A", "C"}
	for i, name := range revisionNames(&old) {
		r := now.ByName(name)
		if r == nil || r.Number != i+1 || r.Article.Lead != "Lead of "+texts[i]+"." {
			t.Errorf("%s names %+v", name, r)
		}
	}
	if got := now.Revisions[1].Name; got != old.Revisions[1].Name {
		t.Errorf("the second revision of the second was %s and is %s", old.Revisions[1].Name, got)
	}
}

func TestByTimeGivesWhatWasInForce(t *testing.T) {
	h := Settle("a", story(t, "0 good A, 10 good B, 20 missing, 50 missing, 60 good B"))
	for at, want := range map[float64]int{-1: 0, 0: 1, 5: 1, 10: 2, 19: 2, 20: 0, 55: 0, 60: 3, 1000: 3} {
		got := 0
		if r := h.ByTime(hour(at), 1); r != nil {
			got = r.Number
		}
		if got != want {
			t.Errorf("hour %v: revision %d, want %d", at, got, want)
		}
	}
	if h.ByName("a@20171211T093000Z-9") == nil || h.ByName("nonsense") != nil {
		t.Error("a number too high stands for the last one of that second, and nonsense for none")
	}
}
