package profile

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed belarusinfocus.yaml
var belarusinfocus []byte

// maxBytes bounds a profile; a larger file is something else.
const maxBytes = 1 << 20

// Builtin gives a profile that ships with the program.
func Builtin(name string) (*Profile, bool) {
	if name != Default {
		return nil, false
	}
	p, err := Parse(name, belarusinfocus)
	return p, err == nil // an error cannot be: a test loads the same bytes
}

// Load reads and checks the profile in a file. Errors name the file, the line or key, and the way out.
func Load(path string) (*Profile, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read profile: %w", err)
	}
	defer file.Close() //nolint:errcheck // only read
	data, err := io.ReadAll(io.LimitReader(file, maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read profile: %w", err)
	}
	return Parse(path, data)
}

// Parse reads and checks a profile; name is what errors call it.
func Parse(name string, data []byte) (*Profile, error) {
	if len(data) > maxBytes {
		return nil, fmt.Errorf("profile %s: over %d bytes; is it a profile?", name, maxBytes)
	}
	sum := sha256.Sum256(data)
	p := &Profile{raw: bytes.Clone(data), digest: hex.EncodeToString(sum[:])}
	if err := decode(p, data); err != nil {
		return nil, fmt.Errorf("profile %s: %w", name, err)
	}
	c := &checker{profile: p, name: name}
	if err := yaml.Unmarshal(data, &c.root); err != nil {
		return nil, fmt.Errorf("profile %s: %w", name, err)
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	p.buildLexicon()
	return p, nil
}

// decode fills p from YAML, refusing what it has no field for.
func decode(p *Profile, data []byte) error {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	switch err := dec.Decode(p); {
	case errors.Is(err, io.EOF):
		return errors.New("the file is empty; a profile needs name, hosts and editions")
	case err != nil:
		return explain(err)
	}
	if err := dec.Decode(&yaml.Node{}); !errors.Is(err, io.EOF) {
		return errors.New("more than one YAML document; a profile is one (remove what follows ---)")
	}
	return nil
}

// explain turns the messages of the YAML reader into ones for who wrote the profile.
func explain(err error) error {
	var wrong *yaml.TypeError
	if !errors.As(err, &wrong) {
		return err
	}
	unknown := regexp.MustCompile(`^line (\d+): field (.+) not found in type profile\.(\w+)$`)
	lines := make([]string, len(wrong.Errors))
	for i, line := range wrong.Errors {
		lines[i] = line
		if m := unknown.FindStringSubmatch(line); m != nil {
			lines[i] = fmt.Sprintf("line %s: unknown key %q; known here: %s", m[1], m[2], strings.Join(keysOf(m[3]), ", "))
		}
	}
	return errors.New(strings.Join(lines, "; "))
}

// keysOf lists the keys of a part of the profile by its type's name.
func keysOf(name string) []string {
	for _, v := range []any{Profile{}, Edition{}, Section{}, LinkWords{}, VerdictReference{}, Phrases{}, Addresses{}, Selectors{}} {
		t := reflect.TypeOf(v)
		if t.Name() != name {
			continue
		}
		var keys []string
		for i := range t.NumField() {
			if key := t.Field(i).Tag.Get("yaml"); key != "" {
				keys = append(keys, key)
			}
		}
		return keys
	}
	return nil
}
