package health

import (
	"slices"
	"testing"

	"infocus/archive"
)

// TestWhatCountsAsADrop holds one night's counts against those of earlier nights.
func TestWhatCountsAsADrop(t *testing.T) {
	t.Parallel()
	good := archive.Report{Fields: found(100, 98)}
	for _, tc := range []struct {
		name    string
		earlier []archive.Report
		tonight archive.FieldCount
		want    []string
	}{
		{"as usual", []archive.Report{good}, found(20, 19), nil},
		{"a field is lost", []archive.Report{good}, found(100, 3), []string{"verdict found on 3 % of pages, usually 98 %"}},
		{"half is no loss", []archive.Report{good}, found(100, 50), nil},
		{"pages give no article", []archive.Report{good}, archive.FieldCount{Pages: 40, Articles: 2, Period: 2, Section: 2, Headline: 2, Trend: 2, Lead: 2, Body: 2},
			[]string{"an article found on 5 % of pages, usually 100 %"}},
		{"too few pages tonight", []archive.Report{good}, found(7, 0), nil},
		{"too few pages before", []archive.Report{{Fields: found(19, 19)}}, found(100, 0), nil},
		{"no nights before", nil, found(100, 0), nil},
		{"bad nights are not usual", []archive.Report{
			{Fields: found(100, 0), Alarms: []archive.Alarm{{Code: archive.AlarmExtraction}}}, {Fields: found(100, 0), Distrust: true}, good,
		}, found(100, 10), []string{"verdict found on 10 % of pages, usually 98 %"}},
		{"what was never there cannot be lost", []archive.Report{{Fields: found(100, 0)}}, found(100, 0), nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var u Usual
			for i := range tc.earlier {
				u.Add(&tc.earlier[i])
			}
			if got := u.Drops(&tc.tonight); !slices.Equal(got, tc.want) {
				t.Errorf("drops %q, want %q", got, tc.want)
			}
		})
	}
}
