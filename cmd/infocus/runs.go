package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"infocus/archive"
)

func (a *app) runsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "runs",
		Short: "Past nights",
		Long: `List the runs of the archive, the oldest first; ` + "`infocus runs show N`" + ` prints the report of one. With --json one
object a line.

` + exitHelp,
		Example: `  infocus runs
  infocus runs show 12 --json | jq .report.failures`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return a.runs() },
	}
	cmd.AddCommand(&cobra.Command{
		Use:     "show N",
		Short:   "The report of one run",
		Long:    "Print the report of run N; 0 or `last` is the newest.\n\n" + exitHelp,
		Example: "  infocus runs show last",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageErrorf("%s wants the number of a run, or `last`", commandName(cmd))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.showRun(args[0]) },
	})
	return cmd
}

func (a *app) loadRuns() (runs []archive.Run, err error) {
	err = a.view(func(ix *archive.Index) error {
		runs, err = ix.Runs()
		return err
	})
	return runs, err
}

func (a *app) runs() error {
	runs, err := a.loadRuns()
	if err != nil {
		return err
	}
	writer := archive.WriterPID(a.archiveDir())
	for i := range runs {
		if a.json {
			err = a.printLine(&runs[i])
		} else {
			_, err = fmt.Fprintln(a.stdout, runLine(&runs[i], i == len(runs)-1, writer))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// runLine is a run for people. The newest one may be at work still.
func runLine(r *archive.Run, newest bool, writer int) string {
	if r.Report == nil {
		state := "was killed or could not go on; the run after it went on where it stopped"
		switch {
		case newest && writer != 0:
			state = "is at work"
		case newest:
			state = "was killed or could not go on; what it fetched is kept, and the next run goes on"
		}
		return fmt.Sprintf("%4d  %s  %s", r.Number, r.Started, state)
	}
	p := r.Report
	return fmt.Sprintf("%4d  %s  %-11s  %7s  %4d pages%s", r.Number, r.Started, p.Ended, duration(p.Seconds), p.Pages, countsText(p.New, p.Changed, p.Missing, p.Failed))
}

func (a *app) showRun(which string) error {
	number, err := strconv.Atoi(which)
	if which != "last" && (err != nil || number < 0) {
		return usageErrorf("%q is no number of a run; `infocus runs` lists them", which)
	}
	runs, err := a.loadRuns()
	if err != nil {
		return err
	}
	for i := range runs {
		if r := &runs[i]; r.Number == number || (number == 0 && i == len(runs)-1) {
			return a.printRun(r, i == len(runs)-1)
		}
	}
	return fmt.Errorf("the archive has no run %s; `infocus runs` lists them", which)
}

func (a *app) printRun(r *archive.Run, newest bool) error {
	if a.json {
		return a.printJSON(r)
	}
	if r.Report == nil {
		_, err := fmt.Fprintln(a.stdout, runLine(r, newest, archive.WriterPID(a.archiveDir())))
		return err
	}
	if _, err := fmt.Fprint(a.stdout, a.reportFor(a.stdout, r.Report)); err != nil {
		return err
	}
	for _, n := range r.Report.Noted {
		if _, err := fmt.Fprintf(a.stdout, "    noted %s  %s %s\n", n.URL, n.Reason, n.Detail); err != nil {
			return err
		}
	}
	return nil
}
