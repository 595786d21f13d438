package archive

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"infocus/archive/capture"
	"infocus/archive/warc"
)

// event is one unit of a WARC file as the index takes it: exactly one of the pointers is set, or none
// for a record that means nothing to the index.
type event struct {
	loc    warc.Location
	info   []warc.Field // of a warcinfo record
	placed *placed
	report *Report
	damage *warc.Damage
}

// span is the part of a WARC file to be read.
type span struct {
	name string
	from int64
	to   int64 // 0: to the end
	file File  // known from its warcinfo where from is beyond it
}

// scanner reads WARC files and extracts their pages on all processors, in the order of writing.
type scanner struct {
	dir     Dir
	rules   *rules
	indexed func(sha1 string) (*PayloadRef, error) // payloads of files that are not scanned; may be nil

	mu   sync.Mutex
	held map[string]warc.Location // payload digest -> where it was first stored
}

func newScanner(dir Dir, r *rules, indexed func(string) (*PayloadRef, error)) *scanner {
	return &scanner{dir: dir, rules: r, indexed: indexed, held: map[string]warc.Location{}}
}

type job struct {
	unit  *warc.Unit
	file  File
	event *event
	err   error
	done  chan struct{}
}

// run calls emit for each unit of the spans.
func (s *scanner) run(ctx context.Context, spans []span, emit func(*event) error) error {
	g, ctx := errgroup.WithContext(ctx)
	work, order := make(chan *job), make(chan *job, 32)
	g.Go(func() error {
		defer close(work)
		defer close(order)
		for _, sp := range spans {
			if err := s.produce(ctx, sp, work, order); err != nil {
				return fmt.Errorf("read %s: %w", sp.name, err)
			}
		}
		return nil
	})
	for range runtime.GOMAXPROCS(0) {
		g.Go(func() error {
			for j := range work {
				j.event, j.err = s.read(ctx, j)
				close(j.done)
			}
			return nil
		})
	}
	g.Go(func() error { return consume(ctx, order, emit) })
	return g.Wait()
}

func consume(ctx context.Context, order <-chan *job, emit func(*event) error) error {
	for j := range order {
		select {
		case <-j.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		if j.err != nil {
			return j.err
		}
		if err := emit(j.event); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (s *scanner) produce(ctx context.Context, sp span, work, order chan<- *job) error {
	file := sp.file
	_, err := warc.Scan(ctx, s.path(sp.name), warc.ScanOptions{From: sp.from}, func(u *warc.Unit) error {
		if sp.to > 0 && u.Location.Offset >= sp.to {
			return errSpanEnd
		}
		if u.Kind == warc.KindInfo {
			h := warc.ParseFields(u.Block)
			file = File{Site: h.Value(infoSite), BaseURL: h.Value(infoBaseURL)}
		}
		s.note(u)
		j := &job{unit: u, file: file, done: make(chan struct{})}
		for _, c := range []chan<- *job{order, work} {
			select {
			case c <- j:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	if err == errSpanEnd { //nolint:errorlint // Scan returns what the callback returned
		return nil
	}
	return err
}

var errSpanEnd = fmt.Errorf("end of span")

// note remembers where a payload lies, for the revisits that follow.
func (s *scanner) note(u *warc.Unit) {
	if u.Kind != warc.KindResponse || u.PayloadSHA1 == "" {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.held[u.PayloadSHA1]; !ok {
		s.held[strings.Clone(u.PayloadSHA1)] = firstRecord(u)
	}
}

// firstRecord is where reading a capture begins.
func firstRecord(u *warc.Unit) warc.Location {
	if u.Request.File != "" {
		return u.Request
	}
	return u.Location
}

func (s *scanner) path(name string) string { return filepath.Join(s.dir.WARC(), name) }

func (s *scanner) read(ctx context.Context, j *job) (*event, error) {
	u := j.unit
	e := &event{loc: u.Location}
	switch {
	case u.Kind == warc.KindInfo:
		e.info = warc.ParseFields(u.Block)
	case u.Kind == warc.KindDamage:
		e.damage = u.Damage
	case u.Kind == warc.KindMetadata && strings.HasPrefix(u.URI, uriReport):
		r, err := parseReport(u.Block)
		if err != nil {
			e.damage = &warc.Damage{Offset: u.Location.Offset, Length: u.Location.Length, Reason: err.Error()}
		}
		e.report = r
	case u.Capture() && !u.TooLarge:
		p, err := s.place(ctx, u, j.file)
		if err != nil {
			return nil, fmt.Errorf("read capture at %s:%d: %w", u.Location.File, u.Location.Offset, err)
		}
		e.placed = p
	}
	return e, nil
}

// place reads a stored capture as it was read when it was fetched.
func (s *scanner) place(ctx context.Context, u *warc.Unit, file File) (*placed, error) {
	x, err := s.rules.extractor(file.Site, file.BaseURL)
	if err != nil {
		return nil, err
	}
	p := &placed{
		serial: serialOf(u.Location.File), loc: u.Location, first: firstRecord(u).Offset, recordID: u.RecordID,
		revisit: u.Kind == warc.KindRevisit, digest: u.PayloadSHA1,
	}
	var body *capture.Message
	var lost error
	if p.revisit {
		body, lost = s.payload(ctx, u)
	}
	p.reading, err = readExchange(x, u.Exchange, body)
	if lost != nil && err == nil {
		p.unreadable(ProblemLost, lost)
	}
	return p, err
}

// payload fetches the message that a revisit refers to.
func (s *scanner) payload(ctx context.Context, u *warc.Unit) (*capture.Message, error) {
	file, offset, err := s.find(u.PayloadSHA1)
	if err != nil {
		return nil, fmt.Errorf("payload of revisit %s: %w", u.RecordID, err)
	}
	original, err := warc.ReadAt(ctx, s.path(file), offset)
	if err != nil {
		return nil, fmt.Errorf("payload of revisit %s: %w", u.RecordID, err)
	}
	if original.Exchange == nil {
		return nil, fmt.Errorf("payload of revisit %s: no exchange at %s:%d", u.RecordID, file, offset)
	}
	return original.Exchange.Message()
}

func (s *scanner) find(sha1 string) (file string, offset int64, err error) {
	s.mu.Lock()
	loc, ok := s.held[sha1]
	s.mu.Unlock()
	if ok {
		return loc.File, loc.Offset, nil
	}
	if s.indexed != nil {
		ref, err := s.indexed(sha1)
		if err != nil {
			return "", 0, err
		}
		if ref != nil {
			return ref.File, ref.Offset, nil
		}
	}
	return "", 0, fmt.Errorf("payload %s is not in the archive", sha1)
}
