package extract

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// russian and belarusian are long enough to be told by their letters.
const (
	russian    = "Правительство пересмотрело план на год в сторону снижения – об этом объявили вечером в пятницу, «без комментариев»."
	belarusian = "Урад абвясціў пра пошук новых рынкаў, аднак пералік тавараў застаўся ранейшы; прадпрыемствы чакаюць грошай."
)

// encoded gives text in a character set.
func encoded(t *testing.T, e encoding.Encoding, text string) []byte {
	t.Helper()
	out, err := encoding.ReplaceUnsupported(e.NewEncoder()).Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestCharacterSetsAreFoundWhateverIsDeclared(t *testing.T) {
	meta := func(charset string) string { return `<html><head><meta charset="` + charset + `"></head><body><p>` }
	long := "<html><head><style>" + strings.Repeat("p{color:red}", 200) + `</style><META HTTP-EQUIV=Content-Type CONTENT="text/html; charset=windows-1251"></head><p>`
	utf16 := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	for _, c := range []struct {
		name, header string
		body         []byte
		want         string
		codes        []string
	}{
		{"UTF-8 that says so", "text/html; charset=utf-8", []byte(meta("utf-8") + russian), russian, nil},
		{"UTF-8 under a wrong header", "text/html; charset=windows-1251", []byte("<p>" + russian), russian, nil},
		{"UTF-8 under a wrong meta", "", []byte(meta("iso-8859-1") + russian), russian, nil},
		{"UTF-8 with a byte order mark", "", []byte("\ufeff<p>" + belarusian), belarusian, nil},
		{"windows-1251 named in the header", "text/html; charset=windows-1251", encoded(t, charmap.Windows1251, "<p>"+russian), russian, nil},
		{"windows-1251 named in the page", "text/html", encoded(t, charmap.Windows1251, meta("windows-1251")+belarusian), belarusian, nil},
		{"windows-1251 named far down", "text/html", encoded(t, charmap.Windows1251, long+russian), russian, nil},
		{"windows-1251 under a header that says UTF-8", "text/html; charset=utf-8", encoded(t, charmap.Windows1251, meta("windows-1251")+russian), russian, nil},
		{"windows-1251 under a header that says Latin", "text/html; charset=iso-8859-1", encoded(t, charmap.Windows1251, meta("windows-1251")+russian), russian, nil},
		{"windows-1251 under a header that says KOI8", "text/html; charset=koi8-r", encoded(t, charmap.Windows1251, "<p>"+russian), russian, []string{WarnCharsetGuessed}},
		{"windows-1251 that nothing names", "", encoded(t, charmap.Windows1251, "<p>"+russian), russian, []string{WarnCharsetGuessed}},
		{"KOI8-U that nothing names", "", encoded(t, charmap.KOI8U, "<p>"+strings.NewReplacer("–", "-", "«", "\"", "»", "\"").Replace(russian)), strings.NewReplacer("–", "-", "«", "\"", "»", "\"").Replace(russian), []string{WarnCharsetGuessed}},
		{"Latin text with a Windows dash", "", []byte("<p>December 4 \x96 December 10, 2017, and more of the same text"), "December 4 – December 10, 2017, and more of the same text", []string{WarnCharsetGuessed}},
		{"English in windows-1251 with one Cyrillic letter", "", append([]byte(meta("windows-1251")), "\xd1onfusion \x96 it goes on"...), "Сonfusion – it goes on", nil},
		{"one bad byte in UTF-8", "text/html; charset=utf-8", []byte("<p>" + russian + "\xff"), russian + "\uFFFD", []string{WarnInvalidUTF8}},
		{"English in declared UTF-8 with bad bytes and few good signs", "text/html; charset=utf-8", []byte("<p>December 4 – December 10, the off\x00icers\xff\xfe of a café"), "December 4 – December 10, the off\x00icers\uFFFD of a café", []string{WarnInvalidUTF8}},
		{"a sign cut at the end", "text/html; charset=utf-8", []byte("<p>" + russian + "\xd0"), russian + "\uFFFD", []string{WarnInvalidUTF8}},
		{"UTF-16 with a byte order mark", "", append([]byte{0xff, 0xfe}, encoded(t, utf16, "<p>"+russian)...), russian, nil},
		{"UTF-16 without one", "text/html; charset=utf-16", encoded(t, utf16, "<p>"+russian), russian, nil},
		{"a label that does not exist", "text/html; charset=x-none", encoded(t, charmap.Windows1251, "<p>"+russian), russian, []string{WarnCharsetGuessed}},
		{"ASCII under any header", "text/html; charset=koi8-r", []byte("<p>plain"), "plain", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, codes := decode(c.body, c.header)
			if !strings.HasSuffix(string(got), c.want) {
				t.Errorf("got %q, want the end %q", got, c.want)
			}
			if !slices.Equal(codes, c.codes) {
				t.Errorf("codes %v, want %v", codes, c.codes)
			}
		})
	}
}
