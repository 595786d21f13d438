package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"infocus/crawler/replica"
)

// console runs command lines of this program on one archive, in this process.
type console struct {
	t    *testing.T
	dir  string
	now  func() time.Time
	site *replica.Server
}

// result is what a command line came to.
type result struct {
	code           int
	stdout, stderr string
}

// newConsole serves a small replica and names an archive that does not exist yet.
func newConsole(t *testing.T) *console {
	t.Helper()
	s, err := replica.Start(context.Background(), replica.Options{Weeks: 3})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return &console{t: t, dir: t.TempDir() + "/archive", site: s}
}

func (c *console) run(args ...string) result { return c.runCtx(c.t.Context(), args...) }

func (c *console) runCtx(ctx context.Context, args ...string) result {
	var out, err bytes.Buffer
	a := &app{stdin: strings.NewReader(""), stdout: &out, stderr: &err, getenv: func(string) string { return "" }, now: c.now}
	code := a.run(ctx, append(args, "--archive", c.dir))
	return result{code: code, stdout: out.String(), stderr: err.String()}
}

// crawl is a night against the replica.
func (c *console) crawl(args ...string) result {
	return c.crawlCtx(c.t.Context(), args...)
}

func (c *console) crawlCtx(ctx context.Context, args ...string) result {
	return c.runCtx(ctx, append([]string{"crawl", "--base-url", c.site.URL(), "--delay", "0s", "--contact", "test"}, args...)...)
}

// want runs a command line that has to end with an exit code, and to say something.
func (c *console) want(code int, says string, args ...string) result {
	c.t.Helper()
	r := c.run(args...)
	r.want(c.t, code, says)
	return r
}

func (r result) want(t *testing.T, code int, says string) {
	t.Helper()
	if r.code != code || !strings.Contains(r.stdout+r.stderr, says) {
		t.Errorf("exit code %d, want %d and %q in\n%s%s", r.code, code, says, r.stdout, r.stderr)
	}
}

// articles counts those that the site has.
func (c *console) articles() int {
	n := 0
	for _, a := range c.site.Articles() {
		if a.Status == 200 {
			n++
		}
	}
	return n
}
