package archive

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/rs/zerolog"
	"go.etcd.io/bbolt"
	"golang.org/x/sync/semaphore"

	"infocus/archive/capture"
	"infocus/archive/warc"
	"infocus/extract"
)

const (
	// maxBatch is how many captures one transaction takes at most.
	maxBatch = 64
	// gatherTime is how long a batch is gathered. What is gathered is in the WARC file already.
	gatherTime = 150 * time.Millisecond
	// maxQueued is how many captures wait between two of the steps from WARC file to index.
	maxQueued = 24
	// maxInFlight bounds the bytes of exchanges that are stored but not indexed; Store waits beyond it.
	maxInFlight = 24 << 20
)

// WriterOptions are the settings of a Writer.
type WriterOptions struct {
	Program  string // name and version, for the WARC files
	Site     Site
	BaseURL  string
	Settings []warc.Field // flags and settings of the run, for the warcinfo record
	MaxFile  int64        // size at which a WARC file is closed; 0 is the default of package warc
	Now      func() time.Time
	FS       warc.FS // nil is the machine's
	Log      zerolog.Logger

	// Indexed is told of each batch, in the transaction that stores it, in the order of writing.
	// The crawler keeps its frontier through it. It may be nil.
	Indexed func(f *Frontier, batch []Stored) error
	// Reported is told of the report of the run, in the transaction that stores it. It may be nil.
	Reported func(f *Frontier, report *Report) error
}

// Stored is what came of one capture.
type Stored struct {
	Entry     Entry
	ID        string // article id, "" for an address that names none
	Canonical string // canonical id of the article, "" for no article
	Outcome   string
	Reason    string
	Owed      bool // the address was named as an article, or is known as one
	// Observation is what an article's capture was, see package revision; "" for anything else.
	Observation string
	Article     *extract.Article // of a good capture
	Links       []extract.Link
	Payload     []byte // decoded, of robots.txt, feeds and sitemaps
	Recovered   bool   // found in a WARC file of an earlier run that had not indexed it
}

// Writer stores captures. Store writes to the WARC file at once, so that a killed process loses
// nothing that Store had returned for; one goroutine reads the pages, another makes batches durable and
// indexes them.
type Writer struct {
	dir    Dir
	opts   WriterOptions
	lock   *lockFile
	rules  *rules
	run    int
	warcMu sync.Mutex // guards warc: Store appends, the committer syncs
	warc   *warc.Writer
	info   []warc.Field
	held   *payloads

	queue    chan *queued  // stored, to be read
	ready    chan *queued  // read, to be committed
	hurry    chan struct{} // has room for one: the batch at hand is to be committed now
	inFlight *semaphore.Weighted
	finished chan struct{}
	broken   chan struct{} // closed by the first failure

	mu     sync.Mutex
	failed error
}

// queued is an exchange that stands in the WARC file and waits for the index.
type queued struct {
	ex      *capture.Exchange
	placed  placed
	weight  int64
	flushed chan<- struct{} // of a Flush, which carries no exchange
}

// Run is the number of this run.
func (w *Writer) Run() int { return w.run }

// Store appends an exchange to the WARC file. It waits while too much is on its way to the index.
// Known is what the index holds of the address (for a 304), and may be nil.
func (w *Writer) Store(ctx context.Context, ex *capture.Exchange, known *Address) error {
	if err := w.err(); err != nil {
		return err
	}
	weight := min(int64(len(ex.Request)+len(ex.Response))+1024, maxInFlight)
	if err := w.inFlight.Acquire(ctx, weight); err != nil {
		return err
	}
	p, err := w.append(ex, known)
	if err != nil {
		w.inFlight.Release(weight)
		w.fail(err)
		return err
	}
	w.queue <- &queued{ex: ex, placed: *p, weight: weight}
	return nil
}

// append writes the records of an exchange.
func (w *Writer) append(ex *capture.Exchange, known *Address) (*placed, error) {
	p := &placed{}
	group, err := w.group(ex, known, p)
	if err != nil {
		return nil, fmt.Errorf("store %s: %w", ex.URI, err)
	}
	encoded, err := w.warc.Encode(group)
	if err != nil {
		return nil, fmt.Errorf("store %s: %w", ex.URI, err)
	}
	w.warcMu.Lock()
	locs, err := w.warc.AppendEncoded(encoded)
	w.warcMu.Unlock()
	if err != nil {
		return nil, fmt.Errorf("store %s: %w", ex.URI, err)
	}
	p.loc, p.first = locs[0][len(locs[0])-1], locs[0][0].Offset
	p.recordID, p.digest = group[len(group)-1].ID, group[len(group)-1].PayloadSHA1
	p.serial = serialOf(p.loc.File)
	if !p.revisit && p.digest != "" && ex.Failure == "" {
		w.held.add(p.digest, &PayloadRef{URI: ex.URI, Millis: ex.Time.UnixMilli(), File: p.loc.File, Offset: p.first, Record: p.recordID})
	}
	return p, nil
}

// group chooses the records: a revisit where the payload is held, a full response otherwise.
func (w *Writer) group(ex *capture.Exchange, known *Address, p *placed) (warc.Group, error) {
	if len(ex.Response) == 0 || ex.Failure != "" {
		return warc.Response(ex)
	}
	msg, err := ex.Message()
	if err != nil {
		return warc.Response(ex)
	}
	if msg.Status == 304 {
		if known == nil || known.Payload == nil || ex.Unconditional() {
			return warc.Response(ex)
		}
		return warc.NotModified(ex, known.Payload.original(known.PayloadSHA1))
	}
	if len(msg.Payload) == 0 {
		return warc.Response(ex)
	}
	digest := msg.PayloadSHA1()
	ref, err := w.held.find(digest)
	if err != nil {
		return nil, err
	}
	if ref == nil || msg.Truncated {
		return warc.Response(ex)
	}
	group, err := warc.Revisit(ex, ref.original(digest))
	if errors.Is(err, warc.ErrNoRevisit) { // more bytes came than the message has: they are kept too
		return warc.Response(ex)
	}
	p.revisit = err == nil
	return group, err
}

func (r *PayloadRef) original(sha1 string) warc.Original {
	return warc.Original{RecordID: r.Record, URI: r.URI, Time: time.UnixMilli(r.Millis).UTC(), PayloadSHA1: sha1}
}

// Hurry has what was stored indexed as soon as possible, for a crawler that waits for it.
func (w *Writer) Hurry() {
	select {
	case w.hurry <- struct{}{}:
	default:
	}
}

// Flush waits until everything stored is durable and indexed.
func (w *Writer) Flush(ctx context.Context) error {
	done := make(chan struct{})
	select {
	case w.queue <- &queued{flushed: done}:
	case <-ctx.Done():
		return ctx.Err()
	}
	<-done
	return w.err()
}

// Update changes the frontier alone.
func (w *Writer) Update(fn func(f *Frontier) error) error {
	if err := w.err(); err != nil {
		return err
	}
	return updateDB(w.dir.DB(), func(tx *bbolt.Tx) error { return fn(newFrontier(tx)) })
}

// Finish stores the report of the run, seals the WARC file and ends the writer.
func (w *Writer) Finish(report *Report) error {
	err := w.drain()
	if err == nil {
		err = w.storeReport(report)
	}
	return w.closeAfter(err)
}

// Close ends the writer without a report, as a run does that could not go on.
func (w *Writer) Close() error { return w.closeAfter(w.drain()) }

// closeAfter gives the first error: what closing meets after another is its echo, and the next start mends it.
func (w *Writer) closeAfter(err error) error {
	closing := w.close()
	if err != nil {
		return err
	}
	return closing
}

func (w *Writer) drain() error {
	close(w.queue)
	<-w.finished
	return w.err()
}

func (w *Writer) close() error {
	w.warcMu.Lock()
	defer w.warcMu.Unlock()
	return errors.Join(w.warc.Close(), w.lock.release())
}

// Err is the error that ended the writer, nil while it works.
func (w *Writer) Err() error { return w.err() }

// Failed is closed when the writer cannot go on.
func (w *Writer) Failed() <-chan struct{} { return w.broken }

func (w *Writer) err() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.failed
}

func (w *Writer) fail(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.failed == nil {
		w.failed = err
		close(w.broken)
	}
}
