package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"go.yaml.in/yaml/v3"
)

// Settings are the choices kept beside the archive, in infocus.yaml. Flags override them for one run.
type Settings struct {
	Site     string   `yaml:"site,omitempty"`     // name of a built-in profile, or path of a profile's file
	Editions []string `yaml:"editions,omitempty"` // empty means all
	BaseURL  string   `yaml:"base_url,omitempty"`
	Contact  string   `yaml:"contact,omitempty"`
	Proxy    string   `yaml:"proxy,omitempty"`
}

// ReadSettings reads infocus.yaml; a missing file gives empty settings and found == false.
// An unknown key is an error that names it.
func ReadSettings(d Dir) (s Settings, found bool, err error) {
	data, err := os.ReadFile(d.Settings())
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return Settings{}, false, nil
	}
	if err != nil {
		return Settings{}, false, fmt.Errorf("read settings: %w", err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(&s); err != nil && !errors.Is(err, io.EOF) {
		return Settings{}, true, fmt.Errorf("read settings %s: %w (known keys: site, editions, base_url, contact, proxy; editions is a list, all others are text)",
			d.Settings(), inOneLine(err))
	}
	return s, true, nil
}

// inOneLine says what is wrong with a settings file without names of the program's own types.
func inOneLine(err error) error {
	var wrong *yaml.TypeError
	if !errors.As(err, &wrong) {
		return err
	}
	list := strings.Join(wrong.Errors, "; ")
	list = strings.ReplaceAll(list, " in type archive.Settings", "")
	return errors.New(strings.ReplaceAll(list, "into []string", "into a list such as [en, be]"))
}

// WriteSettings writes infocus.yaml whole or not at all.
func WriteSettings(d Dir, s Settings) error {
	body, err := yaml.Marshal(s)
	if err != nil {
		return fmt.Errorf("write settings: %w", err)
	}
	head := "# Settings of this infocus archive, written by its first crawl. Flags override them for one run.\n"
	if err := writeFileAtomic(d.Settings(), append([]byte(head), body...), 0o600); err != nil { // a proxy may have a password
		return fmt.Errorf("write settings: %w", err)
	}
	return nil
}

func writeFileAtomic(path string, data []byte, mode os.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".tmp*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
