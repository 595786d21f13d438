package warc

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// SealFile is the name of the list of seals, which `sha256sum -c` reads.
const SealFile = "SHA256SUMS"

// Seals reads the seals of a directory: base name to SHA-256 in hex. A directory without the list has none.
func Seals(dir string) (map[string]string, error) { return readSeals(OS{}, dir) }

func readSeals(fsys FS, dir string) (map[string]string, error) {
	path := filepath.Join(dir, SealFile)
	file, err := fsys.Open(path, false)
	if errors.Is(err, fs.ErrNotExist) {
		return map[string]string{}, nil
	}
	if err != nil {
		return nil, explain("open", path, err)
	}
	text, err := io.ReadAll(file)
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return nil, explain("read", path, err)
	}
	return parseSeals(path, string(text))
}

func parseSeals(path, text string) (map[string]string, error) {
	seals := map[string]string{}
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimRight(line, "\r\n") // a copy by way of another system can have other line ends
		sum, name, found := strings.Cut(line, "  ")
		if raw, err := hex.DecodeString(sum); !found || err != nil || len(raw) != sha256.Size || name == "" {
			return nil, fmt.Errorf("read %s: %w: line %d is none of sha256sum: take the file from a backup, or delete it, and rebuild seals the files as they are", path, ErrDamaged, number)
		}
		seals[name] = sum
	}
	return seals, nil
}

// addSeals writes the list anew with some seals added: a temporary file, made durable and renamed, so that a crash leaves the
// old list or the new one.
func addSeals(fsys FS, dir string, added map[string]string) error {
	seals, err := readSeals(fsys, dir)
	if err != nil {
		return err
	}
	maps.Copy(seals, added)
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(seals)) {
		fmt.Fprintf(&text, "%s  %s\n", seals[name], name)
	}
	path := filepath.Join(dir, SealFile)
	if err := replaceFile(fsys, path, text.String()); err != nil {
		return explain("write", path, err)
	}
	return nil
}

func replaceFile(fsys FS, path, text string) error {
	temporary := path + ".tmp"
	if err := fsys.Remove(temporary); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := writeFile(fsys, temporary, text); err != nil {
		_ = fsys.Remove(temporary) // the error that matters is the one of writing
		return err
	}
	if err := fsys.Rename(temporary, path); err != nil {
		return err
	}
	return fsys.SyncDir(filepath.Dir(path))
}

func writeFile(fsys FS, path, text string) error {
	file, err := fsys.Create(path)
	if err != nil {
		return err
	}
	_, err = io.WriteString(file, text)
	if err == nil {
		err = file.Sync()
	}
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	return err
}

// hashFile is the SHA-256 of a file in hex.
func hashFile(ctx context.Context, fsys FS, path string) (string, error) {
	file, err := fsys.Open(path, false)
	if err != nil {
		return "", explain("open", path, err)
	}
	sum := sha256.New()
	err = copyAll(ctx, sum, file)
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return "", explain("read", path, err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// copyAll is io.Copy that stops when the context ends.
func copyAll(ctx context.Context, w io.Writer, r io.Reader) error {
	for {
		_, err := io.CopyN(w, r, 1<<20)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
	}
}
