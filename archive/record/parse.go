package record

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// ErrSchema is returned for a record of another schema than this program knows.
var ErrSchema = errors.New("unknown schema")

// Parse reads one line, with or without its line end. An unknown key, a key of the wrong type, a record of another schema
// (errors.Is ErrSchema), one without an id or anything behind the object is an error. Lists come back nil when empty.
func Parse(line []byte) (Record, error) {
	var head struct {
		Schema int    `json:"schema"`
		ID     string `json:"id"`
	}
	if err := json.Unmarshal(line, &head); err != nil {
		return Record{}, fmt.Errorf("parse record: %w", err)
	}
	if head.Schema != Schema {
		return Record{}, fmt.Errorf("parse record: %w %d, this program reads %d", ErrSchema, head.Schema, Schema)
	}
	var r Record
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&r); err != nil {
		return Record{}, fmt.Errorf("parse record %q: %w", head.ID, err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return Record{}, fmt.Errorf("parse record %q: more than one value in the line", head.ID)
	}
	if r.ID == "" {
		return Record{}, errors.New("parse record: no id")
	}
	r.dropEmptyLists()
	return r, nil
}

// dropEmptyLists makes lists that hold nothing nil, so that equal records are equal values.
func (r *Record) dropEmptyLists() {
	for _, list := range []*[]string{&r.Authors, &r.Links, &r.Aliases, &r.Warnings} {
		if len(*list) == 0 {
			*list = nil
		}
	}
	if len(r.Translations) == 0 {
		r.Translations = nil
	}
}
