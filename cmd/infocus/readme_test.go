package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// What README.md, docs and --help tell people to type has to exist.

// tree is the whole tree of commands, with those that cobra adds when it runs.
func tree() *cobra.Command {
	root := (&app{getenv: os.Getenv}).rootCommand()
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	root.InitDefaultVersionFlag()
	return root
}

// eachCommand calls fn for every command of the program's own.
func eachCommand(c *cobra.Command, fn func(*cobra.Command)) {
	for _, sub := range c.Commands() {
		if sub.Name() == "help" || sub.Name() == "completion" {
			continue
		}
		fn(sub)
		eachCommand(sub, fn)
	}
}

// written is a command line found in a text.
type written struct {
	place string // file:line
	args  []string
}

// documents gives the pages for people by their names, from the root of the repository.
func documents(t *testing.T) map[string]string {
	t.Helper()
	root := filepath.Join("..", "..")
	pages := map[string]string{}
	for _, pattern := range []string{"README.md", "docs/*.md", "docs/*/*.md"} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range found {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			name, err := filepath.Rel(root, path)
			if err != nil {
				t.Fatal(err)
			}
			pages[filepath.ToSlash(name)] = string(text)
		}
	}
	return pages
}

var (
	codeSpan = regexp.MustCompile("`([^`]+)`")
	parting  = regexp.MustCompile(`\|\|?|&&|;|\$\(`)
	setting  = regexp.MustCompile(`^[A-Z_]+=`)
)

// commandLines finds what is to be typed: lines in fenced blocks, and code within a line.
func commandLines(name, text string) []written {
	var out []written
	fenced := false
	number := 0
	for line := range strings.Lines(text) {
		number++
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			fenced = !fenced
			continue
		}
		codes := []string{line}
		if !fenced {
			codes = codes[:0]
			for _, span := range codeSpan.FindAllStringSubmatch(line, -1) {
				codes = append(codes, span[1])
			}
		}
		for _, code := range codes {
			for _, part := range parting.Split(code, -1) {
				if args, ok := arguments(part); ok {
					out = append(out, written{fmt.Sprintf("%s:%d", name, number), args})
				}
			}
		}
	}
	return out
}

// arguments gives what stands behind the name of the program, where a command begins with it.
func arguments(command string) ([]string, bool) {
	words := strings.Fields(command)
	for len(words) > 0 && (words[0] == "$" || words[0] == "sudo" || setting.MatchString(words[0])) {
		words = words[1:]
	}
	if len(words) < 2 || words[0] != "infocus" && words[0] != "bin/infocus" {
		return nil, false
	}
	args := words[1:]
	for i, word := range args {
		if strings.HasPrefix(word, "#") || strings.ContainsAny(word[:1], "<>") || strings.HasPrefix(word, "2>") {
			return args[:i], i > 0
		}
	}
	return args, true
}

// fault says what of a command line does not exist, "" if all does.
func fault(root *cobra.Command, args []string) string {
	if strings.ToUpper(args[0]) == args[0] && !strings.HasPrefix(args[0], "-") {
		return "" // stands for any command
	}
	cmd, _, err := root.Find(args)
	switch {
	case err != nil:
		return err.Error()
	case cmd == root && !strings.HasPrefix(args[0], "-"):
		return fmt.Sprintf("%q is no command", args[0])
	}
	cmd.InitDefaultHelpFlag()
	for _, word := range args {
		name, _, _ := strings.Cut(word, "=")
		switch {
		case strings.HasPrefix(name, "--"):
			if cmd.Flag(name[2:]) == nil {
				return fmt.Sprintf("%s has no flag %s", cmd.CommandPath(), name)
			}
		case strings.HasPrefix(name, "-") && len(name) == 2:
			if cmd.Flags().ShorthandLookup(name[1:]) == nil && cmd.InheritedFlags().ShorthandLookup(name[1:]) == nil {
				return fmt.Sprintf("%s has no flag %s", cmd.CommandPath(), name)
			}
		}
	}
	return ""
}

func TestTheDocumentsNameCommandsAndFlagsThatExist(t *testing.T) {
	root := tree()
	n := 0
	for name, text := range documents(t) {
		for _, w := range commandLines(name, text) {
			n++
			if f := fault(root, w.args); f != "" {
				t.Errorf("%s: infocus %s: %s", w.place, strings.Join(w.args, " "), f)
			}
		}
	}
	if n < 60 {
		t.Errorf("only %d command lines found: the search looks in the wrong place", n)
	}
}

func TestHelpNamesCommandsAndFlagsThatExist(t *testing.T) {
	root := tree()
	check := func(c *cobra.Command) {
		text := "```\n" + c.Example + "\n```\n" + c.Long
		for _, w := range commandLines(c.CommandPath(), text) {
			if f := fault(root, w.args); f != "" {
				t.Errorf("%s --help: infocus %s: %s", c.CommandPath(), strings.Join(w.args, " "), f)
			}
		}
	}
	check(root)
	eachCommand(root, check)
}

func TestEveryCommandHasHelpExamplesAndExitCodes(t *testing.T) {
	eachCommand(tree(), func(c *cobra.Command) {
		if c.Short == "" || !strings.HasSuffix(c.Long, exitHelp) {
			t.Errorf("%s: the help has no short line, or does not end with the exit codes", c.CommandPath())
		}
		if !strings.Contains(c.Example, c.CommandPath()) {
			t.Errorf("%s: the help has no example of it", c.CommandPath())
		}
	})
}

func TestReadmeListsEveryCommandAndExitCode(t *testing.T) {
	readme := documents(t)["README.md"]
	eachCommand(tree(), func(c *cobra.Command) {
		name := strings.TrimPrefix(c.CommandPath(), "infocus ")
		if !strings.Contains(readme, "`"+name+"`") && !strings.Contains(readme, "`"+name+" ") {
			t.Errorf("README.md does not list %s", c.CommandPath())
		}
	})
	for line := range strings.Lines(exitHelp) {
		if code := strings.Fields(line)[0]; !strings.HasSuffix(line, ":\n") && !strings.Contains(readme, "| "+code+" |") {
			t.Errorf("README.md does not list exit code %s", code)
		}
	}
}

// A check that cannot object holds nothing.
func TestTheCheckOfCommandLinesObjects(t *testing.T) {
	root := tree()
	for text, faulty := range map[string]bool{
		"`infocus nonesuch`":                                true,
		"`infocus crawl --nonesuch`":                        true,
		"```\n$ X=1 infocus list | infocus export -z\n```":  true,
		"```\nfoo && bin/infocus export --format=x -q\n```": true,
		"`infocus --archive DIR list --since 2024-01-01`":   false,
		"`infocus COMMAND --help`, `infocus runs show 3`":   false,
		"```\ninfocus crawl   # --nonesuch\n```":            false,
		"`infocus export -o - 2>>log --nonesuch`":           false,
	} {
		found := false
		lines := commandLines("page", text)
		for _, w := range lines {
			found = found || fault(root, w.args) != ""
		}
		if found != faulty || len(lines) == 0 {
			t.Errorf("%q: fault found %v in %d lines, want %v", text, found, len(lines), faulty)
		}
	}
}
