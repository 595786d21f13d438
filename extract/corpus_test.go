package extract

import (
	"bytes"
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"text/template"
	"time"

	"go.yaml.in/yaml/v3"

	"infocus/extract/profile"
)

// The corpus is every article of testdata/articles in every markup of testdata/markups: what an article means is written down
// once, and no markup may lose any of it.

// testBase is where the articles of the corpus are.
const testBase = "https://belarusinfocus.pro"

// testTime is the time of capture.
func testTime() time.Time { return time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC) }

// meant is an article as it was meant. Texts are HTML without block elements.
type meant struct {
	Name        string           `yaml:"-"`
	Path        string           `yaml:"path"`
	Translation string           `yaml:"translation"`
	Edition     string           `yaml:"edition"`
	Lang        string           `yaml:"lang"`
	By          string           `yaml:"by"`
	Period      string           `yaml:"period"`
	Start       string           `yaml:"start"`
	End         string           `yaml:"end"`
	Section     string           `yaml:"section"`
	SectionID   string           `yaml:"section_id"`
	Headline    string           `yaml:"headline"`
	Verdict     string           `yaml:"verdict"`
	Trend       string           `yaml:"trend"`
	Second      string           `yaml:"second"`
	Caption     string           `yaml:"caption"`
	Byline      []string         `yaml:"byline"`
	Lead        string           `yaml:"lead"`
	Body        []map[string]any `yaml:"body"`
	Links       []string         `yaml:"links"`
	Warnings    []string         `yaml:"warnings"`
}

// part is a piece of a body.
type part struct {
	Kind, HTML string
	Items      []string
}

// parts gives the body in order.
func (m *meant) parts(t testing.TB) []part {
	var out []part
	for _, one := range m.Body {
		for kind, value := range one {
			switch v := value.(type) {
			case string:
				out = append(out, part{Kind: kind, HTML: v})
			case []any:
				p := part{Kind: kind}
				for _, item := range v {
					p.Items = append(p.Items, item.(string))
				}
				out = append(out, p)
			default:
				t.Fatalf("%s: bad body", m.Name)
			}
		}
	}
	return out
}

var (
	anyTag   = regexp.MustCompile(`<[^>]*>`)
	anySpace = regexp.MustCompile(`[\s\x{a0}]+`)
)

// words gives what a reader sees of inline HTML.
func words(s string) string {
	s = html.UnescapeString(anyTag.ReplaceAllString(s, ""))
	s = strings.NewReplacer("\u00ad", "", "\u200b", "").Replace(s)
	return strings.TrimSpace(anySpace.ReplaceAllString(s, " "))
}

// want gives the article that extraction has to find.
func (m *meant) want(t testing.TB) Article {
	a := Article{
		Edition: m.Edition, Lang: m.Lang, Section: m.Section, SectionID: m.SectionID, Headline: words(m.Headline),
		PeriodStart: m.Start, PeriodEnd: m.End, PeriodText: m.Period, Trend: m.Trend, TrendText: m.Verdict,
		Authors: m.Byline, Lead: words(m.Lead), Caption: m.Caption, Warnings: m.Warnings,
	}
	if a.SectionID == "" {
		a.SectionID = strings.Split(strings.TrimPrefix(strings.TrimPrefix(m.Path, "/by"), "/"), "/")[0]
	}
	var body []string
	for _, p := range m.parts(t) {
		if p.Kind != "ul" {
			body = append(body, words(p.HTML))
		}
		for _, item := range p.Items {
			body = append(body, words(item))
		}
	}
	a.Body = strings.Join(body, "\n\n")
	for _, link := range m.Links {
		a.Links = append(a.Links, strings.Replace(link, "{base}", testBase, 1))
	}
	if m.Section == "" {
		a.Warnings = append(a.Warnings, WarnNoSection)
	}
	if m.Trend == "" {
		a.Warnings = append(a.Warnings, WarnNoTrend)
	}
	if m.Translation != "" && m.By != "" {
		a.Translations = []Translation{{Edition: map[string]string{"en": "be", "be": "en"}[m.Edition], ID: "belarusinfocus" + m.Translation}}
	}
	return a
}

// chromeWords are the words around an article, by edition.
func chromeWords(edition string) map[string]string {
	if edition == "be" {
		return map[string]string{"Done": "Вы паспяхова падпісаліся", "Newsletter": "Падпісацца на нашу рассылку", "Subscribe": "Падпісацца",
			"Once":      "Раз на тыдзень разам з групай вядучых беларускіх аналітыкаў мы даем аналітычныя каментары на самыя актуальныя тэмы.",
			"Situation": "Сітуацыя ў Беларусі", "Week": "Сакавік 18 – Сакавік 24", "ViewAll": "Глядзець усе", "SubscribeUs": "Падпісацца на нас",
			"ReadMore": "Чытаць далей", "Status": "Статус катэгорыі:", "Similar": "Падобныя артыкулы", "Recent": "Апошнія трэнды",
			"Home": "Галоўная", "Analytics": "Аналітыка"}
	}
	return map[string]string{"Done": "You have been successfully subscribed", "Newsletter": "Subscribe to our newsletter", "Subscribe": "Subscribe",
		"Once":      "Once a week, in coordination with a group of prominent Belarusian analysts, we provide analytical commentaries on the most topical and relevant issues, including the behind-the-scenes processes occurring in Belarus. These commentaries are available in Belarusian, Russian, and English.",
		"Situation": "Situation in Belarus", "Week": "March 18 – March 24", "ViewAll": "View all", "SubscribeUs": "Subscribe to us",
		"ReadMore": "Read more", "Status": "Category status:", "Similar": "Similar articles", "Recent": "Recent trends",
		"Home": "Home", "Analytics": "Analytics"}
}

// wrap writes the article in a markup.
func (m *meant) wrap(t testing.TB, markup *template.Template) string {
	type section struct{ Href, Words string }
	sections := []section{
		{"/analytics/the-ruling-elite/", "The ruling elite"}, {"/analytics/society-and-political-parties/", "Society and political parties"},
		{"/analytics/security-issues/", "Security issues"}, {"/analytics/belarus-west-relations/", "Belarus-West relations"},
		{"/analytics/belarus-russia-relations/", "Belarus-Russia relations"},
	}
	other := "be"
	if m.Edition == "be" {
		other = "en"
		sections = []section{{"/by/analytics/kiruyuchy-klas/", "Кіруючы клас"}, {"/by/analytics/pytanni-byaspeki/", "Пытанні бяспекі"}}
	}
	headlineJSON, err := json.Marshal(words(m.Headline))
	if err != nil {
		t.Fatal(err)
	}
	byline := ""
	if len(m.Byline) > 0 {
		byline = map[string]string{"en": "By ", "be": "Аўтар: "}[m.Edition] + strings.Join(m.Byline, map[string]string{"en": " and ", "be": ", "}[m.Edition])
	}
	href := ""
	if m.By != "" {
		href = m.Translation
	}
	var out bytes.Buffer
	err = markup.Execute(&out, map[string]any{
		"Path": m.Path, "By": m.By, "ByHref": href, "Period": m.Period, "Section": m.Section, "SectionUpper": strings.ToUpper(m.Section),
		"SectionHref": "/analytics/" + m.want(t).SectionID + "/", "Headline": m.Headline, "HeadlineJSON": string(headlineJSON),
		"Verdict": m.Verdict, "Second": m.Second, "Caption": m.Caption, "Byline": byline, "Lead": m.Lead, "Body": m.parts(t),
		"T": chromeWords(m.Edition), "Sections": sections, "OtherLang": other, "HTMLLang": m.Edition,
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// loadArticles reads the articles of a folder.
func loadArticles(t testing.TB, pattern string) []*meant {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no articles in %s: %v", pattern, err)
	}
	var out []*meant
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m := &meant{Name: strings.TrimSuffix(filepath.Base(file), ".yaml")}
		if err := yaml.Unmarshal(data, m); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		out = append(out, m)
	}
	return out
}

// loadMarkups reads the markups of a folder.
func loadMarkups(t testing.TB, pattern string) []*template.Template {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no markups in %s: %v", pattern, err)
	}
	var out []*template.Template
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".html")
		out = append(out, template.Must(template.New(name).Parse(string(data))))
	}
	return out
}

// newTestExtractor reads the site that the program ships with.
func newTestExtractor(t testing.TB) *Extractor {
	p, ok := profile.Builtin(profile.Default)
	if !ok {
		t.Fatal("no built-in profile")
	}
	e, err := New(p, "")
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// adapt changes what is wanted to what a markup prints at all.
func adapt(markup string, m *meant, a *Article) {
	switch markup {
	case "table":
		a.Section = strings.ToUpper(a.Section)
	case "older": // headline, verdict, text
		a.Section, a.PeriodStart, a.PeriodEnd, a.PeriodText, a.Caption, a.Authors, a.Translations = "", "", "", "", "", nil, nil
		a.Warnings = []string{WarnNoPeriod, WarnNoSection}
		if m.Trend == "" {
			a.Warnings = append(a.Warnings, WarnNoTrend)
		}
	}
}

// asJSON makes articles comparable and readable.
func asJSON(t testing.TB, v any) string {
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// differences lists the lines of two JSON texts that are not in both.
func differences(got, want string) string {
	var out strings.Builder
	in := func(lines []string) map[string]bool {
		set := map[string]bool{}
		for _, line := range lines {
			set[strings.TrimSuffix(line, ",")] = true
		}
		return set
	}
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	gs, ws := in(g), in(w)
	for _, line := range g {
		if !ws[strings.TrimSuffix(line, ",")] {
			out.WriteString("got  " + line + "\n")
		}
	}
	for _, line := range w {
		if !gs[strings.TrimSuffix(line, ",")] {
			out.WriteString("want " + line + "\n")
		}
	}
	return out.String()
}

func TestArticlesInEveryMarkup(t *testing.T) {
	e := newTestExtractor(t)
	for _, markup := range loadMarkups(t, "../testdata/pages/markups/*.html") {
		for _, m := range loadArticles(t, "../testdata/pages/articles/*.yaml") {
			t.Run(markup.Name()+"/"+m.Name, func(t *testing.T) {
				want := m.want(t)
				adapt(markup.Name(), m, &want)
				compare(t, e, Page{URL: testBase + m.Path, Time: testTime(), ContentType: "text/html", Body: []byte(m.wrap(t, markup))}, want)
			})
		}
	}
}

// compare extracts a page and compares every field.
func compare(t *testing.T, e *Extractor, p Page, want Article) {
	t.Helper()
	r := e.Extract(p)
	if r.Article == nil {
		t.Fatalf("kind %s: %s", r.Kind, r.Reason)
	}
	if got, want := asJSON(t, r.Article), asJSON(t, want); got != want {
		t.Errorf("%s", differences(got, want))
	}
}
