package archive

import (
	"context"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"infocus/archive/warc"
)

// staleIndex says why the index must be made anew before it is written to, "" if it need not.
func (d Dir) staleIndex(r *rules, site Site) (string, error) {
	files, err := warc.Files(d.WARC())
	if err != nil {
		return "", fmt.Errorf("list WARC files: %w", err)
	}
	var reason string
	err = viewDB(d.DB(), func(tx *bbolt.Tx) error {
		var err error
		reason, err = staleReason(tx, r, site)
		return err
	})
	var format *FormatError
	var corrupt *CorruptError
	switch {
	case errors.Is(err, ErrNoIndex) && len(files) == 0:
		return "", nil
	case errors.Is(err, ErrNoIndex):
		return "there is none", nil
	case errors.As(err, &format) && format.Have < FormatVersion:
		return fmt.Sprintf("its format %d is old", format.Have), nil
	case errors.As(err, &corrupt):
		return "it is damaged: " + corrupt.Cause, nil
	}
	return reason, err
}

// staleReason compares the rules that the index was made with to today's.
func staleReason(tx *bbolt.Tx, r *rules, site Site) (string, error) {
	kept, err := sitesOf(tx)
	if err != nil {
		return "", err
	}
	for _, s := range kept {
		if s.Name == site.Name {
			s = site
		}
		if err := r.know(s); err != nil {
			return "", err
		}
	}
	versions, err := r.versions()
	if err != nil {
		return "", err
	}
	for _, s := range kept {
		have := string(bucket(tx, bucketMeta).Get([]byte(prefixExtractor + s.Name)))
		if want := versions[s.Name]; have != want {
			return fmt.Sprintf("the rules for %s changed from %s to %s", s.Name, have, want), nil
		}
	}
	return "", nil
}

// catchUp indexes what earlier runs stored and had no time to index.
func (w *Writer) catchUp(ctx context.Context) (int, error) {
	spans, err := w.unindexed()
	if err != nil || len(spans) == 0 {
		return 0, err
	}
	n := 0
	var batch []*placed
	flush := func() error {
		defer func() { batch = nil }()
		if len(batch) == 0 {
			return nil
		}
		n += len(batch)
		return w.index(batch, true)
	}
	indexed := func(sha1 string) (*PayloadRef, error) {
		key, err := payloadKey(sha1)
		if err != nil {
			return nil, err
		}
		return findPayload(w.dir.DB(), key)
	}
	err = newScanner(w.dir, w.rules, indexed).run(ctx, spans, func(e *event) error {
		if e.placed != nil {
			batch = append(batch, e.placed)
			if len(batch) < maxBatch {
				return nil
			}
			return flush()
		}
		if err := flush(); err != nil {
			return err
		}
		return w.takeOther(e)
	})
	if err != nil {
		return n, err
	}
	return n, flush()
}

// takeOther indexes a unit that is no capture.
func (w *Writer) takeOther(e *event) error {
	if e.damage != nil {
		w.opts.Log.Warn().Str("file", e.loc.File).Int64("offset", e.damage.Offset).Str("reason", e.damage.Reason).Msg("damaged stretch of a WARC file")
		return nil
	}
	return updateDB(w.dir.DB(), func(tx *bbolt.Tx) error {
		if err := takeEvent(tx, e); err != nil {
			return err
		}
		if e.report == nil {
			return nil
		}
		return settleDistrusted(tx, e.report)
	})
}

// unindexed lists the parts of WARC files that the index does not hold.
func (w *Writer) unindexed() ([]span, error) {
	files, err := warc.Files(w.dir.WARC())
	if err != nil {
		return nil, fmt.Errorf("list WARC files: %w", err)
	}
	known := map[string]File{}
	err = viewDB(w.dir.DB(), func(tx *bbolt.Tx) error {
		return eachFile(tx, func(name string, f *File) error {
			known[name] = *f
			return nil
		})
	})
	if err != nil && !errors.Is(err, ErrNoIndex) {
		return nil, err
	}
	var spans []span
	for _, f := range files {
		if k := known[f.Name]; k.Indexed < f.Size {
			spans = append(spans, span{name: f.Name, from: k.Indexed, file: k})
		}
	}
	return spans, nil
}
