package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"infocus/archive"
)

func (a *app) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Prove that the archive is whole",
		Long: `Verify every byte of the WARC files (gzip members, block and payload digests, SHA-256 of closed files), and
the index against one made anew from the WARC files: every entry in both directions, every record against a
fresh extraction. It works while a crawl runs. Findings are listed and give exit code 3.

` + exitHelp,
		Example: `  infocus check
  infocus check --json | jq -r '.findings[].place'`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.check(cmd.Context()) },
	}
}

func (a *app) check(ctx context.Context) error {
	log := a.logger()
	out, err := archive.Check(ctx, a.archiveDir(), archive.CheckOptions{
		Progress: func(what string) { log.Debug().Msg(what) },
	})
	if err != nil {
		return err
	}
	if a.json {
		if err := a.printJSON(out); err != nil {
			return err
		}
	} else if err := a.printCheck(out); err != nil {
		return err
	}
	if len(out.Findings) > 0 {
		return &statusError{code: exitPartial}
	}
	return nil
}

func (a *app) printCheck(c *archive.Checked) error {
	for _, f := range c.Findings {
		if _, err := fmt.Fprintf(a.stdout, "%s: %s\n", f.Place, f.Reason); err != nil {
			return err
		}
	}
	verdict := "the archive is whole"
	if n := len(c.Findings); n > 0 {
		verdict = fmt.Sprintf("%d findings", n)
		if n == 1 {
			verdict = "1 finding"
		}
	}
	_, err := fmt.Fprintf(a.stdout, "%s: %d WARC files, %d records, %s, %d index entries\n",
		verdict, c.Files, c.Records, sizeText(c.Bytes), c.Entries)
	return err
}
