package profile_test

import (
	"strings"
	"testing"

	"infocus/extract/profile"
)

func TestWholeTextsHaveTheirMeaning(t *testing.T) {
	cases := []struct {
		text string
		use  profile.Use
		what string // section slug, edition code or trend
	}{
		{"Security issues", profile.UseSection, "security-issues"},
		{"SECURITY\u00a0ISSUES", profile.UseSection, "security-issues"},
		{"Belarus – West relations", profile.UseSection, "belarus-west-relations"},
		{"Кіруючы клас", profile.UseSection, "kiruyuchy-klas"},
		{"The situation has not changed", profile.UseVerdict, "unchanged"},
		{"- (The situation has not changed)", profile.UseVerdict, "unchanged"},
		{"- (The situation has improved)", profile.UseVerdict, "better"},
		{"The situation got worse", profile.UseVerdict, "worse"},
		{"The situation has gotten worse", profile.UseVerdict, "worse"},
		{"The situation has gotten better", profile.UseVerdict, "better"},
		{"The situation got better", profile.UseVerdict, "better"},
		{"Сітуацыя пагоршылася", profile.UseVerdict, "worse"},
		{"Сітуацыя палепшылася", profile.UseVerdict, "better"},
		{"Сітуацыя не змянілася", profile.UseVerdict, "unchanged"},
		{"by", profile.UseEdition, "be"},
		{"BE/RU", profile.UseEdition, "be"},
		{"EN", profile.UseEdition, "en"},
		{"View all", profile.UseViewAll, ""},
		{"View all »", profile.UseChrome, ""},
		{"Глядзець усе", profile.UseViewAll, ""},
		{"Older posts", profile.UseNext, ""},
		{"« Newer", profile.UsePrevious, ""},
		{"Read more…", profile.UseReadMore, ""},
		{"Read more", profile.UseChrome, ""},
		{"You have been successfully subscribed", profile.UseChrome, ""},
		{"Category status:", profile.UseChrome, ""},
		{"Once a week, in coordination with a group of leading Belarusian analysts, we provide analytical commentaries on " + strings.Repeat("the most topical issues, ", 40), profile.UseChrome, ""},
	}
	p := builtin(t)
	for _, c := range cases {
		m, ok := p.Meaning(c.text)
		what := string(m.Trend)
		if m.Section != nil && c.use == profile.UseSection {
			what = m.Section.Slug
		}
		if m.Edition != nil && c.use == profile.UseEdition {
			what = m.Edition.Code
		}
		if !ok || !m.Use.Has(c.use) || c.what != "" && what != c.what {
			t.Errorf("%q: got %b %q, want %b %q", c.text, m.Use, what, c.use, c.what)
		}
	}
}

func TestOtherTextsHaveNone(t *testing.T) {
	p := builtin(t)
	for _, text := range []string{
		"", " ", "–", "Security issues in Belarus", "The situation has not changed much", "Once a week, Minsk talks to Moscow",
		"Minsk develops cooperation with NATO", "viewall", strings.Repeat("view all ", 100), "\xff\xfe",
	} {
		if m, ok := p.Meaning(text); ok {
			t.Errorf("%q: got %b", text, m.Use)
		}
	}
}

func TestVerdictsInsideTexts(t *testing.T) {
	p := builtin(t)
	cases := []struct {
		text, printed string
		trend         profile.Trend
	}{
		{"Category status: - (The situation has improved)", "The situation has improved", profile.Better},
		{"Security issuesThe situation got worseMinsk", "The situation got worse", profile.Worse},
		{"Сітуацыя пагоршылася", "Сітуацыя пагоршылася", profile.Worse},
		{"Кіруючы класСітуацыя  не змянілася", "Сітуацыя  не змянілася", profile.Unchanged},
		{"The situation hasn’t changed.", "The situation hasn’t changed", profile.Unchanged},
		{"The situation has improvedly", "", ""},
		{"the situation", "", ""},
		{"", "", ""},
	}
	for _, c := range cases {
		trend, from, to, ok := p.FindVerdict(c.text)
		if trend != c.trend || ok != (c.trend != "") || c.text[from:to] != c.printed {
			t.Errorf("%q: got %q %q", c.text, trend, c.text[from:to])
		}
	}
}

func TestBylines(t *testing.T) {
	p := builtin(t)
	for text, want := range map[string]string{
		"By Valeria Kostyugova": "Valeria Kostyugova", "by Valeria Kostyugova": "Valeria Kostyugova", "Автор: Валерия Костюгова": "Валерия Костюгова",
		"Аўтар Валерыя Касцюгова": "Валерыя Касцюгова", "By V. Kostyugova and A. Porotnikov": "V. Kostyugova and A. Porotnikov",
		"by": "", "By": "", "By contrast, Minsk": "", "Bypassing Minsk": "", "By December 4": "", "Author": "",
		"By the end of the year": "", "By 2017 Minsk": "", "By Friday the talks had stalled again": "", "Valeria Kostyugova": "",
	} {
		name, ok := p.Byline(text)
		if name != want || ok != (want != "") {
			t.Errorf("%q: got %q, want %q", text, name, want)
		}
	}
}

func TestCaptions(t *testing.T) {
	p := builtin(t)
	for text, want := range map[string]bool{
		"photo: elements.envato.com": true, "Фото: serhii nuzhnenko": true, "Photo by Ulf Mauder": true, "photo © BelTA": true,
		"Lukashenka at the farm. Фота: president.gov.by": true, "Фота / president.gov.by": true,
		"Photo exhibition opens in Minsk": false, "Photographers: nobody": false, "The plan: photos": false, "": false,
		strings.Repeat("a long paragraph ", 40) + "photo: x": false,
	} {
		if p.Caption(text) != want {
			t.Errorf("%q: want %v", text, want)
		}
	}
}

func BenchmarkMeaning(b *testing.B) {
	p := builtin(b)
	texts := []string{"View all", "Minsk develops cooperation with NATO and retains military cooperation with Russia", strings.Repeat("On December the Council of Ministers approved it. ", 20)}
	for b.Loop() {
		for _, text := range texts {
			p.Meaning(text)
		}
	}
}
