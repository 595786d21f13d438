package replica

import (
	"bytes"
	"fmt"

	"go.yaml.in/yaml/v3"
)

// texts is content/pages.yaml: pages that are no articles.
type texts struct {
	About  map[string][]string // by edition
	Events []event
}

type event struct {
	Slug, Date, Title string
	Text              []string
}

func readTexts() (*texts, error) {
	data, err := contentFiles.ReadFile("content/pages.yaml")
	if err != nil {
		return nil, fmt.Errorf("read pages: %w", err)
	}
	t := &texts{}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(t); err != nil {
		return nil, fmt.Errorf("parse pages: %w", err)
	}
	if len(t.Events) == 0 {
		return nil, fmt.Errorf("parse pages: no events")
	}
	return t, nil
}
