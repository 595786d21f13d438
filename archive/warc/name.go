package warc

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	stampLayout = "20060102T150405Z"
	extension   = ".warc.gz"
	minSerial   = 6 // digits
)

// StoredFile is one file of a directory.
type StoredFile struct {
	Name   string
	Serial int
	Size   int64
	Seal   string // SHA-256 in hex, "" while the file is open or where a crash left it
}

// Files lists the files of a directory in the order in which they were written. Names that are not of this package's form are
// no part of the archive and left out. A directory that does not exist has none. Where the list of seals is damaged, the files come
// without seals, and ErrDamaged with them.
func Files(dir string) ([]StoredFile, error) { return listFiles(OS{}, dir) }

func listFiles(fsys FS, dir string) ([]StoredFile, error) {
	seals, damaged := readSeals(fsys, dir)
	if damaged != nil && !errors.Is(damaged, ErrDamaged) {
		return nil, damaged
	}
	entries, err := readDir(fsys, dir)
	if err != nil {
		return nil, err
	}
	var files []StoredFile
	for _, entry := range entries {
		serial, ok := serialOf(entry.Name())
		if !ok || !entry.Type().IsRegular() {
			continue
		}
		info, err := entry.Info()
		if err != nil {
			return nil, explain("look at", entry.Name(), err)
		}
		files = append(files, StoredFile{Name: entry.Name(), Serial: serial, Size: info.Size(), Seal: seals[entry.Name()]})
	}
	slices.SortFunc(files, func(a, b StoredFile) int {
		return cmp.Or(cmp.Compare(a.Serial, b.Serial), cmp.Compare(a.Name, b.Name))
	})
	return files, damaged
}

func fileName(prefix string, serial int, at time.Time) string {
	return fmt.Sprintf("%s-%0*d-%s%s", prefix, minSerial, serial, at.UTC().Format(stampLayout), extension)
}

// serialOf reads the serial of a name of the form prefix-serial-stamp.warc.gz.
func serialOf(name string) (int, bool) {
	stem, found := strings.CutSuffix(name, extension)
	if !found {
		return 0, false
	}
	parts := strings.Split(stem, "-")
	n := len(parts)
	if n < 3 || len(parts[n-2]) < minSerial {
		return 0, false
	}
	if _, err := time.Parse(stampLayout, parts[n-1]); err != nil {
		return 0, false
	}
	serial, err := strconv.ParseUint(parts[n-2], 10, 31)
	return int(serial), err == nil
}

// lastSerial counts names that only the list of seals knows too: a serial is never given twice, even where a file was
// taken away.
func lastSerial(fsys FS, dir string) (int, error) {
	seals, err := readSeals(fsys, dir)
	if err != nil {
		return 0, err
	}
	files, err := listFiles(fsys, dir)
	if err != nil {
		return 0, err
	}
	last := 0
	for _, file := range files {
		last = max(last, file.Serial)
	}
	for name := range seals {
		if serial, ok := serialOf(name); ok {
			last = max(last, serial)
		}
	}
	return last, nil
}
