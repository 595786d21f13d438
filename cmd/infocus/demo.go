package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"infocus/crawler/replica"
	"infocus/extract/profile"
)

func (a *app) demoCommand() *cobra.Command {
	markup := ""
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "The whole job against the built-in replica of the site, no network",
		Long: `Start the replica of the site that is built into the program on a loopback port, crawl it, let it publish a
week and edit an article, crawl again, export, show what changed, and check the archive. Nothing leaves this
machine. The archive stays for you to look at: a new one among the temporary files, or that of --archive.

` + exitHelp,
		Example: `  infocus demo
  infocus demo --markup table --archive /tmp/demo`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.demo(cmd.Context(), markup, a.dir) },
	}
	cmd.Flags().StringVar(&markup, "markup", string(replica.MarkupSemantic), "how the replica is built: semantic, soup, theme or table")
	return cmd
}

func (a *app) demo(ctx context.Context, markup, dir string) error {
	if err := checkMarkup(markup); err != nil {
		return err
	}
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "infocus-demo-*"); err != nil {
			return fmt.Errorf("demo: %w", err)
		}
	}
	server, err := replica.Start(ctx, replica.Options{Markup: replica.Markup(markup)})
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer func() { _ = server.Close() }()
	d := &demo{app: a, dir: dir, server: server}
	return d.run(ctx)
}

func checkMarkup(markup string) error {
	var names []string
	for _, m := range replica.Markups() {
		if string(m) == markup {
			return nil
		}
		names = append(names, string(m))
	}
	return usageErrorf("--markup %q: choose %s", markup, strings.Join(names, ", "))
}

// demo walks through the main job as a user would.
type demo struct {
	app    *app
	dir    string
	server *replica.Server
}

func (d *demo) run(ctx context.Context) error {
	d.say("A replica of the site answers at %s. The archive is %s.", d.server.URL(), d.dir)
	if err := d.crawl(ctx, "The first night: every listing to its end.", false); err != nil {
		return err
	}
	edited, err := d.changeSite()
	if err != nil {
		return err
	}
	if err := d.crawl(ctx, "The second night, with every known article asked again.", true); err != nil {
		return err
	}
	id := profile.Default + "/" + edited
	export := filepath.Join(d.dir, "articles.jsonl")
	for _, args := range [][]string{
		{"export", "--revisions", "all", "-o", export},
		{"stats"},
		{"history", id},
		{"diff", id},
		{"check"},
	} {
		if err := d.command(ctx, args...); err != nil {
			return err
		}
	}
	d.say("\nDone. Look around with `infocus --archive %s list`, and at the export %s.", d.dir, export)
	return nil
}

func (d *demo) say(format string, args ...any) {
	_, _ = fmt.Fprintf(d.app.stdout, format+"\n", args...)
}

// crawl does what `infocus crawl --base-url URL --delay 0s` does.
func (d *demo) crawl(ctx context.Context, what string, full bool) error {
	args := []string{"crawl", "--base-url", d.server.URL(), "--delay", "0s", "--contact", "demo"}
	if full {
		args = append(args, "--full")
	}
	d.say("\n# %s", what)
	return d.command(ctx, args...)
}

// changeSite publishes a week, edits an article and takes one down.
func (d *demo) changeSite() (edited string, err error) {
	for _, t := range d.server.Articles() {
		if t.Edition == "en" && t.Trend == "unchanged" && strings.Count(t.Body, "\n\n") > 2 && t.Status == 200 {
			edited = t.Path
			break
		}
	}
	if _, err := d.server.PublishWeek(); err != nil {
		return "", err
	}
	_, err = d.server.Edit(edited, func(draft *replica.Draft) {
		draft.Verdict = replica.VerdictWorse
		draft.Paragraphs[0] = strings.Replace(draft.Paragraphs[0], " ", " reportedly ", 1)
		draft.Paragraphs = draft.Paragraphs[:len(draft.Paragraphs)-1]
	})
	d.say("\n# The site publishes a week, and edits %s: another verdict, a word in the lead, a paragraph less.", edited)
	return edited, err
}

// command runs a command line of this program and shows it.
func (d *demo) command(ctx context.Context, args ...string) error {
	d.say("\n$ infocus %s", strings.Join(append(args, "--archive", d.dir), " "))
	sub := &app{stdin: d.app.stdin, stdout: d.app.stdout, stderr: d.app.stderr, getenv: d.app.getenv}
	if code := sub.run(ctx, append(args, "--archive", d.dir)); code != exitDone {
		return &statusError{code: code}
	}
	return nil
}
