package main

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"infocus/archive"
	"infocus/archive/capture"
	"infocus/extract/profile"
)

// BenchmarkReading times the whole program, start-up included, on a small archive and on a large one. The article asked
// for has two revisions and ten captures in both. Each archive is made once.
func BenchmarkReading(b *testing.B) {
	program := filepath.Join(b.TempDir(), "infocus")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("build: %v %s", err, out)
	}
	for _, captures := range []int{100, 100_000} {
		dir := b.TempDir()
		fill(b, archive.Dir(dir), captures)
		for _, command := range []string{"history", "diff"} {
			b.Run(fmt.Sprintf("%s/captures=%d", command, captures), func(b *testing.B) {
				for b.Loop() {
					cmd := exec.Command(program, command, "security-issues/article-3", "--archive", dir)
					if out, err := cmd.CombinedOutput(); err != nil {
						b.Fatalf("%v: %s", err, out)
					}
				}
			})
		}
	}
}

// fill stores so many captures, ten for each article, half of them with another verdict.
func fill(b *testing.B, dir archive.Dir, captures int) {
	b.Helper()
	p, _ := profile.Builtin(profile.Default)
	at := time.Date(2024, 1, 1, 2, 0, 0, 0, time.UTC)
	w, _, err := archive.OpenWriter(context.Background(), dir, archive.WriterOptions{
		Program: "infocus/bench", Site: archive.NewSite(p, true), Now: func() time.Time { return at }, Log: zerolog.Nop(),
	})
	if err != nil {
		b.Fatal(err)
	}
	articles := captures / 10
	for i := range captures {
		if err := w.Store(context.Background(), benchExchange(i%articles, i/articles, at.Add(time.Duration(i)*time.Minute)), nil); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Finish(&archive.Report{Ended: "complete"}); err != nil {
		b.Fatal(err)
	}
}

func benchExchange(article, round int, at time.Time) *capture.Exchange {
	verdict := "The situation got worse"
	if round >= 5 {
		verdict = "The situation has not changed"
	}
	html := fmt.Sprintf(`<html lang=en><head><title>Army unit %[1]d trains near Minsk</title></head><body><p>January 1 – January 7, 2024</p>
<p>Security issues</p><h1>Army unit %[1]d trains near Minsk</h1><p>%[2]s</p><p>The lead of article %[1]d says what happened and why it matters.</p>
%[3]s</body></html>`, article, verdict, strings.Repeat("<p>The body goes on with what was decided, who decided it, and what may follow from that.</p>\n", 12))
	path := fmt.Sprintf("/security-issues/article-%d", article)
	return &capture.Exchange{
		URI: "https://belarusinfocus.pro" + path, Time: at, Role: "article", Source: capture.SourceLive,
		Request:  []byte("GET " + path + " HTTP/1.1\r\nHost: belarusinfocus.pro\r\n\r\n"),
		Response: fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s", len(html), html),
	}
}
