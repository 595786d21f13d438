package dataset

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// Filter chooses records. A zero field chooses everything.
type Filter struct {
	Editions []string
	Langs    []string
	Sections []string // section_id
	Trends   []string // better, worse, unchanged, none
	Since    string   // ISO date: period_end on or after it
	Until    string   // ISO date: period_start on or before it
}

// keys are the parts of a record that a filter looks at.
type keys struct {
	Edition     string  `json:"edition"`
	Lang        string  `json:"lang"`
	SectionID   *string `json:"section_id"`
	PeriodStart *string `json:"period_start"`
	PeriodEnd   *string `json:"period_end"`
	Trend       *string `json:"trend"`
}

func (f *Filter) empty() bool {
	return len(f.Editions)+len(f.Langs)+len(f.Sections)+len(f.Trends) == 0 && f.Since == "" && f.Until == ""
}

func (f *Filter) matches(line []byte) (bool, error) {
	if f.empty() {
		return true, nil
	}
	var k keys
	if err := json.NewDecoder(bytes.NewReader(line)).Decode(&k); err != nil {
		return false, fmt.Errorf("record in the index: %w (`infocus rebuild` makes the index anew)", err)
	}
	return chosen(f.Editions, k.Edition) && chosen(f.Langs, k.Lang) && chosen(f.Sections, text(k.SectionID)) &&
		chosen(f.Trends, trend(k.Trend)) && f.inTime(text(k.PeriodStart), text(k.PeriodEnd)), nil
}

// inTime leaves out records without a period where a time is asked for.
func (f *Filter) inTime(start, end string) bool {
	if f.Since != "" && end < f.Since {
		return false
	}
	return f.Until == "" || (start != "" && start <= f.Until)
}

func chosen(wanted []string, have string) bool {
	return len(wanted) == 0 || slices.Contains(wanted, have)
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func trend(s *string) string {
	if s == nil {
		return "none"
	}
	return *s
}
