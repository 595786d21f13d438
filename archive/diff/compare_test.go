package diff

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestSimilarityRunsFromNothingToAll(t *testing.T) {
	article := readArticle(t)
	for name, c := range map[string]struct {
		old, new string
		low, up  float64
	}{
		"both empty":     {"", "", 1, 1},
		"the same":       {article, article, 1, 1},
		"only moved":     {"One two three four five.\n\nSix seven eight nine ten eleven.", "Six seven eight nine ten eleven.\n\nOne two three four five.", 1, 1},
		"typography":     {"The “early” talks – and so on.", `The "early" talks - and so on.`, 1, 1},
		"one word":       {article, strings.Replace(article, "Smolensk", "Brest", 1), 0.995, 0.9999},
		"emptied":        {article, "", 0, 0},
		"nothing shared": {"Steel exports fell.", "Nobody came there yesterday.", 0, 0},
	} {
		d := Compare("x/y", Version{Body: c.old}, Version{Body: c.new})
		if d.Similarity < c.low || d.Similarity > c.up {
			t.Errorf("%s: similarity %v, want %v to %v", name, d.Similarity, c.low, c.up)
		}
	}
}

func TestWordsAreCountedOnBothSides(t *testing.T) {
	old := "The parties met early.\n\nA paragraph of eight words that will move.\n\nOne that stays where it stands, as before."
	new := "The parties met late.\n\nOne that stays where it stands, as before.\n\nA paragraph of eight words that will move. And more."
	got := Compare("x/y", Version{Body: old}, Version{Body: new}).Words
	if want := (Words{From: 20, To: 22, Deleted: 1, Inserted: 3, Moved: 8}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestLeadAndBodyAreOneText(t *testing.T) {
	from := Version{Lead: "The parties met.", Body: "Nobody was surprised."}
	to := Version{Body: "The parties met.\n\nNobody was surprised."}
	if d := Compare("x/y", from, to); d.Class != None || len(d.Body) != 1 || d.Body[0].Kind != OpEqual {
		t.Errorf("got class %v and operations %s", d.Class, dump(d.Body))
	}
}

func TestFieldsWithoutAValueOnOneSideAreNoChange(t *testing.T) {
	full := Version{Headline: "h", Trend: "worse", Section: "s", PeriodText: "p", Authors: []string{"a"}, Body: "Text."}
	bare := Version{Body: "Text."}
	for _, d := range []*Diff{Compare("x/y", full, bare), Compare("x/y", bare, full)} {
		if len(d.Fields) != 0 || d.Class != None {
			t.Errorf("got fields %v and class %v", d.Fields, d.Class)
		}
	}
}

func TestFieldsStandInTheirOrder(t *testing.T) {
	from := Version{Headline: "one", Trend: "worse", Section: "s", PeriodText: "December 4 – December 10, 2017", Authors: []string{"A", "B"}}
	to := Version{Headline: "two", Trend: "better", Section: "t", PeriodText: "December 11 – December 17, 2017", Authors: []string{"C"}}
	d := Compare("x/y", from, to)
	var got []string
	for _, f := range d.Fields {
		got = append(got, f.Field+" "+f.From+" → "+f.To+" "+f.Class.String())
	}
	want := `headline one → two substantive
trend worse → better verdict
section s → t substantive
period_text December 4 – December 10, 2017 → December 11 – December 17, 2017 substantive
authors A, B → C substantive`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

func TestAPeriodPrintedOtherwiseIsMinor(t *testing.T) {
	from := Version{PeriodText: "December 4 – December 10, 2017", PeriodStart: "2017-12-04", PeriodEnd: "2017-12-10"}
	to := Version{PeriodText: "December 4–10, 2017", PeriodStart: "2017-12-04", PeriodEnd: "2017-12-10"}
	if got := Heaviest(from, to); got != Minor {
		t.Errorf("got %v", got)
	}
}

func TestRetraction(t *testing.T) {
	long := strings.Repeat("A sentence of some six words. ", 20)
	for name, c := range map[string]struct {
		from, to Version
		want     Class
	}{
		"taken down":              {Version{Body: long}, Version{Body: long, TakenDown: true}, Retraction},
		"emptied":                 {Version{Body: "A word."}, Version{}, Retraction},
		"emptied and verdict":     {Version{Body: long, Trend: "worse"}, Version{Trend: "better"}, Retraction},
		"a notice is left":        {Version{Body: long}, Version{Body: "This article was removed."}, Retraction},
		"a tenth is left":         {Version{Body: long}, Version{Body: long[:len(long)/20]}, Retraction},
		"a half is left":          {Version{Body: long}, Version{Body: long[:len(long)/2]}, Substantive},
		"a short text, shortened": {Version{Body: "One two three four five six."}, Version{Body: "One."}, Substantive},
		"filled":                  {Version{}, Version{Body: long}, Substantive},
		"back after it was gone":  {Version{Body: long, TakenDown: true}, Version{Body: long}, None},
	} {
		if got := Heaviest(c.from, c.to); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestClassesAreOrderedAndReadBack(t *testing.T) {
	for class := None; class < Retraction; class++ {
		if class >= class+1 {
			t.Errorf("%v is not lighter than %v", class, class+1)
		}
	}
	for class := None; class <= Retraction; class++ {
		data, err := json.Marshal(class)
		if err != nil {
			t.Fatal(err)
		}
		back := Class(-1)
		if err := json.Unmarshal(data, &back); err != nil || back != class {
			t.Errorf("%v became %s and then %v (%v)", class, data, back, err)
		}
	}
	if data, _ := json.Marshal(None); string(data) != "null" {
		t.Errorf("no change is %s, want null", data)
	}
	var class Class
	if err := json.Unmarshal([]byte(`"grave"`), &class); err == nil {
		t.Error("an unknown class was read")
	}
}

func TestMovesAreNumberedAsTheyAreMet(t *testing.T) {
	p := strings.Split(readArticle(t), paragraphBreak)
	old := []string{p[0], p[1], p[2], p[3], p[4], p[5]}
	new := []string{p[5], p[0], p[2], p[3], p[4], p[1]}
	next := 1
	for _, op := range CompareText(strings.Join(old, paragraphBreak), strings.Join(new, paragraphBreak)) {
		if op.Move > next {
			t.Errorf("move %d comes before move %d", op.Move, next)
		}
		if op.Move == next {
			next++
		}
	}
	if next != 3 {
		t.Errorf("%d moves, want 2", next-1)
	}
}

func TestBlameFindsTheRevisionOfEachSentence(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2017, 12, n, 9, 30, 0, 0, time.UTC) }
	versions := []Version{
		{Revision: 1, FirstSeen: day(1), Body: "First. “Quoted” one. Comes and goes. Twice."},
		{Revision: 2, FirstSeen: day(2), Body: "First. \"Quoted\" one.\n\nSecond. Twice."},
		{Revision: 3, FirstSeen: day(3), Body: "Second.\n\nFirst. \"Quoted\" one. Comes and goes. Twice."},
		{Revision: 4, RevisionID: "x/y@4", FirstSeen: day(4), Lead: "Twice. Second. First.", Body: "Comes and goes. “Quoted” one. Fourth.\n\nTwice."},
	}
	want := map[string]int{"Second.": 2, "First.": 1, "Comes and goes.": 3, "“Quoted” one.": 1, "Fourth.": 4}
	origins := Blame(versions)
	if len(origins) != 7 {
		t.Fatalf("%d sentences, want 7: %+v", len(origins), origins)
	}
	for _, o := range origins {
		if o.Text == "Twice." {
			continue
		}
		if o.Revision != want[o.Text] || !o.Since.Equal(day(o.Revision)) {
			t.Errorf("%q is of revision %d since %v, want %d", o.Text, o.Revision, o.Since, want[o.Text])
		}
	}
	if first, last := origins[0], origins[6]; first.Revision != 1 || last.Revision != 4 || first.Paragraph != 1 || last.Paragraph != 3 {
		t.Errorf("of two copies, the first is of revision %d and the last of %d", first.Revision, last.Revision)
	}
	if origins[5].RevisionID != "x/y@4" {
		t.Errorf("the newest sentence has revision id %q", origins[5].RevisionID)
	}
	if got := Blame(nil); got != nil {
		t.Errorf("no versions give %v", got)
	}
}

func TestHolds(t *testing.T) {
	v := Version{
		Headline: "Minsk develops cooperation", Lead: "The parties met in the “Belarus + NATO” format",
		Body: "of talks. They don’t agree on 1.5 million – yet.\n\nМинск в г. Сочи. Cafe\u0301. Сonfusion reigns.",
	}
	for phrase, want := range map[string]bool{
		"the parties":            true,
		"THE  PARTIES\nmet":      true,
		`"belarus + nato"`:       true,
		"belarus nato format of": true,
		"don't agree":            true,
		"1.5 million - yet":      true,
		"15 million":             false,
		"café":                   true,
		"минск в г сочи":         true,
		"минск сочи":             false,
		"part":                   false,
		"part*":                  true,
		"part* met":              true,
		"develops cooperation":   true,
		"cooperation the":        false,
		"confusion":              true,
		"":                       false,
		" – ":                    false,
		"*":                      false,
		"yet минск":              true,
	} {
		if got := Holds(v, phrase); got != want {
			t.Errorf("%q: got %v, want %v", phrase, got, want)
		}
	}
}

func TestPhrasesThatOverlapThemselvesAreFound(t *testing.T) {
	if !Holds(Version{Body: "to be to be to go"}, "to be to go") {
		t.Error("not found")
	}
}

func TestHeavierDiffsComeFirst(t *testing.T) {
	list := []*Diff{
		{Class: Minor, Words: Words{Deleted: 1}}, {Class: Substantive, Words: Words{Moved: 3}}, {Class: Verdict},
		{Class: Substantive, Words: Words{Inserted: 9}}, {Class: Substantive, Words: Words{Moved: 5}},
	}
	slices.SortFunc(list, CompareWeight)
	var got []string
	for _, d := range list {
		got = append(got, fmt.Sprintf("%v %d %d", d.Class, d.Words.Inserted, d.Words.Moved))
	}
	if want := "verdict 0 0, substantive 9 0, substantive 0 5, substantive 0 3, minor 0 0"; strings.Join(got, ", ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, ", "), want)
	}
}
