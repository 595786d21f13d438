package replica_test

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"infocus/crawler/replica"
)

func TestPagesPrintWhatTruthSays(t *testing.T) {
	for _, m := range replica.Markups() {
		t.Run(string(m), func(t *testing.T) {
			t.Parallel()
			s := newSite(t, replica.Options{Markup: m})
			for _, a := range sample(s.Articles()) {
				doc := parsed(t, wantStatus(t, s, "/"+a.Path, 200))
				checkLinks(t, doc, a)
				checkOrder(t, visible(doc), a)
			}
		})
	}
}

// sample takes a few articles of each shape and some without.
func sample(all []replica.Truth) []replica.Truth {
	var out []replica.Truth
	count := map[replica.Shape]int{}
	for i, a := range all {
		take := i%25 == 0 || a.Has(replica.ShapeHandWritten)
		for _, shape := range a.Shapes {
			if count[shape]++; count[shape] <= 3 {
				take = true
			}
		}
		if take {
			out = append(out, a)
		}
	}
	return out
}

// checkOrder looks for the printed fields one after the other, from the period on.
func checkOrder(t *testing.T, text string, a replica.Truth) {
	t.Helper()
	fields := []string{a.PeriodText, a.Section, a.Headline, a.TrendText}
	if !a.Has(replica.ShapeOlder) && !a.Has(replica.ShapeNoSecond) && !a.Has(replica.ShapeSecondAfter) {
		fields = append(fields, a.Headline)
	}
	fields = append(fields, a.Caption)
	if len(a.Authors) > 0 {
		fields = append(fields, "By "+strings.Join(a.Authors, ", "))
	}
	fields = append(fields, a.Lead)
	if a.Has(replica.ShapeSecondAfter) {
		fields = append(fields, a.Headline)
	}
	fields = append(fields, strings.Split(a.Body, "\n\n")...)
	from := 0
	if a.PeriodText != "" {
		from = strings.LastIndex(text, a.PeriodText) // the same words may stand in a teaser
		from = min(max(from, 0), strings.Index(text, a.PeriodText))
	}
	rest := text[from:]
	for _, f := range fields {
		at := strings.Index(rest, folded(f))
		if at < 0 {
			t.Fatalf("%s: %q is not printed, or not in its place", a.Path, f)
		}
		rest = rest[at+len(folded(f)):]
	}
	if a.PeriodText == "" && regexp.MustCompile(`\d – [A-Z][a-z]+ \d+, \d{4}`).MatchString(strings.ReplaceAll(text, a.Body, "")) &&
		!strings.Contains(a.Lead+a.Body, "over the week") {
		t.Errorf("%s: the older layout prints a dated period", a.Path)
	}
}

func checkLinks(t *testing.T, doc *goquery.Document, a replica.Truth) {
	t.Helper()
	base, _ := url.Parse(host + "/" + a.Path)
	if href, ok := doc.Find("base").Attr("href"); ok {
		base, _ = base.Parse(href)
	}
	var got []string
	doc.Find("a[href]").Each(func(_ int, link *goquery.Selection) {
		href, _ := link.Attr("href")
		if u, err := base.Parse(href); err == nil {
			if u.RawQuery == "page=1" || u.RawQuery == "page=3" {
				u.RawQuery = "" // another spelling of the same article
			}
			got = append(got, u.String())
		}
	})
	for _, want := range a.LinksAt(host) {
		if !slices.Contains(got, want) {
			t.Errorf("%s: link %s is not printed", a.Path, want)
		}
	}
	for _, tr := range a.Translations {
		printed := slices.Contains(got, host+"/"+tr.Path) || slices.Contains(got, host+"/"+tr.Path+"/")
		if printed != a.LinksTwin {
			t.Errorf("%s: link to its translation printed: %t, want %t", a.Path, printed, a.LinksTwin)
		}
	}
}

func TestTruthsAreWhole(t *testing.T) {
	s := newSite(t, replica.Options{})
	bodies := map[string]string{}
	for _, a := range s.Articles() {
		if a.Headline == "" || a.Lead == "" || a.SectionID == "" || a.Status != 200 || a.Revision != 1 {
			t.Errorf("%s is not whole: %+v", a.Path, a)
		}
		if (a.Body == "") != a.Has(replica.ShapeOneParagraph) {
			t.Errorf("%s: body of %d bytes, one paragraph: %t", a.Path, len(a.Body), a.Has(replica.ShapeOneParagraph))
		}
		if other, ok := bodies[a.Lead+a.Body]; ok {
			t.Errorf("%s and %s have the same text", a.Path, other)
		}
		bodies[a.Lead+a.Body] = a.Path
		if !strings.HasSuffix("/"+strings.TrimPrefix(a.Path, "by/"), a.SectionID+"/"+a.Path[strings.LastIndex(a.Path, "/")+1:]) {
			t.Errorf("%s: section_id is %s", a.Path, a.SectionID)
		}
		for _, tr := range a.Translations {
			twin, ok := s.Article(tr.Path)
			if !ok || len(twin.Translations) != 1 || twin.Translations[0].Path != a.Path || twin.Edition != tr.Edition {
				t.Errorf("%s: its translation %s does not name it", a.Path, tr.Path)
			}
		}
	}
}

func TestEveryShapeIsThere(t *testing.T) {
	count := map[replica.Shape]int{}
	articles := newSite(t, replica.Options{}).Articles()
	for _, a := range articles {
		for _, shape := range a.Shapes {
			count[shape]++
		}
		if compact := slices.Compact(slices.Sorted(slices.Values(a.Shapes))); len(compact) != len(a.Shapes) {
			t.Errorf("%s has a shape twice: %v", a.Path, a.Shapes)
		}
	}
	for _, shape := range []replica.Shape{
		replica.ShapeNoEditionLine, replica.ShapeEditionHome, replica.ShapeNoSecond, replica.ShapeSecondAfter,
		replica.ShapeCaption, replica.ShapeByline, replica.ShapeOneParagraph, replica.ShapeList, replica.ShapeLinks,
		replica.ShapeBoldLine, replica.ShapeOlder, replica.ShapeOlderStamp, replica.ShapeOlderNoVerdict,
		replica.ShapeOldSection, replica.ShapeNewYear, replica.ShapeAnnualReview, replica.ShapeCyrillicC,
		replica.ShapeRussianInEn, replica.ShapeForeignListing, replica.ShapeTwoSpellings, replica.ShapeTruncatedSlug,
		replica.ShapeOtherSlug, replica.ShapeTwiceInWeek, replica.ShapeForeignChrome, replica.ShapeHandWritten,
		replica.ShapeBelarusianText,
	} {
		if count[shape] == 0 {
			t.Errorf("no article of %d has the shape %s", len(articles), shape)
		}
	}
	if count[replica.ShapeHandWritten] < 12 {
		t.Errorf("%d articles written by hand, want a dozen", count[replica.ShapeHandWritten])
	}
}

func TestArticlesHaveRealisticSizes(t *testing.T) {
	var typical, all int
	for _, a := range newSite(t, replica.Options{}).Articles() {
		if size := len([]rune(a.Lead + a.Body)); a.Lang == "en" {
			all++
			if size >= 2500 && size <= 6500 {
				typical++
			}
			if size > 12000 || size < 200 {
				t.Errorf("%s has %d characters", a.Path, size)
			}
		}
	}
	if typical*2 < all {
		t.Errorf("%d of %d English articles have 2,500 to 6,500 characters, want at least half", typical, all)
	}
}

func TestHandWrittenOddities(t *testing.T) {
	s := newSite(t, replica.Options{})
	for name, c := range map[string]struct {
		shape replica.Shape
		want  func(replica.Truth) bool
	}{
		"annual review prints the first week of its year": {replica.ShapeAnnualReview, func(a replica.Truth) bool {
			return a.PeriodText == "January 1 – January 7, 2024" && a.PeriodStart == "2024-01-01" && a.Week.Equal(day(2025, 1, 6))
		}},
		"heading with a Cyrillic first letter": {replica.ShapeCyrillicC, func(a replica.Truth) bool {
			return strings.HasPrefix(a.Headline, "Сonfusion") && a.Lang == "en"
		}},
		"Russian in the English edition": {replica.ShapeRussianInEn, func(a replica.Truth) bool {
			return a.Edition == "en" && a.Lang == "ru" && a.Has(replica.ShapeTwiceInWeek)
		}},
		"old section without a section line": {replica.ShapeOldSection, func(a replica.Truth) bool {
			return a.Section == "" && (a.SectionID == "society-and-politics" || a.SectionID == "international-relations")
		}},
		"older layout without period": {replica.ShapeOlder, func(a replica.Truth) bool {
			return a.PeriodText == "" && a.PeriodStart == "" && a.Section == ""
		}},
		"listed under another section": {replica.ShapeForeignListing, func(a replica.Truth) bool {
			return !slices.Contains(a.Listed, a.SectionID)
		}},
	} {
		if a := firstWith(t, s, c.shape); !c.want(a) {
			t.Errorf("%s: %+v", name, a)
		}
	}
}
