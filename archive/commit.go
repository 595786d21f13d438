package archive

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"go.etcd.io/bbolt"

	"infocus/extract"
)

// readLoop reads the pages that Store queued, while the batch before them is committed.
func (w *Writer) readLoop() {
	defer close(w.ready)
	for q := range w.queue {
		if q.flushed == nil && w.err() == nil {
			if err := w.read(q); err != nil {
				w.fail(err)
			}
		}
		w.ready <- q
	}
}

func (w *Writer) read(q *queued) error {
	x, err := w.rules.extractor(w.opts.Site.Name, w.opts.BaseURL)
	if err != nil {
		return err
	}
	if q.placed.reading, err = readExchange(x, q.ex, nil); err != nil {
		return fmt.Errorf("read %s: %w", q.ex.URI, err)
	}
	q.ex = nil
	return nil
}

// commitLoop takes what was read, in batches: as much as came while the last batch was committed.
func (w *Writer) commitLoop() {
	defer close(w.finished)
	for first := range w.ready {
		batch, flushed := w.collect(first)
		if w.err() == nil {
			if err := w.commit(batch); err != nil {
				w.fail(err)
			}
		}
		for _, q := range batch {
			w.inFlight.Release(q.weight)
		}
		for _, done := range flushed {
			close(done)
		}
	}
}

// collect gathers a batch: what comes within gatherTime, unless the crawler has nothing to do
// meanwhile or a Flush waits.
func (w *Writer) collect(first *queued) (batch []*queued, flushed []chan<- struct{}) {
	timer := time.NewTimer(gatherTime)
	defer timer.Stop()
	q := first
	for {
		if q.flushed != nil {
			return batch, append(flushed, q.flushed)
		}
		if batch = append(batch, q); len(batch) == maxBatch {
			return batch, flushed
		}
		select {
		case next, ok := <-w.ready:
			if !ok {
				return batch, flushed
			}
			q = next
		case <-w.hurry:
			return batch, flushed
		case <-timer.C:
			return batch, flushed
		}
	}
}

// commit makes the records of a batch durable, and only then indexes them.
func (w *Writer) commit(batch []*queued) error {
	if len(batch) == 0 {
		return nil
	}
	items := make([]*placed, len(batch))
	for i, q := range batch {
		items[i] = &q.placed
	}
	w.warcMu.Lock()
	err := w.warc.Sync()
	w.warcMu.Unlock()
	if err != nil {
		return fmt.Errorf("make captures durable: %w", err)
	}
	if err := w.index(items, false); err != nil {
		return fmt.Errorf("index captures: %w", err)
	}
	for _, p := range items {
		w.held.indexed(p.digest)
	}
	return nil
}

// index brings captures of this run, or of the file that a recovery reads, into the index.
func (w *Writer) index(items []*placed, recovered bool) error {
	return updateDB(w.dir.DB(), func(tx *bbolt.Tx) error {
		if !recovered {
			if err := w.knowFiles(tx, items); err != nil {
				return err
			}
		}
		stored, err := indexBatch(tx, items)
		if err != nil {
			return err
		}
		for i := range stored {
			stored[i].Recovered = recovered
		}
		if err := markIndexed(tx, items); err != nil {
			return err
		}
		if w.opts.Indexed == nil {
			return nil
		}
		return w.opts.Indexed(newFrontier(tx), stored)
	})
}

// knowFiles enters the files of this run that the index has not met yet.
func (w *Writer) knowFiles(tx *bbolt.Tx, items []*placed) error {
	last := ""
	for _, p := range items {
		if p.loc.File == last {
			continue
		}
		last = p.loc.File
		if err := w.knowFile(tx, last); err != nil {
			return err
		}
	}
	return nil
}

// knowFile enters a file of this run, and the site that it names: the index holds nothing that the WARC files do not give.
func (w *Writer) knowFile(tx *bbolt.Tx, name string) error {
	if err := addInfo(tx, name, w.info); err != nil {
		return err
	}
	return keepSite(tx, w.rules, w.opts.Site)
}

// indexBatch adds captures and settles the articles that they touch.
func indexBatch(tx *bbolt.Tx, items []*placed) ([]Stored, error) {
	touched := map[string]bool{}
	known := make([]bool, len(items))
	for i, p := range items {
		run, err := runOf(tx, p.loc.File)
		if err != nil {
			return nil, err
		}
		known[i] = isArticle(tx, p.id)
		if err := add(tx, p, run); err != nil {
			return nil, err
		}
		for _, id := range []string{p.id, p.entry.Target} {
			if id != "" {
				touched[id] = true
			}
		}
	}
	settled, err := settle(tx, touched)
	if err != nil {
		return nil, err
	}
	out := make([]Stored, len(items))
	for i, p := range items {
		if out[i], err = describe(tx, p, known[i], settled); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// describe says what came of one capture, for the crawler and its report.
func describe(tx *bbolt.Tx, p *placed, known bool, settled *settlement) (Stored, error) {
	var address Address
	if _, err := loadJSON(bucket(tx, bucketAddresses), []byte(p.entry.URL), &address); err != nil {
		return Stored{}, err
	}
	s := Stored{
		Entry: p.entry, ID: p.id, Outcome: address.Outcome, Reason: address.Reason,
		Owed:    known || p.article != nil || p.entry.Role == string(extract.RoleArticle),
		Article: p.article, Links: p.links, Payload: p.payload,
	}
	if canonical := bucket(tx, bucketIDs).Get([]byte(p.id)); p.id != "" && canonical != nil {
		s.Canonical = string(canonical)
		s.Observation = settled.outcome(p)
	}
	return s, nil
}

// markIndexed notes how far each file is in the index.
func markIndexed(tx *bbolt.Tx, items []*placed) error {
	for _, p := range items {
		if err := extendFile(tx, p.loc.File, p.loc.End()); err != nil {
			return err
		}
	}
	return nil
}

func extendFile(tx *bbolt.Tx, name string, end int64) error {
	b := bucket(tx, bucketFiles)
	var f File
	if _, err := loadJSON(b, []byte(name), &f); err != nil {
		return err
	}
	if end <= f.Indexed {
		return nil
	}
	f.Indexed = end
	return putJSON(b, []byte(name), &f)
}

func runOf(tx *bbolt.Tx, file string) (int, error) {
	var f File
	found, err := loadJSON(bucket(tx, bucketFiles), []byte(file), &f)
	if err == nil && !found {
		err = errors.New("file " + file + " is not in the index")
	}
	return f.Run, err
}

// serialOf reads the serial from the name of a WARC file, 0 where it has none.
func serialOf(name string) uint32 {
	parts := strings.Split(name, "-")
	if len(parts) < 3 {
		return 0
	}
	n, _ := strconv.ParseUint(parts[len(parts)-2], 10, 32)
	return uint32(n)
}
