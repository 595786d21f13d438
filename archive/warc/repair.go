package warc

import (
	"context"
	"fmt"
	"path/filepath"
)

// Cut is a torn tail that was removed.
type Cut struct {
	File    string
	Offset  int64 // the new end of the file
	Bytes   int64
	Reason  string
	Removed bool // nothing whole was left, so the file itself went
}

// Repair cuts the torn tail of a file that has no seal, at the last whole record, and makes that durable. Bytes before
// acknowledged are known to have been durable: a bad place there, or one with a whole record behind it, is damage; it is returned
// and nothing of it is cut. Cut is nil where the file ends with a whole record. A sealed file is ErrSealed.
func Repair(ctx context.Context, fsys FS, path string, acknowledged int64) (*Cut, []Damage, error) {
	dir, name := filepath.Split(path)
	seals, err := readSeals(fsys, dir)
	if err != nil {
		return nil, nil, err
	}
	if seals[name] != "" {
		return nil, nil, fmt.Errorf("repair %s: %w", path, ErrSealed)
	}
	damage, end, err := survey(ctx, fsys, path)
	if err != nil {
		return nil, nil, err
	}
	if end == 0 && len(damage) == 0 { // made and never written
		return &Cut{File: name, Reason: "the file is empty", Removed: true}, nil, remove(fsys, path)
	}
	last := len(damage) - 1
	if last < 0 || !damage[last].Tail || damage[last].Offset < end || end < acknowledged {
		return nil, damage, nil
	}
	tail := damage[last]
	cut := &Cut{File: name, Offset: end, Bytes: tail.Offset + tail.Length - end, Reason: tail.Reason, Removed: end == 0}
	if cut.Removed {
		return cut, damage[:last], remove(fsys, path)
	}
	return cut, damage[:last], truncate(fsys, path, end)
}

// survey reads a whole file and keeps no block.
func survey(ctx context.Context, fsys FS, path string) (damage []Damage, end int64, err error) {
	err = withFile(fsys, path, func(file File) error {
		end, err = scanFile(ctx, file, path, ScanOptions{Limit: 1}, handlers{
			record: func(*stored) error { return nil },
			damage: func(d Damage) error {
				damage = append(damage, d)
				return nil
			},
		})
		return err
	})
	return damage, end, err
}

func truncate(fsys FS, path string, size int64) error {
	file, err := fsys.Open(path, true)
	if err != nil {
		return explain("open", path, err)
	}
	if err = file.Truncate(size); err == nil {
		err = file.Sync()
	}
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return explain("cut the torn tail of", path, err)
	}
	return nil
}

func remove(fsys FS, path string) error {
	err := fsys.Remove(path)
	if err == nil {
		err = fsys.SyncDir(filepath.Dir(path))
	}
	if err != nil {
		return explain("remove", path, err)
	}
	return nil
}

// Recovery is what Recover did to one file.
type Recovery struct {
	File   string
	Cut    *Cut     // nil: the file ended with a whole record
	Damage []Damage // left as it is
}

// Recover repairs and seals every file that has no seal, that is, what a crash left. Acknowledged gives the offset up to which a
// file is known to be durable; nil stands for 0. To be called under the writer's lock, before OpenWriter.
func Recover(ctx context.Context, fsys FS, dir string, acknowledged func(file string) int64) ([]Recovery, error) {
	files, err := listFiles(fsys, dir)
	if err != nil {
		return nil, err
	}
	var done []Recovery
	for _, file := range files {
		if file.Seal != "" {
			continue
		}
		durable := int64(0)
		if acknowledged != nil {
			durable = acknowledged(file.Name)
		}
		recovery, err := recoverFile(ctx, fsys, filepath.Join(dir, file.Name), durable)
		if err != nil {
			return done, err
		}
		done = append(done, *recovery)
	}
	return done, nil
}

func recoverFile(ctx context.Context, fsys FS, path string, acknowledged int64) (*Recovery, error) {
	cut, damage, err := Repair(ctx, fsys, path, acknowledged)
	if err != nil {
		return nil, err
	}
	dir, name := filepath.Split(path)
	recovery := &Recovery{File: name, Cut: cut, Damage: damage}
	if cut != nil && cut.Removed {
		return recovery, nil
	}
	sum, err := hashFile(ctx, fsys, path)
	if err != nil {
		return nil, err
	}
	return recovery, addSeals(fsys, dir, map[string]string{name: sum})
}
