package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"infocus/archive"
)

// Exit codes; docs and `infocus --help` list them.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitPartial     = 3
	exitLocked      = 4
	exitInterrupted = 130
)

const exitHelp = `Exit codes:
  0    done
  1    failed
  2    wrong usage
  3    done, but some pages failed or a check found something; each is named
  4    another process holds the archive
  130  interrupted; what was fetched is kept, the next run goes on`

// app is what the commands share: the streams, the environment and the common flags.
type app struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	getenv func(string) string
	now    func() time.Time // nil is the machine's

	dir       string
	json      bool
	logLevel  string
	logFormat string

	started bool // a command's own code has begun, so its errors are no usage errors
}

// statusError carries an exit code past cobra.
type statusError struct {
	code int
	err  error // nil where all was said already
}

func (e *statusError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *statusError) Unwrap() error { return e.err }

func usageErrorf(format string, args ...any) error {
	return &statusError{code: exitUsage, err: fmt.Errorf(format, args...)}
}

// run executes one command line and gives the exit code.
func (a *app) run(ctx context.Context, args []string) int {
	root := a.rootCommand()
	root.SetArgs(args)
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	err := root.ExecuteContext(ctx)
	code := a.exitCode(ctx, err)
	if err != nil && err.Error() != "" {
		_, _ = fmt.Fprintf(a.stderr, "infocus: %v\n", err)
		if code == exitUsage {
			_, _ = fmt.Fprintln(a.stderr, "infocus: `infocus --help` lists the commands, `infocus COMMAND --help` the flags of one")
		}
	}
	return code
}

func (a *app) exitCode(ctx context.Context, err error) int {
	var status *statusError
	var locked *archive.LockedError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &status):
		return status.code
	case errors.As(err, &locked):
		return exitLocked
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		return exitInterrupted
	case !a.started:
		return exitUsage
	}
	return exitFailed
}

func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "infocus",
		Short: "Archive weekly political analysis, and answer for what it said and when",
		Long: `infocus crawls weekly political analysis sites (the first is "Belarus in Focus"), keeps every
exchange byte for byte in WARC files, and computes articles, revisions and datasets from them.

A first night:
  infocus crawl                       # polite: one request a second; Ctrl-C keeps what was fetched
  infocus export -o articles.jsonl
  infocus status

` + exitHelp,
		Version:       version(),
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			if err := a.checkFlags(); err != nil {
				return err
			}
			a.started = true
			return nil
		},
	}
	flags := root.PersistentFlags()
	flags.StringVar(&a.dir, "archive", "", "archive directory (env INFOCUS_ARCHIVE; default ./infocus-data)")
	flags.BoolVar(&a.json, "json", false, "print reports as JSON")
	flags.StringVar(&a.logLevel, "log-level", "info", "debug, info, warn or error")
	flags.StringVar(&a.logFormat, "log-format", "auto", "text, json, or auto: text on a terminal, else json")
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(a.commands()...)
	refuseUnknown(root)
	return root
}

func (a *app) checkFlags() error {
	if _, err := zerolog.ParseLevel(a.logLevel); err != nil {
		return usageErrorf("--log-level %q: choose debug, info, warn or error", a.logLevel)
	}
	switch a.logFormat {
	case "auto", "text", "json":
		return nil
	}
	return usageErrorf("--log-format %q: choose text, json or auto", a.logFormat)
}

// archiveDir is the directory named by flag, environment or default.
func (a *app) archiveDir() archive.Dir {
	if a.dir != "" {
		return archive.Dir(a.dir)
	}
	if env := a.getenv("INFOCUS_ARCHIVE"); env != "" {
		return archive.Dir(env)
	}
	return "infocus-data"
}

func (a *app) logger() zerolog.Logger {
	level, err := zerolog.ParseLevel(a.logLevel)
	if err != nil {
		level = zerolog.InfoLevel
	}
	var w = a.stderr
	if a.logFormat == "text" || (a.logFormat == "auto" && a.terminal(a.stderr)) {
		w = zerolog.ConsoleWriter{Out: a.stderr, NoColor: !a.colour(a.stderr), TimeFormat: time.TimeOnly}
	}
	return zerolog.New(w).Level(level).With().Timestamp().Logger()
}

// terminal says whether a stream is a terminal.
func (a *app) terminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// colour says whether a stream takes colours: a terminal, and NO_COLOR not set (no-color.org).
func (a *app) colour(stream any) bool {
	return a.terminal(stream) && a.getenv("NO_COLOR") == "" && a.getenv("TERM") != "dumb"
}

// width is the number of columns of a stream's terminal, 100 where it has none.
func (a *app) width(stream any) int {
	if f, ok := stream.(*os.File); ok {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 20 {
			return w
		}
	}
	return 100
}

// say prints a line for a person on stderr.
func (a *app) say(format string, args ...any) {
	_, _ = fmt.Fprintf(a.stderr, strings.TrimRight(format, "\n")+"\n", args...)
}
