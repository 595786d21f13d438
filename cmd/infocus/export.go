package main

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"infocus/archive/dataset"
)

// filterFlags are the flags that choose records.
type filterFlags struct {
	editions, langs, sections, trends []string
	since, until                      string
}

func (f *filterFlags) register(cmd *cobra.Command) {
	fl := cmd.Flags()
	fl.StringSliceVar(&f.editions, "edition", nil, "editions, such as en,be")
	fl.StringSliceVar(&f.langs, "lang", nil, "languages of the text, such as en,ru,be")
	fl.StringSliceVar(&f.sections, "section", nil, "sections by section_id, such as security-issues")
	fl.StringSliceVar(&f.trends, "trend", nil, "verdicts: better, worse, unchanged, none")
	fl.StringVar(&f.since, "since", "", "periods that end on or after this date (2024-01-31)")
	fl.StringVar(&f.until, "until", "", "periods that start on or before this date")
}

func (f *filterFlags) filter() (dataset.Filter, error) {
	for name, value := range map[string]string{"--since": f.since, "--until": f.until} {
		if value == "" {
			continue
		}
		if _, err := time.Parse(time.DateOnly, value); err != nil {
			return dataset.Filter{}, usageErrorf("%s %q: want a date such as 2024-01-31", name, value)
		}
	}
	for _, t := range f.trends {
		if !slices.Contains([]string{"better", "worse", "unchanged", "none"}, t) {
			return dataset.Filter{}, usageErrorf("--trend %q: choose better, worse, unchanged or none", t)
		}
	}
	return dataset.Filter{
		Editions: f.editions, Langs: f.langs, Sections: f.sections, Trends: f.trends, Since: f.since, Until: f.until,
	}, nil
}

func (a *app) exportCommand() *cobra.Command {
	var filters filterFlags
	var format, output, revisions string
	cmd := &cobra.Command{
		Use:   "export",
		Short: "The records as JSONL, one article or revision a line",
		Long: `Write the records of the archive, one JSON object a line, UTF-8, ordered by period_start, id and
revision. docs/record.md describes every key. The same archive gives the same bytes, also after a rebuild.
A file given with -o is written whole or not at all.

` + exitHelp,
		Example: `  infocus export -o articles.jsonl
  infocus export --revisions all --since 2024-01-01 | jq -r .headline
  infocus export --edition en --trend worse,better --section security-issues`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			filter, err := filters.filter()
			if err != nil {
				return err
			}
			if format != "jsonl" {
				return usageErrorf("--format %q: this version writes jsonl", format)
			}
			if revisions != "latest" && revisions != "all" {
				return usageErrorf("--revisions %q: choose latest or all", revisions)
			}
			return a.export(cmd.Context(), output, dataset.Options{All: revisions == "all", Filter: filter})
		},
	}
	filters.register(cmd)
	cmd.Flags().StringVar(&format, "format", "jsonl", "jsonl")
	cmd.Flags().StringVarP(&output, "output", "o", "", "file to write; - or nothing is stdout")
	cmd.Flags().StringVar(&revisions, "revisions", "latest", "latest: the newest of each article; all: every one")
	return cmd
}

func (a *app) export(_ context.Context, output string, o dataset.Options) error {
	n := 0
	err := a.toFile(output, func(w io.Writer) error {
		var err error
		n, err = dataset.JSONL(a.archiveDir(), w, o)
		return err
	})
	if err == nil && output != "" && output != "-" {
		a.say("%d records in %s", n, strings.TrimSpace(output))
	}
	return err
}
