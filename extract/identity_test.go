package extract

import (
	"testing"

	"infocus/extract/profile"
)

func TestOneArticleHasOneIDInEverySpelling(t *testing.T) {
	e := newTestExtractor(t)
	const want = "belarusinfocus/security-issues/minsk-develops-cooperation"
	for _, addr := range []string{
		"https://belarusinfocus.pro/security-issues/minsk-develops-cooperation",
		"https://belarusinfocus.pro/security-issues/minsk-develops-cooperation/",
		"http://belarusinfocus.info/security-issues/minsk-develops-cooperation?page=3",
		"http://www.belarusinfocus.info:80/security-issues/minsk-develops-cooperation#comments",
		"HTTPS://BelarusInFocus.PRO/security-issues/minsk%2Ddevelops-cooperation",
		"https://belarusinfocus.pro//security-issues//minsk-develops-cooperation/?utm_source=x",
	} {
		if got, ok := e.ID(addr); !ok || got != want {
			t.Errorf("%s: %q, %v", addr, got, ok)
		}
	}
}

func TestWhatIsNoArticleAddressHasNoID(t *testing.T) {
	e := newTestExtractor(t)
	for _, addr := range []string{
		"", "https://belarusinfocus.pro", "https://belarusinfocus.pro/", "https://belarusinfocus.pro/by/", "https://belarusinfocus.pro/?x=1",
		"https://example.org/security-issues/a", "mailto:a@belarusinfocus.pro", "ftp://belarusinfocus.pro/security-issues/a", "://", "/security-issues/a",
	} {
		if got, ok := e.ID(addr); ok {
			t.Errorf("%q has the id %q", addr, got)
		}
	}
}

func TestEditionIsInThePath(t *testing.T) {
	e := newTestExtractor(t)
	for addr, want := range map[string]string{
		"https://belarusinfocus.pro/security-issues/a": "en", "https://belarusinfocus.info/by/kiruyuchy-klas/a": "be",
		"https://belarusinfocus.pro/by": "be", "https://belarusinfocus.pro/byzantium/a": "en",
	} {
		if got := e.Edition(addr); got != want {
			t.Errorf("%s: %s, want %s", addr, got, want)
		}
	}
}

func TestBaseURLIsTheSiteAtAnotherAddress(t *testing.T) {
	p, _ := profile.Builtin(profile.Default)
	e, err := New(p, "http://127.0.0.1:8080/mirror/")
	if err != nil {
		t.Fatal(err)
	}
	for addr, want := range map[string]string{
		"http://127.0.0.1:8080/mirror/security-issues/a/": "belarusinfocus/security-issues/a",
		"https://belarusinfocus.pro/security-issues/a":    "belarusinfocus/security-issues/a",
		"http://127.0.0.1:8080/mirror/":                   "",
		"http://127.0.0.1:8080/other/security-issues/a":   "",
		"http://127.0.0.1:9090/mirror/security-issues/a":  "",
	} {
		if got, _ := e.ID(addr); got != want {
			t.Errorf("%s: %q, want %q", addr, got, want)
		}
	}
	if !e.InSite("http://127.0.0.1:8080/mirror/analytics/") || e.InSite("http://example.org/") {
		t.Error("InSite does not know the base URL")
	}
	if got := e.Edition("http://127.0.0.1:8080/mirror/by/a/b"); got != "be" {
		t.Errorf("edition %s", got)
	}
}

func TestABadBaseURLIsAnError(t *testing.T) {
	p, _ := profile.Builtin(profile.Default)
	for _, base := range []string{"127.0.0.1:8080", "ftp://host/", "http://", "http://[::1", "/path"} {
		if _, err := New(p, base); err == nil {
			t.Errorf("%q was taken", base)
		}
	}
	if _, err := New(nil, ""); err == nil {
		t.Error("no profile was taken")
	}
}

func TestVersionNamesRulesAndProfile(t *testing.T) {
	p, _ := profile.Builtin(profile.Default)
	other, err := profile.Parse("other", append(p.Bytes(), "\n# one more line\n"...))
	if err != nil {
		t.Fatal(err)
	}
	a, _ := New(p, "")
	b, _ := New(other, "")
	if a.Version() == "" || a.Version() == b.Version() {
		t.Errorf("versions %q and %q", a.Version(), b.Version())
	}
}
