package replica_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"go.uber.org/goleak"
	"golang.org/x/text/encoding/charmap"

	"infocus/crawler/replica"
)

const host = "http://replica.test"

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func newSite(t testing.TB, opts replica.Options) *replica.Site {
	t.Helper()
	s, err := replica.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// small has 20 weeks, so that listings have pages after the first.
func small(t testing.TB) *replica.Site {
	t.Helper()
	return newSite(t, replica.Options{Weeks: 20, PageSize: 6})
}

func ask(s *replica.Site, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, host+path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return w
}

func wantStatus(t *testing.T, s *replica.Site, path string, status int) *httptest.ResponseRecorder {
	t.Helper()
	w := ask(s, path)
	if w.Code != status {
		t.Fatalf("%s: status %d, want %d", path, w.Code, status)
	}
	return w
}

// decoded gives a page as UTF-8.
func decoded(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	body := w.Body.String()
	if !strings.Contains(strings.ToLower(body[:min(2000, len(body))]), "windows-1251") {
		return body
	}
	text, err := charmap.Windows1251.NewDecoder().String(body)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func parsed(t *testing.T, w *httptest.ResponseRecorder) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(decoded(t, w)))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// visible gives the words of a page, white space folded, without scripts and styles.
func visible(doc *goquery.Document) string {
	doc.Find("script, style, head").Remove()
	return strings.Join(strings.Fields(doc.Text()), " ")
}

func folded(s string) string { return strings.Join(strings.Fields(s), " ") }

// firstWith gives an article with all the shapes.
func firstWith(t *testing.T, s *replica.Site, shapes ...replica.Shape) replica.Truth {
	t.Helper()
	for _, a := range s.Articles() {
		all := true
		for _, shape := range shapes {
			all = all && a.Has(shape)
		}
		if all {
			return a
		}
	}
	t.Fatalf("no article has the shapes %v", shapes)
	return replica.Truth{}
}

// newestArticle gives an English article of the newest week with a translation.
func newestArticle(t *testing.T, s *replica.Site) replica.Truth {
	t.Helper()
	for _, a := range s.Articles() {
		if a.Edition == "en" && a.LinksTwin && !a.Has(replica.ShapeTwoSpellings) && !a.Has(replica.ShapeForeignListing) {
			return a
		}
	}
	t.Fatal("no English article links a translation")
	return replica.Truth{}
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// shared reads a file of ../shared beside the checkout.
func shared(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile("../../../shared/" + name)
	if err != nil {
		t.Skipf("shared/%s is not beside the checkout", name)
	}
	return string(data)
}
