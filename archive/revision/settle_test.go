package revision

import (
	"slices"
	"strings"
	"testing"

	"infocus/extract"
)

func TestSettle(t *testing.T) {
	for _, c := range []struct{ name, story, want, outcomes string }{
		{"nothing but failures", "0 failed, 5 missing, 40 missing", "", "failed/timeout missing missing"},
		{"one capture", "0 good X", "X 0-0 ×1", "new"},
		{"the same again", "0 good X, 5 good X", "X 0-5 ×2", "new unchanged"},
		{"A, B, A", "0 good A, 1 good B, 2 good A", "A 0-0 ×1, B 1-1 ×1, A 2-2 ×1", "new changed changed"},
		{"a failure between two good ones", "0 good X, 1 failed, 60 failed, 99 good X", "X 0-99 ×2", "new failed/timeout failed/timeout unchanged"},
		{"not modified", "0 good X, 1 304, 2 304", "X 0-2 ×3", "new not-modified not-modified"},
		{"not modified before anything", "0 304, 1 good X", "X 1-1 ×1", "not-modified/unconfirmed new"},
		{"not modified confirms the newest payload of the id", "0 good A, 1 good B, 2 304", "A 0-0 ×1, B 1-2 ×2", "new changed not-modified"},
		{"not modified names an older payload", "0 good A, 1 good B, 2 304 SHA1-a-A", "A 0-0 ×1, B 1-1 ×1, A 2-2 ×1", "new changed changed"},
		{"not modified names a payload not known", "0 good A, 1 good B, 2 304 SHA1-other", "A 0-0 ×1, B 1-2 ×2", "new changed not-modified"},
		{"missing once", "0 good X, 1 missing, 50 good X", "X 0-50 ×2", "new missing unchanged"},
		{"missing twice within a day", "0 good X, 1 missing, 24.9 missing, 50 good X", "X 0-50 ×2", "new missing missing unchanged"},
		{"gone", "0 good X, 1 missing, 25 missing, 99 missing", "X 0-0 ×1 gone 1", "new missing missing/gone missing"},
		{"gone by the third", "0 good X, 1 missing, 10 missing, 30 missing", "X 0-0 ×1 gone 1", "new missing missing missing/gone"},
		{"failures between do not matter", "0 good X, 1 missing, 10 failed, 30 missing", "X 0-0 ×1 gone 1", "new missing failed/timeout missing/gone"},
		{"a good one between", "0 good X, 1 missing, 20 good X, 30 missing", "X 0-20 ×2", "new missing unchanged missing"},
		{"a 304 between", "0 good X, 1 missing, 20 304, 30 missing", "X 0-20 ×2", "new missing not-modified missing"},
		{"gone and back with the same text", "0 good X, 1 missing, 25 missing, 40 good X", "X 0-0 ×1 gone 1, X 40-40 ×1 returned", "new missing missing/gone changed/returned"},
		{"gone and back with another text", "0 good X, 1 missing, 25 missing, 40 good Y", "X 0-0 ×1 gone 1, Y 40-40 ×1 returned", "new missing missing/gone changed/returned"},
		{"gone and back by a 304", "0 good X, 1 missing, 25 missing, 40 304, 41 good X", "X 0-0 ×1 gone 1, X 40-41 ×2 returned", "new missing missing/gone changed/returned unchanged"},
		{"gone twice", "0 good X, 1 missing, 25 missing, 40 good X, 50 missing, 90 missing", "X 0-0 ×1 gone 1, X 40-40 ×1 returned gone 50", "new missing missing/gone changed/returned missing missing/gone"},
		{"missing before the first good one", "0 missing, 30 missing, 31 good X, 32 missing", "X 31-31 ×1", "missing missing new missing"},
		{"a redirect ends nothing", "0 good X, 1 moved home, 40 moved home, 50 good X", "X 0-50 ×2", "new moved moved unchanged"},
		{"missing, then redirected home, then missing", "0 good X, 1 missing, 2 moved home, 40 missing", "X 0-0 ×1 gone 1", "new missing moved missing/gone"},
		{"redirected to what never was an article, then missing", "0 good X, 1 moved b, 40 missing, 80 missing", "X 0-0 ×1 gone 40", "new moved missing missing/gone"},
		{"two captures at one time begin with the revision in force", "0 good B, 5 good A, 5 good B", "B 0-5 ×2, A 5-5 ×1", "new unchanged changed"},
		{"missing and good at one time is present", "0 good X, 1 missing, 30 good X, 30 missing", "X 0-0 ×1 gone 1, X 30-30 ×1 returned", "new missing missing/gone changed/returned"},
	} {
		t.Run(c.name, func(t *testing.T) {
			observed := story(t, c.story)
			slices.Reverse(observed)
			h := Settle("a", observed)
			if got := told(&h); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if got := outcomes(&h); got != c.outcomes {
				t.Errorf("got  %s\nwant %s", got, c.outcomes)
			}
		})
	}
}

// edit gives two captures of an article, the second one edited.
func edit(change func(*extract.Article)) []Observation {
	first, second := page("X"), page("X")
	change(second)
	return []Observation{
		{ID: "a", URL: "https://h/a", Time: hour(0), Kind: Good, Article: first, PayloadSHA1: "1"},
		{ID: "a", URL: "http://www.h/a/", Time: hour(1), Kind: Good, Article: second, PayloadSHA1: "2"},
	}
}

func TestWhatMakesARevision(t *testing.T) {
	type A = extract.Article
	for _, c := range []struct {
		name   string
		change func(*A)
		want   string // keys changed, "" for no revision
	}{
		{"nothing", func(*A) {}, ""},
		{"section", func(a *A) { a.Section = "The ruling elite" }, "section"},
		{"headline", func(a *A) { a.Headline = "Head" }, "headline"},
		{"period", func(a *A) { a.PeriodText = "December 4 - December 10, 2017" }, "period_text"},
		{"verdict", func(a *A) { a.Trend = "worse" }, "trend"},
		{"authors", func(a *A) { a.Authors = []string{"Name", "Other"} }, "authors"},
		{"lead", func(a *A) { a.Lead = "Lead of Y." }, "lead"},
		{"body", func(a *A) { a.Body = "Body of Y." }, "body"},
		{"body emptied, lead stays", func(a *A) { a.Body = "" }, "body"},
		{"quotes exchanged", func(a *A) { a.Body = "Body of «X»." }, "body"},
		{"all", func(a *A) {
			*a = A{Section: "S", Headline: "H", PeriodText: "P", Trend: "worse", Authors: []string{"N"}, Lead: "L", Body: "B"}
		},
			"section headline period_text trend authors lead body"},
		{"lead ends elsewhere", func(a *A) { a.Lead, a.Body = "Lead of X. Body", "of X." }, ""},
		{"all in the lead", func(a *A) { a.Lead, a.Body = "Lead of X.\n\nBody of X.", "" }, ""},
		{"all in the body", func(a *A) { a.Lead, a.Body = "", "Lead of X. Body of X." }, ""},
		{"spaces and breaks", func(a *A) {
			a.Headline, a.Body, a.PeriodText = " Headline\n", "Body\n\nof\tX.", "December\u00a04 –  December 10, 2017"
		}, ""},
		{"no section", func(a *A) { a.Section = "" }, ""},
		{"no marked field but the text", func(a *A) { *a = A{Lead: a.Lead, Body: a.Body} }, ""},
		{"unmarked fields", func(a *A) {
			a.SectionID, a.PeriodStart, a.PeriodEnd, a.TrendText = "s", "2018-01-01", "2018-01-07", "better now"
			a.Caption, a.Links, a.Edition, a.Lang, a.Warnings = "C", []string{"l"}, "be", "ru", []string{"w"}
		}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := Settle("a", edit(c.change))
			if got := strings.Join(h.Latest().Changed, " "); got != c.want {
				t.Errorf("changed %q, want %q", got, c.want)
			}
			if want := 1 + min(len(c.want), 1); len(h.Revisions) != want {
				t.Errorf("%d revisions, want %d", len(h.Revisions), want)
			}
		})
	}
}

func TestComposedAndDecomposedLettersAreOneText(t *testing.T) {
	observed := edit(func(a *extract.Article) { a.Body = "Кіру\u0306ючы клас" }) // у and a breve
	observed[0].Article.Body = "Кірўючы клас"
	if h := Settle("a", observed); len(h.Revisions) != 1 {
		t.Error(told(&h))
	}
}

func TestARevisionKeepsMarkedFieldsThatTheNewestCaptureLacks(t *testing.T) {
	observed := edit(func(a *extract.Article) {
		*a = extract.Article{Lead: a.Lead + "\n\n" + a.Body, Caption: "new", Lang: "en", SectionID: "s", Warnings: []string{"w"}}
	})
	observed[0].Article.Links = []string{"old"}
	h := Settle("a", observed)
	if len(h.Revisions) != 1 {
		t.Fatal(told(&h))
	}
	r := h.Latest()
	a := r.Article
	if a.Section != "Security issues" || a.Headline != "Headline" || a.Trend != "better" || a.Authors[0] != "Name" || a.PeriodText == "" {
		t.Errorf("marked fields are lost: %+v", a)
	}
	if a.PeriodStart != "2017-12-04" || a.PeriodEnd != "2017-12-10" || a.TrendText != "got better" {
		t.Errorf("a period or verdict was kept without what belongs to it: %+v", a)
	}
	if a.Caption != "new" || a.Links != nil || a.SectionID != "s" || a.Warnings[0] != "w" || a.Edition != "" || a.Body != "" {
		t.Errorf("unmarked fields and the text are not those of the newest capture: %+v", a)
	}
	if r.Capture.URL != "http://www.h/a/" || !r.Capture.Time.Equal(hour(1)) {
		t.Errorf("capture is %+v", r.Capture)
	}
}

func TestAFieldThatOneLayoutDoesNotPrintIsHeldAgainstTheRevisionAsAWhole(t *testing.T) {
	observed := story(t, "0 good X, 1 good X, 2 good X")
	observed[1].Article.Section = ""
	observed[2].Article.Section = "Other"
	h := Settle("a", observed)
	if got := told(&h); got != "X 0-1 ×2, X 2-2 ×1" || h.Latest().Changed[0] != "section" {
		t.Error(got, h.Latest().Changed)
	}
}

func TestThe304KeepsTheCaptureWithAPayload(t *testing.T) {
	h := Settle("a", story(t, "0 good X, 1 good X, 2 304"))
	if r := h.Latest(); !r.Capture.Time.Equal(hour(1)) || r.Capture.PayloadSHA1 != "SHA1-a-X" || !r.LastSeen.Equal(hour(2)) {
		t.Errorf("%+v", r)
	}
}

func TestAGoodCaptureWithoutTextIsAFailure(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Observation)
		note   string
	}{
		"no article": {func(o *Observation) { o.Article = nil }, NoteNoArticle},
		"emptied":    {func(o *Observation) { o.Article.Lead, o.Article.Body = " \n", "" }, NoteNoText},
	} {
		observed := story(t, "0 good X, 1 good X, 2 good X")
		c.change(&observed[1])
		h := Settle("a", observed)
		if told(&h) != "X 0-2 ×2" || h.Steps[1].Outcome != OutcomeFailed || h.Steps[1].Note != c.note {
			t.Errorf("%s: %s; %s", name, told(&h), outcomes(&h))
		}
	}
}

func TestTheSameCaptureFromTwoFilesCountsOnceAndTheOwnOneIsKept(t *testing.T) {
	observed := story(t, "0 good X, 0 good X, 0 good X, 0 good X")
	observed[0].Source, observed[0].WARC = "wayback", "a"
	observed[1].Source, observed[1].WARC = "live", "z"
	observed[2].Source, observed[2].WARC = "live", "y"
	observed[3].Source, observed[3].WARC = "commoncrawl", "b"
	h := Settle("a", observed)
	if told(&h) != "X 0-0 ×1" || h.Latest().Capture.WARC != "y" {
		t.Errorf("%s from %s", told(&h), h.Latest().Capture.WARC)
	}
}

func TestTimesAreComparedToTheMillisecond(t *testing.T) {
	observed := story(t, "0 good X, 1 good X")
	observed[1].Time = observed[0].Time.Add(999_999)
	h := Settle("a", observed)
	if r := h.Latest(); r.Captures != 1 || r.FirstSeen.Nanosecond() != 0 {
		t.Errorf("%d captures, first at %v", r.Captures, r.FirstSeen)
	}
}

func TestRecordHoldsWhatTheRevisionAndItsNewestCaptureSay(t *testing.T) {
	h := Settle("a", story(t, "0 good X, 1 good Y, 2 304, 3 missing, 40 missing"))
	facts := Facts{Site: "s", Extractor: "e", Aliases: []string{"b"}, Translations: []extract.Translation{{Edition: "be", ID: "c"}}}
	r := h.Record(2, facts)
	if r.Schema != 1 || r.ID != "a" || r.Site != "s" || r.URL != "https://h/a" || r.Extractor != "e" || r.Aliases[0] != "b" || r.Translations[0].ID != "c" {
		t.Errorf("%+v", r)
	}
	if r.Lead != "Lead of Y." || r.Headline != "Headline" || r.Trend != "better" || r.TrendText != "got better" || r.PeriodEnd != "2017-12-10" {
		t.Errorf("%+v", r)
	}
	if r.Revision != 2 || r.Revisions != 2 || r.RevisionID != "a@20171211T103000Z" || r.ContentHash != h.Revisions[1].ContentSHA256 {
		t.Errorf("%+v", r)
	}
	if !r.FirstSeen.Equal(hour(1)) || !r.LastSeen.Equal(hour(2)) || !r.GoneSince.Equal(hour(3)) {
		t.Errorf("%+v", r)
	}
	if r.Capture.WARC != "w" || r.Capture.Offset != 1 || !r.Capture.Time.Equal(hour(1)) || r.Capture.PayloadSHA1 != "SHA1-a-Y" || r.Capture.Source != "live" {
		t.Errorf("%+v", r.Capture)
	}
}
