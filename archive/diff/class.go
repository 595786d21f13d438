package diff

import (
	"encoding/json"
	"fmt"
)

// Class says how much a change weighs. Classes are ordered: a heavier one is greater.
type Class int

// The classes, from nothing to the heaviest.
const (
	None        Class = iota // no change
	Typographic              // quotes, dashes, spaces, paragraph breaks, Unicode form
	Minor                    // spelling, a few words, text moved as it is
	Substantive              // anything that may change what is said
	Verdict                  // the trend differs
	Retraction               // taken down, or emptied
)

var classNames = [...]string{"", "typographic", "minor", "substantive", "verdict", "retraction"}

// String gives the name of the class as JSON has it, "" for None.
func (c Class) String() string {
	if c < None || c > Retraction {
		return fmt.Sprintf("class(%d)", int(c))
	}
	return classNames[c]
}

// ParseClass reads a name that String gave.
func ParseClass(name string) (Class, error) {
	for c, n := range classNames {
		if n == name {
			return Class(c), nil
		}
	}
	return None, fmt.Errorf("class %q is unknown (known: typographic, minor, substantive, verdict, retraction)", name)
}

// MarshalJSON writes the name, and null for None.
func (c Class) MarshalJSON() ([]byte, error) {
	if c == None {
		return []byte("null"), nil
	}
	return json.Marshal(c.String())
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (c *Class) UnmarshalJSON(data []byte) error {
	var name string
	if err := json.Unmarshal(data, &name); err != nil {
		return fmt.Errorf("read class: %w", err)
	}
	parsed, err := ParseClass(name)
	if err != nil {
		return err
	}
	*c = parsed
	return nil
}
