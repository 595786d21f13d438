package crawler_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"infocus/crawler/replica"
)

// envReplica makes the test binary serve a replica of so many pages and do nothing else: benchmarks and
// kill tests want the site in a process of its own.
const envReplica = "INFOCUS_TEST_REPLICA"

func TestMain(m *testing.M) {
	if pages := os.Getenv(envReplica); pages != "" {
		os.Exit(serveReplica(pages))
	}
	if spec := os.Getenv(envCrawl); spec != "" {
		os.Exit(crawlAlone(spec))
	}
	if text := os.Getenv(envOrder); text != "" {
		os.Exit(obey(text))
	}
	goleak.VerifyTestMain(m)
}

func serveReplica(pages string) int {
	n, err := strconv.Atoi(pages)
	if err != nil {
		return 2
	}
	o := replica.Options{Weeks: 12}
	if n > 0 {
		o = replica.Scale(n)
	}
	o.CacheBytes = 1 << 30
	s, err := replica.Start(context.Background(), o)
	if err != nil {
		return 1
	}
	_, _ = fmt.Fprintln(os.Stdout, s.URL())
	_, _ = io.Copy(io.Discard, os.Stdin) // until the parent ends
	return 0
}

// outsideReplica serves a replica in another process and gives its address.
func outsideReplica(tb testing.TB, pages int) string {
	tb.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), envReplica+"="+strconv.Itoa(pages))
	stdin, err := cmd.StdinPipe()
	if err != nil {
		tb.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		_ = stdin.Close()
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		tb.Fatal(err)
	}
	return strings.TrimSpace(line)
}
