package crawler_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"infocus/archive"
	"infocus/crawler"
	"infocus/extract/profile"
)

// envCrawl makes the test binary crawl an address into a directory, and print what it measured.
const envCrawl = "INFOCUS_TEST_CRAWL"

// measured is what a crawl in a process of its own took.
type measured struct {
	Pages     int
	Seconds   float64
	RssAnonMB float64 // the most private memory seen; the map of the index does not count
}

func crawlAlone(spec string) int {
	base, dir, _ := strings.Cut(spec, " ")
	p, _ := profile.Builtin(profile.Default)
	debug.SetMemoryLimit(crawler.MemoryGoal)
	stop, peak := make(chan struct{}), make(chan float64)
	go watchMemory(stop, peak)
	begin := time.Now()
	r, err := crawler.Run(context.Background(), archive.Dir(dir), crawler.Options{
		Program: "infocus/bench", Profile: p, Builtin: true, BaseURL: base, MinFree: -1, Log: zerolog.Nop(),
	})
	m := measured{Seconds: time.Since(begin).Seconds()}
	close(stop)
	m.RssAnonMB = <-peak
	if err != nil || r.ExitCode != 0 {
		return 1
	}
	m.Pages = r.Pages
	if err := json.NewEncoder(os.Stdout).Encode(m); err != nil {
		return 1
	}
	return 0
}

func watchMemory(stop <-chan struct{}, peak chan<- float64) {
	most := 0.0
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			peak <- most
			return
		case <-tick.C:
			most = max(most, rssAnon())
		}
	}
}

// rssAnon is the private memory of this process in MB.
func rssAnon() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "RssAnon:"); ok {
			kb, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kb / 1000
		}
	}
	return 0
}

// outsideCrawl crawls in another process.
func outsideCrawl(tb testing.TB, base, dir string) measured {
	tb.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), envCrawl+"="+base+" "+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		tb.Fatalf("crawl in another process: %v", err)
	}
	var m measured
	if err := json.Unmarshal(out, &m); err != nil {
		tb.Fatal(err)
	}
	return m
}
