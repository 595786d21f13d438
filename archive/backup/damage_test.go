package backup_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"infocus/archive"
	"infocus/archive/backup"
)

// TestDamageInTheArchiveNeverReachesAGoodCopy and is named.
func TestDamageInTheArchiveNeverReachesAGoodCopy(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]struct {
		damage func(path string) error
		verify bool
		says   string
	}{
		"cut":     {func(path string) error { return os.Truncate(path, 100) }, false, "the copy is good: copy it back"},
		"missing": {os.Remove, false, "the copy is good: copy"},
		"longer":  {func(path string) error { return appendTo(path, "x") }, true, "the copy is good: copy it back"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, dest := newSource(t, 4), t.TempDir()
			clean(t, s, dest, backup.Options{})
			first := warcs(t, s.dir)[0]
			before := tree(t, dest)["warc/"+first]
			must(t, spoil.damage(filepath.Join(s.dir.WARC(), first)))
			named(t, run(t, s, dest, backup.Options{Verify: spoil.verify}), filepath.Join(s.dir.WARC(), first), spoil.says)
			if tree(t, dest)["warc/"+first] != before {
				t.Error("the good copy was touched")
			}
			named(t, run(t, s, dest, backup.Options{}), filepath.Join(s.dir.WARC(), first), spoil.says) // again: nothing was made to look well
			must(t, os.WriteFile(filepath.Join(s.dir.WARC(), first), []byte(before), 0o644))
			clean(t, s, dest, backup.Options{Verify: true})
			whole(t, s.dir)
		})
	}
}

// TestADamagedFileIsNotCopiedAtAll for the first time.
func TestADamagedFileIsNotCopiedAtAll(t *testing.T) {
	t.Parallel()
	s, dest := newSource(t, 4), t.TempDir()
	all := warcs(t, s.dir)
	bad := filepath.Join(s.dir.WARC(), all[1])
	must(t, flip(bad))
	named(t, run(t, s, dest, backup.Options{}), bad, "it is not what was sealed")
	files := tree(t, dest)
	if _, there := files["warc/"+all[1]]; there || strings.Contains(files["SHA256SUMS"], all[1]) {
		t.Errorf("the damaged file is in the copy: %v", names(files))
	}
	if len(warcs(t, archive.Dir(dest))) != len(all)-1 {
		t.Errorf("the copy has %v, want all but one of %v", names(files), all)
	}
	if found := check(t, restore(t, dest)); !slices.ContainsFunc(found, func(f archive.Finding) bool { return f.Place == all[1] && strings.Contains(f.Reason, "missing") }) {
		t.Errorf("a restored archive does not know what it lacks: %+v", found)
	}
}

// TestAnOpenFileThatIsDamagedIsNotCopied since no seal guards it yet, its digests do.
func TestAnOpenFileThatIsDamagedIsNotCopied(t *testing.T) {
	t.Parallel()
	s, dest := newSource(t, 1), t.TempDir()
	w := s.open()
	s.store(w, 1)
	open := warcs(t, s.dir)
	bad := filepath.Join(s.dir.WARC(), open[len(open)-1])
	must(t, flip(bad))
	r := run(t, s, dest, backup.Options{})
	if len(r.Findings) != 1 || !strings.HasPrefix(r.Findings[0].Place, bad+":") || len(r.Open) != 0 {
		t.Errorf("%+v, want the open file named and left out", r)
	}
	must(t, w.Close())
}

// TestACopyThatDecayedIsSetAsideAndMadeAnew where it is looked at.
func TestACopyThatDecayedIsSetAsideAndMadeAnew(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]struct {
		damage func(path string) error
		verify bool
	}{
		"a flipped bit":      {flip, true},
		"cut":                {func(path string) error { return os.Truncate(path, 100) }, false},
		"empty":              {func(path string) error { return os.Truncate(path, 0) }, false},
		"another file's":     {func(path string) error { return os.WriteFile(path, []byte("other"), 0o644) }, false},
		"longer than it was": {func(path string) error { return appendTo(path, "x") }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, dest := newSource(t, 4), t.TempDir()
			clean(t, s, dest, backup.Options{})
			first := warcs(t, s.dir)[0]
			path := filepath.Join(dest, "warc", first)
			for round := range 2 {
				must(t, spoil.damage(path))
				bad := tree(t, dest)["warc/"+first]
				r := run(t, s, dest, backup.Options{Verify: spoil.verify})
				named(t, r, path, "set aside")
				if r.Copied != 1 {
					t.Errorf("%d files copied, want one", r.Copied)
				}
				aside := path + []string{".damaged", ".damaged.2"}[round]
				if have, err := os.ReadFile(aside); err != nil || string(have) != bad {
					t.Errorf("the damaged file was not kept: %v", err)
				}
			}
			clean(t, s, dest, backup.Options{Verify: true})
			whole(t, restore(t, dest))
		})
	}
}

// TestAFileThatIsLostInTheCopyComesAgain without a word, since nothing is damaged.
func TestAFileThatIsLostInTheCopyComesAgain(t *testing.T) {
	t.Parallel()
	s, dest := newSource(t, 4), t.TempDir()
	clean(t, s, dest, backup.Options{})
	for _, lost := range []string{"warc/" + warcs(t, s.dir)[0], "SHA256SUMS", "warc/SHA256SUMS", "infocus.db", "infocus.yaml"} {
		must(t, os.Remove(filepath.Join(dest, lost)))
		clean(t, s, dest, backup.Options{})
		whole(t, restore(t, dest))
	}
}

// TestListsThatDecayedAreMadeAnew and every file is read again meanwhile.
func TestListsThatDecayedAreMadeAnew(t *testing.T) {
	t.Parallel()
	for _, list := range []string{"SHA256SUMS", "warc/SHA256SUMS"} {
		s, dest := newSource(t, 3), t.TempDir()
		clean(t, s, dest, backup.Options{})
		must(t, os.WriteFile(filepath.Join(dest, list), []byte("\x00\x00garbage\n"), 0o644))
		named(t, run(t, s, dest, backup.Options{}), filepath.Join(dest, list), "made anew")
		clean(t, s, dest, backup.Options{})
		whole(t, restore(t, dest))
	}
}

// TestDamageOnBothSidesIsNamedOnBoth and nothing is thrown away.
func TestDamageOnBothSidesIsNamedOnBoth(t *testing.T) {
	t.Parallel()
	s, dest := newSource(t, 3), t.TempDir()
	clean(t, s, dest, backup.Options{})
	first := warcs(t, s.dir)[0]
	must(t, flip(filepath.Join(s.dir.WARC(), first)))
	must(t, flip(filepath.Join(dest, "warc", first)))
	for range 2 { // the second one, without --verify, must not take the damaged copy for a good one
		r := run(t, s, dest, backup.Options{Verify: true})
		if len(r.Findings) != 2 || r.Findings[0].Place != filepath.Join(s.dir.WARC(), first) || r.Findings[1].Place != filepath.Join(dest, "warc", first) {
			t.Errorf("findings %+v, want both sides", r.Findings)
		}
		if strings.Contains(tree(t, dest)["SHA256SUMS"], first) {
			t.Error("a damaged file is listed as good")
		}
	}
	if r := run(t, s, dest, backup.Options{}); len(r.Findings) != 2 {
		t.Errorf("findings %+v without --verify, want both sides", r.Findings)
	}
}

// TestWithoutAnIndexTheWARCFilesAreCopied since they are the archive.
func TestWithoutAnIndexTheWARCFilesAreCopied(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(path string) error{
		"missing": os.Remove,
		"garbage": func(path string) error { return os.WriteFile(path, []byte("no database"), 0o644) },
	} {
		s, dest := newSource(t, 3), t.TempDir()
		want := export(t, s.dir)
		must(t, spoil(s.dir.DB()))
		r := run(t, s, dest, backup.Options{})
		if len(r.Findings) != 1 || r.Findings[0].Place != s.dir.DB() || r.Copied != len(warcs(t, s.dir)) {
			t.Errorf("%s: %+v, want every WARC file and the index named", name, r)
		}
		restored := restore(t, dest)
		if _, err := archive.Rebuild(t.Context(), restored, archive.RebuildOptions{}); err != nil {
			t.Fatal(err)
		}
		whole(t, restored)
		if !bytes.Equal(export(t, restored), want) {
			t.Errorf("%s: the rebuilt copy exports something else", name)
		}
	}
}
