package archive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.etcd.io/bbolt"

	"infocus/archive/warc"
)

// Endings of the names of an index in the making, and of one kept for comparing.
const (
	suffixNew = ".new"
	suffixOld = ".old"
)

// RebuildOptions are the settings of a rebuild.
type RebuildOptions struct {
	Sites    []Site           // profiles to be used instead of those kept in the archive
	Progress func(done int64) // called with the bytes of WARC read so far; may be nil
}

// Rebuilt says what a rebuild found.
type Rebuilt struct {
	Files    int
	Captures int
	Articles int
	Runs     int
	Damage   []FileDamage // stretches of WARC files that gave no record
	Missing  []string     // closed WARC files that are not there: the index lacks what they held
}

// FileDamage is a damaged stretch of a WARC file.
type FileDamage struct {
	File   string
	Damage warc.Damage
}

// Rebuild makes the index anew from the WARC files alone, and puts it in the place of the old one
// when it is whole. Readers of the old one are not disturbed.
func Rebuild(ctx context.Context, dir Dir, opts RebuildOptions) (*Rebuilt, error) {
	if err := dir.check(); err != nil {
		return nil, err
	}
	lock, err := acquireLock(dir)
	if err != nil {
		return nil, err
	}
	if _, err := recoverFiles(ctx, dir, nil); err != nil {
		return nil, errors.Join(err, lock.release())
	}
	out, err := rebuildLocked(ctx, dir, opts)
	if err == nil {
		out.Missing, err = missingFiles(dir)
	}
	return out, errors.Join(err, lock.release())
}

// missingFiles lists the closed WARC files that are not there.
func missingFiles(dir Dir) ([]string, error) {
	seals, err := warc.Seals(dir.WARC())
	if err != nil {
		return nil, err
	}
	var missing []string
	for _, name := range slices.Sorted(maps.Keys(seals)) {
		if isMissing(dir, name) {
			missing = append(missing, name)
		}
	}
	return missing, nil
}

// isMissing says whether a name stands for no file: a folder or a link in its place is none of the archive.
func isMissing(dir Dir, name string) bool {
	info, err := os.Lstat(filepath.Join(dir.WARC(), name))
	return errors.Is(err, fs.ErrNotExist) || (err == nil && !info.Mode().IsRegular())
}

func rebuildLocked(ctx context.Context, dir Dir, opts RebuildOptions) (*Rebuilt, error) {
	fresh := dir.DB() + suffixNew
	if err := removeIfThere(fresh); err != nil {
		return nil, err
	}
	out, err := build(ctx, dir, fresh, nil, opts)
	if err != nil {
		return nil, errors.Join(err, removeIfThere(fresh))
	}
	if err := copyFrontier(dir.DB(), fresh); err != nil {
		return nil, errors.Join(err, removeIfThere(fresh))
	}
	if err := os.Rename(fresh, dir.DB()); err != nil {
		return nil, fmt.Errorf("put the new index in place: %w", err)
	}
	if err := (warc.OS{}).SyncDir(string(dir)); err != nil {
		return nil, fmt.Errorf("put the new index in place: %w", err)
	}
	return out, nil
}

// removeLeftovers takes away what a killed rebuild or reextract left beside the index. To be called under the writer's lock.
func (d Dir) removeLeftovers() error {
	for _, suffix := range []string{suffixNew, suffixOld} {
		if err := removeIfThere(d.DB() + suffix); err != nil {
			return fmt.Errorf("remove what a killed rebuild left: %w", err)
		}
	}
	return nil
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// build writes an index of the WARC files to path. Until limits how far each file is read; nil means
// to its end.
func build(ctx context.Context, dir Dir, path string, until map[string]int64, opts RebuildOptions) (*Rebuilt, error) {
	files, err := warc.Files(dir.WARC())
	if err != nil && !errors.Is(err, warc.ErrDamaged) { // what a file says does not depend on its seal
		return nil, fmt.Errorf("list WARC files: %w", err)
	}
	b := &builder{dir: dir, rules: newRules(), out: &Rebuilt{}, progress: opts.Progress}
	if err := b.findSites(ctx, files, opts.Sites); err != nil {
		return nil, err
	}
	spans := make([]span, 0, len(files))
	for _, f := range files {
		if to, ok := until[f.Name]; ok || until == nil {
			spans = append(spans, span{name: f.Name, to: to})
		}
	}
	b.out.Files = len(spans)
	bolt := &bbolt.Options{Timeout: writeWait, NoSync: true, NoFreelistSync: true, FreelistType: bbolt.FreelistMapType}
	err = withDB(path, bolt, func(db *bbolt.DB) error {
		if err := b.fill(ctx, db, spans); err != nil {
			return err
		}
		return db.Sync()
	})
	return b.out, err
}

// builder fills an empty index.
type builder struct {
	dir      Dir
	rules    *rules
	sites    []Site
	out      *Rebuilt
	progress func(int64)
	batch    []*event
	read     int64
}

// findSites loads the profiles: those asked for, else the newest of each site that the WARC files name.
func (b *builder) findSites(ctx context.Context, files []warc.StoredFile, asked []Site) error {
	found := map[string]Site{}
	for _, f := range files {
		if err := siteOfFile(ctx, filepath.Join(b.dir.WARC(), f.Name), found); err != nil {
			return err
		}
	}
	for _, s := range asked {
		found[s.Name] = s
	}
	for _, s := range found {
		if err := b.rules.know(s); err != nil {
			return err
		}
		b.sites = append(b.sites, s)
	}
	return nil
}

// siteOfFile reads the head of a WARC file: its warcinfo, and the profile that may follow.
func siteOfFile(ctx context.Context, path string, found map[string]Site) error {
	n := 0
	_, err := warc.Scan(ctx, path, warc.ScanOptions{}, func(u *warc.Unit) error {
		n++
		switch {
		case u.Kind == warc.KindInfo:
			h := warc.ParseFields(u.Block)
			if h.Value(infoProfile) == "builtin" {
				found[h.Value(infoSite)] = Site{Name: h.Value(infoSite), Builtin: true}
			}
		case u.Kind == warc.KindResource && strings.HasPrefix(u.URI, uriProfile):
			name := strings.TrimPrefix(u.URI, uriProfile)
			found[name] = Site{Name: name, Profile: string(u.Block)}
		}
		if n == 2 {
			return errSpanEnd
		}
		return nil
	})
	if err != nil && !errors.Is(err, errSpanEnd) {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return nil
}

// buildBatch is how many units one transaction of a rebuild takes.
const buildBatch = 1000

func (b *builder) fill(ctx context.Context, db *bbolt.DB, spans []span) error {
	if err := db.Update(func(tx *bbolt.Tx) error { return prepareFormat(db.Path(), tx) }); err != nil {
		return err
	}
	flush := func() error {
		defer func() { b.batch = b.batch[:0] }()
		return db.Update(func(tx *bbolt.Tx) error { return b.take(tx, b.batch) })
	}
	err := newScanner(b.dir, b.rules, nil).run(ctx, spans, func(e *event) error {
		if e.placed != nil {
			e.placed.links = nil
		}
		b.batch = append(b.batch, e)
		if len(b.batch) < buildBatch {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	if err := flush(); err != nil {
		return err
	}
	return b.settle(db)
}

func (b *builder) take(tx *bbolt.Tx, events []*event) error {
	for _, e := range events {
		b.read += e.loc.Length
		if e.damage != nil {
			b.out.Damage = append(b.out.Damage, FileDamage{File: e.loc.File, Damage: *e.damage})
			continue
		}
		if e.placed != nil {
			b.out.Captures++
		}
		if err := takeEvent(tx, e); err != nil {
			return err
		}
	}
	if b.progress != nil {
		b.progress(b.read)
	}
	return nil
}

// takeEvent brings one unit of a WARC file into the index. Articles are settled afterwards.
func takeEvent(tx *bbolt.Tx, e *event) error {
	switch {
	case e.info != nil:
		if err := addInfo(tx, e.loc.File, e.info); err != nil {
			return err
		}
	case e.report != nil:
		if err := addReport(tx, e.report); err != nil {
			return err
		}
	case e.placed != nil:
		run, err := runOf(tx, e.loc.File)
		if err != nil {
			return err
		}
		if err := add(tx, e.placed, run); err != nil {
			return err
		}
	}
	return extendFile(tx, e.loc.File, e.loc.End())
}

// settle computes all articles. Every id that has captures is settled once.
func (b *builder) settle(db *bbolt.DB) error {
	return db.Update(func(tx *bbolt.Tx) error {
		for _, s := range b.sites {
			if err := keepSite(tx, b.rules, s); err != nil {
				return err
			}
		}
		if err := settleAll(tx); err != nil {
			return err
		}
		b.out.Articles = countKeys(bucket(tx, bucketArticles))
		b.out.Runs = countKeys(bucket(tx, bucketRuns))
		return nil
	})
}

// copyFrontier keeps what the crawler still owes, where the old index can be read. Its transaction also writes the list of
// free pages, which the making of an index leaves out.
func copyFrontier(from, to string) error {
	type pair struct{ k, v []byte }
	var pairs []pair
	err := viewDB(from, func(tx *bbolt.Tx) error {
		return bucket(tx, bucketFrontier).ForEach(func(k, v []byte) error {
			if json.Valid(v) { // the old index may be damaged
				pairs = append(pairs, pair{append([]byte(nil), k...), append([]byte(nil), v...)})
			}
			return nil
		})
	})
	if err != nil {
		pairs = nil // no old index, or one that cannot be read: the next night finds the addresses again
	}
	return updateDB(to, func(tx *bbolt.Tx) error {
		for _, p := range pairs {
			if err := bucket(tx, bucketFrontier).Put(p.k, p.v); err != nil {
				return err
			}
		}
		return nil
	})
}
