package warc

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"infocus/archive/capture"
)

// FuzzScan reads arbitrary files: it must end, stay inside the file, and repairing must leave nothing to repair.
func FuzzScan(f *testing.F) {
	x := exchange(1)
	x.Response, x.Failure = nil, capture.FailReset
	ours := readFile(f, archiveOf(f, response(f, exchange(1)), response(f, x)))
	f.Add(ours, uint8(0))
	f.Add(ours[:len(ours)-3], uint8(0))
	f.Add(append(bytes.Clone(ours[:len(ours)/2]), ours...), uint8(0))
	f.Add([]byte(foreignInfo+foreignRequest+foreignResponse), uint8(1))
	f.Add([]byte("\r\n"+foreignResponse+"noise\nWARC/1.0\r\n\r\n"+foreignRequest), uint8(1))
	f.Add(gzipped(f, foreignInfo+foreignRequest, foreignResponse[:50], foreignResponse[50:]), uint8(2))
	f.Add([]byte(memberHead+memberHead), uint8(2))
	f.Add([]byte("WARC/"), uint8(1))
	names := []string{"infocus-000001-20171211T093000Z.warc.gz", "a.warc", "a.warc.gz"}
	f.Fuzz(func(t *testing.T, file []byte, name uint8) {
		path := filepath.Join(t.TempDir(), names[int(name)%len(names)])
		storeFile(t, path, file)
		units, end := scanAll(t, path, ScanOptions{Digest: true, Limit: 1 << 16})
		if end < 0 || end > int64(len(file)) {
			t.Fatalf("ends at %d of %d", end, len(file))
		}
		for _, u := range units {
			if l := u.Location; l.Offset < 0 || l.Length < 0 || l.End() > int64(len(file)) {
				t.Fatalf("%s at %+v of %d", u.Kind, l, len(file))
			}
			if u.Capture() && !u.TooLarge {
				_, _ = u.Exchange.Message()
			}
			if len(u.Block) > 1<<16 {
				t.Fatalf("holds %d bytes", len(u.Block))
			}
		}
		if _, err := Verify(context.Background(), path, "", nil); err != nil {
			t.Fatal(err)
		}
		if _, _, err := Repair(context.Background(), unsynced{}, path, 0); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(path); err != nil {
			return // nothing whole was in it
		}
		if cut, _ := repair(t, path, 0); cut != nil {
			t.Fatalf("repaired twice: %+v", cut)
		}
	})
}
