package health

import (
	"errors"
	"maps"
	"slices"
	"strconv"

	"infocus/archive"
)

func decimal(n int) string { return strconv.Itoa(n) }

// index says what is wrong with the index as a whole.
func (a *assessment) index(f *facts) {
	var format *archive.FormatError
	switch {
	case f.unread == nil && f.stale != "":
		a.note("old-rules", a.command("reextract"), "%s: records are as the old rules made them, until the next crawl makes the index anew", f.stale)
	case f.unread == nil:
	case errors.As(f.unread, &format) && format.Have > archive.FormatVersion:
		a.problem("index", "", "%v", f.unread)
	case errors.Is(f.unread, archive.ErrNoIndex) && len(f.files) == 0 && f.listing == nil:
		a.problem("never-crawled", a.command("crawl"), "nothing was ever crawled into this archive")
	default:
		a.problem("index", a.command("rebuild"), "%v", f.unread)
	}
}

// files looks at the WARC files without reading them: is one missing, cut, or left open. `infocus check` reads them.
func (a *assessment) files(f *facts) {
	if f.listing != nil {
		a.problem("files", a.command("check"), "%v", f.listing)
		return
	}
	var cut, open []string
	there := map[string]bool{}
	for _, file := range f.files {
		there[file.Name] = true
		switch {
		case file.Size < f.indexed[file.Name].Indexed:
			cut = append(cut, file.Name)
		case file.Seal == "":
			open = append(open, file.Name)
		}
	}
	a.damagedFiles("file-missing", "missing", absent(there, f))
	a.damagedFiles("file-cut", "shorter than the index says", cut)
	killed := len(f.runs) > 0 && f.runs[0].Report == nil // is named itself
	if len(open) > 0 && f.writer == 0 && !killed {
		a.problem("file-open", a.command("crawl"), "%s was left open by a run that was killed: the next crawl or a rebuild repairs and seals it", open[0])
	}
}

// damagedFiles names the first of the files that lack something, since they may be many.
func (a *assessment) damagedFiles(code, what string, names []string) {
	switch len(names) {
	case 0:
		return
	case 1:
		a.problem(code, a.restore(names[0]), "the WARC file %s is %s: copy it back from a backup", names[0], what)
	default:
		a.problem(code, a.restore(names[0]), "%d WARC files are %s, the first is %s: copy them back from a backup; `infocus check` names all", len(names), what, names[0])
	}
}

func (a *assessment) restore(name string) string {
	return "cp BACKUP/warc/" + quote(name) + " " + quote(a.dir.WARC())
}

// absent lists the files that seals or index know of and that are not there.
func absent(there map[string]bool, f *facts) []string {
	names := map[string]bool{}
	for name := range f.seals {
		names[name] = !there[name]
	}
	for name := range f.indexed {
		names[name] = !there[name]
	}
	maps.DeleteFunc(names, func(_ string, gone bool) bool { return !gone })
	return slices.Sorted(maps.Keys(names))
}
