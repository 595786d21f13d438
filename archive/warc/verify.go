package warc

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/google/uuid"
)

// Problem is something that Verify objects to.
type Problem struct {
	File   string
	Offset int64 // of the record; -1 for the file as a whole
	Reason string
}

// Verified is what Verify saw.
type Verified struct {
	Records  int
	Bytes    int64 // up to the end of the last whole record
	Problems []Problem
}

// Verify proves a file of this package: the frame of every gzip member and its checksum, every block digest, every payload
// digest (but of blocks beyond DefaultLimit, whose block digest covers the payload too), every record id, and against its seal, unless
// that is "", every byte. Without a seal, a flipped bit that changes nothing of what the file says can go unseen.
//
// The units are those of Scan; fn may be nil. The error is for what kept it from looking; what it found is in Problems.
func Verify(ctx context.Context, path, seal string, fn func(*Unit) error) (*Verified, error) {
	if fn == nil {
		fn = func(*Unit) error { return nil }
	}
	v := &verifier{file: filepath.Base(path), ids: map[uuid.UUID]bool{}}
	if seal != "" {
		sum, err := hashFile(ctx, OS{}, path)
		if err != nil {
			return nil, err
		}
		if sum != seal {
			v.object(-1, "the file is not what was sealed: its SHA-256 is another")
		}
	}
	pairs := &pairer{file: v.file, yield: fn}
	err := withFile(OS{}, path, func(file File) error {
		end, err := scanFile(ctx, file, path, ScanOptions{Digest: true}, handlers{
			record: func(rec *stored) error {
				v.record(rec)
				return pairs.record(rec)
			},
			damage: func(d Damage) error {
				v.object(d.Offset, "%s", d.Reason)
				return pairs.damage(d)
			},
		})
		v.found.Bytes = end
		if err != nil {
			return err
		}
		return pairs.flush()
	})
	if err == nil && v.found.Records == 0 {
		v.object(-1, "the file holds no record")
	}
	return &v.found, err
}

// verifier judges records by what this package writes.
type verifier struct {
	file     string
	found    Verified
	warcinfo string
	ids      map[uuid.UUID]bool
}

func (v *verifier) object(offset int64, format string, args ...any) {
	v.found.Problems = append(v.found.Problems, Problem{File: v.file, Offset: offset, Reason: fmt.Sprintf(format, args...)})
}

func (v *verifier) record(rec *stored) {
	h, at := rec.header, rec.location.Offset
	if v.found.Records == 0 {
		v.first(rec)
	} else if named := h.id(fieldWarcinfoID); named != v.warcinfo {
		v.object(at, "the record names the warcinfo %q, not that of its file", named)
	}
	v.found.Records++
	id, err := uuid.Parse(h.id(fieldRecordID))
	switch {
	case err != nil:
		v.object(at, "the id %q is not one that is ever given", h.Value(fieldRecordID))
	case v.ids[id]:
		v.object(at, "the id %s is there twice", id)
	}
	v.ids[id] = true
	v.frame(rec)
	v.fields(rec)
}

func (v *verifier) first(rec *stored) {
	v.warcinfo = rec.header.id(fieldRecordID)
	if rec.header.Value(fieldType) != typeInfo {
		v.object(rec.location.Offset, "the file does not begin with a warcinfo record")
	}
	if name := rec.header.Value(fieldFilename); name != v.file {
		v.object(rec.location.Offset, "the file was written under the name %q", name)
	}
}

// frame judges what no checksum covers.
func (v *verifier) frame(rec *stored) {
	if rec.member != memberHead {
		v.object(rec.location.Offset, "the header of the gzip member is not the one that is always written")
	}
	if rec.location.Length == 0 {
		v.object(rec.location.Offset, "the record shares its gzip member with others")
	}
	if rec.version != "WARC/1.1" {
		v.object(rec.location.Offset, "the version is %q", rec.version)
	}
}

func (v *verifier) fields(rec *stored) {
	h, at := rec.header, rec.location.Offset
	if h.time(fieldDate).IsZero() {
		v.object(at, "the record has no date")
	}
	required := []string{fieldBlockDigest}
	switch h.Value(fieldType) {
	case typeInfo, typeMetadata:
	case typeRequest:
		required = append(required, fieldTargetURI)
	case typeResponse, typeResource:
		required = append(required, fieldTargetURI, fieldPayloadDigest)
	case typeRevisit:
		required = append(required, fieldTargetURI, fieldProfile, fieldRefersTo, fieldRefersToURI, fieldRefersToDate)
	default:
		v.object(at, "the type %q is never written", h.Value(fieldType))
	}
	for _, name := range required {
		if h.Value(name) == "" {
			v.object(at, "the record has no %s", name)
		}
	}
	if _, _, ok := digestOf(h.Value(fieldBlockDigest)); !ok {
		v.object(at, "the block digest %q is of no known form", h.Value(fieldBlockDigest))
	}
}
