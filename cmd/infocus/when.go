package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"infocus/archive"
	"infocus/archive/history"
)

func (a *app) whenCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "when [ID] PHRASE",
		Short: "The first and last revision that holds a phrase",
		Long: `Find the revisions that hold a phrase, in headline or text, of one article or of all. Letter case, white space,
punctuation, kinds of quotes and dashes do not count. Words count whole; one that ends in * stands for all that
begin so. No match gives exit code 3. With --json one object a line.

` + exitHelp,
		Example: `  infocus when "Union State programmes"
  infocus when "sanction*"
  infocus when belarusinfocus/security-issues/minsk-develops-cooperation "USD 20 million"`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) < 1 || len(args) > 2 || strings.TrimSpace(args[len(args)-1]) == "" {
				return usageErrorf("%s wants a phrase, and before it an ID if only one article is meant; put the phrase in quotes", commandName(cmd))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 2 {
				return a.when(args[0], args[1])
			}
			return a.when("", args[0])
		},
	}
}

func (a *app) when(id, phrase string) error {
	var hits []history.Hit
	err := a.view(func(ix *archive.Index) error {
		var err error
		hits, err = history.When(ix, id, phrase)
		return err
	})
	if err != nil {
		return err
	}
	for i := range hits {
		if a.json {
			err = a.printLine(&hits[i])
		} else {
			_, err = fmt.Fprintln(a.stdout, hitText(&hits[i]))
		}
		if err != nil {
			return err
		}
	}
	if len(hits) == 0 {
		return &statusError{code: exitPartial, err: fmt.Errorf("no revision holds %q", phrase)}
	}
	return nil
}

func hitText(h *history.Hit) string {
	still := "still there"
	switch {
	case h.Last < h.Revisions:
		still = fmt.Sprintf("gone from revision %d", h.Last+1)
	case !h.Still:
		still = "taken down since " + h.GoneSince
	}
	return fmt.Sprintf("%s  revision %d (%s) to %d (%s) of %d, %s", h.ID, h.First, h.FirstSeen, h.Last, h.LastSeen, h.Revisions, still)
}
