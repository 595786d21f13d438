package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"infocus/archive/backup"
)

func (a *app) backupCommand() *cobra.Command {
	verify := false
	cmd := &cobra.Command{
		Use:   "backup DEST",
		Short: "Copy the archive, also while a crawl runs",
		Long: `Copy the archive to the directory DEST: one state of the index, the WARC files as far as it knows them, and the
settings. WARC files that are closed never change, so those that DEST has are left alone. Each byte that is
copied is held against the SHA-256 of its file: what is damaged in the archive never takes the place of a good
copy, and what decayed in DEST is set aside (NAME.damaged) and copied anew. Both are named, and give exit
code 3. ` + "`sha256sum -c SHA256SUMS`" + ` in DEST proves the copy without this program.

To restore, copy DEST back: a copy made while a crawl runs is whole too, and the next crawl goes on from it.

` + exitHelp,
		Example: `  infocus backup /mnt/usb/infocus
  infocus backup --verify /mnt/usb/infocus       # read every file of the copy again
  cp -a /mnt/usb/infocus/. infocus-data/ && infocus check   # restore`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 || args[0] == "" {
				return usageErrorf("%s wants one directory to copy to", commandName(cmd))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.backup(cmd.Context(), args[0], verify) },
	}
	cmd.Flags().BoolVar(&verify, "verify", false, "read every file of the copy again, those too that were there before")
	return cmd
}

func (a *app) backup(ctx context.Context, dest string, verify bool) error {
	log := a.logger()
	r, err := backup.Run(ctx, a.archiveDir(), dest, backup.Options{
		Verify: verify, Progress: func(what string) { log.Debug().Msg(what) },
	})
	if err != nil {
		return err
	}
	if a.json {
		if err := a.printJSON(r); err != nil {
			return err
		}
	} else {
		a.printBackup(r)
	}
	if len(r.Findings) > 0 {
		return &statusError{code: exitPartial}
	}
	return nil
}

func (a *app) printBackup(r *backup.Report) {
	for _, f := range r.Findings {
		_, _ = fmt.Fprintf(a.stdout, "%s: %s\n", f.Place, f.Reason)
	}
	verdict := "the copy is whole"
	if n := len(r.Findings); n > 0 {
		verdict = fmt.Sprintf("%d findings", n)
	}
	_, _ = fmt.Fprintf(a.stdout, "%s: %d WARC files copied, %d were there (%d read again), index of %s; %s copied to %s\n",
		verdict, r.Copied, r.Kept, r.Verified, sizeText(r.Index), sizeText(r.Bytes), r.Dest)
	for _, name := range r.Open {
		_, _ = fmt.Fprintf(a.stdout, "%s is not closed yet: it was copied as far as the index knows it\n", name)
	}
}
