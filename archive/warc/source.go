package warc

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"github.com/klauspost/compress/gzip"
)

const (
	rawBuffer  = 64 << 10
	textBuffer = 32 << 10
)

var (
	errNoRecord = errors.New("neither a gzip member nor a WARC record")
	errTrailing = errors.New("bytes behind the record that belong to none")
)

// source gives the text of a file, compressed or not, and knows at which offset each record begins. Gzip members need not
// hold one record each, as those of this package do: a record may go on in the next member, and a member may hold several.
type source struct {
	file   io.ReadSeeker
	failed error         // of the file itself, to be told from damage
	read   int64         // offset in file behind what raw has taken
	raw    *bufio.Reader // the file
	gz     *gzip.Reader  // over raw
	text   *bufio.Reader // over gz
	in     *bufio.Reader // where records are read from: text, or raw in a file without compression

	start  int64                 // offset of the member, or of the record in a file without compression
	head   [len(memberHead)]byte // how the member begins
	inside bool                  // a member is open and holds a further record
	joined bool                  // where the member ends, reading goes on with the next
	apart  bool                  // members are not joined any more: a record ran through all of them to the end of the file
}

func newSource(file io.ReadSeeker) *source {
	s := &source{file: file, gz: new(gzip.Reader)}
	s.raw = bufio.NewReaderSize(readerFunc(s.fill), rawBuffer)
	s.text = bufio.NewReaderSize(nil, textBuffer)
	s.in = s.text
	return s
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func (s *source) fill(p []byte) (int, error) {
	n, err := s.file.Read(p)
	s.read += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		s.failed = err
	}
	return n, err
}

// offset is that of the next byte in the file.
func (s *source) offset() int64 { return s.read - int64(s.raw.Buffered()) }

func (s *source) plain() bool { return s.in == s.raw }

// seek goes to an offset of the file, outside of any member.
func (s *source) seek(offset int64) error {
	if _, err := s.file.Seek(offset, io.SeekStart); err != nil {
		s.failed = err
		return err
	}
	s.read = offset
	s.raw.Reset(readerFunc(s.fill))
	s.inside = false
	return nil
}

// begin goes to the next record; io.EOF means that the file ends here. While the record is read, members count as one text.
func (s *source) begin() error {
	if s.inside {
		s.joined = !s.apart
		return nil
	}
	if s.plain() || s.offset() == 0 {
		_ = skipLineEnds(s.raw) // an error comes again
	}
	s.start = s.offset()
	magic, err := s.raw.Peek(5)
	switch {
	case bytes.HasPrefix(magic, []byte(memberHead[:2])):
		return s.openMember()
	case bytes.Equal(magic, []byte("WARC/")):
		s.in = s.raw
		return nil
	case len(magic) == 0:
		return err
	}
	return errNoRecord
}

func (s *source) openMember() error {
	s.head = [len(memberHead)]byte{}
	head, _ := s.raw.Peek(len(s.head)) // where there are too few, the gzip reader says so
	copy(s.head[:], head)
	if err := s.gz.Reset(s.raw); err != nil {
		return noEOF(err)
	}
	s.gz.Multistream(false)
	s.text.Reset(readerFunc(s.inflate))
	s.in, s.joined = s.text, !s.apart
	return nil
}

// inflate reads the open member and, while joined, those behind it.
func (s *source) inflate(p []byte) (int, error) {
	for {
		n, err := s.gz.Read(p)
		if n > 0 {
			return n, nil // an error comes again
		}
		if !errors.Is(err, io.EOF) || !s.joined {
			return 0, err
		}
		if next, _ := s.raw.Peek(2); string(next) != memberHead[:2] {
			return 0, io.EOF
		}
		if err := s.gz.Reset(s.raw); err != nil {
			return 0, noEOF(err)
		}
		s.gz.Multistream(false)
	}
}

// end closes the record: it gives the offset behind it, and whether its member ends with it.
func (s *source) end() (offset int64, whole bool, err error) {
	s.joined, s.inside = false, false
	err = skipLineEnds(s.in)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, false, err
	}
	if errors.Is(err, io.EOF) || s.plain() {
		return s.offset(), true, nil
	}
	if next, _ := s.in.Peek(5); string(next) != "WARC/" {
		return s.offset(), false, errTrailing
	}
	s.inside = true
	return s.offset(), false, nil
}

// skipLineEnds passes over CR and LF. It returns the error that ended the reading, nil where another byte follows.
func skipLineEnds(r *bufio.Reader) error {
	for {
		c, err := r.ReadByte()
		if err != nil {
			return err
		}
		if c != '\r' && c != '\n' {
			return r.UnreadByte()
		}
	}
}

// rest is how many bytes of the file are still to be read.
func (s *source) rest() (int64, error) {
	size, err := s.file.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = s.file.Seek(s.read, io.SeekStart)
	}
	if err != nil {
		s.failed = err
	}
	return size - s.offset(), err
}

// noEOF is for places where the file must not end.
func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
