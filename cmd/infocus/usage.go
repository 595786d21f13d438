package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// maxTypos is how many letters may be wrong in the name of a flag for another to be suggested.
const maxTypos = 2

// flagError names the flag that was probably meant.
func flagError(cmd *cobra.Command, err error) error {
	hint := ""
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		if near := nearestFlag(cmd, unknown.GetSpecifiedName()); near != "" {
			hint = fmt.Sprintf("; did you mean --%s?", near)
		}
	}
	return usageErrorf("%w%s", err, hint)
}

func nearestFlag(cmd *cobra.Command, name string) string {
	best, typos := "", maxTypos+1
	look := func(f *pflag.Flag) {
		if n := distance(f.Name, name); n < typos && n < len(name) {
			best, typos = f.Name, n
		}
	}
	cmd.Flags().VisitAll(look) // those of the parents are among them once the line was parsed
	return best
}

// distance counts the letters to change, add or remove to make b of a (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := before
			if a[i] != b[j] {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// refuseUnknown makes the commands that cobra adds refuse what they do not know, instead of printing their help.
func refuseUnknown(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "completion":
			cmd.Args = func(_ *cobra.Command, args []string) error {
				if len(args) > 0 {
					return usageErrorf("completion %q: choose bash, zsh, fish or powershell", args[0])
				}
				return nil
			}
			cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		case "help":
			cmd.Args = func(_ *cobra.Command, args []string) error {
				if found, rest, err := root.Find(args); err != nil || (len(rest) > 0 && found != nil) {
					return usageErrorf("help %q: there is no such command", args[len(args)-1])
				}
				return nil
			}
		}
	}
}
