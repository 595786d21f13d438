package profile

import (
	"fmt"

	"github.com/andybalholm/cascadia"
	"go.yaml.in/yaml/v3"
)

// Selectors name elements of a page by CSS, where the markup is known; all are optional and extraction works without.
type Selectors struct {
	Period   Selector `yaml:"period"`
	Section  Selector `yaml:"section"`
	Headline Selector `yaml:"headline"`
	Verdict  Selector `yaml:"verdict"`
	Byline   Selector `yaml:"byline"`
	Lead     Selector `yaml:"lead"`
	Body     Selector `yaml:"body"`    // element that holds lead and body
	Caption  Selector `yaml:"caption"` // of the picture
	Items    Selector `yaml:"items"`   // the items of a listing
	Chrome   Selector `yaml:"chrome"`  // elements that are no content
}

// Selector is a compiled CSS selector; the zero value selects nothing.
type Selector struct {
	Text  string           // as written
	Group cascadia.Matcher // nil for the zero value
}

// IsZero says whether no selector is given.
func (s Selector) IsZero() bool { return s.Group == nil }

// UnmarshalYAML compiles the selector, since a bad one would select nothing without a word.
func (s *Selector) UnmarshalYAML(node *yaml.Node) error {
	var text string
	if err := node.Decode(&text); err != nil {
		return err
	}
	group, err := cascadia.ParseGroup(text)
	if err != nil {
		return fmt.Errorf("line %d: bad selector %q: %w", node.Line, text, err)
	}
	s.Text, s.Group = text, group
	return nil
}
