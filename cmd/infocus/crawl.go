package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"infocus/archive"
	"infocus/crawler"
	"infocus/crawler/polite"
	"infocus/extract/profile"
)

// crawlFlags are the flags of crawl.
type crawlFlags struct {
	site, baseURL, since, proxy, contact string
	editions                             []string
	full, insecure                       bool
	maxPages, budget                     int
	delay                                time.Duration
	minFree                              string
	observe                              observeFlags
}

func (a *app) crawlCommand() *cobra.Command {
	f := &crawlFlags{}
	cmd := &cobra.Command{
		Use:   "crawl",
		Short: "One night: fetch what is new or due, and print a report",
		Long: `Crawl the site into the archive: what is new, what failed before, and known articles that are due.

The first run reads every listing to its end and takes hours on a real site, at one request a second.
Ctrl-C keeps everything fetched; the next run goes on where this one stopped. Later runs ask for little
more than the first page of each listing. robots.txt is obeyed. The first run keeps site, editions, base URL,
contact and proxy in infocus.yaml inside the archive; flags override them for one run.

` + exitHelp,
		Example: `  infocus crawl --contact you@example.org
  infocus crawl --archive ~/belarus --edition en --since 2024-01-01
  infocus crawl --full                        # every listing page and every known article
  infocus crawl --proxy socks5://127.0.0.1:9050
  infocus crawl --base-url http://127.0.0.1:8080 --delay 0s   # a mirror or replica of the site
  infocus crawl --notify-command /usr/local/lib/infocus/notify   # told when something needs a person`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			changed := func(name string) bool { return cmd.Flags().Changed(name) }
			return a.observed(cmd.Context(), f, func(o *observer) error { return a.crawl(cmd.Context(), f, changed, o) })
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.site, "site", profile.Default, "built-in profile, or a profile's file")
	fl.StringVar(&f.baseURL, "base-url", "", "the same site at another address; opens exactly that host and port, private or not")
	fl.StringSliceVar(&f.editions, "edition", nil, "editions to crawl, such as en,be (default all)")
	fl.StringVar(&f.since, "since", "", "leave articles alone whose period ended before this date (2024-01-31)")
	fl.BoolVar(&f.full, "full", false, "ask every listing page and every known article, due or not, still conditionally")
	fl.DurationVar(&f.delay, "delay", polite.DefaultDelay, "least time between two requests to a host")
	fl.IntVar(&f.maxPages, "max-pages", 0, "stop after so many pages; the next run goes on (0: no bound)")
	fl.IntVar(&f.budget, "budget", crawler.DefaultBudget, "known articles asked again at most; new ones are not cut (0: none, -1: no bound)")
	fl.StringVar(&f.proxy, "proxy", "", "HTTP or SOCKS5 proxy, such as socks5://127.0.0.1:9050")
	fl.StringVar(&f.contact, "contact", "", "your mail address or page, sent in the user agent")
	fl.BoolVar(&f.insecure, "insecure", false, "accept certificates that are not valid; this is recorded with each capture")
	fl.StringVar(&f.minFree, "min-free", "256MiB", "stop in order before the disk has less than this left (0: no bound)")
	f.observe.register(fl)
	return cmd
}

// commandName is a command without the name of the program, which messages begin with anyway.
func commandName(cmd *cobra.Command) string {
	return strings.TrimPrefix(cmd.CommandPath(), "infocus ")
}

// noArgs refuses arguments with a message that names them.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageErrorf("%s takes no arguments, got %q", commandName(cmd), strings.Join(args, " "))
	}
	return nil
}

func (a *app) crawl(ctx context.Context, f *crawlFlags, changed func(string) bool, o *observer) error {
	dir := a.archiveDir()
	settings, found, err := archive.ReadSettings(dir)
	if err != nil {
		return err
	}
	f.fillIn(&settings, changed)
	opts, err := a.crawlOptions(f)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	if a.getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(crawler.MemoryGoal)
	}
	bar := a.newProgress()
	opts.Progress, opts.Log = o.watch(bar.update), bar.logger(a)
	if !found {
		opts.Opened = func() error { return archive.WriteSettings(dir, f.settings()) }
	}
	report, err := crawler.Run(ctx, dir, opts)
	bar.stop()
	o.report = report
	if err != nil {
		return err
	}
	return a.crawlDone(report)
}

// fillIn takes from the settings what no flag gave.
func (f *crawlFlags) fillIn(s *archive.Settings, changed func(string) bool) {
	fill := func(name string, value *string, setting string) {
		if !changed(name) && setting != "" {
			*value = setting
		}
	}
	fill("site", &f.site, s.Site)
	fill("base-url", &f.baseURL, s.BaseURL)
	fill("contact", &f.contact, s.Contact)
	fill("proxy", &f.proxy, s.Proxy)
	if !changed("edition") && len(s.Editions) > 0 {
		f.editions = s.Editions
	}
}

// settings are what the first run keeps for the later ones.
func (f *crawlFlags) settings() archive.Settings {
	site := f.site
	if _, builtin := profile.Builtin(site); !builtin {
		if abs, err := filepath.Abs(site); err == nil {
			site = abs // later runs may start elsewhere
		}
	}
	return archive.Settings{Site: site, Editions: f.editions, BaseURL: f.baseURL, Contact: f.contact, Proxy: f.proxy}
}

func (a *app) crawlOptions(f *crawlFlags) (crawler.Options, error) {
	p, builtin, err := loadSite(f.site)
	if err != nil {
		return crawler.Options{}, err
	}
	base, err := parseBaseURL(f.baseURL)
	if err != nil {
		return crawler.Options{}, err
	}
	proxy, err := parseProxy(f.proxy)
	if err != nil {
		return crawler.Options{}, err
	}
	minFree, err := parseSize("--min-free", f.minFree)
	if err != nil {
		return crawler.Options{}, err
	}
	if err := f.check(p); err != nil {
		return crawler.Options{}, err
	}
	return crawler.Options{
		Program: program(), Profile: p, Builtin: builtin, BaseURL: base, Editions: f.editions, Since: f.since, Full: f.full,
		MaxPages: f.maxPages, Budget: f.budgetBound(), MinFree: minFree, Delay: f.delay, Contact: f.contact, Proxy: proxy,
		Insecure: f.insecure,
	}, nil
}

// budgetBound is the flag as the crawler takes it.
func (f *crawlFlags) budgetBound() int {
	switch {
	case f.budget == 0:
		return crawler.NoBudget
	case f.budget < 0:
		return math.MaxInt
	}
	return f.budget
}

func (f *crawlFlags) check(p *profile.Profile) error {
	if f.delay < 0 {
		return usageErrorf("--delay %s: a delay is not negative", f.delay)
	}
	if f.maxPages < 0 {
		return usageErrorf("--max-pages %d: want 0 or more", f.maxPages)
	}
	if f.since != "" {
		if _, err := time.Parse(time.DateOnly, f.since); err != nil {
			return usageErrorf("--since %q: want a date such as 2024-01-31", f.since)
		}
	}
	if strings.ContainsAny(f.contact, "\r\n") {
		return usageErrorf("--contact: want one line")
	}
	var codes []string
	for i := range p.Editions {
		codes = append(codes, p.Editions[i].Code)
	}
	for _, e := range f.editions {
		if !slices.Contains(codes, e) {
			return usageErrorf("--edition %q: site %s has %s", e, p.Name, strings.Join(codes, ", "))
		}
	}
	return nil
}

// crawlDone prints the report and turns it into an exit code.
func (a *app) crawlDone(r *archive.Report) error {
	if a.json {
		if err := a.printJSON(r); err != nil {
			return err
		}
	} else {
		_, _ = fmt.Fprint(a.stderr, a.reportFor(a.stderr, r))
	}
	if r.ExitCode != exitDone {
		return &statusError{code: r.ExitCode}
	}
	return nil
}
