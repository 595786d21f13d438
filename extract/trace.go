package extract

// trace collects why fields have their values. A nil trace collects nothing.
type trace struct{ whys []Why }

// say notes a field, its value and where it was found.
func (t *trace) say(field, value, reason string) {
	if t != nil {
		t.whys = append(t.whys, Why{Field: field, Value: value, Reason: reason})
	}
}
