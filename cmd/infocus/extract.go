package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"infocus/archive/capture"
	"infocus/archive/record"
	"infocus/archive/revision"
	"infocus/extract"
)

type extractFlags struct {
	site, url, time, baseURL, contentType string
	quiet                                 bool
}

func (a *app) extractCommand() *cobra.Command {
	f := &extractFlags{}
	cmd := &cobra.Command{
		Use:   "extract FILE|-",
		Short: "One page to a record on stdout, with why each field has its value",
		Long: `Read one HTML page from a file or stdin and print its record on stdout, and on stderr where each field was
found. Nothing is stored. A page that is no article gives no record and exit code 3. The address given with
--url decides id, section_id and edition; without one, id and section_id stand in for it and mean nothing.

` + exitHelp,
		Example: `  infocus extract page.html --url https://belarusinfocus.pro/security-issues/some-article/
  curl -s https://belarusinfocus.pro/... | infocus extract - --time 2024-05-01T00:00:00Z
  infocus extract page.html --site crisiswatch.yaml --quiet | jq .trend`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageErrorf("%s wants one file, or - for stdin", commandName(cmd))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.extract(args[0], f) },
	}
	fl := cmd.Flags()
	fl.StringVar(&f.site, "site", "", "built-in profile or a profile's file (default: the archive's, else belarusinfocus)")
	fl.StringVar(&f.url, "url", "", "address of the page")
	fl.StringVar(&f.baseURL, "base-url", "", "where the site was read, if not at its own address")
	fl.StringVar(&f.time, "time", "", "capture time, RFC 3339 (default now); decides the year where none is printed")
	fl.StringVar(&f.contentType, "content-type", "text/html", "Content-Type as the server sent it")
	fl.BoolVarP(&f.quiet, "quiet", "q", false, "no reasons on stderr")
	return cmd
}

// maxExtract is how much of a file is read.
const maxExtract = 64 << 20

func (a *app) extract(file string, f *extractFlags) error {
	at := time.Now().UTC().Truncate(time.Millisecond)
	if f.time != "" {
		t, err := time.Parse(time.RFC3339, f.time)
		if err != nil {
			return usageErrorf("--time %q: want RFC 3339, such as 2024-05-01T00:00:00Z", f.time)
		}
		at = t.UTC()
	}
	body, err := a.readFile(file)
	if err != nil {
		return err
	}
	p, err := a.storedSite(f.site)
	if err != nil {
		return err
	}
	base, err := parseBaseURL(f.baseURL)
	if err != nil {
		return err
	}
	x, err := extract.New(p, base)
	if err != nil {
		return err
	}
	address := f.url
	if address == "" {
		address = "https://" + p.Hosts[0] + "/unknown/unknown"
		a.say("no --url given: id and section_id come from %s", address)
	}
	result := x.Explain(extract.Page{URL: address, Time: at, ContentType: f.contentType, Body: body})
	if !f.quiet {
		for _, why := range result.Trace {
			a.say("%-13s %-40q %s", why.Field, clip(why.Value, 40), why.Reason)
		}
	}
	if file == "-" {
		file = "stdin"
	}
	if result.Article == nil {
		return &statusError{code: exitPartial, err: fmt.Errorf("%s is no article but %s: %s", file, result.Kind, result.Reason)}
	}
	return a.printRecord(x, p.Name, address, at, result.Article, body)
}

func (a *app) readFile(file string) ([]byte, error) {
	r := a.stdin
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, fmt.Errorf("extract: %w", err)
		}
		defer func() { _ = f.Close() }()
		r = f
	}
	body, err := io.ReadAll(io.LimitReader(r, maxExtract+1))
	if err != nil {
		return nil, fmt.Errorf("extract %s: %w", file, err)
	}
	if len(body) > maxExtract {
		return nil, fmt.Errorf("extract %s: the file is larger than %s", file, sizeText(maxExtract))
	}
	return body, nil
}

// printRecord prints the record that the page would have as the only capture of its article.
func (a *app) printRecord(x *extract.Extractor, site, address string, at time.Time, article *extract.Article, body []byte) error {
	id, ok := x.ID(address)
	if !ok {
		return errors.New("extract: --url " + address + " names no article of the site; give the article's own address")
	}
	h := revision.Settle(id, []revision.Observation{{
		ID: id, URL: address, Time: at, Kind: revision.Good, Article: article, PayloadSHA1: capture.SHA1(body), Source: capture.SourceDir,
	}})
	r := h.Record(1, revision.Facts{Site: site, Extractor: x.Version(), Translations: article.Translations})
	_, err := fmt.Fprintf(a.stdout, "%s\n", record.Append(nil, &r))
	return err
}

func clip(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	return string(runes[:n-1]) + "…"
}
