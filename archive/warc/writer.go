package warc

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
)

// DefaultMaxSize is the size that a file does not grow beyond.
const DefaultMaxSize int64 = 1 << 30

// Options are the settings of a Writer.
type Options struct {
	Prefix  string           // of file names; default "infocus"
	MaxSize int64            // a batch that would go beyond it begins a new file; default DefaultMaxSize
	Info    []Field          // the warcinfo record of every file: software, run id, site, flags, in this order
	Now     func() time.Time // default time.Now
	FS      FS               // default OS
}

// Writer appends records to the files of a directory. One Writer at a time may work on a directory: the caller holds the
// lock. Encode may be called from several goroutines; the other methods from one at a time.
type Writer struct {
	dir    string
	o      Options
	serial int // of the last file

	compressors sync.Pool

	mu     sync.Mutex
	infoID string // of the warcinfo record of the file that is open, or of the next

	file    *output           // nil before the first Append and after a file was closed
	lost    error             // why records that Append had taken did not become durable; for the next Sync
	pending map[string]string // seals that could not be written yet
	closed  bool
}

// OpenWriter makes the directory if need be and settles the serial of the next file. The file itself is made by the first Append,
// with its warcinfo record: files are never opened again for writing.
func OpenWriter(dir string, o Options) (*Writer, error) {
	if o.Prefix == "" {
		o.Prefix = "infocus"
	}
	if o.MaxSize <= 0 {
		o.MaxSize = DefaultMaxSize
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.FS == nil {
		o.FS = OS{}
	}
	if strings.ContainsAny(o.Prefix, "/\\") {
		return nil, fmt.Errorf("open WARC writer: prefix %q holds a path separator", o.Prefix)
	}
	if err := o.FS.MkdirAll(dir); err != nil {
		return nil, explain("make directory", dir, err)
	}
	last, err := lastSerial(o.FS, dir)
	if err != nil {
		return nil, err
	}
	return &Writer{dir: dir, o: o, serial: last, infoID: newID(), pending: map[string]string{}}, nil
}

// Append encodes and writes groups. The locations come in the order of the batch, one slice for each group, one location for
// each record. After an error nothing of the batch is in the archive. Records are acknowledged by Sync, not by Append.
func (w *Writer) Append(batch ...Group) ([][]Location, error) {
	encoded := make([]Encoded, len(batch))
	for i, group := range batch {
		var err error
		if encoded[i], err = w.Encode(group); err != nil {
			return nil, err
		}
	}
	return w.AppendEncoded(encoded...)
}

// AppendEncoded is Append for groups that Encode made.
func (w *Writer) AppendEncoded(batch ...Encoded) ([][]Location, error) {
	if w.closed {
		return nil, ErrClosed
	}
	if len(batch) == 0 {
		return nil, nil
	}
	if err := w.makeRoom(batch); err != nil {
		return nil, err
	}
	if err := w.refresh(batch); err != nil {
		return nil, err
	}
	at := w.file.size
	if err := w.file.append(batch); err != nil {
		if errors.Is(err, errUnusable) {
			w.abandon(err)
		}
		return nil, err
	}
	places := make([][]Location, len(batch))
	for i := range batch {
		places[i] = batch[i].locations(w.file.name, at)
		at += batch[i].Size()
	}
	return places, nil
}

// makeRoom begins a file where there is none or the batch would not fit any more. A batch is never parted, so that it can be undone
// as a whole.
func (w *Writer) makeRoom(batch []Encoded) error {
	size := int64(0)
	for i := range batch {
		size += batch[i].Size()
	}
	if w.file != nil && w.file.records > 0 && w.file.size+size > w.o.MaxSize {
		if err := w.finish(); err != nil {
			return err
		}
	}
	if w.file == nil {
		return w.begin()
	}
	return nil
}

// refresh encodes again what was made for an earlier file, so that every record names the warcinfo of its own file.
func (w *Writer) refresh(batch []Encoded) error {
	info := w.currentInfo()
	for i := range batch {
		if batch[i].warcinfoID == info {
			continue
		}
		var err error
		if batch[i], err = w.encode(batch[i].group, info); err != nil {
			return err
		}
	}
	return nil
}

// Sync makes everything appended durable. After an error nothing appended since the last Sync counts as written (a crash right then
// can leave it in the file, where the next start finds it whole), and the next Append begins a new file.
func (w *Writer) Sync() error {
	if w.file != nil {
		if err := w.file.sync(); err != nil {
			w.abandon(err)
		}
	}
	err := w.lost
	w.lost = nil
	return err
}

// File is the base name of the file being written, "" where none is open.
func (w *Writer) File() string {
	if w.file == nil {
		return ""
	}
	return w.file.name
}

// Close makes the last file durable and seals it.
func (w *Writer) Close() error {
	if w.closed {
		return nil
	}
	err := w.Sync()
	if w.file != nil {
		err = errors.Join(err, w.finish())
	} else if len(w.pending) > 0 {
		err = errors.Join(err, w.sealPending())
	}
	w.closed = true
	return err
}

func (w *Writer) currentInfo() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.infoID
}

// begin makes the next file with its warcinfo record.
func (w *Writer) begin() error {
	now := w.o.Now()
	w.serial++
	name := fileName(w.o.Prefix, w.serial, now)
	info, err := w.encode(Group{w.infoRecord(name, now)}, "")
	if err != nil {
		return err
	}
	if w.file, err = create(w.o.FS, w.dir, name, info); err != nil {
		w.forget()
	}
	return err
}

func (w *Writer) infoRecord(name string, now time.Time) Record {
	var block strings.Builder
	for _, field := range w.o.Info {
		fmt.Fprintf(&block, "%s: %s\r\n", field.Name, cleanValue(field.Value))
	}
	return Record{
		Type: typeInfo, ID: w.currentInfo(), Date: now, ContentType: contentFields,
		Fields: []Field{{fieldFilename, name}}, Block: []byte(block.String()),
	}
}

// finish makes the open file durable, closes and seals it.
func (w *Writer) finish() error {
	if err := w.file.sync(); err != nil {
		w.abandon(err)
		return err
	}
	w.pending[w.file.name] = w.file.seal()
	err := w.file.close()
	w.forget()
	if err != nil {
		return err
	}
	return w.sealPending()
}

func (w *Writer) sealPending() error {
	if err := addSeals(w.o.FS, w.dir, w.pending); err != nil {
		return err
	}
	clear(w.pending)
	return nil
}

// abandon gives a file up that cannot be trusted any more. It gets no seal, so the next start looks through it.
func (w *Writer) abandon(cause error) {
	if w.file.abandon() {
		w.lost = cause
	}
	w.forget()
}

// forget turns to the next file, which gets a warcinfo record of its own.
func (w *Writer) forget() {
	w.file = nil
	w.mu.Lock()
	w.infoID = newID()
	w.mu.Unlock()
}
