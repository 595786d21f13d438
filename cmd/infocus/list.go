package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"infocus/archive/dataset"
	"infocus/archive/record"
)

func (a *app) listCommand() *cobra.Command {
	var filters filterFlags
	cmd := &cobra.Command{
		Use:   "list",
		Short: "The articles: week, verdict, revisions, id, headline",
		Long: `List the newest revision of each article, one line each: first day of its period, verdict, number of
revisions, id and headline. With --json one object a line.

` + exitHelp,
		Example: `  infocus list --since 2024-01-01 --section security-issues
  infocus list --json | jq -r .id`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			filter, err := filters.filter()
			if err != nil {
				return err
			}
			return a.list(filter)
		},
	}
	filters.register(cmd)
	return cmd
}

// listed is a line of list --json.
type listed struct {
	ID          string  `json:"id"`
	PeriodStart *string `json:"period_start"`
	Edition     string  `json:"edition"`
	Lang        string  `json:"lang"`
	Trend       *string `json:"trend"`
	Revisions   int     `json:"revisions"`
	GoneSince   *string `json:"gone_since"`
	Headline    string  `json:"headline"`
}

func (a *app) list(filter dataset.Filter) error {
	var buf bytes.Buffer
	if _, err := dataset.JSONL(a.archiveDir(), &buf, dataset.Options{Filter: filter}); err != nil {
		return err
	}
	for line := range bytes.Lines(buf.Bytes()) {
		var l listed
		if err := json.Unmarshal(line, &l); err != nil {
			return fmt.Errorf("record in the index: %w (`infocus rebuild` makes the index anew)", err)
		}
		if a.json {
			if err := a.printLine(l); err != nil {
				return err
			}
			continue
		}
		_, err := fmt.Fprintf(a.stdout, "%-10s  %-9s  %2d  %s  %s%s\n", or(l.PeriodStart, "-"), or(l.Trend, "-"), l.Revisions, l.ID, l.Headline, goneMark(l.GoneSince))
		if err != nil {
			return err
		}
	}
	return nil
}

func or(s *string, missing string) string {
	if s == nil || *s == "" {
		return missing
	}
	return *s
}

func goneMark(since *string) string {
	if since == nil {
		return ""
	}
	return "  (gone since " + *since + ")"
}

func trendText(r *record.Record) string {
	if r.TrendText == "" {
		return "no verdict printed"
	}
	return fmt.Sprintf("%s (%s)", r.TrendText, r.Trend)
}
