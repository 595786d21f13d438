package dataset

import (
	"fmt"
	"io"
	"os"
	"time"
)

const (
	chunkSize = 128 << 10
	// patience is how long a chunk may wait for a slow reader while the index is held open.
	patience = time.Second
)

// spill hands lines to a writer on another goroutine. When the writer does not take a chunk within
// patience, everything from there on goes to a temporary file, which close copies to the writer.
type spill struct {
	dst     io.Writer
	buf     []byte
	free    chan []byte // buffers to be used again
	chunks  chan []byte
	stopped chan struct{} // the goroutine has ended
	err     error         // of the goroutine, valid once stopped is closed
	file    *os.File      // nil until the reader was too slow
}

func newSpill(dst io.Writer) *spill {
	s := &spill{
		dst: dst, buf: make([]byte, 0, chunkSize), free: make(chan []byte, 2),
		chunks: make(chan []byte, 1), stopped: make(chan struct{}),
	}
	s.free <- make([]byte, 0, chunkSize)
	s.free <- make([]byte, 0, chunkSize)
	go s.write()
	return s
}

func (s *spill) write() {
	defer close(s.stopped)
	for chunk := range s.chunks {
		if _, s.err = s.dst.Write(chunk); s.err != nil {
			return
		}
		select {
		case s.free <- chunk[:0]:
		default: // there are enough
		}
	}
}

// line adds one line and its end.
func (s *spill) line(b []byte) error {
	if len(s.buf)+len(b)+1 > chunkSize && len(s.buf) > 0 {
		if err := s.hand(); err != nil {
			return err
		}
	}
	s.buf = append(s.buf, b...)
	s.buf = append(s.buf, '\n')
	return nil
}

// hand passes the full buffer on and takes an empty one.
func (s *spill) hand() error {
	if s.file != nil {
		return s.toFile()
	}
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case s.chunks <- s.buf:
		return s.takeBuffer(timer)
	case <-s.stopped:
		return s.err
	case <-timer.C:
		return s.startFile()
	}
}

func (s *spill) takeBuffer(timer *time.Timer) error {
	select {
	case s.buf = <-s.free:
		return nil
	case <-s.stopped:
		return s.err
	case <-timer.C:
		s.buf = make([]byte, 0, chunkSize)
		return nil
	}
}

func (s *spill) startFile() error {
	f, err := os.CreateTemp("", "infocus-export-*")
	if err != nil {
		return fmt.Errorf("the reader of the export is slow and no temporary file can be made: %w", err)
	}
	s.file = f
	if err := os.Remove(f.Name()); err != nil {
		return err
	}
	return s.toFile()
}

func (s *spill) toFile() error {
	if _, err := s.file.Write(s.buf); err != nil {
		return fmt.Errorf("write temporary file of the export: %w", err)
	}
	s.buf = s.buf[:0]
	return nil
}

// close waits until the writer has everything. The index is not held any more.
func (s *spill) close() error {
	last := s.buf
	if s.file == nil && len(last) > 0 {
		select {
		case s.chunks <- last:
			last = nil
		case <-s.stopped:
		}
	}
	close(s.chunks)
	<-s.stopped
	if s.file == nil {
		return s.err
	}
	defer func() { _ = s.file.Close() }()
	if s.err != nil {
		return s.err
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if _, err := io.Copy(s.dst, s.file); err != nil {
		return err
	}
	_, err := s.dst.Write(last)
	return err
}
