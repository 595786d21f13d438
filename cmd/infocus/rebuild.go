package main

import (
	"context"

	"github.com/spf13/cobra"

	"infocus/archive"
)

func (a *app) rebuildCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rebuild",
		Short: "Make the index anew from the WARC files",
		Long: `Make infocus.db anew from the WARC files alone. Export, history and runs are the same to the byte before and
after. The old index stays in place until the new one is whole. Damaged stretches of WARC files, and closed
files that are missing, are named and give exit code 3.

` + exitHelp,
		Example: "  infocus rebuild --archive ~/belarus",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.rebuild(cmd.Context()) },
	}
}

func (a *app) rebuild(ctx context.Context) error {
	out, err := archive.Rebuild(ctx, a.archiveDir(), archive.RebuildOptions{})
	if err != nil {
		return err
	}
	if a.json {
		if err := a.printJSON(out); err != nil {
			return err
		}
	} else {
		a.say("%d captures of %d runs in %d WARC files read; %d articles", out.Captures, out.Runs, out.Files, out.Articles)
	}
	for _, name := range out.Missing {
		a.say("missing: %s, though SHA256SUMS names it; what it held is not in the index", name)
	}
	err = a.damage(out.Damage)
	if err == nil && len(out.Missing) > 0 {
		a.say("restore the files from a backup and run `infocus rebuild`")
		return &statusError{code: exitPartial}
	}
	return err
}

// damage names damaged stretches of WARC files.
func (a *app) damage(list []archive.FileDamage) error {
	for _, d := range list {
		a.say("damaged: %s at %d, %d bytes: %s", d.File, d.Damage.Offset, d.Damage.Length, d.Damage.Reason)
	}
	if len(list) > 0 {
		a.say("the other records were read; restore the files from a backup and run `infocus check`")
		return &statusError{code: exitPartial}
	}
	return nil
}
