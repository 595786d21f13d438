package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"infocus/archive/health"
	"infocus/crawler"
)

func (a *app) statusCommand() *cobra.Command {
	maxAge, minFree := time.Duration(0), ""
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Can the archive be trusted today?",
		Long: `Say on one screen whether the archive can be trusted today: the last night and the last good one, a run that
was killed, weeks and sections that lack, how often each field was found on the pages of the last nights and
how often usually, addresses that fail, room on the disk. A good night read everything it wanted and raised no
alarm. What needs a person is listed with a command that helps, and gives exit code 3. It reads the index
alone; ` + "`infocus check`" + ` proves every byte.

` + exitHelp,
		Example: `  infocus status
  infocus status --max-age 36h || mail -s infocus you@example.org </dev/null
  infocus status --json | jq -r '.problems[] | .text, .next_step'`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			if maxAge <= 0 {
				return usageErrorf("--max-age %s: want an age such as 72h", maxAge)
			}
			least, err := parseSize("--min-free", minFree)
			if err != nil {
				return err
			}
			return a.status(health.Options{MaxAge: maxAge, MinFree: max(least, 0)})
		},
	}
	cmd.Flags().DurationVar(&maxAge, "max-age", health.DefaultMaxAge, "how old the last good night may be")
	cmd.Flags().StringVar(&minFree, "min-free", fmt.Sprintf("%dMiB", crawler.DefaultMinFree>>20), "what crawl leaves free on the disk")
	return cmd
}

func (a *app) status(opts health.Options) error {
	now := a.clock()
	s, err := health.Assess(a.archiveDir(), now, opts)
	if err != nil {
		return err
	}
	if a.json {
		err = a.printJSON(s)
	} else {
		_, err = fmt.Fprint(a.stdout, statusText(s, now, min(a.width(a.stdout), 100)))
	}
	if err == nil && !s.OK {
		return &statusError{code: exitPartial}
	}
	return err
}

// clock is the time by which an archive is judged.
func (a *app) clock() time.Time {
	if a.now != nil {
		return a.now()
	}
	return time.Now()
}
