package archive

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.etcd.io/bbolt"
	"golang.org/x/sync/semaphore"

	"infocus/archive/warc"
)

// Opening says what had to be done before a run could begin.
type Opening struct {
	Recovered []warc.Recovery // files that an earlier run left open
	Captures  int             // captures that the earlier run had stored and not indexed
	Rebuilt   string          // why the index was made anew, "" if it was not
}

// OpenWriter takes the writer's lock, mends what a crash left behind, and begins a run. It returns a
// LockedError at once where another process writes.
func OpenWriter(ctx context.Context, dir Dir, opts WriterOptions) (*Writer, *Opening, error) {
	if err := dir.create(); err != nil {
		return nil, nil, err
	}
	lock, err := acquireLock(dir)
	if err != nil {
		return nil, nil, err
	}
	w := &Writer{dir: dir, opts: opts, lock: lock, rules: newRules(), broken: make(chan struct{})}
	opening, err := w.open(ctx)
	if err != nil {
		return nil, nil, errors.Join(err, lock.release())
	}
	return w, opening, nil
}

func (w *Writer) open(ctx context.Context) (*Opening, error) {
	if err := w.rules.know(w.opts.Site); err != nil {
		return nil, err
	}
	if err := w.dir.removeLeftovers(); err != nil {
		return nil, err
	}
	opening := &Opening{}
	reason, err := w.dir.staleIndex(w.rules, w.opts.Site)
	if err != nil {
		return nil, err
	}
	if opening.Recovered, err = recoverFiles(ctx, w.dir, w.opts.FS); err != nil {
		return nil, err
	}
	if reason != "" {
		if err := w.remake(ctx, opening, reason); err != nil {
			return nil, err
		}
	}
	err = w.goOn(ctx, opening)
	var corrupt *CorruptError
	if errors.As(err, &corrupt) && reason == "" && w.warc == nil { // its damage shows only now
		if err = w.remake(ctx, opening, "it is damaged: "+corrupt.Cause); err == nil {
			err = w.goOn(ctx, opening)
		}
	}
	return opening, err
}

// remake makes the index anew.
func (w *Writer) remake(ctx context.Context, opening *Opening, reason string) error {
	if _, err := rebuildLocked(ctx, w.dir, RebuildOptions{Sites: []Site{w.opts.Site}}); err != nil {
		return fmt.Errorf("make the index anew (%s): %w", reason, err)
	}
	opening.Rebuilt = reason
	return nil
}

// goOn indexes what the last run had no time to, and begins this one.
func (w *Writer) goOn(ctx context.Context, opening *Opening) error {
	var err error
	if opening.Captures, err = w.catchUp(ctx); err != nil {
		return err
	}
	return w.begin()
}

// recoverFiles cuts torn tails and seals what a crash left open.
func recoverFiles(ctx context.Context, dir Dir, fs warc.FS) ([]warc.Recovery, error) {
	indexed := map[string]int64{}
	err := viewDB(dir.DB(), func(tx *bbolt.Tx) error {
		return eachFile(tx, func(name string, f *File) error {
			indexed[name] = f.Indexed
			return nil
		})
	})
	var format *FormatError
	var corrupt *CorruptError
	if err != nil && !errors.Is(err, ErrNoIndex) && !errors.As(err, &format) && !errors.As(err, &corrupt) {
		return nil, err
	}
	if fs == nil {
		fs = warc.OS{}
	}
	return warc.Recover(ctx, fs, dir.WARC(), func(file string) int64 { return indexed[file] })
}

// begin opens the WARC file of this run, and starts the goroutine that commits.
func (w *Writer) begin() error {
	err := updateDB(w.dir.DB(), func(tx *bbolt.Tx) error {
		w.run = nextRun(tx)
		return nil
	})
	if err != nil {
		return err
	}
	if w.held, err = loadPayloads(w.dir.DB()); err != nil {
		return err
	}
	fields := infoFields(&w.opts, w.run, w.opts.Now())
	w.info = fields
	w.warc, err = warc.OpenWriter(w.dir.WARC(), warc.Options{
		Prefix: w.opts.Site.Name, MaxSize: w.opts.MaxFile, Info: fields, Now: w.opts.Now, FS: w.opts.FS,
	})
	if err != nil {
		return err
	}
	w.queue, w.ready = make(chan *queued, maxQueued), make(chan *queued, maxQueued)
	w.hurry = make(chan struct{}, 1)
	w.inFlight = semaphore.NewWeighted(maxInFlight)
	w.finished = make(chan struct{})
	go w.readLoop()
	go w.commitLoop()
	if err := w.keepProfile(); err != nil {
		w.fail(err)
		return errors.Join(w.drain(), w.warc.Close())
	}
	return nil
}

// keepProfile stores a profile given as a file in the WARC file, since pages are read by it.
func (w *Writer) keepProfile() error {
	if w.opts.Site.Builtin {
		return nil
	}
	profile := warc.Resource(uriProfile+w.opts.Site.Name, w.now(), "application/yaml", []byte(w.opts.Site.Profile))
	return w.appendRecord(profile, func(*bbolt.Tx) error { return nil })
}

func (w *Writer) now() time.Time { return w.opts.Now().UTC().Truncate(time.Millisecond) }

// appendRecord stores a record that is no capture and makes it durable. Then is told of it in the transaction that
// indexes it: whoever is killed in between finds the record again at the next start.
func (w *Writer) appendRecord(g warc.Group, then func(*bbolt.Tx) error) error {
	w.warcMu.Lock()
	defer w.warcMu.Unlock()
	locs, err := w.warc.Append(g)
	if err != nil {
		return err
	}
	if err := w.warc.Sync(); err != nil {
		return err
	}
	return updateDB(w.dir.DB(), func(tx *bbolt.Tx) error {
		if err := w.knowFile(tx, locs[0][0].File); err != nil {
			return err
		}
		if err := extendFile(tx, locs[0][0].File, locs[0][0].End()); err != nil {
			return err
		}
		return then(tx)
	})
}

// storeReport writes the report of the run and brings it into the index.
func (w *Writer) storeReport(report *Report) error {
	report.Run, report.Site = w.run, w.opts.Site.Name
	block, err := encodeJSON(report)
	if err != nil {
		return fmt.Errorf("store report: %w", err)
	}
	uri := fmt.Sprintf("%s%d", uriReport, w.run)
	err = w.appendRecord(warc.Metadata(uri, w.now(), contentTypeJSON, block), func(tx *bbolt.Tx) error {
		if err := addReport(tx, report); err != nil {
			return err
		}
		if err := settleDistrusted(tx, report); err != nil {
			return err
		}
		if w.opts.Reported == nil {
			return nil
		}
		return w.opts.Reported(newFrontier(tx), report)
	})
	if err != nil {
		return fmt.Errorf("store report: %w", err)
	}
	return nil
}
