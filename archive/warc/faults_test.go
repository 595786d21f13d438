package warc_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"infocus/archive/capture"
	"infocus/archive/warc"
	"infocus/archive/warc/warctest"
)

func group(t *testing.T, n int) warc.Group {
	t.Helper()
	g, err := warc.Response(&capture.Exchange{
		URI: uri(n), Time: time.Unix(int64(1_500_000_000+n), 0).UTC(), Request: []byte("GET / HTTP/1.1\r\n\r\n"),
		Response: fmt.Appendf(nil, "HTTP/1.1 200 OK\r\n\r\npage %d %s", n, strings.Repeat("words ", 50)),
	})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func uri(n int) string { return fmt.Sprintf("https://e.org/%d", n) }

func open(t *testing.T, fsys warc.FS, dir string) *warc.Writer {
	t.Helper()
	w, err := warc.OpenWriter(dir, warc.Options{FS: fsys, Info: []warc.Field{{Name: "software", Value: "infocus"}}})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// commit appends one exchange and makes it durable.
func commit(t *testing.T, w *warc.Writer, n int) error {
	t.Helper()
	if _, err := w.Append(group(t, n)); err != nil {
		return err
	}
	return w.Sync()
}

// stored lists the exchanges of a directory, after what the next start does first. It fails for damage.
func stored(t *testing.T, dir string) []string {
	t.Helper()
	if _, err := warc.Recover(context.Background(), warc.OS{}, dir, nil); err != nil {
		t.Fatal(err)
	}
	files, err := warc.Files(dir)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, file := range files {
		v, err := warc.Verify(context.Background(), filepath.Join(dir, file.Name), file.Seal, func(u *warc.Unit) error {
			if u.Capture() {
				found = append(found, u.URI)
			}
			return nil
		})
		if err != nil || len(v.Problems) > 0 {
			t.Errorf("%s: %v, %v", file.Name, v.Problems, err)
		}
	}
	return found
}

func TestFullDiskLosesNothingAcknowledgedAndGoesOnLater(t *testing.T) {
	for space := int64(0); space < 3000; space += 211 {
		dir := t.TempDir()
		disk := warctest.New(warc.OS{})
		w := open(t, disk, dir)
		disk.Fill(space, syscall.ENOSPC)
		var acknowledged []string
		full := false
		for n := range 10 {
			switch err := commit(t, w, n); {
			case err == nil:
				acknowledged = append(acknowledged, uri(n))
			case !errors.Is(err, warc.ErrNoSpace) || !strings.Contains(err.Error(), dir):
				t.Fatalf("space %d: %v, want ErrNoSpace with the path", space, err)
			default:
				full = true
			}
		}
		disk.Fill(-1, nil)
		if err := commit(t, w, 99); err != nil {
			t.Fatalf("space %d: with space again: %v", space, err)
		}
		if err := w.Close(); err != nil {
			t.Fatalf("space %d: close: %v", space, err)
		}
		if got, want := stored(t, dir), append(acknowledged, uri(99)); !slices.Equal(got, want) || !full {
			t.Errorf("space %d: got %v, want %v", space, got, want)
		}
	}
}

func TestFailedWriteIsUndone(t *testing.T) {
	dir := t.TempDir()
	disk := warctest.New(warc.OS{})
	w := open(t, disk, dir)
	if err := commit(t, w, 1); err != nil {
		t.Fatal(err)
	}
	disk.Fail(warctest.OpWrite, nil, syscall.EIO) // the second group of the batch
	if _, err := w.Append(group(t, 2), group(t, 3)); !errors.Is(err, syscall.EIO) {
		t.Fatalf("got %v, want EIO", err)
	}
	if err := commit(t, w, 4); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if got, want := stored(t, dir), []string{uri(1), uri(4)}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if files, _ := warc.Files(dir); len(files) != 1 {
		t.Errorf("%d files, want 1", len(files))
	}
}

func TestWriteThatCannotBeUndoneLeavesATornTailForTheNextStart(t *testing.T) {
	dir := t.TempDir()
	disk := warctest.New(warc.OS{})
	w := open(t, disk, dir)
	if err := commit(t, w, 1); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Append(group(t, 2)); err != nil { // appended, never acknowledged
		t.Fatal(err)
	}
	disk.Fill(100, syscall.EIO)
	disk.Fail(warctest.OpTruncate, syscall.EIO, syscall.EIO)
	if _, err := w.Append(group(t, 3)); !errors.Is(err, syscall.EIO) {
		t.Fatalf("got %v, want EIO", err)
	}
	disk.Fill(-1, nil)
	if err := w.Sync(); err == nil {
		t.Error("Sync acknowledged records of a file that was given up")
	}
	if err := commit(t, w, 4); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if files, _ := warc.Files(dir); len(files) != 2 || files[0].Seal != "" || files[1].Seal == "" {
		t.Errorf("want a file without a seal and one with: %+v", files)
	}
	if got, want := stored(t, dir), []string{uri(1), uri(2), uri(4)}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestFailedSyncTakesBackWhatItDidNotMakeDurable(t *testing.T) {
	dir := t.TempDir()
	disk := warctest.New(warc.OS{})
	w := open(t, disk, dir)
	if err := commit(t, w, 1); err != nil {
		t.Fatal(err)
	}
	disk.Fail(warctest.OpSync, syscall.EIO)
	if err := commit(t, w, 2); !errors.Is(err, syscall.EIO) {
		t.Fatalf("got %v, want EIO", err)
	}
	if err := commit(t, w, 3); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if got, want := stored(t, dir), []string{uri(1), uri(3)}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestFileThatCannotBeBegunLeavesNothing(t *testing.T) {
	for _, op := range []warctest.Op{warctest.OpCreate, warctest.OpWrite, warctest.OpSyncDir} {
		t.Run(string(op), func(t *testing.T) {
			dir := t.TempDir()
			disk := warctest.New(warc.OS{})
			w := open(t, disk, dir)
			disk.Fail(op, syscall.EROFS)
			if err := commit(t, w, 1); !errors.Is(err, warc.ErrReadOnly) || !strings.Contains(err.Error(), dir) {
				t.Errorf("got %v, want ErrReadOnly with the path", err)
			}
			if files, _ := warc.Files(dir); len(files) > 0 {
				t.Errorf("left %v", files)
			}
			if err := commit(t, w, 2); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			if got, want := stored(t, dir), []string{uri(2)}; !slices.Equal(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
}

func TestSealThatFailedIsWrittenWithTheNext(t *testing.T) {
	dir := t.TempDir()
	disk := warctest.New(warc.OS{})
	w, err := warc.OpenWriter(dir, warc.Options{FS: disk, MaxSize: 1000})
	if err != nil {
		t.Fatal(err)
	}
	if err := commit(t, w, 1); err != nil {
		t.Fatal(err)
	}
	disk.Fail(warctest.OpRename, syscall.EIO)
	if err := commit(t, w, 2); !errors.Is(err, syscall.EIO) {
		t.Fatalf("got %v, want EIO from the rotation", err)
	}
	if err := commit(t, w, 3); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := warc.Files(dir)
	if err != nil || len(files) != 2 || files[0].Seal == "" || files[1].Seal == "" {
		t.Errorf("got %+v, %v, want two sealed files", files, err)
	}
	if got, want := stored(t, dir), []string{uri(1), uri(3)}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestOneSyncForABatch(t *testing.T) {
	disk := warctest.New(warc.OS{})
	w := open(t, disk, t.TempDir())
	if err := commit(t, w, 0); err != nil {
		t.Fatal(err)
	}
	before := disk.Calls(warctest.OpSync)
	for n := range 20 {
		if _, err := w.Append(group(t, 2*n), group(t, 2*n+1)); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // the second has nothing to do
		if err := w.Sync(); err != nil {
			t.Fatal(err)
		}
	}
	if got := disk.Calls(warctest.OpSync) - before; got != 1 {
		t.Errorf("%d syncs, want 1", got)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestDirectoryThatCannotBeWritten(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	w := open(t, warc.OS{}, dir)
	if err := commit(t, w, 1); !errors.Is(err, warc.ErrReadOnly) {
		t.Errorf("got %v, want ErrReadOnly", err)
	}
}
