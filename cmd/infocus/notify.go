package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"infocus/archive"
	"infocus/archive/health"
)

const (
	// notifyTime is how long a notify command may take.
	notifyTime = 60 * time.Second
	// notifyGrace is how long it may take to end when it is told to.
	notifyGrace = 3 * time.Second
	// notifyOutput is how much of what it prints is kept for the log, in bytes.
	notifyOutput = 2000
)

// notice is what a notify command reads: the report of the run, where there is one, and what else needs
// a person.
type notice struct {
	*archive.Report

	Archive  string           `json:"archive"` // absolute path
	ExitCode int              `json:"exit_code"`
	Error    string           `json:"error,omitempty"`
	Problems []health.Finding `json:"problems,omitempty"` // of infocus status
}

// newNotice puts together what is known. The status may be nil, the report too.
func newNotice(dir archive.Dir, report *archive.Report, code int, err error, status *health.Status) *notice {
	n := &notice{Report: report, Archive: absolute(dir), ExitCode: code}
	if err != nil {
		n.Error = err.Error()
	}
	if status != nil {
		n.Problems = status.Problems
	}
	return n
}

// needed says whether a person should hear of it: an alarm, a run that could not go on, or a problem of the
// archive. Single pages that failed are asked again the next night.
func (n *notice) needed() bool {
	failed := n.Report == nil && n.ExitCode != exitDone
	return failed || len(n.Problems) > 0 || (n.Report != nil && len(n.Alarms) > 0)
}

func (n *notice) alarms() string {
	if n.Report == nil {
		return ""
	}
	codes := make([]string, 0, len(n.Alarms))
	for _, a := range n.Alarms {
		codes = append(codes, a.Code)
	}
	return strings.Join(codes, ",")
}

func (n *notice) problems() string {
	codes := make([]string, 0, len(n.Problems))
	for _, p := range n.Problems {
		codes = append(codes, p.Code)
	}
	return strings.Join(codes, ",")
}

// send runs a command of the user's with the notice on its standard input. It is told to end after
// notifyTime, and with ctx.
func (n *notice) send(ctx context.Context, command string, environ []string) error {
	return n.sendWithin(ctx, notifyTime, command, environ)
}

func (n *notice) sendWithin(ctx context.Context, limit time.Duration, command string, environ []string) error {
	text, err := json.MarshalIndent(n, "", "  ")
	if err != nil {
		return fmt.Errorf("notify: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	out := &tail{}
	cmd := exec.CommandContext(ctx, "sh", "-c", command) //nolint:gosec // the user's own command is the purpose
	cmd.Stdin = bytes.NewReader(append(text, '\n'))
	cmd.Stdout, cmd.Stderr = out, out
	cmd.Env = slices.Concat(environ, []string{
		"INFOCUS_EXIT_CODE=" + strconv.Itoa(n.ExitCode), "INFOCUS_ALARMS=" + n.alarms(),
		"INFOCUS_PROBLEMS=" + n.problems(), "INFOCUS_ARCHIVE=" + n.Archive,
	})
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	cmd.WaitDelay = notifyGrace
	err = cmd.Run()
	if ctx.Err() != nil && cmd.Process != nil {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // what it started and did not end
		return fmt.Errorf("notify: the command was stopped, it may take %s: %w%s", limit, ctx.Err(), out)
	}
	if errors.Is(err, exec.ErrWaitDelay) || errors.Is(err, syscall.EPIPE) {
		err = nil // it ended well; what it left in the background, or did not read, is its own matter
	}
	if err != nil {
		return fmt.Errorf("notify: %w%s", err, out)
	}
	return nil
}

// tail keeps the end of what is written to it.
type tail struct{ kept []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.kept = append(t.kept, p...)
	t.kept = t.kept[max(0, len(t.kept)-notifyOutput):]
	return len(p), nil
}

// String is what was kept, to be put behind an error.
func (t *tail) String() string {
	if text := strings.TrimSpace(string(t.kept)); text != "" {
		return ": " + text
	}
	return ""
}

// environ is the environment for programs that this one starts.
func (a *app) environ() []string { return os.Environ() }
