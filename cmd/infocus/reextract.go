package main

import (
	"context"

	"github.com/spf13/cobra"

	"infocus/archive"
)

func (a *app) reextractCommand() *cobra.Command {
	site := ""
	cmd := &cobra.Command{
		Use:   "reextract",
		Short: "Read every stored page again with today's rules",
		Long: `Read every stored page again with the rules of this program and its profile, and compute all histories anew
from the same captures. It says how many records came out different and in which fields, and names each
article whose revisions did. The stored pages are not touched.

A profile's file given with --site is tried on the stored pages; to keep it for later runs, crawl with it.

` + exitHelp,
		Example: `  infocus reextract
  infocus reextract --json | jq .fields`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.reextract(cmd.Context(), site) },
	}
	cmd.Flags().StringVar(&site, "site", "", "profile to read with (default: the one in the archive)")
	return cmd
}

func (a *app) reextract(ctx context.Context, site string) error {
	var opts archive.RebuildOptions
	if site != "" {
		p, builtin, err := loadSite(site)
		if err != nil {
			return err
		}
		opts.Sites = []archive.Site{archive.NewSite(p, builtin)}
	}
	out, err := archive.Reextract(ctx, a.archiveDir(), opts)
	if err != nil {
		return err
	}
	if a.json {
		if err := a.printJSON(out); err != nil {
			return err
		}
		return a.damage(out.Damage)
	}
	a.say("%d captures read again, %d articles; %d records came out different", out.Captures, out.Articles, out.Records)
	if out.Records > 0 {
		a.say("  fields: %s", counts(out.Fields))
	}
	for what, ids := range map[string][]string{"new article": out.Added, "no article any more": out.Removed, "other revisions": out.Revisions} {
		for _, id := range ids {
			a.say("  %s: %s", what, id)
		}
	}
	return a.damage(out.Damage)
}
