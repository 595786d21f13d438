package metrics

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/prometheus/client_golang/prometheus"

	"infocus/archive/health"
)

// WriteFile writes the figures of a night and of its archive to a file for node_exporter's textfile collector,
// whole or not at all. The status may be nil. The directory has to exist.
func WriteFile(path, version string, night Night, status *health.Status) error {
	reg := prometheus.NewRegistry()
	for _, s := range []source{
		func(s *sink) { collectBuild(version, s) },
		night.collect,
		func(s *sink) { collectStatus(status, s) },
	} {
		if err := reg.Register(s); err != nil {
			return fmt.Errorf("metrics: %w", err)
		}
	}
	if err := prometheus.WriteToTextfile(path, reg); err != nil {
		return fmt.Errorf("write metrics %s: %w", path, err)
	}
	return nil
}

// CheckFile says before a night whether WriteFile will be able to write after it.
func CheckFile(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("%s is a directory; name a file such as infocus.prom in it", path)
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path))
	if err != nil {
		var cause *fs.PathError // without the name of what was tried, which nobody has seen before
		if errors.As(err, &cause) {
			err = cause.Err
		}
		return fmt.Errorf("write %s: %w (its directory must exist and be writable)", path, err)
	}
	_ = f.Close() // nothing was written
	if err := os.Remove(f.Name()); err != nil {
		return fmt.Errorf("remove what was tried: %w", err)
	}
	return nil
}

func collectBuild(version string, s *sink) {
	labelled(s, "infocus_build_info", "The version of the program.", "version", map[string]int{version: 1})
}
