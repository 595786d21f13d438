package record

import (
	"errors"
	"strings"
	"testing"
)

func TestParseReadsNullAndEmptyAlike(t *testing.T) {
	r, err := Parse([]byte(emptyRecord))
	if err != nil {
		t.Fatal(err)
	}
	if r.Section != "" || r.Authors != nil || !r.GoneSince.IsZero() || r.ID != "s/p" {
		t.Errorf("%+v", r)
	}
}

func TestParseRefuses(t *testing.T) {
	for name, line := range map[string]string{
		"nothing":            "",
		"no JSON":            "{",
		"a list":             "[]",
		"another schema":     strings.Replace(fullRecord, `"schema":1`, `"schema":2`, 1),
		"no schema":          `{"id":"s/p"}`,
		"no id":              `{"schema":1}`,
		"an unknown key":     strings.Replace(fullRecord, `"site"`, `"sight"`, 1),
		"a wrong type":       strings.Replace(fullRecord, `"revision":2`, `"revision":"2"`, 1),
		"a time without one": strings.Replace(fullRecord, "2017-12-11T09:30:00Z", "2017-12-11", 1),
		"two objects":        fullRecord + fullRecord,
		"something behind":   fullRecord + " x",
	} {
		if r, err := Parse([]byte(line)); err == nil {
			t.Errorf("%s: accepted as %+v", name, r)
		}
	}
	_, err := Parse([]byte(`{"schema":2,"id":"s/p","new_key":1}`))
	if !errors.Is(err, ErrSchema) {
		t.Errorf("a record of schema 2 gives %v, want ErrSchema", err)
	}
}

func FuzzParseNeverPanicsAndIsStable(f *testing.F) {
	f.Add([]byte(emptyRecord))
	f.Add([]byte(fullRecord))
	f.Add([]byte(`{"schema":1,"id":"x","authors":null,"capture":null}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		r, err := Parse(line)
		if err != nil {
			return
		}
		if _, err := Parse(Append(nil, &r)); err != nil {
			t.Errorf("%q is read, but not what is written from it: %v", line, err)
		}
	})
}
