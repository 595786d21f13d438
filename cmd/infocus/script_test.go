package main

import (
	"context"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"infocus/crawler/replica"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"infocus": main})
}

// TestScripts runs the sessions in testdata/script. Each has commands beside those of testscript:
//
//	replica          serves a small replica of the site; its address is $BASE
//	publish          lets it publish a week
//	edit PATH WORD   puts a word in front of the lead of an article; first stands for the newest English one
//	exits N CMD...   runs a command that has to end with exit code N
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("INFOCUS_ARCHIVE", "")
			env.Values["site"] = &site{}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"replica": startReplica, "publish": publish, "edit": edit, "exits": exits,
		},
	})
}

// site is the replica of one script.
type site struct{ server *replica.Server }

func siteOf(ts *testscript.TestScript) *site {
	return ts.Value("site").(*site)
}

func startReplica(ts *testscript.TestScript, _ bool, args []string) {
	o := replica.Options{Weeks: 4}
	if len(args) > 0 {
		o.Markup = replica.Markup(args[0])
	}
	s, err := replica.Start(context.Background(), o)
	ts.Check(err)
	ts.Defer(func() { _ = s.Close() })
	siteOf(ts).server = s
	ts.Setenv("BASE", s.URL())
	ts.Setenv("FIRST", firstArticle(s))
}

func firstArticle(s *replica.Server) string {
	for _, a := range s.Articles() {
		if a.Edition == "en" && a.Trend == "unchanged" && strings.Count(a.Body, "\n\n") > 2 {
			return a.Path
		}
	}
	return ""
}

func publish(ts *testscript.TestScript, _ bool, _ []string) {
	_, err := siteOf(ts).server.PublishWeek()
	ts.Check(err)
}

func edit(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: edit PATH WORD")
	}
	_, err := siteOf(ts).server.Edit(args[0], func(d *replica.Draft) {
		d.Paragraphs[0] = args[1] + " " + d.Paragraphs[0]
		d.Verdict = replica.VerdictWorse
	})
	ts.Check(err)
}

func exits(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: exits N COMMAND...")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("exit code %s, want %s: %v", got, args[0], args[1:])
	}
}
