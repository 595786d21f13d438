package archive

import (
	"testing"

	"infocus/archive/record"
)

func TestReextractComparesTheRecordsOfAllRevisions(t *testing.T) {
	of := func(name, caption string) record.Record { return record.Record{RevisionID: name, Caption: caption} }
	out := Reextracted{Fields: map[string]int{}}
	out.compareRevisions(
		[]record.Record{of("x@1", ""), of("x@2", "old"), of("x@3", "same")},
		[]record.Record{of("x@1", "new"), of("x@2", "new"), of("x@3", "same"), of("x@4", "newest")})
	if out.Records != 3 || out.Fields["caption"] != 3 {
		t.Errorf("%d records, fields %v", out.Records, out.Fields)
	}
}
