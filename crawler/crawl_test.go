package crawler_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"infocus/archive"
	"infocus/archive/dataset"
	"infocus/archive/record"
	"infocus/crawler"
	"infocus/crawler/replica"
	"infocus/extract"
	"infocus/extract/profile"
)

// start serves a replica for one test.
func start(t *testing.T, o replica.Options) *replica.Server {
	t.Helper()
	s, err := replica.Start(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func options(t *testing.T, s *replica.Server) crawler.Options {
	t.Helper()
	p, ok := profile.Builtin(profile.Default)
	if !ok {
		t.Fatal("no built-in profile")
	}
	return crawler.Options{
		Program: "infocus/test", Profile: p, Builtin: true, BaseURL: s.URL(), MinFree: -1, Log: zerolog.New(zerolog.NewTestWriter(t)),
	}
}

// night runs one crawl that has to go on to its end, and checks the archive after it.
func night(t *testing.T, dir archive.Dir, o crawler.Options) *archive.Report {
	t.Helper()
	r, err := crawler.Run(context.Background(), dir, o)
	if err != nil {
		t.Fatalf("crawl: %v", err)
	}
	return r
}

func whole(t *testing.T, dir archive.Dir) {
	t.Helper()
	c, err := archive.Check(context.Background(), dir, archive.CheckOptions{TempDir: t.TempDir()})
	if err != nil {
		t.Fatalf("check: %v", err)
	}
	for _, f := range c.Findings {
		t.Errorf("check: %s: %s", f.Place, f.Reason)
	}
}

func export(t *testing.T, dir archive.Dir, all bool) []byte {
	t.Helper()
	var buf bytes.Buffer
	if _, err := dataset.JSONL(dir, &buf, dataset.Options{All: all}); err != nil {
		t.Fatalf("export: %v", err)
	}
	return buf.Bytes()
}

func records(t *testing.T, dir archive.Dir, all bool) map[string]record.Record {
	t.Helper()
	out := map[string]record.Record{}
	for line := range bytes.Lines(export(t, dir, all)) {
		r, err := record.Parse(line)
		if err != nil {
			t.Fatalf("record: %v", err)
		}
		key := r.ID
		if all {
			key = fmt.Sprintf("%s#%d", r.ID, r.Revision)
		}
		out[key] = r
	}
	return out
}

// TestEveryFieldOfEveryArticle crawls the replica in each markup and in both shapes of its archive, and holds
// every field of every record against what the replica meant.
func TestEveryFieldOfEveryArticle(t *testing.T) {
	for _, markup := range replica.Markups() {
		shape := replica.ArchiveSections
		if markup == replica.MarkupSoup {
			shape = replica.ArchiveWeeks // the others by weeks are slow tests
		}
		t.Run(string(markup)+"/"+string(shape), func(t *testing.T) {
			t.Parallel()
			everyField(t, markup, shape)
		})
	}
}

func everyField(t *testing.T, markup replica.Markup, shape replica.Archive) {
	t.Helper()
	s := start(t, replica.Options{Markup: markup, Archive: shape})
	dir := archive.Dir(t.TempDir())
	r := night(t, dir, options(t, s))
	if r.ExitCode != 0 {
		t.Errorf("exit code %d, failures %v, alarms %v", r.ExitCode, r.Failures, r.Alarms)
	}
	compare(t, s, records(t, dir, false))
}

func compare(t *testing.T, s *replica.Server, have map[string]record.Record) {
	t.Helper()
	want := 0
	for _, truth := range s.Articles() {
		if truth.Status != 200 {
			continue
		}
		want++
		id := profile.Default + "/" + truth.Path
		r, ok := have[id]
		if !ok {
			t.Errorf("%s: no record (%v)", id, truth.Shapes)
			continue
		}
		for _, d := range differences(s, &truth, &r) {
			t.Errorf("%s (%v): %s", id, truth.Shapes, d)
		}
	}
	if len(have) != want {
		t.Errorf("%d records, the replica has %d articles", len(have), want)
	}
}

func differences(s *replica.Server, truth *replica.Truth, r *record.Record) []string {
	var out []string
	hold := func(field, have, want string) {
		if have != want {
			out = append(out, fmt.Sprintf("%s is %q, meant is %q", field, have, want))
		}
	}
	hold("edition", r.Edition, truth.Edition)
	hold("lang", r.Lang, truth.Lang)
	hold("section", r.Section, truth.Section)
	hold("section_id", r.SectionID, truth.SectionID)
	hold("headline", r.Headline, truth.Headline)
	hold("period_start", r.PeriodStart, truth.PeriodStart)
	hold("period_end", r.PeriodEnd, truth.PeriodEnd)
	hold("period_text", r.PeriodText, truth.PeriodText)
	hold("trend", r.Trend, truth.Trend)
	hold("trend_text", r.TrendText, truth.TrendText)
	hold("authors", strings.Join(r.Authors, "|"), strings.Join(truth.Authors, "|"))
	hold("lead", r.Lead, truth.Lead)
	hold("body", r.Body, truth.Body)
	hold("caption", r.Caption, truth.Caption)
	hold("links", strings.Join(r.Links, "|"), strings.Join(truth.LinksAt(s.URL()), "|"))
	var twins []extract.Translation
	for _, tr := range truth.Translations {
		if twin, _ := s.Article(tr.Path); !truth.LinksTwin && !twin.LinksTwin {
			continue // neither page says so
		}
		twins = append(twins, extract.Translation{Edition: tr.Edition, ID: profile.Default + "/" + tr.Path})
	}
	if !slices.Equal(r.Translations, twins) && len(r.Translations)+len(twins) > 0 {
		hold("translations", fmt.Sprint(r.Translations), fmt.Sprint(twins))
	}
	return out
}

// TestRebuildGivesTheSameBytes makes the index anew after several nights of changes.
func TestRebuildGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	s := start(t, replica.Options{Weeks: 8})
	dir := archive.Dir(t.TempDir())
	o := options(t, s)
	night(t, dir, o)
	changeSite(t, s)
	o.Full = true
	night(t, dir, o)
	before, runsBefore := export(t, dir, true), runs(t, dir)
	whole(t, dir)
	if _, err := archive.Rebuild(context.Background(), dir, archive.RebuildOptions{}); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, export(t, dir, true)) {
		t.Error("the export differs after a rebuild")
	}
	if after := runs(t, dir); after != runsBefore {
		t.Errorf("runs differ after a rebuild:\n%s\n%s", runsBefore, after)
	}
	whole(t, dir)
}

func runs(t *testing.T, dir archive.Dir) string {
	t.Helper()
	var out string
	err := archive.View(dir, func(ix *archive.Index) error {
		list, err := ix.Runs()
		if err != nil {
			return err
		}
		data, err := json.Marshal(list)
		out = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// changeSite edits one article, moves one, takes one down and publishes a week.
func changeSite(t *testing.T, s *replica.Server) (edited, moved, gone string) {
	t.Helper()
	if _, err := s.PublishWeek(); err != nil {
		t.Fatal(err)
	}
	var plain []string
	for _, a := range s.Articles() {
		if a.Edition == "en" && a.Status == 200 && strings.Count(a.Body, "\n\n") > 2 && len(a.Translations) == 0 {
			plain = append(plain, a.Path)
		}
	}
	if len(plain) < 9 {
		t.Fatalf("only %d articles to change", len(plain))
	}
	edited, moved, gone = plain[6], plain[7], plain[8]
	if _, err := s.Edit(edited, func(d *replica.Draft) { d.Verdict = replica.VerdictWorse; d.Headline += " again" }); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Move(moved, "moved-to-another-slug-of-the-site"); err != nil {
		t.Fatal(err)
	}
	if err := s.TakeDown(gone, 404); err != nil {
		t.Fatal(err)
	}
	return edited, moved, gone
}
