package main_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The shape of the tree, as docs/architecture describes it: imports point one way, each large dependency has one home,
// extraction touches nothing but its arguments. The linter says the same to those who run it; this holds without it.

// module is the path that the project's own imports start with.
const module = "infocus"

// layers stand from the bottom to the top; a layer imports itself and those before it.
var layers = []string{"extract", "archive", "crawler", "cmd"}

// homes names the one layer that may import a module, tests apart.
var homes = map[string]string{
	"github.com/PuerkitoBio/goquery": "extract",
	"go.etcd.io/bbolt":               "archive",
	"github.com/gocolly/colly":       "crawler",
}

// outside is what extraction must not touch: network, disk, processes, clock, chance, logs.
var outside = []string{
	"net", "net/http", "os", "os/exec", "syscall", "golang.org/x/sys", "log", "log/slog", "github.com/rs/zerolog",
	"math/rand", "math/rand/v2", "crypto/rand",
}

// allowedOutside are the exceptions to outside, by folder.
var allowedOutside = map[string][]string{
	"extract/profile": {"os"}, // Load reads the one file that the user named as the site's profile, before any page is seen
}

// vagueNames say nothing about what a package does for its reader.
var vagueNames = []string{"util", "utils", "common", "helper", "helpers", "model", "models", "manager", "managers", "misc", "base", "shared", "types"}

// topLevel is all that the repository's root may hold, dot files and what .gitignore names apart.
var topLevel = []string{"cmd", "crawler", "extract", "archive", "testdata", "docs", "README.md", "LICENSE", "go.mod", "go.sum", "Makefile"}

// source is what the rules ask of one Go file.
type source struct {
	file    string // slash-separated, from the root of the repository
	pkg     string
	imports []string
	clock   []string // functions of package time that read or wait for the clock
	getters []string // functions and methods named GetX
}

func (s source) test() bool     { return strings.HasSuffix(s.file, "_test.go") }
func (s source) folder() string { return path.Dir(s.file) }
func (s source) layer() string  { top, _, _ := strings.Cut(s.file, "/"); return top }

func TestTheTreeKeepsItsShape(t *testing.T) {
	root := filepath.Join("..", "..")
	sources := readSources(t, root)
	if len(sources) < 20 {
		t.Fatalf("only %d Go files found below %s: the walk looks in the wrong place", len(sources), root)
	}
	for name, rule := range map[string]func(source) []string{
		"imports point one way":                  importsUpwards,
		"each large dependency has one home":     strayDependencies,
		"extraction touches nothing outside":     impurities,
		"packages are named for what they do":    vaguePackages,
		"nothing is called by a getter's name":   getterNames,
		"the clock is an argument in extracting": clockReads,
	} {
		t.Run(name, func(t *testing.T) {
			for _, s := range sources {
				for _, fault := range rule(s) {
					t.Errorf("%s: %s", s.file, fault)
				}
			}
		})
	}
}

func TestTheRootHoldsNothingElse(t *testing.T) {
	root := filepath.Join("..", "..")
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	allowed := append(ignoredAtRoot(t, root), topLevel...)
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(allowed, e.Name()) {
			t.Errorf("%s: no place in the root; code goes below %s, the rest below docs", e.Name(), strings.Join(layers, ", "))
		}
	}
}

// A rule that cannot object holds nothing.
func TestTheRulesObject(t *testing.T) {
	for name, c := range map[string]struct {
		rule func(source) []string
		bad  source
	}{
		"extract imports archive":       {importsUpwards, source{file: "extract/a.go", imports: []string{"infocus/archive/warc"}}},
		"a test in archive, too":        {importsUpwards, source{file: "archive/a_test.go", imports: []string{"infocus/crawler/replica"}}},
		"an import of no layer":         {importsUpwards, source{file: "cmd/infocus/a.go", imports: []string{"infocus/internal/x"}}},
		"goquery in archive":            {strayDependencies, source{file: "archive/a.go", imports: []string{"github.com/PuerkitoBio/goquery"}}},
		"bbolt's subpackage in cmd":     {strayDependencies, source{file: "cmd/infocus/a.go", imports: []string{"go.etcd.io/bbolt/errors"}}},
		"a later version of Colly":      {strayDependencies, source{file: "archive/a.go", imports: []string{"github.com/gocolly/colly/v2"}}},
		"a logger in extract":           {impurities, source{file: "extract/a.go", imports: []string{"github.com/rs/zerolog"}}},
		"the disk below extract":        {impurities, source{file: "extract/period/a.go", imports: []string{"os"}}},
		"the network by an exception":   {impurities, source{file: "extract/profile/a.go", imports: []string{"net/http"}}},
		"the clock in extract":          {clockReads, source{file: "extract/a.go", clock: []string{"time.Now"}}},
		"a package util":                {vaguePackages, source{file: "archive/util/a.go", pkg: "util"}},
		"a package not named as folder": {vaguePackages, source{file: "archive/warc/a.go", pkg: "warcfile"}},
		"a getter":                      {getterNames, source{file: "archive/a.go", getters: []string{"GetRun"}}},
	} {
		t.Run(name, func(t *testing.T) {
			if len(c.rule(c.bad)) == 0 {
				t.Errorf("no objection to %+v", c.bad)
			}
		})
	}
}

func importsUpwards(s source) (faults []string) {
	own := slices.Index(layers, s.layer())
	if own < 0 {
		return []string{fmt.Sprintf("%s is no layer; Go code lives below %s", s.layer(), strings.Join(layers, ", "))}
	}
	for _, imp := range s.imports {
		inside, ok := strings.CutPrefix(imp, module+"/")
		if !ok {
			continue
		}
		top, _, _ := strings.Cut(inside, "/")
		if other := slices.Index(layers, top); other < 0 || other > own {
			faults = append(faults, fmt.Sprintf("imports %s; imports point down: %s", imp, strings.Join(layers, " <- ")))
		}
	}
	return faults
}

func strayDependencies(s source) (faults []string) {
	if s.test() {
		return nil // a test may look at the work from outside
	}
	for _, imp := range s.imports {
		for dependency, home := range homes {
			if within(imp, dependency) && s.layer() != home {
				faults = append(faults, fmt.Sprintf("imports %s, which lives in %s alone", imp, home))
			}
		}
	}
	return faults
}

func impurities(s source) (faults []string) {
	if s.test() || s.layer() != "extract" {
		return nil
	}
	for _, imp := range s.imports {
		banned := slices.Contains(outside, imp) || within(imp, "golang.org/x/sys")
		if banned && !slices.Contains(allowedOutside[s.folder()], imp) {
			faults = append(faults, fmt.Sprintf("imports %s; extraction sees one page and touches nothing outside", imp))
		}
	}
	return faults
}

func clockReads(s source) (faults []string) {
	if s.test() || s.layer() != "extract" {
		return nil
	}
	for _, name := range s.clock {
		faults = append(faults, name+": the capture time is an argument")
	}
	return faults
}

func vaguePackages(s source) (faults []string) {
	name := strings.TrimSuffix(s.pkg, "_test")
	if slices.Contains(vagueNames, name) {
		faults = append(faults, "package "+name+" is named for no purpose")
	}
	if name != "main" && name != path.Base(s.folder()) {
		faults = append(faults, fmt.Sprintf("package %s in folder %s: give both one name", name, s.folder()))
	}
	return faults
}

func getterNames(s source) (faults []string) {
	for _, name := range s.getters {
		faults = append(faults, name+": drop the Get")
	}
	return faults
}

// within says whether an import path is a module's or one of its packages', in whatever major version.
func within(imp, root string) bool { return imp == root || strings.HasPrefix(imp, root+"/") }

// readSources parses every Go file of the repository, whatever its build constraints, below testdata and dot folders apart.
func readSources(t *testing.T, root string) (sources []source) {
	t.Helper()
	ignored := ignoredAtRoot(t, root)
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if e.IsDir() {
			hidden := rel != "." && strings.HasPrefix(e.Name(), ".")
			if hidden || e.Name() == "testdata" || slices.Contains(ignored, rel) {
				return filepath.SkipDir
			}
			return nil
		}
		if path.Ext(rel) == ".go" {
			sources = append(sources, parseSource(t, name, rel))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return sources
}

func parseSource(t *testing.T, name, rel string) source {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	s := source{file: rel, pkg: f.Name.Name}
	for _, imp := range f.Imports {
		p, err := strconv.Unquote(imp.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		s.imports = append(s.imports, p)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && x.Name == "time" && readsClock(n.Sel.Name) {
				s.clock = append(s.clock, "time."+n.Sel.Name)
			}
		case *ast.FuncDecl:
			if rest, ok := strings.CutPrefix(n.Name.Name, "Get"); ok && rest != "" && ast.IsExported(rest) {
				s.getters = append(s.getters, n.Name.Name)
			}
		}
		return true
	})
	return s
}

func readsClock(function string) bool {
	return slices.Contains([]string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}, function)
}

// ignoredAtRoot lists the names that .gitignore anchors at the root, such as /bin/.
func ignoredAtRoot(t *testing.T, root string) (names []string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, ".gitignore"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "/"); ok {
			names = append(names, strings.TrimSuffix(name, "/"))
		}
	}
	return names
}
