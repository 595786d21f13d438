package crawler_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"infocus/archive"
	"infocus/archive/warc"
	"infocus/crawler/replica"
)

// killer runs nights of a crawl in processes that it kills.
type killer struct {
	site   *replica.Server
	dir    archive.Dir
	random *rand.Rand
	last   order          // of the newest night
	kills  map[string]int // by where the process was
	acked  int            // exchanges that killed and finished processes had stored for sure
}

func newKiller(t *testing.T, site *replica.Server, seed uint64) *killer {
	t.Helper()
	return &killer{site: site, dir: archive.Dir(t.TempDir()), random: rand.New(rand.NewPCG(seed, 1)), kills: map[string]int{}}
}

func (k *killer) killed() int {
	n := 0
	for how, count := range k.kills {
		if !strings.HasPrefix(how, "then: ") {
			n += count
		}
	}
	return n
}

// night runs a night until it is complete, killing each process that starts while budget lasts. It says whether the night
// was completed: with abandon, it is left as it is when the budget is used up.
func (k *killer) night(t *testing.T, o order, budget int, abandon bool) {
	t.Helper()
	o.Dir, o.Base, o.MaxFile, o.MinFree = string(k.dir), k.site.URL(), 24<<10, -1
	k.last = o
	before := newestReport(t, k.dir)
	for ; budget > 0; budget-- {
		if k.start(t, o, k.pick()) || newestReport(t, k.dir) > before {
			return // it was quicker than its killer, or had only to leave
		}
	}
	if !abandon {
		k.start(t, o, killPlan{})
	}
}

// rest lets one process live, which mends what a kill behind the end of the last night may have left. It counts what that asks.
func (k *killer) rest(t *testing.T) int {
	t.Helper()
	k.site.ResetLog()
	o := k.last
	o.Full = false
	k.night(t, o, 0, false)
	return len(k.site.Log())
}

// killPlan says when a process dies: when it has asked so many pages, when it holds the index for the so-manieth time, after a
// time, or by its own hand. The zero plan lets it live.
type killPlan struct {
	how   string
	count int
	pause time.Duration // and so much later
	point *killPoint
}

func (k *killer) pick() killPlan {
	r := k.random
	pause := time.Duration(r.IntN(4000)) * time.Microsecond
	switch n := r.IntN(100); {
	case n < 35:
		return killPlan{how: "page", count: 1 + r.IntN(12), pause: pause}
	case n < 60:
		return killPlan{how: "commit", count: 1 + r.IntN(4), pause: pause}
	case n < 70:
		return killPlan{how: "time", pause: time.Duration(r.IntN(250)) * time.Millisecond}
	}
	ops := []string{"create", "write", "write", "write", "sync", "sync", "rename", "rename", "remove", "sync-dir"}
	phases := []string{"before", "half", "after"}
	p := &killPoint{Op: ops[r.IntN(len(ops))], Nth: 1 + r.IntN(3), Phase: phases[r.IntN(len(phases))]}
	if p.Op == "write" {
		p.Nth = 1 + r.IntN(15)
	} else if p.Phase == "half" {
		p.Phase = "after"
	}
	return killPlan{how: "file", point: p}
}

// start runs one process. It says whether it came to its end.
func (k *killer) start(t *testing.T, o order, plan killPlan) bool {
	t.Helper()
	o.Kill = plan.point
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), envOrder+"="+string(text))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	writing := false
	strike := func() {
		time.Sleep(plan.pause)
		writing = indexHeld(k.dir)
		_ = cmd.Process.Kill() // it may have ended
	}
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		k.watch(stop, plan, strike)
	}()
	pages := countPages(stdout, func(n int) {
		if plan.how == "page" && n == plan.count {
			strike()
		}
	})
	err = cmd.Wait()
	close(stop)
	<-watched
	k.acked += max(0, pages-1)
	k.countStart(stderr.String())
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == -1 { // by a signal
		k.countKill(plan, writing)
		return false
	}
	if err != nil {
		t.Fatalf("crawl: %v\n%s", err, stderr.String())
	}
	k.acked += min(pages, 1)
	return true
}

func (k *killer) countKill(plan killPlan, writing bool) {
	name := plan.how
	if writing {
		name = "index being written (" + plan.how + ")"
	}
	if p := plan.point; p != nil {
		name = "file: " + p.Phase + " " + p.Op
	}
	k.kills[name]++
}

// countStart notes what a start found of the process before it.
func (k *killer) countStart(log string) {
	for name, text := range map[string]string{
		"then: a torn tail was cut": "torn end of its WARC file was cut", "then: a file was sealed": "WARC file was sealed",
		"then: captures were indexed": "captures of an earlier run were indexed", "then: the index was made anew": "the index was made anew",
	} {
		k.kills[name] += strings.Count(log, text)
	}
}

// newestReport gives the serial of the newest WARC file that ends a complete night, 0 where the last ones end none.
func newestReport(t *testing.T, dir archive.Dir) int {
	t.Helper()
	files, err := warc.Files(dir.WARC())
	if err != nil {
		t.Fatal(err)
	}
	last := 0
	for _, f := range files[max(0, len(files)-4):] {
		_, err := warc.Scan(context.Background(), filepath.Join(dir.WARC(), f.Name), warc.ScanOptions{}, func(u *warc.Unit) error {
			if u.Kind == warc.KindMetadata && bytes.Contains(u.Block, []byte(`"ended":"complete"`)) {
				last = max(last, f.Serial)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return last
}

// countPages reads the lines of a crawl: one for each page about to be asked.
func countPages(out io.Reader, each func(n int)) int {
	n := 0
	for in := bufio.NewScanner(out); in.Scan(); {
		if in.Text() != "." {
			continue
		}
		n++
		each(n)
	}
	return n
}

// watch strikes after a time, or while the process holds the index for writing.
func (k *killer) watch(stop <-chan struct{}, plan killPlan, strike func()) {
	switch plan.how {
	case "time":
		select {
		case <-time.After(plan.pause):
			strike()
		case <-stop:
		}
	case "commit":
		k.watchIndex(stop, plan.count, strike)
	}
}

func (k *killer) watchIndex(stop <-chan struct{}, count int, strike func()) {
	held := false
	for {
		select {
		case <-stop:
			return
		case <-time.After(300 * time.Microsecond):
		}
		now := indexHeld(k.dir)
		if now && !held {
			if count--; count == 0 {
				strike()
				return
			}
		}
		held = now
	}
}

// indexHeld says whether a process has the index open for writing.
func indexHeld(dir archive.Dir) bool {
	f, err := os.Open(dir.DB())
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	return errors.Is(syscall.Flock(int(f.Fd()), syscall.LOCK_SH|syscall.LOCK_NB), syscall.EWOULDBLOCK)
}

// twice counts the requests for addresses asked before in the replica's log. robots.txt does not count.
func twice(s *replica.Server) int {
	seen := map[string]bool{}
	n := 0
	for _, r := range s.Log() {
		if r.Page == replica.PageRobots {
			continue
		}
		if seen[r.URI] {
			n++
		}
		seen[r.URI] = true
	}
	return n
}

// stored counts the captures of an archive's WARC files, and wants each payload once and no capture twice.
func stored(t *testing.T, dir archive.Dir) int {
	t.Helper()
	files, err := warc.Files(dir.WARC())
	if err != nil {
		t.Fatal(err)
	}
	payloads, captures := map[string]string{}, map[string]bool{}
	for _, f := range files {
		_, err := warc.Scan(context.Background(), filepath.Join(dir.WARC(), f.Name), warc.ScanOptions{}, func(u *warc.Unit) error {
			if !u.Capture() {
				return nil
			}
			place := u.URI + " " + u.Date.String()
			if captures[place] {
				t.Errorf("%s is stored twice", place)
			}
			captures[place] = true
			if u.Kind == warc.KindResponse && u.PayloadSHA1 != "" {
				if first := payloads[u.PayloadSHA1]; first != "" && len(u.Exchange.Response) > 0 {
					t.Errorf("the payload of %s is stored again at %s", first, u.URI)
				}
				payloads[u.PayloadSHA1] = u.URI
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return len(captures)
}

// comparable is an export without the times and places of captures.
func withoutPlaces(t *testing.T, export []byte) []string {
	t.Helper()
	var out []string
	for line := range bytes.Lines(export) {
		var r map[string]any
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		delete(r, "capture")
		delete(r, "first_seen")
		delete(r, "last_seen")
		r["gone_since"] = r["gone_since"] != nil
		name, _ := r["revision_id"].(string)
		r["revision_id"], _, _ = strings.Cut(name, "@")
		address, _ := r["url"].(string)
		if u, err := url.Parse(address); err == nil { // two spellings are one address; which is met first is chance
			r["url"] = strings.TrimRight(u.Path, "/")
		}
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(data))
	}
	slices.Sort(out)
	return out
}

// sameExports compares two exports but for times and places of captures.
func sameExports(t *testing.T, have, want []byte) {
	t.Helper()
	a, b := withoutPlaces(t, have), withoutPlaces(t, want)
	if len(b) == 0 {
		t.Error("the undisturbed crawl has no records")
	}
	inA, inB := map[string]bool{}, map[string]bool{}
	for _, line := range a {
		inA[line] = true
	}
	for _, line := range b {
		inB[line] = true
		if !inA[line] {
			t.Errorf("lacks %.700s", line)
		}
	}
	for _, line := range a {
		if !inB[line] {
			t.Errorf("has %.700s", line)
		}
	}
	if len(a) != len(b) {
		t.Errorf("%d records, the undisturbed crawl has %d", len(a), len(b))
	}
}

// rebuildIsEqual makes the index anew and wants the same bytes.
func rebuildIsEqual(t *testing.T, dir archive.Dir) {
	t.Helper()
	before, runsBefore := export(t, dir, true), runs(t, dir)
	if _, err := archive.Rebuild(context.Background(), dir, archive.RebuildOptions{}); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, export(t, dir, true)) {
		t.Error("the export differs after a rebuild")
	}
	if runs(t, dir) != runsBefore {
		t.Error("the runs differ after a rebuild")
	}
	whole(t, dir)
}

// tell logs where the processes were killed and what was found.
func (k *killer) tell(t *testing.T) {
	t.Helper()
	for _, how := range slices.Sorted(maps.Keys(k.kills)) {
		t.Logf("%4d %s", k.kills[how], how)
	}
}
