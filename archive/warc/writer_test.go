package warc

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestWriterMakesNoFileBeforeTheFirstRecord(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "warc")
	w := openWriter(t, dir, Options{})
	if err := w.Sync(); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) > 0 {
		t.Errorf("got %v, %v, want an empty directory", entries, err)
	}
}

func TestWriterBeginsAFileWithItsWarcinfo(t *testing.T) {
	info := []Field{{"software", "infocus/1.0"}, {"run", "20171211"}, {"flags", "--site\r\nx"}}
	dir := t.TempDir()
	w := openWriter(t, dir, Options{Prefix: "my-site", Info: info})
	appendSync(t, w, response(t, exchange(1)))
	name := w.File()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if want := "my-site-000001-20171211T093000Z.warc.gz"; name != want {
		t.Errorf("name %s, want %s", name, want)
	}
	units, end := scanAll(t, filepath.Join(dir, name), ScanOptions{Digest: true})
	if got := kinds(units); got != "warcinfo response" {
		t.Fatalf("got %s", got)
	}
	if got, want := string(units[0].Block), "software: infocus/1.0\r\nrun: 20171211\r\nflags: --site  x\r\n"; got != want {
		t.Errorf("warcinfo %q, want %q", got, want)
	}
	if got := units[0].Header.Value("WARC-Filename"); got != name {
		t.Errorf("WARC-Filename %q", got)
	}
	if got := units[1].Header.id(fieldWarcinfoID); got != units[0].RecordID {
		t.Errorf("the response names the warcinfo %q, want %q", got, units[0].RecordID)
	}
	if size := int64(len(readFile(t, filepath.Join(dir, name)))); end != size {
		t.Errorf("scan ends at %d of %d", end, size)
	}
}

func TestWriterReturnsWhereRecordsStand(t *testing.T) {
	dir := t.TempDir()
	w := openWriter(t, dir, Options{})
	var places [][]Location
	for i := range 5 {
		places = append(places, appendSync(t, w, response(t, exchange(2*i)), response(t, exchange(2*i+1)))...)
	}
	path := filepath.Join(dir, w.File())
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	units, _ := scanAll(t, path, ScanOptions{})
	for i, u := range units[1:] {
		if want := []Location{u.Request, u.Location}; !slices.Equal(places[i], want) {
			t.Errorf("exchange %d: told %+v, found at %+v", i, places[i], want)
		}
	}
}

func TestWriterRotatesAndSealsAndNumbersOn(t *testing.T) {
	dir := t.TempDir()
	now := testTime
	o := Options{MaxSize: 3000, Now: func() time.Time { now = now.Add(-time.Hour); return now }} // a clock that runs backwards
	const runs, each = 3, 10
	for run := range runs {
		w := openWriter(t, dir, o)
		for i := range each {
			appendSync(t, w, response(t, exchange(run*each+i)))
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	files, err := Files(dir)
	if err != nil || len(files) < 2*runs {
		t.Fatalf("got %d files, %v", len(files), err)
	}
	names := make([]string, len(files))
	next := 0
	for i, file := range files {
		names[i] = file.Name
		if file.Size > o.MaxSize || file.Seal == "" || file.Serial != i+1 {
			t.Errorf("%s: %d bytes, serial %d, seal %q", file.Name, file.Size, file.Serial, file.Seal)
		}
		path := filepath.Join(dir, file.Name)
		if v := verify(t, path, file.Seal); len(v.Problems) > 0 {
			t.Errorf("verify objects: %v", v.Problems)
		}
		units, _ := scanAll(t, path, ScanOptions{})
		for _, u := range units {
			if u.Capture() {
				if want := exchange(next).URI; u.URI != want {
					t.Errorf("%s: got %s, want %s", file.Name, u.URI, want)
				}
				next++
			}
		}
	}
	if next != runs*each {
		t.Errorf("found %d exchanges, want %d", next, runs*each)
	}
	if !slices.IsSorted(names) {
		t.Errorf("names out of order: %v", names)
	}
	checkWithSha256sum(t, dir)
}

func checkWithSha256sum(t *testing.T, dir string) {
	t.Helper()
	tool, err := exec.LookPath("sha256sum")
	if err != nil {
		t.Log("sha256sum is not there: the list of seals was not read by it")
		return
	}
	cmd := exec.Command(tool, "--strict", "-c", SealFile)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("sha256sum: %v\n%s", err, out)
	}
}

func TestWriterNeverGivesASerialTwice(t *testing.T) {
	dir := t.TempDir()
	path := ""
	for range 2 {
		w := openWriter(t, dir, Options{})
		appendSync(t, w, response(t, exchange(1)))
		path = filepath.Join(dir, w.File())
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	w := openWriter(t, dir, Options{})
	appendSync(t, w, response(t, exchange(1)))
	if want := "infocus-000003-"; !strings.HasPrefix(w.File(), want) {
		t.Errorf("got %s, want %s", w.File(), want)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestWriterKeepsABatchInOneFile(t *testing.T) {
	dir := t.TempDir()
	w := openWriter(t, dir, Options{MaxSize: 4000})
	for batch := range 4 {
		var groups []Group
		for i := range 6 {
			groups = append(groups, response(t, exchange(6*batch+i)))
		}
		files := map[string]bool{}
		for _, place := range appendSync(t, w, groups...) {
			files[place[0].File], files[place[1].File] = true, true
		}
		if len(files) != 1 {
			t.Errorf("batch %d stands in %d files", batch, len(files))
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestEncodedBeforeARotationNamesTheRightWarcinfo(t *testing.T) {
	dir := t.TempDir()
	w := openWriter(t, dir, Options{MaxSize: 2500})
	encoded := make([]Encoded, 12)
	var all sync.WaitGroup
	for i := range encoded {
		all.Go(func() {
			g, err := Response(exchange(i))
			if err == nil {
				encoded[i], err = w.Encode(g)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for i := range encoded {
		if _, err := w.AppendEncoded(encoded[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := Files(dir)
	if err != nil || len(files) < 3 {
		t.Fatalf("got %d files, %v", len(files), err)
	}
	for _, file := range files {
		if v := verify(t, filepath.Join(dir, file.Name), file.Seal); len(v.Problems) > 0 {
			t.Errorf("verify objects: %v", v.Problems)
		}
	}
}

func TestWriterIsDoneAfterClose(t *testing.T) {
	w := openWriter(t, t.TempDir(), Options{})
	if err := errors.Join(w.Close(), w.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Append(response(t, exchange(1))); !errors.Is(err, ErrClosed) {
		t.Errorf("got %v, want ErrClosed", err)
	}
}

func TestOpenWriterRefusesWhatCannotWork(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	storeFile(t, file, nil)
	for name, dir := range map[string]string{"a file": file, "below a file": filepath.Join(file, "warc")} {
		if _, err := OpenWriter(dir, Options{}); err == nil || !strings.Contains(err.Error(), dir) {
			t.Errorf("%s: got %v, want an error with the path", name, err)
		}
	}
	if _, err := OpenWriter(t.TempDir(), Options{Prefix: "a/b"}); err == nil {
		t.Error("a prefix that is a path was taken")
	}
}

func TestFilesKnowsItsOwn(t *testing.T) {
	dir := t.TempDir()
	ours := []string{"a-000002-20171211T093000Z.warc.gz", "b-x-000010-20171211T093000Z.warc.gz", "a-1000000-20171211T093000Z.warc.gz"}
	for _, name := range append(ours, "wget.warc.gz", "a-00001-20171211T093000Z.warc.gz", "a-000001-20171311T093000Z.warc.gz",
		"a-000001-20171211T093000Z.warc", "000001-20171211T093000Z.warc.gz", "SHA256SUMS.tmp") {
		storeFile(t, filepath.Join(dir, name), nil)
	}
	if err := os.Mkdir(filepath.Join(dir, "d-000003-20171211T093000Z.warc.gz"), 0o700); err != nil {
		t.Fatal(err)
	}
	files, err := Files(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, file := range files {
		got = append(got, file.Name)
	}
	if !slices.Equal(got, ours) {
		t.Errorf("got %v, want %v", got, ours)
	}
	if files, err := Files(filepath.Join(dir, "none")); err != nil || len(files) > 0 {
		t.Errorf("a directory that is not there: %v, %v", files, err)
	}
}

func TestSealsRefuseALineOfNoForm(t *testing.T) {
	sum := strings.Repeat("0a", 32)
	for _, text := range []string{"x", sum, sum + " a", sum[:62] + "  a", sum + "  \n"} {
		if _, err := parseSeals("p", text); !errors.Is(err, ErrDamaged) {
			t.Errorf("%q: got %v, want ErrDamaged", text, err)
		}
	}
	seals, err := parseSeals("p", fmt.Sprintf("%s  a  b\n", sum))
	if err != nil || seals["a  b"] != sum {
		t.Errorf("got %v, %v", seals, err)
	}
}
