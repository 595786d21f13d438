package extract

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPagesThatOnlyLookLikeArticlesAreNone reads pages that have something of an article: a title and a text, a date, verdicts
// in a legend, teasers. None may become a record.
func TestPagesThatOnlyLookLikeArticlesAreNone(t *testing.T) {
	e := newTestExtractor(t)
	files, err := filepath.Glob("../testdata/pages/nearmiss/*.html")
	if err != nil || len(files) == 0 {
		t.Fatal("no pages", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".html"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			path, _, _ := strings.Cut(strings.TrimPrefix(string(data), "<!-- "), " ")
			r := e.Explain(Page{URL: testBase + path, Time: testTime(), Body: data})
			if r.Kind == KindArticle || r.Article != nil {
				t.Errorf("taken for an article: %s\n%s", r.Reason, asJSON(t, r.Article))
			}
			t.Log(r.Kind, r.Reason)
		})
	}
}
