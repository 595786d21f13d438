package record

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"infocus/archive/capture"
	"infocus/extract"
)

const emptyRecord = `{"schema":1,"id":"s/p","site":"","url":"","edition":"","lang":"","section":null,"section_id":null,` +
	`"headline":"","period_start":null,"period_end":null,"period_text":null,"trend":null,"trend_text":null,"authors":[],` +
	`"lead":"","body":"","caption":null,"links":[],"translations":[],"aliases":[],"revision_id":"","revision":0,"revisions":0,` +
	`"first_seen":null,"last_seen":null,"gone_since":null,"content_sha256":"",` +
	`"capture":{"warc":"","offset":0,"time":null,"payload_sha1":"","source":""},"extractor":"","warnings":[]}`

const fullRecord = `{"schema":1,"id":"s/p","site":"s","url":"https://h/p?a=1&b=<2>","edition":"en","lang":"ru","section":"Security issues",` +
	`"section_id":"security-issues","headline":"\"Quoted\" \\ back","period_start":"2017-12-04","period_end":"2017-12-10",` +
	`"period_text":"December 4 – December 10, 2017","trend":"better","trend_text":"The situation has gotten better",` +
	`"authors":["A B","C"],"lead":"One.\u2028Two.","body":"P1\n\nP2\t\u0001","caption":"photo","links":["https://h/x"],` +
	`"translations":[{"edition":"be","id":"s/by/p"}],"aliases":["s/q"],"revision_id":"s/p@20171211T093000Z","revision":2,"revisions":3,` +
	`"first_seen":"2017-12-11T09:30:00Z","last_seen":"2017-12-12T09:30:00.120Z","gone_since":"2018-01-01T00:00:00Z",` +
	`"content_sha256":"ab","capture":{"warc":"w.warc.gz","offset":12345678901,"time":"2017-12-12T09:30:00.120Z",` +
	`"payload_sha1":"ABC","source":"wayback"},"extractor":"e1","warnings":["no-caption"]}`

func full() Record {
	first := time.Date(2017, 12, 11, 9, 30, 0, 0, time.UTC)
	last := first.Add(24*time.Hour + 120*time.Millisecond)
	return Record{
		Schema: 1, ID: "s/p", Site: "s", URL: "https://h/p?a=1&b=<2>", Edition: "en", Lang: "ru",
		Section: "Security issues", SectionID: "security-issues", Headline: `"Quoted" \ back`,
		PeriodStart: "2017-12-04", PeriodEnd: "2017-12-10", PeriodText: "December 4 – December 10, 2017",
		Trend: "better", TrendText: "The situation has gotten better", Authors: []string{"A B", "C"},
		Lead: "One.\u2028Two.", Body: "P1\n\nP2\t\x01", Caption: "photo", Links: []string{"https://h/x"},
		Translations: []extract.Translation{{Edition: "be", ID: "s/by/p"}}, Aliases: []string{"s/q"},
		RevisionID: "s/p@20171211T093000Z", Revision: 2, Revisions: 3, FirstSeen: first, LastSeen: last,
		GoneSince: time.Date(2018, 1, 1, 0, 0, 0, 0, time.UTC), ContentHash: "ab",
		Capture:   Capture{WARC: "w.warc.gz", Offset: 12345678901, Time: last, PayloadSHA1: "ABC", Source: capture.SourceWayback},
		Extractor: "e1", Warnings: []string{"no-caption"},
	}
}

func TestAppendWritesEveryKeyInTheOrderOfTheContract(t *testing.T) {
	whole := full()
	for name, c := range map[string]struct {
		record Record
		want   string
	}{
		"nothing but an id": {Record{Schema: 1, ID: "s/p"}, emptyRecord},
		"all values":        {whole, fullRecord},
	} {
		if got := string(Append(nil, &c.record)); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, c.want)
		}
	}
}

func TestAppendKeepsWhatStandsBefore(t *testing.T) {
	r := Record{Schema: 1, ID: "s/p"}
	if got := string(Append([]byte("x\n"), &r)); got != "x\n"+emptyRecord {
		t.Error(got)
	}
}

func TestKeysAreThoseOfTheStruct(t *testing.T) {
	var keys []string
	dec := json.NewDecoder(strings.NewReader(fullRecord))
	depth := 0
	expectKey := false
	for {
		token, err := dec.Token()
		if err != nil {
			break
		}
		switch v := token.(type) {
		case json.Delim:
			if v == '{' || v == '[' {
				depth++
			} else {
				depth--
			}
			expectKey = depth == 1
		default:
			if depth == 1 && expectKey {
				keys = append(keys, v.(string))
			}
			expectKey = depth == 1 && !expectKey
		}
	}
	typ := reflect.TypeFor[Record]()
	if len(keys) != typ.NumField() {
		t.Fatalf("%d keys for %d fields: %v", len(keys), typ.NumField(), keys)
	}
	for i, key := range keys {
		if tag := typ.Field(i).Tag.Get("json"); tag != key {
			t.Errorf("key %d is %q, field %q", i, key, tag)
		}
	}
}

func TestParseGivesBackWhatWasAppended(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawRecord(t)
		line := Append(nil, &want)
		got, err := Parse(append(bytes.Clone(line), '\n'))
		if err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("got %+v\nwant %+v", got, want)
		}
		if again := Append(nil, &got); !bytes.Equal(again, line) {
			t.Fatalf("second time %s\nfirst time %s", again, line)
		}
	})
}

func drawRecord(t *rapid.T) Record {
	text := func(name string) string { return rapid.String().Draw(t, name) }
	list := func(name string) []string {
		if l := rapid.SliceOfN(rapid.String(), 0, 3).Draw(t, name); len(l) > 0 {
			return l
		}
		return nil
	}
	moment := func(name string) time.Time {
		return time.UnixMilli(rapid.Int64Range(0, 4e12).Draw(t, name)).UTC()
	}
	r := Record{
		Schema: Schema, ID: "s/" + text("id"), Site: text("site"), URL: text("url"), Edition: text("edition"), Lang: text("lang"),
		Section: text("section"), SectionID: text("section_id"), Headline: text("headline"), PeriodStart: text("start"),
		PeriodEnd: text("end"), PeriodText: text("period"), Trend: text("trend"), TrendText: text("trend_text"),
		Authors: list("authors"), Lead: text("lead"), Body: text("body"), Caption: text("caption"), Links: list("links"),
		Aliases: list("aliases"), RevisionID: text("revision_id"), Revision: rapid.Int().Draw(t, "n"), Revisions: rapid.Int().Draw(t, "of"),
		FirstSeen: moment("first"), LastSeen: moment("last"), ContentHash: text("hash"),
		Capture:   Capture{WARC: text("warc"), Offset: rapid.Int64().Draw(t, "offset"), Time: moment("time"), PayloadSHA1: text("sha1"), Source: "live"},
		Extractor: text("extractor"), Warnings: list("warnings"),
	}
	if rapid.Bool().Draw(t, "gone") {
		r.GoneSince = moment("since")
	}
	if rapid.Bool().Draw(t, "translated") {
		r.Translations = []extract.Translation{{Edition: text("te"), ID: text("ti")}}
	}
	return r
}

func FuzzStringIsWrittenAsEncodingJSONDoes(f *testing.F) {
	for _, s := range []string{"", "plain", "<a href=\"x\">&amp;</a>", "tab\tline\nreturn\r\b\f\x00\x1f\x7f", "\u2028\u2029", "Мінск — “цытата”", "\xff\xc3", "\ufffd", "😀"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var want bytes.Buffer
		enc := json.NewEncoder(&want)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(s); err != nil {
			t.Skip(err)
		}
		if got := string(appendString(nil, s)) + "\n"; got != want.String() {
			t.Errorf("got %s, encoding/json %s", got, want.String())
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	r := full()
	r.Body = strings.Repeat("A sentence of the body with “quotes” and a number, 20 million.\n\n", 100)
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf = Append(buf[:0], &r)
	}
	b.SetBytes(int64(len(buf)))
}

func BenchmarkEncodingJSON(b *testing.B) {
	r := full()
	r.Body = strings.Repeat("A sentence of the body with “quotes” and a number, 20 million.\n\n", 100)
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	b.ReportAllocs()
	for b.Loop() {
		buf.Reset()
		if err := enc.Encode(&r); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(buf.Len()))
}
