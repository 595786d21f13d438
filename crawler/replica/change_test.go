package replica_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"infocus/crawler/replica"
)

func TestPublishWeek(t *testing.T) {
	s := newSite(t, replica.Options{Weeks: 4, Now: func() time.Time { return day(2025, 1, 28) }})
	news, err := s.PublishWeek()
	if err != nil {
		t.Fatal(err)
	}
	week := day(2025, 1, 20)
	if !s.Weeks()[0].Equal(week) || len(news) < 5 {
		t.Fatalf("%d articles in the week of %s", len(news), s.Weeks()[0])
	}
	home := visible(parsed(t, ask(s, "/")))
	if !strings.Contains(home, "January 20 – January 26") {
		t.Error("the home page does not show the new week")
	}
	for _, a := range news {
		if !a.Week.Equal(week) || !a.Modified.Equal(day(2025, 1, 28)) {
			t.Errorf("%s: week of %s, modified %s", a.Path, a.Week, a.Modified)
		}
		if a.Edition == "en" && !strings.Contains(home, a.Headline) {
			t.Errorf("the home page does not show %s", a.Path)
		}
	}
}

func TestEditMakesARevision(t *testing.T) {
	now := day(2025, 2, 1)
	s := newSite(t, replica.Options{Weeks: 2, Now: func() time.Time { return now }})
	a := newestArticle(t, s)
	tag := ask(s, "/"+a.Path).Header().Get("ETag")
	same, err := s.Edit(a.Path, func(*replica.Draft) {})
	if err != nil || same.Revision != 1 {
		t.Fatalf("an edit that changes nothing: revision %d, %v", same.Revision, err)
	}
	b, err := s.Edit(a.Path, func(d *replica.Draft) {
		d.Verdict, d.Paragraphs[1], d.SectionID = replica.VerdictBetter, "Rewritten [at length](/x).", "the-ruling-elite"
	})
	if err != nil {
		t.Fatal(err)
	}
	if b.Revision != 2 || b.Trend != "better" || b.SectionID != a.SectionID || !b.Modified.Equal(now) || !strings.HasPrefix(b.Body, "Rewritten at length.") {
		t.Errorf("second revision %+v", b)
	}
	if revs := s.Revisions(a.Path); len(revs) != 2 || revs[0].Body != a.Body || revs[1].Body != b.Body {
		t.Errorf("%d revisions", len(revs))
	}
	w := ask(s, "/"+a.Path)
	if w.Header().Get("ETag") == tag || w.Header().Get("Last-Modified") != now.Format(http.TimeFormat) {
		t.Error("the edited page has its old validators")
	}
	checkOrder(t, visible(parsed(t, w)), b)
	if _, err := s.Edit(a.Path, func(d *replica.Draft) { d.Paragraphs = nil }); err == nil {
		t.Error("an edit without text was taken")
	}
	if _, err := s.Edit("no/such", func(*replica.Draft) {}); !errors.Is(err, replica.ErrUnknownArticle) {
		t.Errorf("edit of an unknown path: %v", err)
	}
}

func TestLayoutAndChromeAreNoContent(t *testing.T) {
	s := small(t)
	a := newestArticle(t, s)
	b, err := s.Edit(a.Path, func(d *replica.Draft) { d.Layout, d.NoEdition = replica.LayoutOlder, true })
	if err != nil {
		t.Fatal(err)
	}
	if b.Lead != a.Lead || b.Body != a.Body || b.PeriodText != "" || b.Section != "" || b.LinksTwin || len(b.Translations) != 1 {
		t.Errorf("older layout: %+v", b)
	}
	before := ask(s, "/"+a.Path).Body.String()
	s.ChangeChrome()
	if after := ask(s, "/"+a.Path).Body.String(); after == before {
		t.Error("the chrome did not change")
	}
	if c, _ := s.Article(a.Path); c.Revision != b.Revision {
		t.Error("a change of chrome made a revision")
	}
}

func TestTakeDownAndRestore(t *testing.T) {
	s := small(t)
	a := newestArticle(t, s)
	for _, status := range []int{http.StatusNotFound, http.StatusGone} {
		if err := s.TakeDown(a.Path, status); err != nil {
			t.Fatal(err)
		}
		wantStatus(t, s, "/"+a.Path, status)
		if slices.Contains(items(t, s, "/analytics/"+a.SectionID+"/"), a.Path) {
			t.Error("the listing names an article that was taken down")
		}
		if b, ok := s.Article(a.Path); !ok || b.Status != status {
			t.Errorf("truth says %d, want %d", b.Status, status)
		}
	}
	if err := s.Restore(a.Path); err != nil {
		t.Fatal(err)
	}
	wantStatus(t, s, "/"+a.Path, http.StatusOK)
	if !slices.Contains(items(t, s, "/analytics/"+a.SectionID+"/"), a.Path) {
		t.Error("the restored article is in no listing")
	}
	if err := s.TakeDown(a.Path, 500); err == nil {
		t.Error("taken down with status 500")
	}
}

func TestMoveLeavesARedirect(t *testing.T) {
	s := small(t)
	a := newestArticle(t, s)
	b, err := s.Move(a.Path, "a-new-slug")
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.Move(b.Path, "a-third-slug")
	if err != nil {
		t.Fatal(err)
	}
	for _, old := range []string{a.Path, b.Path} {
		w := wantStatus(t, s, "/"+old, http.StatusMovedPermanently)
		if got := w.Header().Get("Location"); got != "/"+c.Path+"/" {
			t.Errorf("%s leads to %s, want %s", old, got, c.Path)
		}
	}
	wantStatus(t, s, "/"+c.Path, http.StatusOK)
	if !slices.Equal(c.OldPaths, []string{a.Path, b.Path}) || c.Path != a.SectionID+"/a-third-slug" {
		t.Errorf("moved: %+v", c)
	}
	twin, _ := s.Article(a.Translations[0].Path)
	if twin.Translations[0].Path != c.Path {
		t.Errorf("the translation names %s", twin.Translations[0].Path)
	}
	if got, ok := s.Article(a.Path); !ok || got.Path != c.Path {
		t.Error("the old path does not find the article")
	}
	if back, err := s.Move(c.Path, a.Path[strings.Index(a.Path, "/")+1:]); err != nil || back.Path != a.Path {
		t.Fatalf("moved back: %s, %v", back.Path, err)
	}
	wantStatus(t, s, "/"+a.Path, http.StatusOK)
	wantStatus(t, s, "/"+c.Path, http.StatusMovedPermanently)
	if _, err := s.Move(a.Path, ""); err == nil {
		t.Error("moved to an empty slug")
	}
}

func TestSiteWideChanges(t *testing.T) {
	s := small(t)
	a := newestArticle(t, s)
	s.RemoveVerdicts(true)
	if b, _ := s.Article(a.Path); b.Trend != "" || b.TrendText != "" {
		t.Errorf("truth still has the verdict %q", b.TrendText)
	}
	if strings.Contains(visible(parsed(t, ask(s, "/"+a.Path))), a.TrendText+" "+a.Headline) {
		t.Error("the page still has the verdict")
	}
	s.RemoveVerdicts(false)

	s.RedirectAllToHome(true)
	if got := wantStatus(t, s, "/"+a.Path, http.StatusFound).Header().Get("Location"); got != "/" {
		t.Errorf("redirected to %s", got)
	}
	if got := wantStatus(t, s, "/"+a.Translations[0].Path, http.StatusFound).Header().Get("Location"); got != "/by/" {
		t.Errorf("redirected to %s", got)
	}
	s.RedirectAllToHome(false)

	s.MassGone(http.StatusNotFound)
	wantStatus(t, s, "/"+a.Path, http.StatusNotFound)
	if got := items(t, s, "/analytics/"+a.SectionID+"/"); !slices.Contains(got, a.Path) {
		t.Error("the listing changed with the mass of 404s")
	}
	s.MassGone(0)

	s.Park(true)
	for _, path := range []string{"/", "/" + a.Path, "/analytics/"} {
		if body := wantStatus(t, s, path, http.StatusOK).Body.String(); !strings.Contains(body, "for sale") {
			t.Errorf("%s of a parked domain: %q", path, body)
		}
	}
	s.Park(false)
	checkOrder(t, visible(parsed(t, wantStatus(t, s, "/"+a.Path, http.StatusOK))), a)
}

func TestAddRefusesWhatMakesNoPage(t *testing.T) {
	s := small(t)
	good := replica.Draft{SectionID: "security-issues", Headline: "A headline", Paragraphs: []string{"Lead."}}
	for name, change := range map[string]func(*replica.Draft){
		"unknown edition":            func(d *replica.Draft) { d.Edition = "fr" },
		"section of another edition": func(d *replica.Draft) { d.Edition = "be" },
		"no headline":                func(d *replica.Draft) { d.Headline = "" },
		"no text":                    func(d *replica.Draft) { d.Paragraphs = nil },
		"no slug":                    func(d *replica.Draft) { d.Headline = "!!!" },
		"unknown twin":               func(d *replica.Draft) { d.TwinOf = "by/x/y" },
	} {
		d := good
		change(&d)
		if _, err := s.Add(d); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	a, err := s.Add(good)
	if err != nil || a.Path != "security-issues/a-headline" || a.PeriodStart != "2025-01-13" {
		t.Fatalf("%+v, %v", a, err)
	}
	if _, err := s.Add(good); err == nil {
		t.Error("the same path was taken twice")
	}
	if !slices.Contains(items(t, s, "/analytics/security-issues/"), a.Path) {
		t.Error("the added article is in no listing")
	}
}

func TestUnknownMarkupIsRefused(t *testing.T) {
	if _, err := replica.New(replica.Options{Markup: "flash"}); err == nil {
		t.Error("a markup that is not there was taken")
	}
}
