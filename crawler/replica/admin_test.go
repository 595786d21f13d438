package replica_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"infocus/crawler/replica"
)

// order sends an order to the admin surface.
func order(s *replica.Site, verb, body string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodPost, host+"/_replica/"+verb, strings.NewReader(body)))
	return w
}

func TestAdminObeys(t *testing.T) {
	s := newSite(t, replica.Options{Weeks: 2, Admin: true})
	a := newestArticle(t, s)
	id := `"path":"` + a.Path + `"`
	for _, c := range []struct {
		verb, body string
		check      func() bool
	}{
		{"publish-week", `{}`, func() bool { return len(s.Weeks()) == 3 }},
		{"publish-article", `{}`, func() bool { return true }},
		{"edit", `{` + id + `,"set":{"headline":"New words","verdict":"worse"}}`, func() bool {
			b, _ := s.Article(a.Path)
			return b.Headline == "New words" && b.Trend == "worse" && b.Lead == a.Lead && b.Revision == 2
		}},
		{"take-down", `{` + id + `,"status":410}`, func() bool { return ask(s, "/"+a.Path).Code == 410 }},
		{"restore", `{` + id + `}`, func() bool { return ask(s, "/"+a.Path).Code == 200 }},
		{"mass-gone", `{"status":404}`, func() bool { return ask(s, "/"+a.Path).Code == 404 }},
		{"mass-gone", `{}`, func() bool { return ask(s, "/"+a.Path).Code == 200 }},
		{"redirect-all", `{"on":true}`, func() bool { return ask(s, "/"+a.Path).Code == 302 }},
		{"redirect-all", `{"on":false}`, func() bool { return ask(s, "/"+a.Path).Code == 200 }},
		{"redesign", `{"markup":"table"}`, func() bool { return strings.Contains(ask(s, "/").Body.String(), "<FONT") }},
		{"remove-verdicts", `{"on":true}`, func() bool { b, _ := s.Article(a.Path); return b.TrendText == "" }},
		{"inject", `{"fault":{"kind":"status","status":503,"pattern":"/about-monitoring"}}`, func() bool { return ask(s, "/about-monitoring").Code == 503 }},
		{"clear-faults", `{}`, func() bool { return ask(s, "/about-monitoring").Code == 200 }},
		{"park", `{"on":true}`, func() bool { return strings.Contains(ask(s, "/").Body.String(), "for sale") }},
		{"park", `{}`, func() bool { return !strings.Contains(ask(s, "/").Body.String(), "for sale") }},
		{"change-chrome", `{}`, func() bool { return true }},
		{"reset-log", `{}`, func() bool { return len(s.Log()) == 0 }},
		{"move", `{` + id + `,"slug":"elsewhere"}`, func() bool { return ask(s, "/"+a.Path).Code == 301 }},
	} {
		if w := order(s, c.verb, c.body); w.Code != http.StatusOK || !c.check() {
			t.Errorf("%s %s: %d %s", c.verb, c.body, w.Code, w.Body)
		}
	}
	var truths []replica.Truth
	if err := json.Unmarshal(ask(s, "/_replica/truth").Body.Bytes(), &truths); err != nil || len(truths) != len(s.Articles()) {
		t.Errorf("truth over HTTP: %d articles, %v", len(truths), err)
	}
	var log []replica.Request
	if err := json.Unmarshal(ask(s, "/_replica/log").Body.Bytes(), &log); err != nil || len(log) != 1 {
		t.Errorf("log over HTTP: %d entries, %v", len(log), err)
	}
}

func TestAdminRefuses(t *testing.T) {
	s := newSite(t, replica.Options{Weeks: 1, Admin: true})
	for verb, body := range map[string]string{
		"no-such-verb": `{}`, "edit": `{"path":"x/y"}`, "take-down": `not json`, "inject": `{}`, "redesign": `{"markup":"x"}`,
	} {
		if w := order(s, verb, body); w.Code != http.StatusBadRequest {
			t.Errorf("%s %s: %d", verb, body, w.Code)
		}
	}
	off := newSite(t, replica.Options{Weeks: 1})
	if w := order(off, "publish-week", `{}`); w.Code != http.StatusNotFound {
		t.Errorf("admin surface where it is off: %d", w.Code)
	}
}
