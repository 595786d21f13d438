package archive

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"go.etcd.io/bbolt"

	"infocus/archive/warc"
)

// Names of the warcinfo fields that tie a WARC file to its run. The others describe it for people.
const (
	infoRun     = "infocus-run"
	infoStarted = "infocus-started"
	infoSite    = "infocus-site"
	infoProfile = "infocus-profile"
	infoBaseURL = "infocus-base-url"
	infoFormat  = "infocus-format"
)

// uriProfile and uriReport are the target addresses of records that are no captures.
const (
	uriProfile = "urn:infocus:profile:"
	uriReport  = "urn:infocus:run:"
)

const contentTypeJSON = "application/json"

// Run is one crawl or import in the index.
type Run struct {
	Number  int        `json:"number"`
	Started string     `json:"started"` // RFC 3339 UTC
	Program string     `json:"program"`
	Site    string     `json:"site"`
	BaseURL string     `json:"base_url,omitempty"`
	Options [][]string `json:"options,omitempty"` // name, value as the WARC file has them
	Report  *Report    `json:"report,omitempty"`  // nil: the run is at work, or was killed
}

// infoFields are the fields of the warcinfo record of a run's files.
func infoFields(o *WriterOptions, run int, started time.Time) []warc.Field {
	profile := "builtin"
	if !o.Site.Builtin {
		profile = "file"
	}
	fields := []warc.Field{
		{Name: "software", Value: o.Program},
		{Name: "format", Value: "WARC File Format 1.1"},
		{Name: "conformsTo", Value: "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"},
		{Name: infoFormat, Value: strconv.Itoa(FormatVersion)},
		{Name: infoRun, Value: strconv.Itoa(run)},
		{Name: infoStarted, Value: started.UTC().Format(time.RFC3339)},
		{Name: infoSite, Value: o.Site.Name},
		{Name: infoProfile, Value: profile},
	}
	if o.BaseURL != "" {
		fields = append(fields, warc.Field{Name: infoBaseURL, Value: o.BaseURL})
	}
	return append(fields, o.Settings...)
}

// addInfo takes the warcinfo record at the head of a file into the index.
func addInfo(tx *bbolt.Tx, file string, fields []warc.Field) error {
	h := warc.Header(fields)
	number, err := strconv.Atoi(h.Value(infoRun))
	if err != nil {
		return fmt.Errorf("WARC file %s: its warcinfo names no run (%s)", file, infoRun)
	}
	var f File
	if found, err := loadJSON(bucket(tx, bucketFiles), []byte(file), &f); err != nil || found {
		return err
	}
	f = File{Run: number, Site: h.Value(infoSite), BaseURL: h.Value(infoBaseURL)}
	if err := putJSON(bucket(tx, bucketFiles), []byte(file), &f); err != nil {
		return err
	}
	return addRun(tx, number, h)
}

func addRun(tx *bbolt.Tx, number int, h warc.Header) error {
	b := bucket(tx, bucketRuns)
	if b.Get(runKey(number)) != nil {
		return nil
	}
	run := Run{
		Number: number, Started: h.Value(infoStarted), Program: h.Value("software"),
		Site: h.Value(infoSite), BaseURL: h.Value(infoBaseURL),
	}
	known := map[string]bool{
		"software": true, "format": true, "conformsTo": true, infoFormat: true, infoRun: true,
		infoStarted: true, infoSite: true, infoBaseURL: true,
	}
	for _, f := range h {
		if !known[f.Name] {
			run.Options = append(run.Options, []string{f.Name, f.Value})
		}
	}
	return putJSON(b, runKey(number), &run)
}

// addReport takes the report of a run into the index.
func addReport(tx *bbolt.Tx, report *Report) error {
	b := bucket(tx, bucketRuns)
	var run Run
	if _, err := loadJSON(b, runKey(report.Run), &run); err != nil {
		return err
	}
	run.Number, run.Report = report.Run, report
	if err := putJSON(b, runKey(report.Run), &run); err != nil {
		return err
	}
	return addDistrust(tx, report)
}

func parseReport(block []byte) (*Report, error) {
	var r Report
	if err := json.Unmarshal(block, &r); err != nil {
		return nil, fmt.Errorf("report of a run: %w", err)
	}
	return &r, nil
}

const keyDistrust = "distrust"

// distrusted are the runs whose missing and moved pages say nothing of the articles, because the
// site as a whole was not itself.
func distrusted(tx *bbolt.Tx) (map[int]bool, error) {
	var runs []int
	if _, err := loadJSON(bucket(tx, bucketMeta), []byte(keyDistrust), &runs); err != nil {
		return nil, err
	}
	out := map[int]bool{}
	for _, n := range runs {
		out[n] = true
	}
	return out, nil
}

func addDistrust(tx *bbolt.Tx, report *Report) error {
	if !report.Distrust {
		return nil
	}
	var runs []int
	if _, err := loadJSON(bucket(tx, bucketMeta), []byte(keyDistrust), &runs); err != nil {
		return err
	}
	return putJSON(bucket(tx, bucketMeta), []byte(keyDistrust), append(runs, report.Run))
}

// nextRun is the number for a new run.
func nextRun(tx *bbolt.Tx) int {
	k, _ := bucket(tx, bucketRuns).Cursor().Last()
	if k == nil {
		return 1
	}
	return int(binary.BigEndian.Uint32(k)) + 1
}
