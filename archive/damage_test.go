package archive_test

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"go.etcd.io/bbolt"

	"infocus/archive"
)

// change alters the index below the program.
func change(t *testing.T, dir archive.Dir, fn func(*bbolt.Tx) error) {
	t.Helper()
	db, err := bbolt.Open(dir.DB(), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(fn), db.Close()); err != nil {
		t.Fatal(err)
	}
}

// A value that is no JSON any more names the way out, is a finding of a check, and does not keep a rebuild from mending it.
func TestASpoiledValueIsNamedAndMended(t *testing.T) {
	for _, name := range []string{"files", "captures", "articles", "runs", "addresses", "contents", "latest", "frontier"} {
		t.Run(name, func(t *testing.T) {
			dir := filled(t)
			before := export(t, dir)
			change(t, dir, func(tx *bbolt.Tx) error {
				b := tx.Bucket([]byte(name))
				k, v := b.Cursor().First()
				if k == nil {
					k = []byte("https://belarusinfocus.pro/owed")
				}
				return b.Put(bytes.Clone(k), append([]byte{0xe0, '.'}, v...))
			})
			if name != "frontier" && len(findings(t, dir)) == 0 {
				t.Error("a check finds nothing")
			}
			err := archive.View(dir, func(ix *archive.Index) error {
				return errors.Join(
					ix.Summaries(func(*archive.Summary) error { return nil }),
					ix.EachAddress(func(string, *archive.Address) error { return nil }),
					ix.Files(func(string, *archive.File) error { return nil }))
			})
			if err != nil && !strings.Contains(err.Error(), "infocus rebuild") {
				t.Errorf("reading: %v; want the way out", err)
			}
			if _, err := archive.Rebuild(context.Background(), dir, archive.RebuildOptions{}); err != nil {
				t.Fatal(err)
			}
			if after := export(t, dir); after != before {
				t.Error("the export differs after the rebuild")
			}
			for _, f := range findings(t, dir) {
				t.Errorf("check after the rebuild: %s: %s", f.Place, f.Reason)
			}
		})
	}
}

// A page of bbolt may point anywhere. Whatever is wrong with it, a check ends with findings and a rebuild mends it.
func TestDamagedPagesOfTheIndexAreFindings(t *testing.T) {
	dir := filled(t)
	before := export(t, dir)
	data, err := os.ReadFile(dir.DB())
	if err != nil {
		t.Fatal(err)
	}
	// the same damage each time
	random := rand.New(rand.NewPCG(7, 7))
	const pageSize = 4096
	for range 150 {
		damaged := bytes.Clone(data)
		at := pageSize * (2 + random.IntN(len(data)/pageSize-2))
		for range 1 + random.IntN(6) {
			damaged[at+random.IntN(64)] = byte(random.IntN(256))
		}
		if random.IntN(4) == 0 {
			damaged = damaged[:at]
		}
		if err := os.WriteFile(dir.DB(), damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		found := findings(t, dir)
		for _, f := range found {
			if !utf8.ValidString(f.Place) {
				t.Errorf("%q is no text", f.Place)
			}
			if strings.Contains(f.Reason, "panic") || strings.Contains(f.Reason, "runtime error") {
				t.Errorf("%s: %s", f.Place, f.Reason)
			}
		}
		if err := archive.CheckIndex(dir.DB()); err != nil && !archive.Unreadable(err) {
			t.Errorf("CheckIndex: %v", err)
		}
	}
	if _, err := archive.Rebuild(context.Background(), dir, archive.RebuildOptions{}); err != nil {
		t.Fatal(err)
	}
	if after := export(t, dir); after != before {
		t.Error("the export differs after the rebuild")
	}
}

// bbolt goes back to the state before where its newest meta page is damaged. That state is sound, and lacks a run.
func TestAnIndexThatIsBehindTheFilesIsFound(t *testing.T) {
	dir := archive.Dir(t.TempDir())
	run(t, dir, exchange("/security-issues/one", page("Army one trains near Minsk", "The situation got worse", "First."), start))
	data, err := os.ReadFile(dir.DB())
	if err != nil {
		t.Fatal(err)
	}
	run(t, dir, exchange("/security-issues/two", page("Army two trains near Brest", "The situation got worse", "Second."), start.AddDate(0, 0, 1)))
	if err := os.WriteFile(dir.DB(), data, 0o600); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(dir.WARC(), "*.warc.gz"))
	found := findings(t, dir)
	if len(found) != 1 || !strings.HasPrefix(found[0].Place, filepath.Base(files[1])) || !strings.Contains(found[0].Reason, "rebuild") {
		t.Errorf("findings %+v; want the second file named, and the way out", found)
	}
}

func TestADamagedListOfSealsIsAFinding(t *testing.T) {
	dir := filled(t)
	path := filepath.Join(dir.WARC(), "SHA256SUMS")
	sums, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(sums, "and so on\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	found := findings(t, dir)
	if len(found) != 1 || found[0].Place != path || !strings.Contains(found[0].Reason, "line 3") {
		t.Errorf("findings %+v; want the list and its line", found)
	}
	if err := os.WriteFile(path, bytes.ReplaceAll(sums, []byte("\n"), []byte("\r\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, f := range findings(t, dir) {
		t.Errorf("with the line ends of another system: %s: %s", f.Place, f.Reason)
	}
}

func TestALinkInPlaceOfAFileIsAMissingFile(t *testing.T) {
	dir := filled(t)
	files, _ := filepath.Glob(filepath.Join(dir.WARC(), "*.warc.gz"))
	if err := errors.Join(os.Remove(files[0]), os.Symlink("/nowhere", files[0])); err != nil {
		t.Fatal(err)
	}
	if f := findings(t, dir); len(f) == 0 || !strings.Contains(f[0].Reason, "missing") {
		t.Errorf("findings %+v; want the missing file named", f)
	}
	out, err := archive.Rebuild(context.Background(), dir, archive.RebuildOptions{})
	if err != nil || len(out.Missing) != 1 {
		t.Errorf("rebuild: %+v, %v; want the missing file named", out, err)
	}
}

func TestAWrongSettingsFileNamesTheLineAndWhatIsKnown(t *testing.T) {
	for text, want := range map[string]string{
		"site: x\ncolour: red\n": "line 2: field colour not found (known keys",
		"site: x\neditions: 7\n": "line 2: cannot unmarshal !!int `7` into a list such as [en, be]",
		"contact: [\n":           "line 1",
	} {
		dir := archive.Dir(t.TempDir())
		if err := os.WriteFile(dir.Settings(), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, _, err := archive.ReadSettings(dir)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "archive.Settings") {
			t.Errorf("%q: %v; want %q in one line", text, err, want)
		}
	}
}
