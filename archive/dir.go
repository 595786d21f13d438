package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Dir is the path of an archive directory.
type Dir string

// WARC is the folder of the WARC files.
func (d Dir) WARC() string { return filepath.Join(string(d), "warc") }

// DB is the path of the index.
func (d Dir) DB() string { return filepath.Join(string(d), "infocus.db") }

// Settings is the path of the settings file.
func (d Dir) Settings() string { return filepath.Join(string(d), "infocus.yaml") }

func (d Dir) lock() string { return filepath.Join(string(d), "lock") }

// ErrNoArchive is returned for a directory that holds no archive.
var ErrNoArchive = errors.New("no archive here")

// check says whether the directory holds an archive: WARC files, an index, or settings.
func (d Dir) check() error {
	info, err := os.Stat(string(d))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: %s does not exist; `infocus crawl --archive %s` makes one, or name another with --archive or INFOCUS_ARCHIVE",
			ErrNoArchive, d, d)
	case err != nil:
		return fmt.Errorf("open archive: %w", err)
	case !info.IsDir():
		return fmt.Errorf("%w: %s is a file, not a directory; name a directory with --archive", ErrNoArchive, d)
	}
	for _, path := range []string{d.WARC(), d.DB(), d.Settings()} {
		if _, err := os.Stat(path); err == nil {
			return nil
		}
	}
	return fmt.Errorf("%w: %s holds no WARC files and no index; `infocus crawl --archive %s` makes one", ErrNoArchive, d, d)
}

// create makes the directory and its WARC folder where they are missing.
func (d Dir) create() error {
	if info, err := os.Stat(string(d)); err == nil && !info.IsDir() {
		return fmt.Errorf("make archive: %s is a file, not a directory; name a directory with --archive", d)
	}
	if err := os.MkdirAll(d.WARC(), 0o755); err != nil {
		return fmt.Errorf("make archive: %w (choose a place that can be written with --archive)", err)
	}
	return nil
}
