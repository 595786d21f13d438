package main

import "github.com/spf13/cobra"

// commands lists the commands in the order of --help.
func (a *app) commands() []*cobra.Command {
	return []*cobra.Command{
		a.crawlCommand(), a.exportCommand(), a.listCommand(), a.showCommand(), a.extractCommand(),
		a.historyCommand(), a.diffCommand(), a.changesCommand(), a.blameCommand(), a.whenCommand(),
		a.reextractCommand(), a.rebuildCommand(), a.checkCommand(), a.backupCommand(), a.runsCommand(), a.statusCommand(), a.statsCommand(),
		a.demoCommand(),
	}
}
