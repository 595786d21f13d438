package main

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"infocus/archive/record"
	"infocus/archive/schedule"
	"infocus/extract/profile"
)

// The pages below docs name files, keys and values of the program; here they are held to it.

var (
	goFile  = regexp.MustCompile("`([a-z][a-z_/]*\\.go)`")
	link    = regexp.MustCompile(`\]\(([^)#:]+)\)`)
	keyRow  = regexp.MustCompile(`(?m)^\| ([^|]+) \|`)
	keyName = regexp.MustCompile("`([a-z_0-9]+)`")
	valued  = regexp.MustCompile("(?m)^\\| `([a-z]+)\\.(?:(Default)\\.)?([A-Za-z]+)` \\| ([^|]+) \\|")
)

func TestDocumentsNameFilesThatExist(t *testing.T) {
	root := filepath.Join("..", "..")
	for name, text := range documents(t) {
		for _, m := range goFile.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(root, m[1])); err != nil {
				t.Errorf("%s: %s is not there", name, m[1])
			}
		}
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(root, filepath.Dir(name), m[1])); err != nil {
				t.Errorf("%s: the link to %s leads nowhere", name, m[1])
			}
		}
	}
}

// keysIn gives the names in the first column of a page's tables.
func keysIn(page string) map[string]bool {
	keys := map[string]bool{}
	for _, row := range keyRow.FindAllStringSubmatch(page, -1) {
		for _, m := range keyName.FindAllStringSubmatch(row[1], -1) {
			keys[m[1]] = true
		}
	}
	return keys
}

func TestEveryKeyOfTheRecordIsDescribed(t *testing.T) {
	keys := keysIn(documents(t)["docs/record.md"])
	typ := reflect.TypeFor[record.Record]()
	for i := range typ.NumField() {
		if key := typ.Field(i).Tag.Get("json"); !keys[key] {
			t.Errorf("docs/record.md does not describe %s", key)
		}
	}
}

func TestEveryKeyOfAProfileIsDescribed(t *testing.T) {
	page := documents(t)["docs/profile.md"]
	for _, v := range []any{
		profile.Profile{}, profile.Edition{}, profile.Section{}, profile.LinkWords{}, profile.VerdictReference{},
		profile.Phrases{}, profile.Addresses{}, profile.Selectors{},
	} {
		typ := reflect.TypeOf(v)
		for i := range typ.NumField() {
			if key := typ.Field(i).Tag.Get("yaml"); key != "" && !strings.Contains(page, "`"+key+"`") && !strings.Contains(page, key+":") {
				t.Errorf("docs/profile.md does not describe %s", key)
			}
		}
	}
}

func TestTheExampleOfAProfileIsOne(t *testing.T) {
	_, rest, _ := strings.Cut(documents(t)["docs/profile.md"], "```yaml\n")
	text, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatal("docs/profile.md has no example")
	}
	if _, err := profile.Parse("docs/profile.md", []byte(text)); err != nil {
		t.Error(err)
	}
}

// folders are where the packages named in docs/nights.md are, from the root of the repository.
var folders = map[string]string{
	"crawler": "crawler", "polite": "crawler/polite", "transport": "crawler/transport", "archive": "archive",
	"health": "archive/health", "extract": "extract", "schedule": "archive/schedule",
}

func TestValuesInTheDocumentsAreThoseOfTheCode(t *testing.T) {
	n := 0
	for name, text := range documents(t) {
		for _, m := range valued.FindAllStringSubmatch(text, -1) {
			if folders[m[1]] == "" {
				continue // a file name, such as infocus.db
			}
			n++
			want, err := valueOf(m[1], m[3])
			if err != "" {
				t.Errorf("%s: %s.%s: %s", name, m[1], m[3], err)
				continue
			}
			if said := readValue(m[4]); said == nil || !constant.Compare(said, token.EQL, want) {
				t.Errorf("%s: %s.%s is said to be %s, and is %s", name, m[1], m[3], m[4], want)
			}
		}
	}
	if n < 40 {
		t.Errorf("only %d values found", n)
	}
}

// valueOf gives the value of a constant or of a field of the default schedule; numbers of time are nanoseconds.
func valueOf(pkg, name string) (value constant.Value, fault string) {
	if pkg == "schedule" {
		f := reflect.ValueOf(schedule.Default()).FieldByName(name)
		if !f.IsValid() {
			return nil, "the schedule has no such field"
		}
		return constant.MakeInt64(f.Int()), ""
	}
	constants := constantsOf(filepath.Join("..", "..", filepath.FromSlash(folders[pkg])))
	expr, ok := constants[name]
	if !ok {
		return nil, "there is no such constant"
	}
	if value = evaluate(constants, expr); value == nil {
		return nil, "the constant is beyond what this test can compute"
	}
	return value, ""
}

// constantsOf gives the constants of a package by name.
func constantsOf(dir string) map[string]ast.Expr {
	out := map[string]ast.Expr{}
	files, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil || strings.HasSuffix(path, "_test.go") {
			continue
		}
		for _, decl := range file.Decls {
			group, ok := decl.(*ast.GenDecl)
			if !ok || group.Tok != token.CONST {
				continue
			}
			for _, spec := range group.Specs {
				if v, ok := spec.(*ast.ValueSpec); ok && len(v.Values) == len(v.Names) {
					for i := range v.Names {
						out[v.Names[i].Name] = v.Values[i]
					}
				}
			}
		}
	}
	return out
}

var timeUnits = map[string]time.Duration{
	"Millisecond": time.Millisecond, "Second": time.Second, "Minute": time.Minute, "Hour": time.Hour,
}

// evaluate computes what constants of the program are made of: numbers, units of time, products and shifts.
func evaluate(constants map[string]ast.Expr, expr ast.Expr) constant.Value {
	switch e := expr.(type) {
	case *ast.BasicLit:
		return constant.MakeFromLiteral(e.Value, e.Kind, 0)
	case *ast.ParenExpr:
		return evaluate(constants, e.X)
	case *ast.Ident:
		if named, ok := constants[e.Name]; ok {
			return evaluate(constants, named)
		}
	case *ast.SelectorExpr:
		if unit, ok := timeUnits[e.Sel.Name]; ok {
			return constant.MakeInt64(int64(unit))
		}
	case *ast.BinaryExpr:
		x, y := evaluate(constants, e.X), evaluate(constants, e.Y)
		if x == nil || y == nil {
			return nil
		}
		if e.Op == token.SHL {
			n, _ := constant.Uint64Val(y)
			return constant.Shift(x, token.SHL, uint(n))
		}
		return constant.BinaryOp(x, e.Op, y)
	}
	return nil
}

// readValue reads a value as the pages write it: 500, 200,000, 0.25, 20 h, 256 MiB.
func readValue(s string) constant.Value {
	units := map[string]int64{
		"": 1, "ms": int64(time.Millisecond), "s": int64(time.Second), "min": int64(time.Minute), "h": int64(time.Hour),
		"d": int64(24 * time.Hour), "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30,
	}
	number, unit, _ := strings.Cut(strings.TrimSpace(s), " ")
	number = strings.ReplaceAll(number, ",", "")
	if _, err := strconv.ParseFloat(number, 64); err != nil || units[unit] == 0 {
		return nil
	}
	kind := token.INT
	if strings.Contains(number, ".") {
		kind = token.FLOAT
	}
	return constant.BinaryOp(constant.MakeFromLiteral(number, kind, 0), token.MUL, constant.MakeInt64(units[unit]))
}
