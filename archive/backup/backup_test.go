package backup_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"infocus/archive"
	"infocus/archive/backup"
	"infocus/archive/warc"
)

// TestWhatIsRestoredIsTheArchive to the byte of its export, and passes the check.
func TestWhatIsRestoredIsTheArchive(t *testing.T) {
	t.Parallel()
	s, dest := newSource(t, 5), filepath.Join(t.TempDir(), "new", "place")
	r := clean(t, s, dest, backup.Options{})
	if n := len(warcs(t, s.dir)); r.Copied != n || n < 3 || r.Kept != 0 {
		t.Errorf("%+v, want %d WARC files copied", r, n)
	}
	restored := restore(t, dest)
	whole(t, restored)
	if !bytes.Equal(export(t, restored), export(t, s.dir)) {
		t.Error("the restored archive exports something else")
	}
	if settings, found, err := archive.ReadSettings(restored); err != nil || !found || settings.Contact != "test" {
		t.Errorf("restored settings %+v, %v, %v", settings, found, err)
	}
}

// TestTheListOfSumsNamesEveryFile as sha256sum -c wants it.
func TestTheListOfSumsNamesEveryFile(t *testing.T) {
	t.Parallel()
	s, dest := newSource(t, 3), t.TempDir()
	clean(t, s, dest, backup.Options{})
	files := tree(t, dest)
	listed := map[string]string{}
	for line := range strings.Lines(files["SHA256SUMS"]) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		listed[name] = sum
	}
	for name, text := range files {
		sum := sha256.Sum256([]byte(text))
		if name != "SHA256SUMS" && name != "lock" && listed[name] != hex.EncodeToString(sum[:]) {
			t.Errorf("%s: sum %q is listed", name, listed[name])
		}
	}
	if len(listed) != len(files)-2 {
		t.Errorf("%d files listed, there are %v", len(listed), names(files))
	}
}

// TestASecondBackupCopiesWhatIsNew and touches no WARC file that was there.
func TestASecondBackupCopiesWhatIsNew(t *testing.T) {
	t.Parallel()
	s, dest := newSource(t, 4), t.TempDir()
	first := clean(t, s, dest, backup.Options{})
	before := modified(t, dest)
	s.crawl(2)
	second := clean(t, s, dest, backup.Options{})
	if second.Kept != first.Copied || second.Copied == 0 || second.Kept+second.Copied != len(warcs(t, s.dir)) {
		t.Errorf("first %+v, second %+v", first, second)
	}
	after := modified(t, dest)
	for name, at := range before {
		if strings.HasSuffix(name, ".warc.gz") && after[name] != at {
			t.Errorf("%s was written again", name)
		}
	}
	third := clean(t, s, dest, backup.Options{Verify: true})
	if third.Copied != 0 || third.Verified != third.Kept {
		t.Errorf("third %+v, want every file read again and none copied", third)
	}
	restored := restore(t, dest)
	whole(t, restored)
	if !bytes.Equal(export(t, restored), export(t, s.dir)) {
		t.Error("the restored archive exports something else")
	}
}

func modified(t *testing.T, dir string) map[string]int64 {
	t.Helper()
	out := map[string]int64{}
	for name := range tree(t, dir) {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		out[name] = info.ModTime().UnixNano()
	}
	return out
}

// TestARunAtWorkIsCopiedAsFarAsItIsIndexed and the copy is whole by itself, and goes on where the run was.
func TestARunAtWorkIsCopiedAsFarAsItIsIndexed(t *testing.T) {
	t.Parallel()
	s, dest := newSource(t, 3), t.TempDir()
	w := s.open()
	s.store(w, 3)
	r := clean(t, s, dest, backup.Options{})
	if len(r.Open) != 1 || r.Writer != os.Getpid() {
		t.Errorf("%+v, want one open file and the writer named", r)
	}
	exported := export(t, s.dir)
	s.store(w, 5) // the same again, and more
	if err := w.Finish(&archive.Report{Ended: "complete"}); err != nil {
		t.Fatal(err)
	}
	restored := restore(t, dest)
	if got := export(t, restored); !bytes.Equal(got, exported) {
		t.Error("the copy is not the state that was indexed")
	}
	whole(t, restored)
	if _, err := archive.Rebuild(t.Context(), restored, archive.RebuildOptions{}); err != nil {
		t.Fatal(err)
	}
	whole(t, restored)
	if got := export(t, restored); !bytes.Equal(got, exported) {
		t.Error("after a rebuild the export differs")
	}
	clean(t, s, dest, backup.Options{}) // the closed file takes the place of its beginning
	whole(t, restore(t, dest))
}

// TestATornTailStaysBehind when a killed run left one: what is not indexed may be half a record.
func TestATornTailStaysBehind(t *testing.T) {
	t.Parallel()
	s, dest := newSource(t, 3), t.TempDir()
	all := warcs(t, s.dir)
	last := all[len(all)-1]
	seals := filepath.Join(s.dir.WARC(), warc.SealFile)
	text, err := os.ReadFile(seals)
	must(t, err)
	lines := slices.DeleteFunc(strings.SplitAfter(string(text), "\n"), func(l string) bool { return strings.Contains(l, last) })
	must(t, os.WriteFile(seals, []byte(strings.Join(lines, "")), 0o644))
	want := tree(t, s.dir.WARC())[last]
	must(t, appendTo(filepath.Join(s.dir.WARC(), last), "\x1f\x8b\x08\x00 torn"))
	r := clean(t, s, dest, backup.Options{})
	if have := tree(t, dest)["warc/"+last]; have != want || !slices.Equal(r.Open, []string{last}) {
		t.Errorf("%d bytes copied, %d are indexed; open %v", len(have), len(want), r.Open)
	}
	restored := restore(t, dest)
	if _, err := archive.Rebuild(t.Context(), restored, archive.RebuildOptions{}); err != nil {
		t.Fatal(err)
	}
	whole(t, restored)
	if !bytes.Equal(export(t, restored), export(t, s.dir)) {
		t.Error("the restored archive exports something else")
	}
}

// TestAnOpenFileIsCopiedAgainAsItGrows from night to night of one run, whatever the backup before left behind.
func TestAnOpenFileIsCopiedAgainAsItGrows(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(dest, open string){
		"as it was left": func(string, string) {},
		"the copy decayed": func(dest, open string) {
			must(t, flip(filepath.Join(dest, "warc", open)))
		},
		"the copy was lost": func(dest, open string) { must(t, os.Remove(filepath.Join(dest, "warc", open))) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, dest := newSource(t, 3), t.TempDir()
			w := s.open()
			s.store(w, 2)
			open := clean(t, s, dest, backup.Options{}).Open[0]
			spoil(dest, open)
			s.store(w, 3)
			clean(t, s, dest, backup.Options{})
			spoil(dest, open)
			s.store(w, 4)
			must(t, w.Finish(&archive.Report{Ended: "complete"}))
			clean(t, s, dest, backup.Options{})
			restored := restore(t, dest)
			whole(t, restored)
			if !bytes.Equal(export(t, restored), export(t, s.dir)) {
				t.Error("the restored archive exports something else")
			}
		})
	}
}

// TestABackupCutOffBetweenAFileAndItsSealGoesOn has the grown file in place and its old seal still there.
func TestABackupCutOffBetweenAFileAndItsSealGoesOn(t *testing.T) {
	t.Parallel()
	s, dest := newSource(t, 3), t.TempDir()
	w := s.open()
	s.store(w, 2)
	open := clean(t, s, dest, backup.Options{}).Open[0]
	s.store(w, 3)
	must(t, os.WriteFile(filepath.Join(dest, "warc", open), []byte(tree(t, s.dir.WARC())[open]), 0o644))
	clean(t, s, dest, backup.Options{})
	must(t, w.Finish(&archive.Report{Ended: "complete"}))
	clean(t, s, dest, backup.Options{})
	whole(t, restore(t, dest))
}

// TestAnOpenFileThatLostItsEndIsNotCopied over the longer one that the copy sealed.
func TestAnOpenFileThatLostItsEndIsNotCopied(t *testing.T) {
	t.Parallel()
	s, dest := newSource(t, 3), t.TempDir()
	w := s.open()
	s.store(w, 4)
	open := clean(t, s, dest, backup.Options{}).Open[0]
	before := tree(t, dest)["warc/"+open]
	path := filepath.Join(s.dir.WARC(), open)
	text := tree(t, s.dir.WARC())[open]
	must(t, os.WriteFile(path, []byte(text[:len(text)/2]), 0o644))
	r := run(t, s, dest, backup.Options{})
	if len(r.Findings) != 1 || r.Findings[0].Place != path {
		t.Errorf("findings %+v, want the file of the archive", r.Findings)
	}
	if tree(t, dest)["warc/"+open] != before {
		t.Error("the good copy was replaced")
	}
	whole(t, restore(t, dest))
	_ = w.Close()
}
