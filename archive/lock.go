package archive

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// LockedError says that another process writes to the archive.
type LockedError struct {
	Dir Dir
	PID int // 0 where the holder left none
}

func (e *LockedError) Error() string {
	holder := "another process"
	if e.PID > 0 {
		holder = fmt.Sprintf("process %d", e.PID)
	}
	return fmt.Sprintf("archive %s is being written by %s; wait for it to end, or stop it (reading commands work meanwhile)", e.Dir, holder)
}

// lockFile is the writer's lock: an flock on DIR/lock, which holds the process id of the writer.
// The kernel drops it when the process ends, however it ends.
type lockFile struct{ file *os.File }

func acquireLock(d Dir) (*lockFile, error) {
	f, err := os.OpenFile(d.lock(), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("lock archive: %w (the archive must be writable)", err)
	}
	if err := take(f); err != nil {
		defer func() { _ = f.Close() }()
		if errors.Is(err, unix.EWOULDBLOCK) {
			return nil, &LockedError{Dir: d, PID: readPID(f)}
		}
		return nil, fmt.Errorf("lock archive %s: %w", d, err)
	}
	if err := writePID(f); err != nil {
		_ = f.Close()
		return nil, fullDisk(d.lock(), fmt.Errorf("lock archive %s: %w", d, err))
	}
	return &lockFile{file: f}, nil
}

// take gets the lock or says at once that another has it. WriterPID holds it for a moment to see whether it is free, and
// that must not turn a writer away.
func take(f *os.File) error {
	const tries, pause = 5, 10 * time.Millisecond
	var err error
	for range tries {
		if err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); !errors.Is(err, unix.EWOULDBLOCK) {
			return err
		}
		time.Sleep(pause)
	}
	return err
}

func readPID(f *os.File) int {
	buf := make([]byte, 32)
	n, _ := f.ReadAt(buf, 0)
	pid, _ := strconv.Atoi(strings.TrimSpace(string(buf[:n])))
	return pid
}

func writePID(f *os.File) error {
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err := f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return err
}

func (l *lockFile) release() error {
	_ = l.file.Truncate(0)
	return l.file.Close()
}

// WriterPID gives the process id of the writer at work, 0 if there is none.
func WriterPID(d Dir) int {
	f, err := os.Open(d.lock())
	if err != nil {
		return 0
	}
	defer func() { _ = f.Close() }()
	if err := unix.Flock(int(f.Fd()), unix.LOCK_SH|unix.LOCK_NB); err == nil {
		return 0
	}
	return readPID(f)
}
